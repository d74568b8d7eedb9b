package dev.tenantry.http;

import dev.tenantry.runtime.JsonText;

/// A request by nobody, about nobody's tenant: it comes as far as it can without changing anything, so that the classes
/// on its way are loaded before the snapshot. Reads find nothing, and a body without any field is refused.
final class PrimingEvent {

    static final String REQUEST_ID = "priming";

    /// Reserved: no tenant can be founded under it.
    private static final String TENANT = "priming";

    private static final String USER_ID = "00000000-0000-0000-0000-000000000000";

    /// Of a thing that a tenant has, whatever it is.
    private static final String ID = "1";

    private PrimingEvent() {}

    /// A request to a route as its function gets it (payload format 2.0), by somebody whose token names nobody.
    ///
    /// @param routeKey such as `GET /tenant/{tenant}/user/{userId}`
    /// @param idClaim  the claim that tells people apart
    static String to(String routeKey, String idClaim) {
        int space = routeKey.indexOf(' ');
        return to(routeKey, routeKey.substring(0, space), routeKey.substring(space + 1), idClaim);
    }

    /// A request that no route matches.
    static String toNoRoute(String method) {
        return to("$default", method, "/tenant/" + TENANT, "sub");
    }

    private static String to(String routeKey, String method, String path, String idClaim) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("version", "2.0");
            json.writeStringField("routeKey", routeKey);
            json.writeStringField("rawPath", path);
            json.writeObjectFieldStart("pathParameters");
            for (int start = path.indexOf('{'); start >= 0; start = path.indexOf('{', start + 1)) {
                String name = path.substring(start + 1, path.indexOf('}', start));
                json.writeStringField(name, parameter(name));
            }
            json.writeEndObject();
            json.writeObjectFieldStart("requestContext");
            json.writeStringField("requestId", REQUEST_ID);
            json.writeObjectFieldStart("http");
            json.writeStringField("method", method);
            // Of a network for documentation: nobody's address (RFC 5737).
            json.writeStringField("sourceIp", "192.0.2.1");
            json.writeEndObject();
            json.writeObjectFieldStart("authorizer");
            json.writeObjectFieldStart("jwt");
            json.writeObjectFieldStart("claims");
            json.writeStringField(idClaim, USER_ID);
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeStringField("body", "{}");
            json.writeEndObject();
        });
    }

    private static String parameter(String name) {
        return switch (name) {
            case "tenant" -> TENANT;
            case "userId" -> USER_ID;
            default -> ID;
        };
    }
}
