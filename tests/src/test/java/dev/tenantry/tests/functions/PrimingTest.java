package dev.tenantry.tests.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tenantry.http.ApiFunction;
import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.runtime.LambdaFunction;
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
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What functions do before SnapStart takes its snapshot.
class PrimingTest {

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

    @ParameterizedTest
    @MethodSource("functions")
    void survivesWithoutDynamoDb(FunctionDefinition function) throws Exception {
        try (CapturedOutput output = CapturedOutput.begin()) {
            LambdaFunction handler = Sandbox.handler(function, nowhere());
            assertThatCode(() -> handler.beforeCheckpoint(Core.getGlobalContext()))
                    .doesNotThrowAnyException();
            assertThat(output.text()).isEmpty();
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
    @ValueSource(strings = {"chargerconnect", "chargers"})
    void computesASlowHashWhereThereAreMany(String function) throws Exception {
        try (Sandbox sandbox = new Sandbox();
                SlowHashes hashes = SlowHashes.counted();
                RecordedDynamoDb dynamoDb = RecordedDynamoDb.before(sandbox.dynamoDbUri())) {
            Sandbox.handler(Sandbox.function(function), dynamoDb.uri()).beforeCheckpoint(Core.getGlobalContext());
            assertThat(hashes.count()).isEqualTo(1);
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
