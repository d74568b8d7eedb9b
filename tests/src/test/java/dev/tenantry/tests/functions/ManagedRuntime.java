package dev.tenantry.tests.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/// A process as Lambda's managed runtime has it: the real runtime interface client on the class path, and the package
/// unzipped beside it, for the client's own class loader. It is snapshot and restored in so far as its hooks run.
final class ManagedRuntime implements AutoCloseable {

    /// Most that an answer may have (AWS Lambda Developer Guide, "Lambda quotas").
    static final int RESPONSE_BYTES = 6_291_556;

    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";

    /// The class that is loaded where a function primes, and nowhere else.
    private static final String PRIMED = "dev.tenantry.runtime.StandIn ";

    /// Nothing takes that long on a machine that does not stand still.
    private static final int PATIENCE_SECONDS = 60;

    /// The client and what it depends on, and nothing else of this class path.
    private static final String CLIENT_CLASS_PATH = Stream.of(
                    AWSLambda.class, RequestStreamHandler.class, PojoSerializer.class, SdkInternalThreadLocal.class)
            .map(ManagedRuntime::jar)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));

    private final RuntimeApi api;
    private final Process process;
    private final Path output;
    private final Path classes;

    private ManagedRuntime(RuntimeApi api, Process process, Path output, Path classes) {
        this.api = api;
        this.process = process;
        this.output = output;
        this.classes = classes;
    }

    /// Starts a version of a function, for its snapshot.
    ///
    /// @param more   what the environment has besides that of the deployment
    /// @param folder an empty one
    static ManagedRuntime start(Deployment.Function function, Map<String, String> more, Path folder)
            throws IOException {
        RuntimeApi api = new RuntimeApi(function.arn(), function.timeout());
        Path output = folder.resolve("output");
        Path classes = folder.resolve("classes");
        ProcessBuilder process = new ProcessBuilder(command(function, folder, classes))
                .directory(function.taskRoot().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = process.environment();
        environment.clear();
        environment.putAll(function.environment());
        environment.putAll(Map.of(
                "PATH",
                "/usr/local/bin:/usr/bin:/bin",
                "LANG",
                "en_US.UTF-8",
                "TZ",
                ":UTC",
                // Without any profile of whoever runs this.
                "HOME",
                folder.toString(),
                "AWS_REGION",
                function.region(),
                "AWS_DEFAULT_REGION",
                function.region()));
        environment.putAll(Map.of(
                "AWS_EXECUTION_ENV",
                "AWS_Lambda_java25",
                "AWS_LAMBDA_FUNCTION_NAME",
                function.name(),
                "AWS_LAMBDA_FUNCTION_VERSION",
                "1",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                Integer.toString(function.memoryMib()),
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                "snap-start",
                "LAMBDA_TASK_ROOT",
                function.taskRoot().toString(),
                "LAMBDA_RUNTIME_DIR",
                "/var/runtime",
                "_HANDLER",
                function.handler()));
        environment.putAll(api.environment());
        environment.putAll(more);
        return new ManagedRuntime(api, process.start(), output, classes);
    }

    private static List<String> command(Deployment.Function function, Path folder, Path classes) throws IOException {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // In a micro-VM the JVM would see what memory there is.
                "-XX:MaxHeapSize=" + function.memoryMib() * 85 / 100 + "m",
                "-XX:InitialHeapSize=" + Math.max(8, function.memoryMib() / 64) + "m",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.net.preferIPv4Stack=true",
                // Without it hooks are registered with nobody, and nobody is told.
                "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
                "-D" + CLIENT + "runtimeapi.NativeClient.JNI=" + nativeLibrary(folder),
                "-Xlog:class+load=info:file=" + classes + ":none:filecount=0",
                "-cp",
                CLIENT_CLASS_PATH,
                AWSLambda.class.getName(),
                function.handler()));
    }

    /// The managed runtime has it unpacked. Processes side by side would unpack it in each other's way.
    private static Path nativeLibrary(Path folder) throws IOException {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path library = folder.resolve("libaws-lambda-jni.so");
        try (InputStream in = AWSLambda.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + machine + ".so")) {
            if (in == null) {
                throw new IOException("The runtime interface client has no library for " + machine);
            }
            Files.copy(in, library, StandardCopyOption.REPLACE_EXISTING);
        }
        return library;
    }

    private static Path jar(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /// Waits until Lambda would take its snapshot.
    ///
    /// @return what it has printed so far
    String awaitSnapshot() throws IOException, InterruptedException {
        await(api.snapshot(), "its snapshot");
        if (!Files.readString(classes).contains(PRIMED)) {
            throw new AssertionError("It did not prime: no hook of it ran.\n" + printed());
        }
        return printed();
    }

    /// Lets it go on as an instance that is started from the snapshot much later: its keys are no longer valid.
    ///
    /// @param account does not take them any more
    void restore(TrialAccount account) throws IOException, InterruptedException {
        long left = api.keysAreOld().toEpochMilli() - System.currentTimeMillis();
        if (left > 0) {
            Thread.sleep(left);
        }
        account.expire(api.renewKeys());
        await(api.restore(), "asking for its first event");
    }

    /// How often keys were asked for since the restore.
    int keysHandedOut() {
        return api.keysHandedOut();
    }

    /// What it answers, be it an error.
    byte[] invoke(String event) throws IOException, InterruptedException {
        return await(api.invoke(event), "an answer");
    }

    /// All that it has printed.
    String printed() throws IOException {
        return Files.readString(output);
    }

    private <T> T await(CompletableFuture<T> result, String what) throws IOException, InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
            try {
                return result.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillWaiting) {
                if (!process.isAlive()) {
                    throw new AssertionError(
                            "It exited with " + process.exitValue() + " before " + what + ":\n" + printed(),
                            stillWaiting);
                }
            } catch (ExecutionException e) {
                throw new AssertionError("It failed before " + what + ":\n" + printed(), e);
            }
        }
        throw new AssertionError("It did not come to " + what + ":\n" + printed());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
    }
}
