package dev.tenantry.local.aws.streams;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.http.Json;
import java.util.List;

/// A filter's pattern, as far as it is understood here: exact values and prefixes (AWS Lambda Developer Guide, "Filter
/// rule syntax").
final class EventPattern {

    private final JsonNode pattern;

    private EventPattern(JsonNode pattern) {
        this.pattern = pattern;
    }

    /// @throws CannotStart if it is none that is understood
    static EventPattern of(String text) {
        JsonNode pattern = Json.parse(text)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> new CannotStart(List.of("The filter " + text + " is no JSON object.")));
        check(pattern, text);
        return new EventPattern(pattern);
    }

    private static void check(JsonNode part, String text) {
        if (part.isObject()) {
            part.forEach(each -> check(each, text));
            return;
        }
        boolean isKnown = part.isArray() && !part.isEmpty();
        for (JsonNode each : part) {
            isKnown &= each.isValueNode()
                    || each.size() == 1 && each.path("prefix").isTextual();
        }
        if (!isKnown) {
            throw new CannotStart(List.of("The filter " + text
                    + " has more than exact values and prefixes, which is all that is" + " served locally."));
        }
    }

    boolean matches(JsonNode event) {
        return matches(pattern, event);
    }

    private static boolean matches(JsonNode pattern, JsonNode event) {
        if (pattern.isObject()) {
            for (var field : pattern.properties()) {
                if (!matches(field.getValue(), event.path(field.getKey()))) {
                    return false;
                }
            }
            return true;
        }
        for (JsonNode each : pattern) {
            if (each.isObject()
                    ? event.isTextual()
                            && event.textValue().startsWith(each.path("prefix").textValue())
                    : each.equals(event)) {
                return true;
            }
        }
        return false;
    }
}
