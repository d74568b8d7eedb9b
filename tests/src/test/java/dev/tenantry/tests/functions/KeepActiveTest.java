package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.tests.project.Project;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The event by which a schedule keeps quiet versions active (docs/adr/0036).
class KeepActiveTest {

    private static final String KEEP_ACTIVE = "{\"keepActive\": true}";

    static List<FunctionDefinition> functions() {
        return Project.template().functions();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void isAnsweredByEveryFunctionWithNothingAskedAndNothingLogged(FunctionDefinition function) throws Exception {
        try (Sandbox sandbox = new Sandbox();
                RecordedDynamoDb dynamoDb = RecordedDynamoDb.before(sandbox.dynamoDbUri());
                CapturedOutput output = CapturedOutput.begin()) {
            assertThat(Sandbox.invoke(Sandbox.handler(function, dynamoDb.uri()), KEEP_ACTIVE))
                    .isEqualTo("{\"active\":true}");
            assertThat(dynamoDb.actions()).isEmpty();
            assertThat(output.text()).isEmpty();
        }
    }

    @Test
    void isNothingThatARequestCanSay() {
        SampleEvent event = SampleEvent.of(Project.root().resolve("events/tenants/get-tenant.json"));
        ObjectNode forged = (ObjectNode) Json.parse(event.json()).orElseThrow();
        forged.put("body", KEEP_ACTIVE).put("rawQueryString", "keepActive=true");
        ((ObjectNode) forged.path("headers")).put("keepactive", "true");
        // Nor would it help if the gateway handed on such a field.
        forged.put("keepActive", true);
        try (Sandbox sandbox = event.sandbox()) {
            assertThat(sandbox.invoke(event.function(), Json.text(forged))).contains("\"statusCode\":400");
        }
    }
}
