package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.openapi.Operation;
import dev.tenantry.tests.project.Project;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each endpoint that writes, whose change DynamoDB makes and whose answer gets lost: the caller is told 503 and
/// repeats the call. What was to happen once happens once, and is told once.
class LostAnswersTest {

    /// The first sample event of each route that changes something, by route.
    private static final Map<String, SampleEvent> EVENTS = Project.events().stream()
            .map(SampleEvent::of)
            .filter(event ->
                    !event.routeKey().startsWith("GET ") && !event.routeKey().startsWith("OPTIONS "))
            .filter(event -> status(event).filter(status -> status < 300).isPresent())
            .collect(Collectors.toMap(SampleEvent::routeKey, event -> event, (first, _) -> first, TreeMap::new));

    /// What a repetition without an idempotency key is told that finds it done.
    private static final Map<String, Integer> DONE = Map.of(
            "DELETE /tenant/{tenant}", 404,
            "DELETE /tenant/{tenant}/charger/{chargerId}", 404,
            "DELETE /tenant/{tenant}/invite/{inviteId}", 404,
            "DELETE /tenant/{tenant}/ips/{ipId}", 404,
            "DELETE /tenant/{tenant}/profile/{profileId}", 404,
            "DELETE /tenant/{tenant}/user/{userId}", 404);

    /// What is said anew is done anew, to no other effect: a password is hashed with another salt, and a window
    /// lasts from now on.
    private static final Set<String> TOLD_AGAIN =
            Set.of("PUT /tenant/{tenant}/profile/{profileId}", "PUT /tenant/{tenant}/provision");

    /// Whose effect is at Stripe, or who is told that the first call is still under way, for a minute at most
    /// (docs/adr/0012).
    private static final Map<String, Integer> OTHERWISE = Map.of(
            "POST /tenant/{tenant}/invite", 409,
            // The sample hands the tenant over.
            "PUT /tenant/{tenant}/user", 403);

    static Stream<SampleEvent> events() {
        return EVENTS.values().stream();
    }

    private static Optional<Integer> status(SampleEvent event) {
        return Optional.ofNullable(SampleEvent.STATUS.get(event.name()));
    }

    @Test
    void meetsEveryOperationThatWrites() {
        Set<String> writing = OpenApi.load().operations().stream()
                .filter(operation -> !operation.method().equals("GET"))
                .map(Operation::route)
                .collect(Collectors.toCollection(TreeSet::new));
        // Nobody has the token of a mail that was never sent; `AcceptInvite` is one change like the others.
        assertThat(EVENTS.keySet()).containsAll(writing);
    }

    @ParameterizedTest
    @MethodSource("events")
    void happensOnceAlthoughItWasNotHeardOf(SampleEvent sample) throws IOException {
        String event =
                sample.routeKey().startsWith("POST ") ? withKey(sample.json()) : withoutPrecondition(sample.json());
        try (Sandbox sandbox = sample.sandbox();
                RecordedDynamoDb dynamoDb = RecordedDynamoDb.before(sandbox.dynamoDbUri());
                CapturedOutput _ = CapturedOutput.begin()) {
            long before = told(sandbox);
            LambdaFunction handler = Sandbox.handler(sample.function(), dynamoDb.uri());
            dynamoDb.loseAnswers(true);
            JsonNode first = Json.parse(Sandbox.invoke(handler, event)).orElseThrow();
            dynamoDb.loseAnswers(false);
            long after = told(sandbox);
            int expected = status(sample).orElseThrow();
            if (first.path("statusCode").asInt() == expected) {
                // Its effect is elsewhere: nothing was written that could get lost.
                assertThat(after).isEqualTo(before);
                return;
            }
            // 502 where there is no time left for Stripe.
            assertThat(first.path("statusCode").asInt()).as(first.toString()).isIn(502, 503);

            JsonNode second = Json.parse(Sandbox.invoke(handler, event)).orElseThrow();

            assertThat(second.path("statusCode").asInt())
                    .as(second.toString())
                    .isEqualTo(
                            OTHERWISE.getOrDefault(sample.routeKey(), DONE.getOrDefault(sample.routeKey(), expected)));
            if (!TOLD_AGAIN.contains(sample.routeKey())) {
                assertThat(told(sandbox)).as("told of once").isEqualTo(after);
            }
            if (!sample.routeKey().equals("POST /stripe/webhook")) {
                assertThat(after).as("told of").isGreaterThan(before);
            }
        }
    }

    /// How many changes the audit trails tell of.
    private static long told(Sandbox sandbox) {
        return sandbox.items().stream()
                .filter(item -> Objects.requireNonNull(item.get("SK")).s().startsWith("AUDIT#"))
                .count();
    }

    private static String withKey(String json) {
        ObjectNode event = (ObjectNode) Json.parse(json).orElseThrow();
        ((ObjectNode) event.path("headers")).put("idempotency-key", "a key of its own");
        return Json.text(event);
    }

    private static String withoutPrecondition(String json) {
        ObjectNode event = (ObjectNode) Json.parse(json).orElseThrow();
        ((ObjectNode) event.path("headers")).remove(List.of("if-match"));
        return Json.text(event);
    }
}
