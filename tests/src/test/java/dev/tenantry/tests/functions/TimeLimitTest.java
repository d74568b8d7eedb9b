package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.People;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Functions that stop by themselves before their time is up, and leave the rest for later.
class TimeLimitTest {

    private static final int TOO_LITTLE_MILLIS = 29_000;
    private static final int ENOUGH_MILLIS = 60_000;

    private final Sandbox sandbox = new Sandbox();
    private final Core core = sandbox.core();

    @BeforeEach
    void foundTenants() {
        core.tenant("acme", People.named("ada"));
        core.tenant("globex", People.named("ada"));
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void leavesToTheQueueWhatThereIsNoTimeFor() {
        String event = delivery("acme", "globex");
        assertThat(failed(invoke("usageingest", event, TOO_LITTLE_MILLIS))).containsExactly("acme", "globex");
        assertThat(invoke("metricsaggregation", "{}", ENOUGH_MILLIS)
                        .path("batchesFolded")
                        .asInt())
                .isZero();
        assertThat(failed(invoke("usageingest", event, ENOUGH_MILLIS))).isEmpty();
        assertThat(invoke("metricsaggregation", "{}", ENOUGH_MILLIS)
                        .path("batchesFolded")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void leavesToTheStreamWhatThereIsNoTimeFor() {
        String event = """
                {"Records":[{"eventName":"INSERT","dynamodb":{"SequenceNumber":"%s","NewImage":{
                  "PK":{"S":"TENANT#acme"},"SK":{"S":"AUDIT#0000000000000001"},"id":{"N":"1"},"tenantId":{"N":"1"},
                  "action":{"S":"ip.added"},"targetType":{"S":"ip"},"actorId":{"S":"a"},"requestId":{"S":"r"},
                  "createdAt":{"S":"2026-01-31T12:00:00Z"},"events":{"L":[{"M":{"targetId":{"S":"1"}}}]}}}}]}
                """;
        assertThat(failed(invoke("changeevents", event.formatted("17"), 9_000))).containsExactly("17");
        assertThat(failed(invoke("changeevents", event.formatted("17"), ENOUGH_MILLIS)))
                .isEmpty();
        assertThat(reasons("changeevents", event.formatted("17"), 9_000))
                .isEqualTo("{\"changeEventsFailed\":\"time was up\"}");
    }

    @Test
    void leavesToTheNextRunWhatThereIsNoTimeFor() {
        invoke("usageingest", delivery("acme", "globex"), ENOUGH_MILLIS);
        JsonNode cut = invoke("metricsaggregation", "{}", TOO_LITTLE_MILLIS);
        assertThat(cut.path("batchesFolded").asInt()).isZero();
        assertThat(cut.path("isComplete").asBoolean(true)).isFalse();
        assertThat(cut.has("lagSeconds")).isFalse();
        JsonNode whole = invoke("metricsaggregation", "{}", ENOUGH_MILLIS);
        assertThat(whole.path("batchesFolded").asInt()).isEqualTo(2);
        assertThat(whole.path("isComplete").asBoolean()).isTrue();
        assertThat(whole.has("lagSeconds")).isTrue();
    }

    @Test
    void saysWhatOfARepairThereIsNoTimeFor() {
        JsonNode cut = invoke("operator", "{\"repair\":{\"tenant\":\"acme\"}}", TOO_LITTLE_MILLIS);
        assertThat(cut.path("repaired")).isEmpty();
        assertThat(cut.path("notSettled").findValuesAsText("counter"))
                .containsExactly(
                        "users",
                        "invites",
                        "profiles",
                        "chargers",
                        "chargers of profiles",
                        "usage",
                        "online in the windows");
        assertThat(cut.path("notSettled").findValuesAsText("reason")).containsOnly("time was up");
        JsonNode whole = invoke("operator", "{\"repair\":{\"tenant\":\"acme\"}}", ENOUGH_MILLIS);
        assertThat(whole.path("notSettled")).isEmpty();
    }

    @Test
    void leavesToTheBrokerWhatOfABatchThereIsNoTimeFor() {
        String batch = "{\"events\":[%1$s,{},%1$s]}".formatted("""
            {"type":"disconnect","tenant":"acme","identity":"W1","connectionId":"c","at":"2026-01-31T12:00:00Z"}\
            """);
        JsonNode cut = invoke("chargerconnect", batch, 5_000).path("answers");
        assertThat(cut).hasSize(3).allSatisfy(answer -> {
            assertThat(answer.path("error").asText()).contains("Send it again");
            assertThat(answer.path("retry").asBoolean()).isTrue();
        });
        JsonNode whole = invoke("chargerconnect", batch, 25_000).path("answers");
        assertThat(whole.findValuesAsText("reason")).containsExactly("unknown_charger", "unknown_charger");
        assertThat(whole.path(1).path("retry").asBoolean(true)).isFalse();
    }

    @Test
    void saysInTheLogWhySomethingWasLeft() {
        assertThat(reasons("usageingest", delivery("acme", "globex"), TOO_LITTLE_MILLIS))
                .isEqualTo("{\"reportsDeferred\":\"time was up\"}");
        assertThat(reasons("metricsaggregation", "{}", TOO_LITTLE_MILLIS))
                .isEqualTo("{\"runsIncomplete\":\"time was up\"}");
        assertThat(reasons("metricsaggregation", "{}", ENOUGH_MILLIS)).isEmpty();
        String malformed = delivery("acme").replace("messagesIn", "messageIn");
        assertThat(reasons("usageingest", malformed, ENOUGH_MILLIS))
                .isEqualTo("{\"reportsMalformed\":\"has an unknown field\"}");
    }

    private String reasons(String function, String event, int millisLeft) {
        try (CapturedOutput output = CapturedOutput.begin()) {
            LambdaFunction handler = sandbox.handler(Sandbox.function(function));
            Sandbox.invoke(handler, event, Sandbox.context(millisLeft));
            JsonNode reasons =
                    Json.parse(output.lines().getLast()).orElseThrow().path("reasons");
            return reasons.isMissingNode() ? "" : Json.text(reasons);
        }
    }

    private JsonNode invoke(String function, String event, int millisLeft) {
        try (CapturedOutput _ = CapturedOutput.begin()) {
            LambdaFunction handler = sandbox.handler(Sandbox.function(function));
            return Json.parse(Sandbox.invoke(handler, event, Sandbox.context(millisLeft)))
                    .orElseThrow();
        }
    }

    private static List<String> failed(JsonNode answer) {
        return answer.path("batchItemFailures").findValuesAsText("itemIdentifier");
    }

    private static String delivery(String... tenants) {
        ObjectNode event = Json.object();
        ArrayNode records = event.putArray("Records");
        for (String tenant : tenants) {
            ObjectNode sample = Json.object()
                    .put("id", "1")
                    .put("tenant", tenant)
                    .put("charger", "CP-1")
                    .put("at", Instant.now().toString())
                    .put("messagesIn", 1);
            records.addObject().put("messageId", tenant).put("body", Json.text(sample));
        }
        return Json.text(event);
    }
}
