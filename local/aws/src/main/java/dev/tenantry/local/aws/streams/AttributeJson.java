package dev.tenantry.local.aws.streams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Rows as DynamoDB writes them in JSON (Amazon DynamoDB API Reference, "AttributeValue").
public final class AttributeJson {

    private AttributeJson() {}

    /// The attributes of a row.
    public static ObjectNode of(Map<String, AttributeValue> values) {
        ObjectNode map = Json.object();
        values.forEach((name, value) -> map.set(name, attribute(value)));
        return map;
    }

    private static ObjectNode attribute(AttributeValue value) {
        ObjectNode json = Json.object();
        switch (value.type()) {
            case S -> json.put("S", value.s());
            case N -> json.put("N", value.n());
            case BOOL -> json.put("BOOL", value.bool());
            case NUL -> json.put("NULL", true);
            case B -> json.put("B", Base64.getEncoder().encodeToString(value.b().asByteArray()));
            case M -> json.set("M", of(value.m()));
            case L -> {
                ArrayNode list = json.putArray("L");
                value.l().forEach(each -> list.add(attribute(each)));
            }
            case SS -> value.ss().forEach(json.putArray("SS")::add);
            case NS -> value.ns().forEach(json.putArray("NS")::add);
            // DynamoDB Local's stream tells of an empty list or map without saying which it is.
            case UNKNOWN_TO_SDK_VERSION -> {}
            default -> throw new IllegalArgumentException("no table here has a " + value.type());
        }
        return json;
    }
}
