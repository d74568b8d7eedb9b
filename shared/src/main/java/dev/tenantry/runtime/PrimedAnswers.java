package dev.tenantry.runtime;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What the services that a function works with answer while it primes: `priming.json` beside this class has the rows
/// of nobody's tenant and what others than DynamoDB say. Nothing is ever written; whatever is asked for to be changed
/// has been.
final class PrimedAnswers {

    private static final String FILE = "priming.json";

    private final List<?> rows;
    private final List<?> answers;

    PrimedAnswers() {
        try (InputStream file = Objects.requireNonNull(PrimedAnswers.class.getResourceAsStream(FILE));
                JsonParser json = JsonText.FACTORY.createParser(file)) {
            Object known = JsonTree.read(json).orElseThrow();
            rows = (List<?>) at(known, "rows");
            answers = (List<?>) at(known, "answers");
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " can't be read", e);
        }
    }

    /// @param what the operation that an AWS SDK names, or else the request line
    String to(String what, byte[] body) throws IOException {
        Object answer = switch (what.substring(what.indexOf('.') + 1)) {
            case "GetItem" -> found(at(tree(body), "Key"));
            case "BatchGetItem" -> batch((Map<?, ?>) at(tree(body), "RequestItems"));
            case "Query" -> range(at(tree(body), "ExpressionAttributeValues"));
            case "TransactWriteItems" -> Map.of("ConsumedCapacity", List.of(consumed("any")));
            default -> other(what);
        };
        return JsonText.of(json -> write(json, answer));
    }

    private Object found(Object key) {
        List<Object> found = rowsAt(key);
        return found.isEmpty()
                ? Map.of("ConsumedCapacity", consumed("any"))
                : Map.of("Item", found.getFirst(), "ConsumedCapacity", consumed("any"));
    }

    /// Of one table: there is one.
    private Object batch(Map<?, ?> asked) {
        Map.Entry<?, ?> table = asked.entrySet().iterator().next();
        List<Object> found = new ArrayList<>();
        for (Object key : (List<?>) at(table.getValue(), "Keys")) {
            found.addAll(rowsAt(key));
        }
        return Map.of(
                "Responses", Map.of(table.getKey(), found),
                "UnprocessedKeys", Map.of(),
                "ConsumedCapacity", List.of(consumed((String) table.getKey())));
    }

    private Object range(Object values) {
        List<Object> found = new ArrayList<>();
        for (Object row : rows) {
            String sort = text(row, "SK");
            if (text(row, "PK").equals(text(values, ":partition"))
                    && sort.compareTo(text(values, ":first")) >= 0
                    && sort.compareTo(text(values, ":last")) <= 0) {
                found.add(row);
            }
        }
        return Map.of(
                "Items",
                found,
                "Count",
                (long) found.size(),
                "ScannedCount",
                (long) found.size(),
                "ConsumedCapacity",
                consumed("any"));
    }

    private Object other(String what) {
        for (Object answer : answers) {
            if (what.contains((String) at(answer, "to"))) {
                return at(answer, "says");
            }
        }
        throw new IllegalStateException("nobody said what answers " + what);
    }

    private List<Object> rowsAt(Object key) {
        List<Object> found = new ArrayList<>();
        for (Object row : rows) {
            if (text(row, "PK").equals(text(key, "PK")) && text(row, "SK").equals(text(key, "SK"))) {
                found.add(row);
            }
        }
        return found;
    }

    private static Object consumed(String table) {
        return Map.of("TableName", table, "CapacityUnits", 1.0);
    }

    private static String text(Object attributes, String name) {
        return (String) at(at(attributes, name), "S");
    }

    private static Object at(Object object, String name) {
        return Objects.requireNonNull(((Map<?, ?>) object).get(name), name);
    }

    private static Object tree(byte[] body) throws IOException {
        try (JsonParser json = JsonText.FACTORY.createParser(body)) {
            return JsonTree.read(json).orElseThrow();
        }
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> object) {
            json.writeStartObject();
            for (Map.Entry<?, ?> field : object.entrySet()) {
                json.writeFieldName((String) field.getKey());
                write(json, field.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof List<?> items) {
            json.writeStartArray();
            for (Object item : items) {
                write(json, item);
            }
            json.writeEndArray();
        } else if (value == JsonTree.NULL) {
            json.writeNull();
        } else {
            // A text, a number or a boolean, which the generator knows without a codec.
            json.writeObject(value);
        }
    }
}
