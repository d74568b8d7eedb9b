package dev.tenantry.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.text.Timestamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// JSON written as a stream, without data binding.
public final class JsonText {

    /// Makes parsers and generators. Characters beyond the first plane take 4 bytes, not the 12 of their escapes:
    /// an answer must fit into the row where it is kept for its idempotency key.
    public static final JsonFactory FACTORY =
            new JsonFactory().configure(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8, true);

    private JsonText() {}

    /// Writes JSON, a value or some fields of an object.
    @FunctionalInterface
    public interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    /// The value that the writer writes, as text.
    public static String of(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    public static void instant(JsonGenerator json, String name, Instant value) throws IOException {
        json.writeStringField(name, Timestamp.of(value));
    }
}
