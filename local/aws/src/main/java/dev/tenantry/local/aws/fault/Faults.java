package dev.tenantry.local.aws.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;

/// The faults that are ordered and have not happened yet, in the order they were ordered.
public final class Faults {

    private static final int MOST = 1000;

    /// The services that this one relies on and that have a stand-in.
    public enum Service {
        MAIL,
        STRIPE,
        EVENTS
    }

    private final Map<Service, Queue<Fault>> ordered = new EnumMap<>(Service.class);

    /// The fault that a service's next call meets, if there is one.
    public synchronized Optional<Fault> next(Service service) {
        return Optional.ofNullable(
                ordered.getOrDefault(service, new ArrayDeque<>()).poll());
    }

    /// `POST /_local/fault`: lets the next calls to a stand-in fail. A count of 0 calls off what was ordered.
    /// Answers with what is ordered now.
    public Response order(Request request) {
        Map<String, String> faults = new LinkedHashMap<>();
        JsonNode json = Json.parse(request.body().text())
                .filter(JsonNode::isObject)
                .orElseGet(() -> {
                    faults.put("", "The body must be a JSON object such as {\"service\":\"mail\",\"kind\":\"error\"}.");
                    return Json.object();
                });
        Optional<Service> service = named(Service.class, "service", json, faults);
        Optional<Fault> kind = named(Fault.class, "kind", json, faults);
        JsonNode count = json.path("count");
        if (!count.isMissingNode() && (!count.isInt() || count.intValue() < 0 || count.intValue() > MOST)) {
            faults.put("/count", "Must be a whole number from 0 to " + MOST + "; 1 if absent.");
        }
        TreeSet<String> names = new TreeSet<>();
        json.fieldNames().forEachRemaining(names::add);
        names.stream()
                .filter(name -> !name.equals("service") && !name.equals("kind") && !name.equals("count"))
                .forEach(name -> faults.put("/" + name, "Is not a known field; use service, kind, count."));
        if (!faults.isEmpty()) {
            return problem(faults);
        }
        order(service.orElseThrow(), kind.orElseThrow(), count.asInt(1));
        return list(request);
    }

    /// `GET /_local/fault`: what is ordered and has not happened yet.
    public synchronized Response list(Request request) {
        ObjectNode all = Json.object();
        for (Service service : Service.values()) {
            ArrayNode kinds = all.putArray(service.name().toLowerCase(Locale.ROOT));
            ordered.getOrDefault(service, new ArrayDeque<>())
                    .forEach(kind -> kinds.add(kind.name().toLowerCase(Locale.ROOT)));
        }
        return Response.json(200, Json.text(all));
    }

    /// Lets the next calls to a service fail; a count of 0 calls off what was ordered.
    public synchronized void order(Service service, Fault kind, int count) {
        Queue<Fault> queue = ordered.computeIfAbsent(service, absent -> new ArrayDeque<>());
        if (count == 0) {
            queue.clear();
        }
        for (int i = 0; i < count; i++) {
            queue.add(kind);
        }
    }

    private static <E extends Enum<E>> Optional<E> named(
            Class<E> type, String field, JsonNode json, Map<String, String> faults) {
        StringBuilder known = new StringBuilder();
        for (E value : type.getEnumConstants()) {
            String name = value.name().toLowerCase(Locale.ROOT);
            if (name.equals(json.path(field).textValue())) {
                return Optional.of(value);
            }
            known.append(known.isEmpty() ? "" : ", ").append(name);
        }
        faults.put("/" + field, "Must be one of: " + known + ".");
        return Optional.empty();
    }

    private static Response problem(Map<String, String> faults) {
        return Response.invalid(
                "/_local/fault", "No fault was ordered: the request itself is invalid. See errors.", faults);
    }
}
