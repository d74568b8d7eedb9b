package dev.tenantry.local.aws.dns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The TXT records that there are, by name. What is not written here is not in DNS.
public final class TxtZone {

    private static final int MOST_NAMES = 1000;
    private static final int MOST_VALUES = 20;
    private static final int LONGEST_VALUE = 1000;

    private static final String EXAMPLE = "{\"_challenge.example.com\":[\"value\"]}";

    private final Map<String, List<String>> records = new TreeMap<>();

    /// What is published under a name, whatever its case; empty if there is no such name.
    public synchronized Optional<List<String>> at(String name) {
        return Optional.ofNullable(records.get(key(name)));
    }

    /// Publishes these values under a name instead of those that were there; without any, the name is gone.
    public synchronized void publish(String name, List<String> values) {
        if (values.isEmpty()) {
            records.remove(key(name));
        } else {
            records.put(key(name), List.copyOf(values));
        }
    }

    /// `PUT /_local/dns`: publishes the records of the names that it names, and leaves the others as they are.
    public Response change(Request request) {
        Optional<JsonNode> body = Json.parse(request.body().text()).filter(JsonNode::isObject);
        if (body.isEmpty()) {
            return invalid(Map.of("", "The body must be a JSON object such as " + EXAMPLE + "."));
        }
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        Map<String, String> faults = new LinkedHashMap<>();
        body.get().properties().forEach(entry -> {
            Optional<List<String>> values = values(entry.getValue());
            if (!isName(entry.getKey()) || values.isEmpty()) {
                faults.put(
                        "/" + entry.getKey().replace("~", "~0").replace("/", "~1"),
                        "Must be a name of ASCII labels with an array of at most " + MOST_VALUES + " texts of at most "
                                + LONGEST_VALUE + " bytes, or null for none, such as " + EXAMPLE + ".");
            } else {
                wanted.put(entry.getKey(), values.get());
            }
        });
        if (!faults.isEmpty()) {
            return invalid(faults);
        }
        synchronized (this) {
            if (records.size() + wanted.size() > MOST_NAMES) {
                return invalid(Map.of("", "There can be at most " + MOST_NAMES + " names."));
            }
            wanted.forEach(this::publish);
        }
        return list(request);
    }

    /// `GET /_local/dns`: all of them.
    public synchronized Response list(Request request) {
        ObjectNode all = Json.object();
        records.forEach((name, values) -> {
            ArrayNode array = all.putArray(name);
            values.forEach(array::add);
        });
        return Response.json(200, Json.text(all));
    }

    private static Optional<List<String>> values(JsonNode json) {
        if (json.isNull()) {
            return Optional.of(List.of());
        }
        List<String> values = new ArrayList<>();
        for (JsonNode value : json) {
            if (!value.isTextual() || Body.of(value.asText()).size() > LONGEST_VALUE) {
                return Optional.empty();
            }
            values.add(value.asText());
        }
        return json.isArray() && values.size() <= MOST_VALUES ? Optional.of(values) : Optional.empty();
    }

    private static boolean isName(String text) {
        return text.length() <= 254 && text.matches("([!-~&&[^.]]{1,63}[.])*[!-~&&[^.]]{1,63}[.]?");
    }

    private static String key(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Response invalid(Map<String, String> faults) {
        return Response.invalid(
                "/_local/dns", "Nothing was published: the request itself is invalid. See errors.", faults);
    }
}
