package dev.tenantry.tests.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.runtime.StandIn;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.People;
import dev.tenantry.testing.SlowHashes;
import dev.tenantry.tests.project.Project;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What functions do before SnapStart takes its snapshot.
class PrimingTest {

    /// What nobody's tenant can't have done to it: its default profile stays, it has no domain of its own to prove,
    /// and the invite is somebody else's. No route leads to the fallback.
    private static final Set<String> REFUSED = Set.of(
            "DELETE /tenant/{tenant}/profile/{profileId}",
            "POST /tenant/{tenant}/domain",
            "POST /invite/accept",
            "$default");

    private static final String PASSWORD = "correct horse battery";

    static List<FunctionDefinition> functions() {
        return Project.template().functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void leavesNoTrace(FunctionDefinition function) throws Exception {
        try (Sandbox sandbox = new Sandbox();
                CapturedOutput output = CapturedOutput.begin()) {
            // Whatever a tenant is called, and even where everybody is let in.
            dev.tenantry.testing.Core core = sandbox.core();
            for (String tenant : List.of("acme", "priming")) {
                core.tenant(tenant, People.named("ada"));
                provision(core, tenant, SecurityProfile.NONE);
            }
            int rows = sandbox.rows();
            LambdaFunction handler = sandbox.handler(function);

            handler.beforeCheckpoint(Core.getGlobalContext());
            handler.afterRestore(Core.getGlobalContext());

            assertThat(sandbox.rows()).isEqualTo(rows).isPositive();
            assertThat(output.text()).isEmpty();
        }
    }

    static List<FunctionDefinition> bareFunctions() {
        return Project.bareTemplate().functions();
    }

    /// Mail and Stripe are an operator's to leave out.
    @ParameterizedTest
    @MethodSource("bareFunctions")
    void needsNeitherMailNorStripe(FunctionDefinition function) throws Exception {
        try (Sandbox sandbox = new Sandbox();
                CapturedOutput output = CapturedOutput.begin()) {
            LambdaFunction handler = sandbox.handler(function);

            handler.beforeCheckpoint(Core.getGlobalContext());

            assertThat(output.text()).isEmpty();
        }
    }

    /// A hook that throws stops the version from being published.
    @ParameterizedTest
    @MethodSource("functions")
    void survivesWithoutDynamoDb(FunctionDefinition function) throws Exception {
        for (URI away : List.of(nowhere(), URI.create("http://nobody.invalid"))) {
            try (CapturedOutput output = CapturedOutput.begin()) {
                LambdaFunction handler = Sandbox.handler(function, away);
                assertThatCode(() -> handler.beforeCheckpoint(Core.getGlobalContext()))
                        .doesNotThrowAnyException();
                assertWarned(function, output, "dev.tenantry.refusal.Refusal$Unavailable");
            }
        }
    }

    /// A role that is new need not be known everywhere yet.
    @ParameterizedTest
    @MethodSource("functions")
    void survivesWhatDynamoDbRefuses(FunctionDefinition function) throws Exception {
        try (RecordedDynamoDb dynamoDb = RecordedDynamoDb.before(nowhere())) {
            for (String code : List.of("AccessDeniedException", "ResourceNotFoundException")) {
                dynamoDb.refuse(code);
                try (CapturedOutput output = CapturedOutput.begin()) {
                    LambdaFunction handler = Sandbox.handler(function, dynamoDb.uri());
                    assertThatCode(() -> handler.beforeCheckpoint(Core.getGlobalContext()))
                            .doesNotThrowAnyException();
                    assertWarned(function, output, "software.amazon.awssdk.services.dynamodb.model.");
                }
            }
        }
    }

    /// One line, which is no error: an alarm would ring at a deployment, and for nothing. Where the table is not
    /// asked there is none.
    private static void assertWarned(FunctionDefinition function, CapturedOutput output, String fault) {
        boolean asks = !List.of("fallback", "changeevents").contains(Sandbox.nameOf(function));
        assertThat(output.lines())
                .hasSize(asks ? 1 : 0)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("{\"level\":\"WARN\"")
                        .contains("\"requestId\":\"priming\"", "\"fault\":\"" + fault));
    }

    /// A row that is missing in `priming.json`, or an attribute, would leave classes to whoever comes first.
    @ParameterizedTest
    @MethodSource("functions")
    void succeedsInAllThatItPrimes(FunctionDefinition function) throws Exception {
        try (StandIn standIn = StandIn.start();
                CapturedOutput output = CapturedOutput.begin()) {
            LambdaFunction twin = Class.forName(Sandbox.className(function))
                    .asSubclass(LambdaFunction.class)
                    .getConstructor(Settings.class)
                    .newInstance(Settings.of(Sandbox.environment(function, nowhere()))
                            .with(standIn.uri()));
            assertThat(twin.primingEvents()).isNotEmpty();
            for (String event : twin.primingEvents()) {
                JsonNode answer = Json.parse(Sandbox.invoke(twin, event, Sandbox.context(900_000)))
                        .orElseThrow();
                String route = Json.parse(event).orElseThrow().path("routeKey").asText();
                assertThat(answer.has("errorMessage")).as(answer.toString()).isFalse();
                if (answer.has("statusCode")) {
                    assertThat(answer.path("statusCode").asInt())
                            .as(route + " " + answer)
                            .isBetween(200, REFUSED.contains(route) ? 499 : 299);
                }
            }
            assertThat(output.text()).doesNotContain("\"ERROR\"");
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void takesAChangeThroughItsPacesWhereThereAreAny(FunctionDefinition function) throws Exception {
        try (Sandbox sandbox = new Sandbox();
                RecordedDynamoDb dynamoDb = RecordedDynamoDb.before(sandbox.dynamoDbUri());
                CapturedOutput _ = CapturedOutput.begin()) {
            if (Sandbox.handler(function, dynamoDb.uri()) instanceof ApiFunction handler) {
                handler.beforeCheckpoint(Core.getGlobalContext());

                boolean changes = PermissionsTest.allowed(function).contains("dynamodb:ConditionCheckItem");
                assertThat(dynamoDb.actions().contains("dynamodb:ConditionCheckItem"))
                        .isEqualTo(changes);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void asksForNoSecretThatTheSnapshotWouldKeep(FunctionDefinition function) throws Exception {
        try (Sandbox sandbox = new Sandbox();
                CapturedOutput _ = CapturedOutput.begin()) {
            LambdaFunction handler = sandbox.handler(function);
            int asked = Sandbox.Stripe.SECRETS.calls();
            handler.beforeCheckpoint(Core.getGlobalContext());
            assertThat(Sandbox.Stripe.SECRETS.calls()).isEqualTo(asked);
        }
    }

    /// The first charger or request after a restore would wait for the classes, and for the loop to be compiled.
    @ParameterizedTest
    // The second one is quick: a charger's, of the stand-in.
    @CsvSource({"chargerconnect,2", "chargers,1"})
    void computesASlowHashWhereThereAreMany(String function, int count) throws Exception {
        try (Sandbox sandbox = new Sandbox();
                SlowHashes hashes = SlowHashes.counted();
                RecordedDynamoDb dynamoDb = RecordedDynamoDb.before(sandbox.dynamoDbUri())) {
            Sandbox.handler(Sandbox.function(function), dynamoDb.uri()).beforeCheckpoint(Core.getGlobalContext());
            assertThat(hashes.count()).isEqualTo(count);
            assertThat(dynamoDb.actions()).contains("dynamodb:ConditionCheckItem");
        }
    }

    /// Each instance that starts from the snapshot draws a key of its own.
    @Test
    void remembersNoPasswordOfBeforeTheSnapshot() throws Exception {
        try (Sandbox sandbox = new Sandbox();
                CapturedOutput _ = CapturedOutput.begin()) {
            dev.tenantry.testing.Core core = sandbox.core();
            core.tenant("acme", People.named("ada"));
            provision(core, "acme", SecurityProfile.BASIC);
            LambdaFunction handler = sandbox.handler(Sandbox.function("chargerconnect"));
            try (SlowHashes hashes = SlowHashes.counted()) {
                connect(handler);
                connect(handler);
                assertThat(hashes.count()).isEqualTo(1);
                handler.afterRestore(Core.getGlobalContext());
                connect(handler);
                assertThat(hashes.count()).isEqualTo(2);
            }
        }
    }

    private static void connect(LambdaFunction handler) {
        String credentials = Base64.getEncoder().encodeToString(("Wallbox-1:" + PASSWORD).getBytes(UTF_8));
        assertThat(Sandbox.invoke(handler, """
                {"type": "connect", "tenant": "acme", "identity": "Wallbox-1", "sourceIp": "192.0.2.17", "tls": true,
                 "authorization": "Basic %s", "connectionId": "c", "at": "2026-01-31T12:00:00Z"}
                """.formatted(credentials))).contains("\"accepted\"");
    }

    /// Lets one charger register.
    private static void provision(dev.tenantry.testing.Core core, String tenant, SecurityProfile security) {
        long profile = security.needsPassword()
                ? ProfileFixture.create(core, tenant, security, PASSWORD)
                : ProfileFixture.create(core, tenant, security);
        core.insist(() -> core.startProvisioning()
                .run(
                        core.door(People.named("ada"), tenant, Role.USER),
                        new NewWindow(Optional.of(profile), Duration.ofHours(1), Optional.of(1L))));
    }

    @Test
    void isOverWhenRequestsCome() throws Exception {
        SampleEvent event = SampleEvent.of(Project.root().resolve("events/tenants/get-tenant.json"));
        try (Sandbox sandbox = event.sandbox();
                CapturedOutput output = CapturedOutput.begin()) {
            LambdaFunction handler = sandbox.handler(event.function());
            handler.beforeCheckpoint(Core.getGlobalContext());
            assertThat(Sandbox.invoke(handler, event.json())).contains("\"statusCode\":200");
            assertThat(output.lines()).hasSize(1);
        }
    }

    /// Where nothing listens.
    private static URI nowhere() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
