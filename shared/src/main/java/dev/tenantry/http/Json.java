package dev.tenantry.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.Optional;

/// JSON as a stream: what every request needs, without the data binding that only some do.
public final class Json {

    /// Characters beyond the first plane take 4 bytes, not the 12 of their escapes: an answer must fit into the row where it is
    /// kept for its idempotency key.
    static final JsonFactory FACTORY =
            new JsonFactory().configure(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8, true);

    /// ISO 8601 in UTC with milliseconds, always three digits of them.
    private static final DateTimeFormatter MILLISECONDS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Json() {}

    /// Writes one JSON value.
    @FunctionalInterface
    interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    static String text(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    public static void instant(JsonGenerator json, String name, Instant value) throws IOException {
        json.writeStringField(name, MILLISECONDS.format(value));
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
