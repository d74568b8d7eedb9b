package dev.tenantry.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/// JSON in the one way of writing it, so that two texts that say the same are the same: names in order, no space, every
/// string escaped alike, and a number by its value, which `1`, `1.0` and `10e-1` have in common (RFC 8259 §6 has one
/// kind of number, and says nothing of the digits behind the point).
final class CanonicalJson {

    private final JsonParser json;

    private CanonicalJson(JsonParser json) {
        this.json = json;
    }

    /// The one value that is there to be read.
    ///
    /// @throws IOException if there is none, another one behind it, or anything that is no JSON
    static String of(JsonParser json) throws IOException {
        json.nextToken();
        String value = new CanonicalJson(json).value();
        if (json.nextToken() != null) {
            throw new JsonParseException(json, "there is more than one value");
        }
        return value;
    }

    private String value() throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new JsonParseException(json, "there is no value");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> quoted(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getText());
            default -> json.getText();
        };
    }

    private static String number(String text) {
        try {
            return new BigDecimal(text).stripTrailingZeros().toString();
        } catch (ArithmeticException | NumberFormatException e) {
            // An exponent of more than 32 bits.
            return text;
        }
    }

    private String object() throws IOException {
        Map<String, String> fields = new TreeMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = quoted(json.currentName());
            json.nextToken();
            fields.put(name, value());
        }
        StringBuilder text = new StringBuilder("{");
        fields.forEach(
                (name, value) -> text.append(name).append(':').append(value).append(','));
        return text.append('}').toString();
    }

    private String array() throws IOException {
        StringBuilder text = new StringBuilder("[");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            text.append(value()).append(',');
        }
        return text.append(']').toString();
    }

    /// Halves of characters as escapes: alone they would all become one question mark in UTF-8.
    private static String quoted(String string) {
        StringBuilder text = new StringBuilder(string.length() + 2).append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c == '"' || c == '\\' || c < ' ' || Character.isSurrogate(c)) {
                text.append('\\').append((int) c).append(';');
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
