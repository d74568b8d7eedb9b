package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Response;
import java.util.Optional;

/// An error as Stripe tells of it (Stripe API reference, "Errors").
final class StripeError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final transient Optional<String> code;

    private StripeError(int status, String type, Optional<String> code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.code = code;
    }

    static StripeError invalid(String message) {
        return new StripeError(400, "invalid_request_error", Optional.empty(), message);
    }

    static StripeError missing(String what, String id) {
        return new StripeError(
                404, "invalid_request_error", Optional.of("resource_missing"), "No such " + what + ": '" + id + "'");
    }

    static StripeError unknownPath(String method, String path) {
        return new StripeError(
                404,
                "invalid_request_error",
                Optional.empty(),
                "Unrecognized request URL (" + method + ": " + path + "), or one that is not served locally.");
    }

    /// Stripe quotes a part of the key: its message is nothing to hand on.
    static StripeError unauthorized(String key) {
        String part = key.length() < 12 ? "" : ": " + key.substring(0, 8) + "***" + key.substring(key.length() - 4);
        return new StripeError(401, "invalid_request_error", Optional.empty(), "Invalid API Key provided" + part);
    }

    static StripeError forbidden() {
        return new StripeError(
                403,
                "invalid_request_error",
                Optional.empty(),
                "The provided key does not have the required permissions.");
    }

    static StripeError keyReused(String key) {
        return new StripeError(
                400,
                "idempotency_error",
                Optional.empty(),
                "Keys for idempotent requests can only be used with the same parameters they were first used with. Try"
                        + " using a key other than '" + key + "' if you meant to execute a different request.");
    }

    static StripeError keyInUse() {
        return new StripeError(
                409,
                "idempotency_error",
                Optional.of("idempotency_key_in_use"),
                "There is currently another in-progress request using this idempotent key.");
    }

    static StripeError ordered() {
        return new StripeError(500, "api_error", Optional.empty(), "This fault was ordered at /_local/fault.");
    }

    static StripeError tooMany() {
        return new StripeError(
                429, "rate_limit_error", Optional.of("rate_limit"), "This fault was ordered at /_local/fault.");
    }

    int status() {
        return status;
    }

    Response response() {
        ObjectNode error = Json.object().put("type", type).put("message", getMessage());
        code.ifPresent(text -> error.put("code", text));
        return Response.json(status, Json.text(Json.object().set("error", error)));
    }
}
