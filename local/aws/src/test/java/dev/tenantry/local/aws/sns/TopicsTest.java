package dev.tenantry.local.aws.sns;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.lambda.Invocation;
import dev.tenantry.local.aws.template.TopicSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TopicsTest {

    private final List<String> events = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int failing;

    private final Topics topics = new Topics(
            List.of(
                    new TopicSource("F", "Mail", 2, Optional.of("Failures")),
                    new TopicSource("Elsewhere", "Other", 0, Optional.empty())),
            (function, event) -> {
                events.add(function + " " + event);
                return failing-- > 0
                        ? new Invocation.Failed("{\"errorMessage\":\"as told\"}")
                        : new Invocation.Returned("{}");
            },
            (queue, message) -> failures.add(queue + " " + message),
            Clock.systemUTC());

    @Test
    void invokeWhoIsSubscribed() {
        assertThat(topics.publish("Mail", "hello")).isEqualTo(1);

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event).startsWith("F ");
            JsonNode sns = json(event).at("/Records/0/Sns");
            assertThat(sns.path("Message").asText()).isEqualTo("hello");
            assertThat(sns.path("TopicArn").asText()).endsWith(":Mail");
        });
        assertThat(failures).isEmpty();
    }

    @Test
    void tryAgainWhatFails() {
        failing = 2;

        assertThat(topics.publish("Mail", "hello")).isEqualTo(1);

        assertThat(events).hasSize(3);
        assertThat(failures).isEmpty();
    }

    @Test
    void giveUpIntoTheQueue() {
        failing = 3;

        assertThat(topics.publish("Mail", "hello")).isZero();

        assertThat(events).hasSize(3);
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure).startsWith("Failures ");
            JsonNode record = json(failure);
            assertThat(record.at("/requestPayload/Records/0/Sns/Message").asText())
                    .isEqualTo("hello");
            assertThat(record.at("/requestContext/condition").asText()).isEqualTo("RetriesExhausted");
            assertThat(record.at("/requestContext/approximateInvokeCount").asInt())
                    .isEqualTo(3);
            assertThat(record.at("/responsePayload/errorMessage").asText()).isEqualTo("as told");
        });
    }

    private static JsonNode json(String named) {
        return Json.parse(named.substring(named.indexOf(' ') + 1)).orElseThrow();
    }
}
