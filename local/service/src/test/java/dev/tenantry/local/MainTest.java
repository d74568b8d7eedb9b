package dev.tenantry.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The local service as a process: what a developer sees of it in a terminal.
class MainTest {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path root;

    @BeforeEach
    void copyTheTemplate() throws IOException {
        Files.copy(Service.TEMPLATE, root.resolve("template.yaml"));
    }

    @ParameterizedTest
    @CsvSource({
        "PORT, abc, 'PORT must be a number from 0 (any free port) to 65535, not \"abc\".'",
        "INVITE_TTL, 7 days, INVITE_TTL must be an ISO 8601 duration such as P7D or PT10S",
        "USER_ID_CLAIM, email, 'USER_ID_CLAIM must not be email, which means something else in this service''s own tokens.'",
        "DATA_DIR, /dev/null, DATA_DIR /dev/null is no directory. Choose another.",
        "DATA_DIR, /dev/null/data, DATA_DIR /dev/null/data can't be made or written to (Not a directory). Choose",
    })
    void saysInOneLineWhatIsWrongWithAVariable(String name, String value, String line) throws Exception {
        assertRefused(Map.of(name, value), line);
    }

    @Test
    void saysThatAnIssuerIsNoUrl() throws Exception {
        assertRefused(
                Map.of("JWT_ISSUER", "http://host/a|b", "JWT_AUDIENCE", "x"),
                "JWT_ISSUER must be an http or https URL without query and fragment");
    }

    @Test
    void saysThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
            String port = Integer.toString(taken.getLocalPort());
            assertRefused(Map.of("PORT", port), "Port " + port + " can't be used (Address already in use)");
        }
    }

    @Test
    void saysThatTheDataIsNone() throws Exception {
        Path data = Files.createDirectories(root.resolve("data"));
        Files.writeString(data.resolve("shared-local-instance.db"), "This is no database at all. ".repeat(100));
        assertRefused(
                Map.of("DATA_DIR", data.toString()),
                "DATA_DIR " + data + " holds what DynamoDB Local can't read, or has no room left (");
        // What loses nothing comes first.
        assertThat(Files.readString(root.resolve("err")))
                .endsWith("). Choose another directory, or delete this one: the tenants that were made here are lost"
                        + " then.\n");
    }

    @Test
    void saysThatTheTemplateIsNotThere() throws Exception {
        Files.delete(root.resolve("template.yaml"));
        assertRefused(Map.of(), "Cannot read " + root.resolve("template.yaml"));
    }

    @ParameterizedTest
    @CsvSource({
        "/guarded/{id}, /guarded/{id, 'has a malformed segment, \"{id\"'",
        "'AWSTemplateFormatVersion:', '{', template.yaml: line ",
        "dev.tenantry.local.ProbeHandler, dev.tenantry.local.Gone, dev.tenantry.local.Gone::handleRequest is not on the class path.",
    })
    void saysWhatIsWrongWithTheTemplate(String text, String mistake, String line) throws Exception {
        String template = Files.readString(root.resolve("template.yaml"));
        assertThat(template).contains(text);
        Files.writeString(root.resolve("template.yaml"), template.replace(text, mistake));
        assertRefused(Map.of(), line);
    }

    @Test
    void stopsAndLeavesNothingBehind() throws Exception {
        Path data = root.resolve("data");
        Process service = start(Map.of("DATA_DIR", data.toString()));
        try (BufferedReader out = service.inputReader();
                BufferedReader err = service.errorReader()) {
            String ready = out.readLine();
            assertThat(ready).startsWith("Tenantry is ready on http://127.0.0.1:");
            int port = URI.create(ready.split(" ", 6)[4]).getPort();

            // Not the process's own way to do it, which would close what it says.
            service.toHandle().destroy();

            assertThat(service.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            // 128 and the number of SIGTERM, as a shell has it.
            assertThat(service.exitValue()).isEqualTo(143);
            assertThat(err.lines()).isEmpty();
            new ServerSocket(port, 1, LOOPBACK).close();
        } finally {
            service.destroyForcibly();
        }
        Process again = start(Map.of("DATA_DIR", data.toString()));
        try (BufferedReader out = again.inputReader()) {
            assertThat(out.readLine()).as("the directory can be used again").startsWith("Tenantry is ready");
        } finally {
            again.destroyForcibly();
        }
    }

    private void assertRefused(Map<String, String> environment, String line) throws Exception {
        Path out = root.resolve("out");
        Path err = root.resolve("err");
        Process service = process(environment)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(service.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("it gives up")
                    .isTrue();
            assertThat(Files.readAllLines(err))
                    .singleElement()
                    .asString()
                    .contains(line)
                    .doesNotContain("Exception");
            assertThat(out).isEmptyFile();
            assertThat(service.exitValue()).isOne();
        } finally {
            service.destroyForcibly();
        }
    }

    private Process start(Map<String, String> environment) throws IOException {
        return process(environment).start();
    }

    private ProcessBuilder process(Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dtenantry.root=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tenantry.local.Main");
        Map<String, String> all = new HashMap<>(Map.of("PORT", "0", "SQS_PORT", "0", "DEMO", "0"));
        all.putAll(environment);
        builder.environment().clear();
        builder.environment().putAll(all);
        return builder;
    }
}
