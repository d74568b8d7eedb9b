package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.tests.project.Project;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What becomes of connections between two invocations (docs/adr/0037).
class IdleConnectionTest {

    private static final String FLAG = "-Dhttp.keepAlive.time.server=60";

    static Iterable<FunctionDefinition> functions() {
        return Project.template().functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void isKeptForAMinute(FunctionDefinition function) {
        assertThat(function.environment().getOrDefault("JAVA_TOOL_OPTIONS", "").split(" "))
                .contains(FLAG);
    }

    /// A process that was frozen, or restored, does not hear that the other side has closed a connection.
    @Test
    void isReplacedWhereItIsDead() throws IOException {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Thread.ofVirtual().start(() -> answerOnceOnEach(server, connections));
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
            SampleEvent event = SampleEvent.of(Project.root().resolve("events/tenants/get-tenant.json"));
            try (CapturedOutput output = CapturedOutput.begin()) {
                LambdaFunction function = Sandbox.handler(event.function(), uri);
                for (int i = 0; i < 3; i++) {
                    // There is no such tenant, says who could be asked.
                    assertThat(Sandbox.invoke(function, event.json())).contains("\"statusCode\":404");
                }
                assertThat(output.text()).doesNotContain("\"ERROR\"");
            }
            assertThat(connections.get()).isEqualTo(3);
        }
    }

    /// Answers as if it kept the connection, and closes it.
    private static void answerOnceOnEach(ServerSocket server, AtomicInteger connections) {
        while (true) {
            try (Socket connection = server.accept()) {
                connections.incrementAndGet();
                InputStream in = new BufferedInputStream(connection.getInputStream());
                int length = 0;
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                        length = Integer.parseInt(
                                line.substring(line.indexOf(':') + 1).strip());
                    }
                }
                in.skipNBytes(length);
                String body = "{\"Responses\": {}, \"UnprocessedKeys\": {}}";
                connection
                        .getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: "
                                        + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }
}
