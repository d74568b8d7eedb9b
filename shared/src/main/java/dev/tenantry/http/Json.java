package dev.tenantry.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.runtime.JsonText;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The fields of an answer, as JSON.
public final class Json {

    private Json() {}

    public static void instant(JsonGenerator json, String name, Instant value) throws IOException {
        JsonText.instant(json, name, value);
    }

    /// Writes null for an absent value.
    public static void instant(JsonGenerator json, String name, Optional<Instant> value) throws IOException {
        if (value.isPresent()) {
            instant(json, name, value.get());
        } else {
            json.writeNullField(name);
        }
    }

    /// Writes null for an absent value.
    public static void text(JsonGenerator json, String name, Optional<String> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            json.writeString(value.get());
        } else {
            json.writeNull();
        }
    }

    /// Writes a map of plain values as an object, null for an absent map.
    public static void values(JsonGenerator json, String name, Optional<Map<String, Object>> values)
            throws IOException {
        json.writeFieldName(name);
        if (values.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        for (Map.Entry<String, Object> value : values.get().entrySet()) {
            json.writeFieldName(value.getKey());
            switch (value.getValue()) {
                case String text -> json.writeString(text);
                case Number number -> json.writeNumber(number.longValue());
                case Boolean flag -> json.writeBoolean(flag);
                default -> json.writeNull();
            }
        }
        json.writeEndObject();
    }
}
