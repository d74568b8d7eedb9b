package dev.tenantry.runtime;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// JSON read as a whole, in Java's own types: [Map] in the order of the text, [List], [String], [Long] or
/// [java.math.BigInteger] for a number written as an integer, [Double] for any other, [Boolean], and [#NULL].
///
/// Data binding would do that too, with 600 classes more at a cold start (ADR 0042).
public final class JsonTree {

    /// JSON's `null`, which is something else than a field that is not there.
    public static final Object NULL = JsonToken.VALUE_NULL;

    private JsonTree() {}

    /// Reads one value and makes sure that nothing follows it. The parser's constraints bound how deep it recurses.
    ///
    /// @return empty if there is nothing but white space
    public static Optional<Object> read(JsonParser json) throws IOException {
        if (json.nextToken() == null) {
            return Optional.empty();
        }
        Object value = value(json);
        if (json.nextToken() != null) {
            throw new JsonParseException(json, "one value is followed by another", json.currentTokenLocation());
        }
        return Optional.of(value);
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> NULL;
            default -> json.getText();
        };
    }

    private static Map<String, Object> object(JsonParser json) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            json.nextToken();
            fields.put(name, value(json));
        }
        return fields;
    }

    private static List<Object> array(JsonParser json) throws IOException {
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(json));
        }
        return items;
    }

    private static Object integer(JsonParser json) throws IOException {
        return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? json.getBigIntegerValue()
                : (Object) json.getLongValue();
    }
}
