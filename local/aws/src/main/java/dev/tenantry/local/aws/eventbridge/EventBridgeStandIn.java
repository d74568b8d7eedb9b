package dev.tenantry.local.aws.eventbridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.fault.Fault;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The PutEvents operation of Amazon EventBridge (Amazon EventBridge API Reference, "PutEvents"). There are no rules:
/// what it takes goes to the [DeliveredEvents]. A bus that is not there is an error, since an event for it is lost.
public final class EventBridgeStandIn implements Endpoint {

    private static final String PUT_EVENTS = "AWSEvents.PutEvents";
    private static final int MOST_ENTRIES = 10;

    /// The least that a call may have in all; AWS takes more by now.
    private static final int MOST_BYTES = 256 * 1024;

    private final List<String> buses;
    private final DeliveredEvents delivered;
    private final Faults faults;
    private final Clock clock;

    /// @param buses names of the buses that there are
    public EventBridgeStandIn(List<String> buses, DeliveredEvents delivered, Faults faults, Clock clock) {
        this.buses = List.copyOf(buses);
        this.delivered = delivered;
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public Response answer(Request request) {
        if (request.headers().joined("x-amz-target").filter(PUT_EVENTS::equals).isEmpty()) {
            return error(400, "UnknownOperationException", "Only PutEvents is served locally.");
        }
        Optional<Fault> fault = faults.next(Faults.Service.EVENTS);
        if (fault.isPresent()) {
            // Who puts too many events at once is told so of those that are too many.
            return fault.get()
                    .happen(
                            error(500, "InternalException", "This fault was ordered at /_local/fault."),
                            fault.get() == Fault.THROTTLE ? put(request, true) : Response.none(),
                            () -> put(request, false));
        }
        return put(request, false);
    }

    /// @param throttles the second half of the entries are too many
    private Response put(Request request, boolean throttles) {
        JsonNode entries =
                Json.parse(request.body().text()).orElseGet(Json::object).path("Entries");
        if (!entries.isArray() || entries.isEmpty() || entries.size() > MOST_ENTRIES) {
            return error(400, "ValidationException", "Entries must have 1 to " + MOST_ENTRIES + " items.");
        }
        int bytes = 0;
        for (JsonNode entry : entries) {
            bytes += size(entry);
        }
        if (bytes > MOST_BYTES) {
            return error(400, "ValidationException", "Total size of the entries in the request is over the limit.");
        }
        ObjectNode answer = Json.object();
        ArrayNode results = Json.array();
        int failed = 0;
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            Optional<String> error =
                    throttles && i >= entries.size() / 2 ? Optional.of("ThrottlingException") : fault(entry);
            if (error.isPresent()) {
                failed++;
                results.addObject().put("ErrorCode", error.get()).put("ErrorMessage", "The event was not taken.");
            } else {
                String id = UUID.randomUUID().toString();
                deliver(entry, id);
                results.addObject().put("EventId", id);
            }
        }
        answer.put("FailedEntryCount", failed).set("Entries", results);
        return Response.of(200, "application/x-amz-json-1.1", Body.of(Json.text(answer)));
    }

    private Optional<String> fault(JsonNode entry) {
        if (!buses.contains(entry.path("EventBusName").asText())) {
            return Optional.of("ResourceNotFoundException");
        }
        if (entry.path("Source").asText().isEmpty()
                || entry.path("DetailType").asText().isEmpty()) {
            return Optional.of("InvalidArgument");
        }
        return Json.parse(entry.path("Detail").asText())
                        .filter(JsonNode::isObject)
                        .isPresent()
                ? Optional.empty()
                : Optional.of("MalformedDetail");
    }

    /// Amazon EventBridge User Guide, "Events in Amazon EventBridge".
    private void deliver(JsonNode entry, String id) {
        Instant time = entry.has("Time")
                ? Instant.ofEpochMilli(Math.round(entry.path("Time").asDouble() * 1000))
                : clock.instant();
        ObjectNode event = Json.object()
                .put("version", "0")
                .put("id", id)
                .put("detail-type", entry.path("DetailType").asText())
                .put("source", entry.path("Source").asText())
                .put("account", "000000000000")
                .put("time", Instant.ofEpochSecond(time.getEpochSecond()).toString())
                .put("region", "us-east-1");
        event.set("resources", Json.array());
        event.set("detail", Json.parse(entry.path("Detail").asText()).orElseThrow());
        delivered.add(event);
    }

    /// Amazon EventBridge User Guide, "Calculating Amazon EventBridge PutEvents event entry size".
    private static int size(JsonNode entry) {
        int size = entry.has("Time") ? 14 : 0;
        for (String name : List.of("Source", "DetailType", "Detail")) {
            size += entry.path(name).asText().getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }

    private static Response error(int status, String type, String message) {
        return Response.of(
                status,
                "application/x-amz-json-1.1",
                Body.of(Json.text(Json.object().put("__type", type).put("message", message))));
    }
}
