package dev.tenantry.local.broker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/// What the service says of an event (docs/schemas/charger-answer.json). Fields that are not known here are left alone.
///
/// @param accepted    the charger may connect, or what was told of it is noted
/// @param chargerId   its number in the API; empty if it may not
/// @param registered  it became known by this
/// @param reason      why it may not; empty if it may
/// @param profile     how to serve it
/// @param reliableFor how long that may be relied on by the clock alone
/// @param error       what came instead of an answer
/// @param retry       whether to send the event again
public record Answer(
        boolean accepted,
        Optional<Long> chargerId,
        boolean registered,
        Optional<String> reason,
        Optional<JsonNode> profile,
        Optional<Duration> reliableFor,
        Optional<String> error,
        boolean retry) {

    static Answer of(JsonNode json) {
        return new Answer(
                json.path("decision").asText().equals("accepted"),
                Optional.of(json.path("chargerId"))
                        .filter(JsonNode::isIntegralNumber)
                        .map(JsonNode::asLong),
                json.path("registered").asBoolean(),
                text(json, "reason"),
                Optional.of(json.path("profile")).filter(JsonNode::isObject),
                Optional.of(json.path("recheckAfterSeconds"))
                        .filter(JsonNode::isInt)
                        .map(seconds -> Duration.ofSeconds(seconds.asInt())),
                text(json, "error"),
                json.path("retry").asBoolean());
    }

    /// No answer.
    static Answer none(String error, boolean retry) {
        return new Answer(
                false,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(error),
                retry);
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.of(json.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
