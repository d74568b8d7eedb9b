package dev.tenantry.local.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetTest {

    private final Map<String, Integer> heard = new ConcurrentHashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String path = exchange.getRequestURI().getPath();
            String target = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target")).orElse("");
            String answer;
            if (path.endsWith("/token")) {
                answer = "{\"access_token\":\"t\"}";
            } else if (path.endsWith("/provision")) {
                answer = "{}";
            } else if (target.endsWith("GetQueueUrl")) {
                answer = "{\"QueueUrl\":\"http://queue\"}";
            } else if (target.endsWith("SendMessage")) {
                heard.merge("sample", 1, Integer::sum);
                answer = "{\"MessageId\":\"1\"}";
            } else {
                String type = body.replaceFirst("^.*?\"type\":\"([a-z]+)\".*$", "$1");
                heard.merge(type, 1, Integer::sum);
                answer = body.contains("SIM-000003") ? "{\"decision\":\"rejected\",\"reason\":\"provisioning_full\"}" : "{\"decision\":\"accepted\"}";
            }
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void letsEveryChargerDoEverything() throws IOException {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        FleetOptions options = FleetOptions.of(List.of("--url", url, "--sqs", url, "--chargers", "20", "--concurrency", "4"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream bar = new ByteArrayOutputStream();
        List<Phase> phases;
        try (ServiceClient service = new ServiceClient(options)) {
            phases = new Fleet(options, service, new PrintStream(out, true, UTF_8), Optional.of(new PrintStream(bar, true, UTF_8)))
                    .run();
        }
        assertThat(phases).extracting(Phase::name)
                .containsExactly("connect", "boot", "heartbeat", "disconnect", "reconnect");
        assertThat(phases).allSatisfy(phase -> assertThat(phase.done()).isEqualTo(20));
        assertThat(phases.getFirst().count("provisioning_full")).isEqualTo(1);
        assertThat(heard)
                .containsEntry("connect", 40)
                .containsEntry("boot", 20)
                .containsEntry("sample", 20)
                .containsEntry("disconnect", 20);
        assertThat(out.toString(UTF_8)).contains("p95").contains("provisioning_full 1");
        assertThat(bar.toString(UTF_8)).contains("20 of 20");
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> FleetOptions.of(List.of("--many"))).hasMessageContaining("--many");
        assertThatThrownBy(() -> FleetOptions.of(List.of("--chargers", "0"))).hasMessageContaining("1 to");
        assertThatThrownBy(() -> FleetOptions.of(List.of("--chargers"))).hasMessageContaining("needs a value");
        assertThat(FleetOptions.of(List.of()).user()).isEqualTo("user@demo.example");
    }
}
