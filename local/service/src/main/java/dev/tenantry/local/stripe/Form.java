package dev.tenantry.local.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parameters as Stripe takes them in bodies and queries: form-encoded, with brackets for what is nested
/// (`items[0][price]=price_1`, `metadata[key]=value`).
record Form(ObjectNode root) {

    /// @throws IllegalArgumentException if it is not encoded well
    static Form parse(String encoded) {
        ObjectNode root = Json.object();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), UTF_8);
                String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8);
                put(root, name, value);
            }
        }
        return new Form(root);
    }

    private static void put(ObjectNode root, String name, String value) {
        String[] keys = name.replace("]", "").split("\\[", -1);
        ObjectNode node = root;
        for (int i = 0; i < keys.length - 1; i++) {
            node = node.get(keys[i]) instanceof ObjectNode inner ? inner : node.putObject(keys[i]);
        }
        String last = keys[keys.length - 1];
        node.put(last.isEmpty() ? Integer.toString(node.size()) : last, value);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(root.get(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /// A nested map of texts, such as `metadata`.
    ObjectNode map(String name) {
        return root.get(name) instanceof ObjectNode map ? map.deepCopy() : Json.object();
    }

    /// The values of a list, such as `expand[0]`.
    List<JsonNode> list(String name) {
        List<JsonNode> values = new ArrayList<>();
        root.path(name).forEach(values::add);
        return values;
    }
}
