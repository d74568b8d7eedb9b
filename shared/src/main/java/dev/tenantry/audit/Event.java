package dev.tenantry.audit;

import java.util.Map;
import java.util.Optional;

/// What happened to one thing: the values that were, and the values that are. Never a secret among them.
///
/// @param targetId id of the thing
/// @param before   empty if it came into being
/// @param after    empty if it ceased to be
public record Event(String targetId, Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {

    public static Event created(String targetId, Map<String, Object> after) {
        return new Event(targetId, Optional.empty(), Optional.of(after));
    }

    public static Event changed(String targetId, Map<String, Object> before, Map<String, Object> after) {
        return new Event(targetId, Optional.of(before), Optional.of(after));
    }

    public static Event removed(String targetId, Map<String, Object> before) {
        return new Event(targetId, Optional.of(before), Optional.empty());
    }
}
