package dev.tenantry.local.aws.eventbridge;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The latest events that the buses took, as a rule's target would get them.
public final class DeliveredEvents {

    private static final int MOST = 10_000;

    private final Deque<ObjectNode> events = new ArrayDeque<>();

    synchronized void add(ObjectNode event) {
        events.addFirst(event);
        if (events.size() > MOST) {
            events.removeLast();
        }
    }

    /// The events, newest first.
    public synchronized List<ObjectNode> newestFirst() {
        return List.copyOf(events);
    }

    /// `GET /_local/events`: the events, newest first.
    public Response list(Request request) {
        ArrayNode list = Json.array();
        newestFirst().forEach(list::add);
        return Response.json(200, Json.text(list));
    }
}
