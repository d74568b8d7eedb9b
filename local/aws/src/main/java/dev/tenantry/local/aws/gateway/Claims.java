package dev.tenantry.local.aws.gateway;

import dev.tenantry.local.aws.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The claims of a verified token as the event carries them: all of them strings, lists as `[a b]`.
///
/// @param values the claims by name
public record Claims(Map<String, String> values) {

    public Claims {
        values = Map.copyOf(values);
    }

    /// The claims of a token's payload.
    static Claims of(Map<String, @Nullable Object> payload) {
        Map<String, String> values = new LinkedHashMap<>();
        payload.forEach((name, value) -> {
            if (value != null) {
                values.put(name, text(value));
            }
        });
        return new Claims(values);
    }

    private static String text(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(" ", "[", "]"));
            case Map<?, ?> object -> Json.text(object);
            default -> value.toString();
        };
    }
}
