package dev.tenantry.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/// What the services that a function works with answer while it primes: `priming.json` beside this class has the rows
/// of nobody's tenant and what others than DynamoDB say. Nothing is ever written; whatever is asked for to be changed
/// has been.
final class PrimedAnswers {

    private static final JsonMapper MAPPER = new JsonMapper();

    private static final String FILE = "priming.json";

    private final JsonNode known;

    PrimedAnswers() {
        try (InputStream file = Objects.requireNonNull(PrimedAnswers.class.getResourceAsStream(FILE))) {
            known = MAPPER.readTree(file);
        } catch (IOException e) {
            throw new IllegalStateException(FILE + " can't be read", e);
        }
    }

    /// @param what the operation that an AWS SDK names, or else the request line
    String to(String what, byte[] body) throws IOException {
        JsonNode request = what.startsWith("DynamoDB_") ? MAPPER.readTree(body) : MAPPER.missingNode();
        return switch (what.substring(what.indexOf('.') + 1)) {
            case "GetItem" -> found(request).toString();
            case "BatchGetItem" -> batch(request.path("RequestItems")).toString();
            case "Query" -> range(request.path("ExpressionAttributeValues")).toString();
            case "TransactWriteItems" ->
                consumedByMany(MAPPER.createObjectNode(), "any").toString();
            default -> other(what);
        };
    }

    private ObjectNode found(JsonNode request) {
        ObjectNode answer = MAPPER.createObjectNode();
        for (JsonNode row : known.path("rows")) {
            if (isAt(row, request.path("Key"))) {
                answer.set("Item", row);
            }
        }
        answer.set("ConsumedCapacity", consumed("any"));
        return answer;
    }

    private ObjectNode batch(JsonNode asked) {
        ObjectNode answer = MAPPER.createObjectNode();
        ObjectNode tables = answer.putObject("Responses");
        for (Map.Entry<String, JsonNode> table : asked.properties()) {
            ArrayNode found = tables.putArray(table.getKey());
            for (JsonNode key : table.getValue().path("Keys")) {
                for (JsonNode row : known.path("rows")) {
                    if (isAt(row, key)) {
                        found.add(row);
                    }
                }
            }
            consumedByMany(answer, table.getKey());
        }
        answer.putObject("UnprocessedKeys");
        return answer;
    }

    private ObjectNode range(JsonNode values) {
        ObjectNode answer = MAPPER.createObjectNode();
        ArrayNode found = answer.putArray("Items");
        for (JsonNode row : known.path("rows")) {
            String sort = text(row, "SK");
            if (text(row, "PK").equals(text(values, ":partition"))
                    && sort.compareTo(text(values, ":first")) >= 0
                    && sort.compareTo(text(values, ":last")) <= 0) {
                found.add(row);
            }
        }
        answer.put("Count", found.size());
        answer.put("ScannedCount", found.size());
        answer.set("ConsumedCapacity", consumed("any"));
        return answer;
    }

    private String other(String what) {
        for (JsonNode answer : known.path("answers")) {
            if (what.contains(answer.path("to").asText())) {
                return answer.path("says").toString();
            }
        }
        throw new IllegalStateException("nobody said what answers " + what);
    }

    private static boolean isAt(JsonNode row, JsonNode key) {
        return text(row, "PK").equals(text(key, "PK")) && text(row, "SK").equals(text(key, "SK"));
    }

    private static String text(JsonNode attributes, String name) {
        return attributes.path(name).path("S").asText();
    }

    private static ObjectNode consumedByMany(ObjectNode answer, String table) {
        answer.putArray("ConsumedCapacity").add(consumed(table));
        return answer;
    }

    private static ObjectNode consumed(String table) {
        return MAPPER.createObjectNode().put("TableName", table).put("CapacityUnits", 1.0);
    }
}
