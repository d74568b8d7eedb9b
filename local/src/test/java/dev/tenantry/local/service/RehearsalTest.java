package dev.tenantry.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tenantry.http.ApiFunction;
import dev.tenantry.local.template.FunctionDefinition;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.testing.People;
import dev.tenantry.testing.SlowHashes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import org.crac.Core;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What functions do before SnapStart takes its snapshot.
class RehearsalTest {

    static List<FunctionDefinition> functions() {
        return Project.template().functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void leavesNoTrace(FunctionDefinition function) throws Exception {
        try (Sandbox sandbox = new Sandbox();
                CapturedOutput output = CapturedOutput.begin()) {
            sandbox.core().tenant("acme", People.named("ada"));
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
            assertThatCode(() -> handler.beforeCheckpoint(Core.getGlobalContext())).doesNotThrowAnyException();
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
                assertThat(dynamoDb.actions().contains("dynamodb:ConditionCheckItem")).isEqualTo(changes);
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

    /// The first charger after a restore would wait for the classes, and for the loop to be compiled.
    @Test
    void computesASlowHashWhereChargersShowPasswords() throws Exception {
        try (Sandbox sandbox = new Sandbox();
                SlowHashes hashes = SlowHashes.counted();
                RecordedDynamoDb dynamoDb = RecordedDynamoDb.before(sandbox.dynamoDbUri())) {
            Sandbox.handler(Sandbox.function("chargerconnect"), dynamoDb.uri()).beforeCheckpoint(Core.getGlobalContext());
            assertThat(hashes.count()).isEqualTo(1);
            assertThat(dynamoDb.actions()).contains("dynamodb:ConditionCheckItem");
        }
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
