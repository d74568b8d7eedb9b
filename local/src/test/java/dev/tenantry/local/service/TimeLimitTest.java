package dev.tenantry.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.http.Json;
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
        assertThat(invoke("metricsaggregation", "{}", ENOUGH_MILLIS).path("parcelsFolded").asInt()).isZero();
        assertThat(failed(invoke("usageingest", event, ENOUGH_MILLIS))).isEmpty();
        assertThat(invoke("metricsaggregation", "{}", ENOUGH_MILLIS).path("parcelsFolded").asInt()).isEqualTo(2);
    }

    @Test
    void leavesToTheNextRunWhatThereIsNoTimeFor() {
        invoke("usageingest", delivery("acme", "globex"), ENOUGH_MILLIS);
        JsonNode cut = invoke("metricsaggregation", "{}", TOO_LITTLE_MILLIS);
        assertThat(cut.path("parcelsFolded").asInt()).isZero();
        assertThat(cut.path("isComplete").asBoolean(true)).isFalse();
        assertThat(cut.has("lagSeconds")).isFalse();
        JsonNode whole = invoke("metricsaggregation", "{}", ENOUGH_MILLIS);
        assertThat(whole.path("parcelsFolded").asInt()).isEqualTo(2);
        assertThat(whole.path("isComplete").asBoolean()).isTrue();
        assertThat(whole.has("lagSeconds")).isTrue();
    }

    private JsonNode invoke(String function, String event, int millisLeft) {
        try (CapturedOutput _ = CapturedOutput.begin()) {
            LambdaFunction handler = sandbox.handler(Sandbox.function(function));
            return Json.parse(Sandbox.invoke(handler, event, Sandbox.context(millisLeft))).orElseThrow();
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
