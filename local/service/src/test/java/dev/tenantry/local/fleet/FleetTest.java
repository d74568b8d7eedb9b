package dev.tenantry.local.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetTest {

    private static final Pattern BLOCKED = Pattern.compile("\\{\"id\":([0-9]+),\"blocked\":true\\}");

    private final Map<String, Integer> heard = new ConcurrentHashMap<>();
    private final Set<String> identities = ConcurrentHashMap.newKeySet();
    private final List<String> windows = new CopyOnWriteArrayList<>();
    private final Set<String> blocked = ConcurrentHashMap.newKeySet();
    private volatile boolean isProvisioning;
    private volatile boolean refuses;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String path = exchange.getRequestURI().getPath();
            String target = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .orElse("");
            String answer;
            int status = 200;
            if (path.endsWith("/token")) {
                answer = "{\"access_token\":\"t\"}";
            } else if (path.endsWith("/provision") && refuses) {
                status = 403;
                answer = "{\"code\":\"no\"}";
            } else if (path.endsWith("/provision")) {
                if (exchange.getRequestMethod().equals("POST")) {
                    windows.add(body);
                }
                answer = isProvisioning ? "{\"active\":true}" : "{}";
            } else if (path.endsWith("/charger") && exchange.getRequestMethod().equals("PUT")) {
                BLOCKED.matcher(body).results().forEach(change -> blocked.add(change.group(1)));
                answer = "[]";
            } else if (path.endsWith("/refusal")) {
                answer = "[{\"reason\":\"provisioning_full\",\"count\":1}]";
            } else if (target.endsWith("GetQueueUrl")) {
                answer = "{\"QueueUrl\":\"http://queue\"}";
            } else if (target.endsWith("SendMessage")) {
                heard.merge("report", 1, Integer::sum);
                heard.merge("sample", body.split("messagesIn").length - 1, Integer::sum);
                answer = "{\"MessageId\":\"1\"}";
            } else {
                String type = body.replaceFirst("^.*?\"type\":\"([a-z]+)\".*$", "$1");
                heard.merge(type, 1, Integer::sum);
                String identity = body.replaceFirst("^.*?\"identity\":\"([^\"]+)\".*$", "$1");
                identities.add(identity);
                String id = "1" + identity.substring(identity.length() - 6);
                answer = body.contains("000003\"")
                        ? "{\"decision\":\"rejected\",\"reason\":\"provisioning_full\"}"
                        : blocked.contains(id)
                                ? "{\"decision\":\"rejected\",\"reason\":\"charger_blocked\"}"
                                : "{\"decision\":\"accepted\",\"chargerId\":" + id + "}";
            }
            byte[] bytes = answer.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private FleetOptions options(String... more) {
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        List<String> all =
                new ArrayList<>(List.of("--url", url, "--sqs", url, "--chargers", "20", "--concurrency", "4"));
        all.addAll(List.of(more));
        return FleetOptions.of(all, Map.of());
    }

    private List<Phase> run(FleetOptions options, OutputStream out, OutputStream bar) throws IOException {
        try (ServiceClient service = new ServiceClient(options)) {
            return new Fleet(
                            options,
                            service,
                            new PrintStream(out, true, UTF_8),
                            Optional.of(new PrintStream(bar, true, UTF_8)))
                    .run();
        }
    }

    @Test
    void letsEveryChargerDoEverythingThatIsLetIn() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream bar = new ByteArrayOutputStream();
        List<Phase> phases = run(options(), out, bar);

        assertThat(phases)
                .extracting(Phase::name)
                .containsExactly("connect", "boot", "heartbeat", "disconnect", "reconnect");
        assertThat(phases).extracting(Phase::done).containsExactly(20, 19, 19, 19, 19);
        assertThat(phases.getFirst().outcomes()).isEqualTo(Map.of("accepted", 19, "provisioning_full", 1));
        assertThat(heard).isEqualTo(Map.of("connect", 39, "boot", 19, "report", 1, "sample", 19, "disconnect", 19));
        assertThat(out.toString(UTF_8))
                .contains("p95")
                .contains("provisioning_full 1")
                .contains("The tenant sees of refusals, at least: {provisioning_full=1}");
        assertThat(bar.toString(UTF_8)).contains("20 of 20").contains("19 of 19");
    }

    /// In calls of twenty changes at most.
    @Test
    void keepsOutThoseThatAreBlockedWhileTheyAreAway() throws IOException {
        List<Phase> phases = run(
                options("--chargers", "40", "--blocked", "25"),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream());

        assertThat(blocked).hasSize(25);
        assertThat(phases.getLast().outcomes()).isEqualTo(Map.of("accepted", 14, "charger_blocked", 25));
    }

    @Test
    void isAnotherFleetInEachRunUnlessItIsNamed() throws IOException {
        for (int run = 0; run < 2; run++) {
            run(options(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        }
        assertThat(identities).hasSize(40).allMatch(identity -> identity.matches("SIM-[0-9a-f]{8}-0000[01][0-9]"));
        identities.clear();
        for (int run = 0; run < 2; run++) {
            run(options("--identities", "DEPOT:"), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        }
        assertThat(identities).hasSize(20).contains("DEPOT:000000", "DEPOT:000019");
    }

    @Test
    void countsWhatGoesWrongByItselfAsAnError() throws IOException {
        try (ServiceClient service = new ServiceClient(options())) {
            Fleet fleet = new Fleet(
                    options(),
                    service,
                    new PrintStream(OutputStream.nullOutputStream(), true, UTF_8),
                    Optional.empty());
            Phase phase = fleet.phase("odd", new int[] {0, 1, 2}, charger -> {
                if (charger == 1) {
                    throw new IllegalStateException();
                }
                return "accepted";
            });
            assertThat(phase.outcomes()).isEqualTo(Map.of("accepted", 2, "error", 1));
        }
    }

    @Test
    void opensAWindowOfItsOwnWhereItIsToldHow() throws IOException {
        isProvisioning = true;
        try (ServiceClient service = new ServiceClient(options())) {
            service.startProvisioning();
        }
        assertThat(windows).isEmpty();
        try (ServiceClient service = new ServiceClient(options("--profile", "7", "--max-chargers", "5"))) {
            service.startProvisioning();
        }
        isProvisioning = false;
        try (ServiceClient service = new ServiceClient(options())) {
            service.startProvisioning();
        }
        assertThat(windows)
                .containsExactly(
                        "{\"durationSeconds\":600,\"profileId\":7,\"maxChargers\":5}",
                        "{\"durationSeconds\":600,\"maxChargers\":null}");
    }

    @Test
    void isNotContentWithRefusalsThatNobodyAskedFor() {
        Phase connect = new Phase("connect", 20);
        for (int i = 0; i < 5; i++) {
            connect.record("registered", 1);
        }
        Phase heartbeat = new Phase("heartbeat", 5);
        heartbeat.record("sent", 1);
        assertVerdict(true, "No errors.", options(), connect, heartbeat);
        connect.record("provisioning_full", 1);
        connect.record("provisioning_full", 1);
        assertVerdict(false, "No errors. Refused: provisioning_full 2.", options(), connect, heartbeat);
        assertVerdict(
                false, "No errors. Refused: provisioning_full 2.", options("--max-chargers", "20"), connect, heartbeat);
        assertVerdict(
                true,
                "No errors. Refused as expected: provisioning_full 2.",
                options("--max-chargers", "19"),
                connect,
                heartbeat);
        connect.record("charger_blocked", 1);
        assertVerdict(
                true,
                "No errors. Refused as expected: charger_blocked 1. Refused as expected: provisioning_full 2.",
                options("--max-chargers", "19", "--blocked", "1"),
                connect,
                heartbeat);
        connect = new Phase("connect", 20);
        connect.record("provisioning_full", 1);
        connect.record("provisioning_full", 1);
        connect.record("bad_credentials", 1);
        assertVerdict(
                false,
                "No errors. Refused: bad_credentials 1. Refused as expected: provisioning_full 2.",
                options("--max-chargers", "5"),
                connect,
                heartbeat);
        heartbeat.record("error", 1);
        assertVerdict(false, "Errors: 1.", options(), heartbeat);
    }

    private static void assertVerdict(boolean isGood, String text, FleetOptions options, Phase... phases) {
        Verdict verdict = Verdict.of(options, List.of(phases));
        assertThat(verdict).hasToString(text);
        assertThat(verdict.isGood()).isEqualTo(isGood);
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> FleetOptions.of(List.of("--many"), Map.of())).hasMessageContaining("--many");
        assertThatThrownBy(() -> FleetOptions.of(List.of("--chargers", "0"), Map.of()))
                .hasMessageContaining("1 to");
        assertThatThrownBy(() -> FleetOptions.of(List.of("--chargers"), Map.of()))
                .hasMessageContaining("needs a value");
        assertThatThrownBy(() -> FleetOptions.of(List.of("--max-chargers", "0"), Map.of()))
                .hasMessageContaining("1 to");
        assertThatThrownBy(() -> FleetOptions.of(List.of("--profile", "Depot"), Map.of()))
                .hasMessageContaining("1 to");
        assertThatThrownBy(() -> FleetOptions.of(List.of("--password", "--certificates"), Map.of()))
                .hasMessageContaining("needs a value");
        assertThatThrownBy(() -> FleetOptions.of(List.of("--identities", " b"), Map.of()))
                .hasMessageContaining("six digits");
        assertThatThrownBy(() -> FleetOptions.of(List.of("--identities", "x".repeat(43)), Map.of()))
                .hasMessageContaining("six digits");
        assertThatThrownBy(() -> FleetOptions.of(List.of("--tenant", "../demo"), Map.of()))
                .hasMessageContaining("domain prefix");
        for (String url : List.of("127.0.0.1:8080", "http://", "http:// x", "ftp://127.0.0.1")) {
            assertThatThrownBy(() -> FleetOptions.of(List.of("--url", url), Map.of()))
                    .hasMessageContaining("--url must be an http URL");
        }
        assertThat(FleetOptions.of(List.of(), Map.of()).user()).isEqualTo("user@demo.example");
    }

    @Test
    void findsTheServiceWhereItWasTold() {
        FleetOptions usual = FleetOptions.of(List.of(), Map.of());
        assertThat(usual.service()).hasToString("http://127.0.0.1:8080");
        assertThat(usual.sqs()).hasToString("http://127.0.0.1:9324");
        Map<String, String> ports = Map.of("PORT", "9555", "SQS_PORT", "9666");
        FleetOptions told = FleetOptions.of(List.of(), ports);
        assertThat(told.service()).hasToString("http://127.0.0.1:9555");
        assertThat(told.sqs()).hasToString("http://127.0.0.1:9666");
        FleetOptions elsewhere = FleetOptions.of(List.of("--url", "http://localhost:1", "--sqs", "http://b:2/"), ports);
        assertThat(elsewhere.service()).hasToString("http://localhost:1");
        assertThat(elsewhere.sqs()).hasToString("http://b:2");
    }

    @Test
    void asksForThePortThatItCannotKnow() {
        assertThatThrownBy(() -> FleetOptions.of(List.of(), Map.of("PORT", "0")))
                .hasMessage("PORT must be the port that the service has, not \"0\", which means any; or say where it is"
                        + " with --url.");
        for (String port : List.of("", "http", "65536", "99999999999", "-1", "080")) {
            assertThatThrownBy(() -> FleetOptions.of(List.of(), Map.of("SQS_PORT", port)))
                    .hasMessageStartingWith("SQS_PORT must be the port that the service has, not \"" + port + "\"");
        }
        assertThat(FleetOptions.of(List.of("--url", "http://localhost:1"), Map.of("PORT", "0"))
                        .service())
                .hasToString("http://localhost:1");
    }

    @Test
    void saysWhyItDidNotGetAnywhere() {
        String nobody = "http://127.0.0.1:" + server.getAddress().getPort();
        server.stop(0);
        assertThat(main("--url", nobody)).startsWith("1 Nothing answers at " + nobody + ". Start the service first");
        assertThat(main("--many")).startsWith("2 --many is not an option. ./fleet --help");
        assertThat(main("--help")).startsWith("0 Connects simulated chargers");
    }

    @Test
    void saysWhoDoesNotLetItProvision() {
        refuses = true;
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        assertThat(main("--url", url, "--sqs", url))
                .startsWith("1 The fleet could not run: Provisioning can't be started: 403 {\"code\":\"no\"}")
                .contains("Is user@demo.example a user or an admin of demo? Say with --user who is");
    }

    @Test
    void saysWhatToDoAboutPasswordsThatNobodyMeantToBeWrong() {
        Phase connect = new Phase("connect", 1);
        connect.record("bad_credentials", 1);
        assertThat(Verdict.of(options(), List.of(connect)).advice(options()))
                .contains("They sent no password. Say with --password, or --password-hex, what their profile has.");
        FleetOptions wrong = options("--password", "not-the-profiles-own");
        assertThat(Verdict.of(wrong, List.of(connect)).advice(wrong).orElseThrow())
                .startsWith("They sent another password.");
        FleetOptions asked = options("--wrong-passwords", "1");
        assertThat(Verdict.of(asked, List.of(connect)).advice(asked)).isEmpty();
    }

    /// The exit status, and what was printed.
    private static String main(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);
        return (FleetMain.run(List.of(arguments), Map.of(), print, print, Optional.empty()) + " " + out.toString(UTF_8))
                .strip();
    }
}
