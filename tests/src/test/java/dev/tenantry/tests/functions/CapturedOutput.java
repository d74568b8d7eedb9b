package dev.tenantry.tests.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/// Takes the place of standard output until it is closed. Whoever took hold of it meanwhile goes on writing here.
public final class CapturedOutput implements AutoCloseable {

    private final PrintStream original = System.out;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private CapturedOutput() {}

    public static CapturedOutput begin() {
        CapturedOutput output = new CapturedOutput();
        System.setOut(new PrintStream(output.bytes, true, UTF_8));
        return output;
    }

    public String text() {
        return bytes.toString(UTF_8);
    }

    public List<String> lines() {
        return text().lines().toList();
    }

    @Override
    public void close() {
        System.setOut(original);
    }
}
