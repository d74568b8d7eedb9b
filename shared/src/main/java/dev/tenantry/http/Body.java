package dev.tenantry.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.PayloadTooLarge;
import dev.tenantry.refusal.Refusal.UnsupportedContentEncoding;
import dev.tenantry.refusal.Refusal.UnsupportedMediaType;
import dev.tenantry.runtime.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// A request's JSON body.
final class Body {

    static final int MAX_BYTES = 256 * 1024;
    private static final int MAX_DEPTH = 32;

    /// How gzip's format begins (RFC 1952 §2.3.1), whatever the headers say.
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    /// U+FEFF in UTF-8. Whoever writes JSON must not begin with it, but whoever reads it may skip it (RFC 8259
    /// §8.1).
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            // Two values for one name: which of them was checked, and which is used? (RFC 8259 §4)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String NOTHING = "{}";

    /// As [JsonTree] has it.
    private final Object root;

    private Body(Object root) {
        this.root = root;
    }

    /// @throws UnsupportedMediaType       if it says to be something else than JSON in UTF-8
    /// @throws UnsupportedContentEncoding if it is compressed
    /// @throws PayloadTooLarge            if it has more than [#MAX_BYTES]
    /// @throws InvalidRequest             if it is no JSON
    static Body of(HttpEvent event) {
        byte[] bytes = event.body().orElseGet(() -> new byte[0]);
        // An empty body says nothing, whatever it says to be.
        if (bytes.length == 0) {
            throw new InvalidRequest("", "must be JSON, but there is no body");
        }
        if (event.header("content-type").filter(type -> !isJson(type)).isPresent()) {
            throw new UnsupportedMediaType();
        }
        if (event.header("content-encoding").filter(Body::isEncoding).isPresent() || startsWith(bytes, GZIP)) {
            throw new UnsupportedContentEncoding();
        }
        if (bytes.length > MAX_BYTES) {
            throw new PayloadTooLarge(MAX_BYTES);
        }
        return new Body(parse(bytes));
    }

    /// JSON that came some other way than as a request's body.
    ///
    /// @throws InvalidRequest if it is none
    static Body of(byte[] json) {
        return new Body(parse(json));
    }

    /// The body, or an object without fields where there is none or the body is `null`.
    ///
    /// @throws UnsupportedMediaType       if it says to be something else than JSON in UTF-8
    /// @throws UnsupportedContentEncoding if it is compressed
    /// @throws PayloadTooLarge            if it has more than [#MAX_BYTES]
    /// @throws InvalidRequest             if it is no JSON
    static Body ofAny(HttpEvent event) {
        Body none = new Body(Map.of());
        if (event.body().filter(bytes -> bytes.length > 0).isEmpty()) {
            return none;
        }
        Body body = of(event);
        // Clients that generators make send `null` where their caller left a body out.
        return body.root == JsonTree.NULL ? none : body;
    }

    /// What a body says as JSON, in the one way of saying it: two that differ in the order of names, white space,
    /// escapes or how a number is spelt are one. So are no body, `null` and an object without fields: where one of
    /// them will do, they mean the same ([#ofAny]). What is no JSON, or too large to be read, says nothing but its
    /// bytes.
    static byte[] said(HttpEvent event) {
        byte[] bytes = event.body().orElseGet(() -> new byte[0]);
        if (bytes.length == 0) {
            return NOTHING.getBytes(StandardCharsets.UTF_8);
        }
        if (bytes.length > MAX_BYTES) {
            return bytes;
        }
        try (JsonParser json = JSON.createParser(text(bytes))) {
            String said = CanonicalJson.of(json);
            return (said.equals("null") ? NOTHING : said).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return bytes;
        }
    }

    /// Reads an object.
    <T> T object(Function<Fields, T> reader) {
        return reader.apply(new Fields(objectAt("", root), ""));
    }

    /// Reads an object, or an array of objects, at least one.
    <T> Items<T> oneOrMore(int maxItems, Function<Fields, T> reader) {
        if (root instanceof Map) {
            return new Items<>(List.of(object(reader)), false);
        }
        if (root instanceof List) {
            return new Items<>(array(maxItems, reader), true);
        }
        throw new InvalidRequest("", "must be a JSON object or an array of them");
    }

    /// Reads an array of objects, at least one.
    <T> List<T> array(int maxItems, Function<Fields, T> reader) {
        if (!(root instanceof List<?> values)) {
            throw new InvalidRequest("", "must be a JSON array");
        }
        if (values.isEmpty() || values.size() > maxItems) {
            throw new InvalidRequest("", "must have 1 to " + maxItems + " items, not " + values.size());
        }
        List<T> items = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String pointer = "/" + i;
            try {
                items.add(reader.apply(new Fields(objectAt(pointer, values.get(i)), pointer)));
            } catch (InvalidRequest e) {
                faults.addAll(e.faults());
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
        return items;
    }

    private static Map<?, ?> objectAt(String pointer, Object value) {
        if (!(value instanceof Map<?, ?> object)) {
            throw new InvalidRequest(pointer, "must be a JSON object");
        }
        return object;
    }

    private static boolean isJson(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].strip().equals("application/json")) {
            return false;
        }
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].strip().replace("\"", "");
            if (parameter.startsWith("charset=") && !parameter.equals("charset=utf-8")) {
                return false;
            }
        }
        return true;
    }

    /// Whether a `Content-Encoding` names one. `identity` is none: it stands for nothing that was done.
    private static boolean isEncoding(String contentEncoding) {
        for (String coding : contentEncoding.split(",", -1)) {
            if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] bytes, byte[] mark) {
        return bytes.length >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    private static String text(byte[] bytes) throws CharacterCodingException {
        int start = startsWith(bytes, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
        // A new decoder reports what is no UTF-8 instead of replacing it.
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                .toString();
    }

    private static Object parse(byte[] bytes) {
        try (JsonParser json = JSON.createParser(text(bytes))) {
            return JsonTree.read(json).orElseThrow(() -> new InvalidRequest("", "must be JSON, but it is blank"));
        } catch (CharacterCodingException e) {
            throw new InvalidRequest("", "must be UTF-8");
        } catch (JacksonException e) {
            String where = Optional.ofNullable(e.getLocation()).map(Body::words).orElse("");
            // The parser's own words can repeat the body or name a class.
            throw new InvalidRequest(
                    "",
                    "is not valid JSON" + where + "; put names in double quotes, use each once, and nest at most "
                            + MAX_DEPTH + " levels");
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory was not read", e);
        }
    }

    private static String words(JsonLocation location) {
        return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
