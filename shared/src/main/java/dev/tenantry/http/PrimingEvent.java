package dev.tenantry.http;

import dev.tenantry.http.WebhookFunction.SignedMessage;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.runtime.JsonText;
import java.util.Map;

/// A request about nobody's tenant, by its admin: everything is as the stand-in for priming has it.
final class PrimingEvent {

    /// The admin of nobody's tenant.
    private static final Map<String, String> CLAIMS = Map.of(
            "email",
            "priming@example.com",
            "email_verified",
            "true",
            "given_name",
            "Priming",
            "family_name",
            "Priming");

    private static final String ADMIN = "00000000-0000-4000-8000-000000000001";

    /// Another member of it.
    private static final String MEMBER = "00000000-0000-4000-8000-000000000002";

    /// Of a thing that the tenant has, whatever it is.
    private static final String ID = "1";

    private PrimingEvent() {}

    /// A request to a route as its function gets it (payload format 2.0).
    ///
    /// @param routeKey such as `GET /tenant/{tenant}/user/{userId}`
    /// @param idClaim  the claim that tells people apart
    static String to(String routeKey, String idClaim, String body) {
        String method = method(routeKey);
        // Whoever creates something may send a key.
        Map<String, String> headers = method.equals("POST") ? Map.of("idempotency-key", "priming") : Map.of();
        return to(routeKey, method, path(routeKey), idClaim, headers, body);
    }

    /// A request that is genuine by its signature.
    static String signed(String routeKey, SignedMessage message) {
        return to(
                routeKey,
                method(routeKey),
                path(routeKey),
                "sub",
                Map.of(message.header(), message.signature()),
                message.body());
    }

    /// A request that no route matches.
    static String toNoRoute(String method) {
        return to("$default", method, "/tenant/" + DomainPrefix.NOBODYS, "sub", Map.of(), "{}");
    }

    private static String method(String routeKey) {
        return routeKey.substring(0, routeKey.indexOf(' '));
    }

    private static String path(String routeKey) {
        return routeKey.substring(routeKey.indexOf(' ') + 1);
    }

    private static String to(
            String routeKey, String method, String path, String idClaim, Map<String, String> headers, String body) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringField("version", "2.0");
            json.writeStringField("routeKey", routeKey);
            json.writeStringField("rawPath", path);
            json.writeStringField("rawQueryString", "");
            json.writeObjectFieldStart("headers");
            json.writeStringField("content-type", "application/json");
            for (Map.Entry<String, String> header : headers.entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("pathParameters");
            for (int start = path.indexOf('{'); start >= 0; start = path.indexOf('{', start + 1)) {
                String name = path.substring(start + 1, path.indexOf('}', start));
                json.writeStringField(name, parameter(name));
            }
            json.writeEndObject();
            json.writeObjectFieldStart("requestContext");
            json.writeStringField("requestId", "priming");
            json.writeObjectFieldStart("http");
            json.writeStringField("method", method);
            // Of a network for documentation: nobody's address (RFC 5737).
            json.writeStringField("sourceIp", "192.0.2.1");
            json.writeEndObject();
            json.writeObjectFieldStart("authorizer");
            json.writeObjectFieldStart("jwt");
            json.writeObjectFieldStart("claims");
            json.writeStringField(idClaim, ADMIN);
            for (Map.Entry<String, String> claim : CLAIMS.entrySet()) {
                json.writeStringField(claim.getKey(), claim.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeStringField("body", body);
            json.writeBooleanField("isBase64Encoded", false);
            json.writeEndObject();
        });
    }

    private static String parameter(String name) {
        return switch (name) {
            case "tenant" -> DomainPrefix.NOBODYS.value();
            case "userId" -> MEMBER;
            default -> ID;
        };
    }
}
