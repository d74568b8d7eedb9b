package dev.tenantry.tests.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.tenantry.runtime.PrimingContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.crac.Core;
import org.crac.Resource;

/// The main class of a process that primes one function as for a snapshot, has it answer one event, and tells which
/// part of the log of loaded classes belongs to that. It knows the function by what the runtime knows of it.
public final class FirstInvocation {

    private FirstInvocation() {}

    /// @param arguments the handler's class, the file with the event, the log of loaded classes, and where to write
    ///                  the lengths of that log before and after, and the answer
    public static void main(String[] arguments) throws Exception {
        Path log = Path.of(arguments[2]);
        Path result = Path.of(arguments[3]);
        byte[] event = Files.readAllBytes(Path.of(arguments[1]));
        Object function = Class.forName(arguments[0]).getConstructor().newInstance();
        ((Resource) function).beforeCheckpoint(Core.getGlobalContext());
        ((Resource) function).afterRestore(Core.getGlobalContext());

        Context invocation = new PrimingContext("first");
        ByteArrayInputStream in = new ByteArrayInputStream(event);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(result, Files.size(log), Files.size(log), out);
        long before = Files.size(log);
        ((RequestStreamHandler) function).handleRequest(in, out, invocation);
        write(result, before, Files.size(log), out);
    }

    private static void write(Path result, long before, long after, ByteArrayOutputStream answer) throws Exception {
        Files.writeString(result, before + "\n" + after + "\n" + answer.toString(StandardCharsets.UTF_8));
    }
}
