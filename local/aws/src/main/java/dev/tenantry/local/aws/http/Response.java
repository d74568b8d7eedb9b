package dev.tenantry.local.aws.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// A response to be sent.
///
/// @param status HTTP status code
public record Response(int status, Fields headers, Body body) {

    private static final int NO_STATUS = 0;
    private static final int BROKEN_OFF = -1;

    /// No response: the connection is dropped.
    public static Response none() {
        return of(NO_STATUS);
    }

    /// A response that begins and never comes to its end. Unlike one that never begins, no HTTP client repeats such
    /// a request by itself.
    public static Response brokenOff() {
        return of(BROKEN_OFF);
    }

    boolean isBrokenOff() {
        return status == BROKEN_OFF;
    }

    boolean isNone() {
        return status == NO_STATUS;
    }

    /// A response without headers and body.
    public static Response of(int status) {
        return new Response(status, Fields.none(), Body.none());
    }

    /// A response of JSON text.
    public static Response json(int status, String json) {
        return of(status, "application/json", Body.of(json));
    }

    /// A response with a body of this media type.
    public static Response of(int status, String contentType, Body body) {
        return new Response(status, Fields.none().and("content-type", contentType), body);
    }

    /// What somebody asked for in a way that can't be, as RFC 9457 has it.
    ///
    /// @param instance the path that was called
    /// @param detail   what came of it
    /// @param faults   what is wrong, by JSON Pointer
    public static Response invalid(String instance, String detail, Map<String, String> faults) {
        ObjectNode problem = Json.object()
                .put("type", "about:blank")
                .put("title", "Bad Request")
                .put("status", 400)
                .put("detail", detail)
                .put("instance", instance)
                .put("code", "invalid_request");
        ArrayNode errors = problem.putArray("errors");
        faults.forEach(
                (pointer, message) -> errors.addObject().put("pointer", pointer).put("message", message));
        return of(400, "application/problem+json", Body.of(Json.text(problem)));
    }

    /// This response with a header set.
    public Response with(String name, String value) {
        return new Response(status, headers.with(name, value), body);
    }
}
