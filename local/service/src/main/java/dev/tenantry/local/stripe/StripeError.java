package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Response;
import java.util.Optional;

/// An error as Stripe tells of it (Stripe API reference, "Errors").
final class StripeError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String INVALID = "invalid_request_error";
    private static final String NO_CODE = "";
    private static final String NO_PARAMETER = "";

    private final int status;
    private final String type;
    private final String code;
    private final String parameter;
    private final boolean kept;

    private StripeError(int status, String type, String code, String parameter, String message) {
        this(status, type, code, parameter, message, false);
    }

    private StripeError(int status, String type, String code, String parameter, String message, boolean kept) {
        super(message, null, false, false);
        this.kept = kept;
        this.status = status;
        this.type = type;
        this.code = code;
        this.parameter = parameter;
    }

    static StripeError invalid(String message) {
        return new StripeError(400, INVALID, NO_CODE, NO_PARAMETER, message);
    }

    /// @param parameter what is wrong, as the request wrote it, such as `items[0][price]`
    static StripeError invalid(String parameter, String message) {
        return new StripeError(400, INVALID, NO_CODE, parameter, message);
    }

    /// What was asked for is well put, and can't be done as things are.
    static StripeError refused(String message) {
        return refused(NO_PARAMETER, message);
    }

    /// @param parameter as the request wrote it
    static StripeError refused(String parameter, String message) {
        return new StripeError(400, INVALID, NO_CODE, parameter, message, true);
    }

    static StripeError required(String parameter) {
        return new StripeError(
                400, INVALID, "parameter_missing", parameter, "Missing required param: " + parameter + ".");
    }

    /// Stripe says the same of what it does not know and of what it knows elsewhere.
    static StripeError unknown(String parameter) {
        return new StripeError(
                400,
                INVALID,
                "parameter_unknown",
                parameter,
                "Received unknown parameter: " + parameter + ", or one that is not served locally.");
    }

    static StripeError exists(String what) {
        return new StripeError(400, INVALID, "resource_already_exists", "id", what + " already exists.", true);
    }

    /// There is nothing at this path.
    static StripeError missing(String what, String id) {
        return new StripeError(404, INVALID, "resource_missing", "id", noSuch(what, id), true);
    }

    /// A parameter names what is not there.
    static StripeError missing(String what, String id, String parameter) {
        return new StripeError(400, INVALID, "resource_missing", parameter, noSuch(what, id), true);
    }

    private static String noSuch(String what, String id) {
        return "No such " + what.substring(what.lastIndexOf('.') + 1) + ": '" + id + "'";
    }

    static StripeError unknownPath(String method, String path) {
        return new StripeError(
                404,
                INVALID,
                NO_CODE,
                NO_PARAMETER,
                "Unrecognized request URL (" + method + ": " + path + "), or one that is not served locally.");
    }

    /// Stripe quotes a part of the key: its message is nothing to hand on.
    static StripeError unauthorized(String key) {
        String part = key.length() < 12 ? "" : ": " + key.substring(0, 8) + "***" + key.substring(key.length() - 4);
        return new StripeError(401, INVALID, NO_CODE, NO_PARAMETER, "Invalid API Key provided" + part);
    }

    static StripeError forbidden() {
        return new StripeError(
                403, INVALID, NO_CODE, NO_PARAMETER, "The provided key does not have the required permissions.");
    }

    static StripeError keyReused(String key) {
        return new StripeError(
                400,
                "idempotency_error",
                NO_CODE,
                NO_PARAMETER,
                "Keys for idempotent requests can only be used with the same parameters they were first used with. Try"
                        + " using a key other than '" + key + "' if you meant to execute a different request.");
    }

    static StripeError keyInUse() {
        return new StripeError(
                409,
                "idempotency_error",
                "idempotency_key_in_use",
                NO_PARAMETER,
                "There is currently another in-progress request using this idempotent key.");
    }

    static StripeError ordered() {
        return new StripeError(500, "api_error", NO_CODE, NO_PARAMETER, "This fault was ordered at /_local/fault.");
    }

    static StripeError tooMany() {
        return new StripeError(429, INVALID, "rate_limit", NO_PARAMETER, "This fault was ordered at /_local/fault.");
    }

    /// Something had begun to be done when it came to this, so that it is kept under an idempotency key (Stripe API
    /// reference, "Idempotent requests").
    boolean isKept() {
        return kept;
    }

    int status() {
        return status;
    }

    Response response() {
        ObjectNode error = Json.object().put("type", type).put("message", getMessage());
        put(error, "code", code);
        put(error, "param", parameter);
        Optional.of(code)
                .filter(text -> !text.isEmpty())
                .ifPresent(
                        text -> error.put("doc_url", "https://stripe.com/docs/error-codes/" + text.replace('_', '-')));
        return Response.json(status, Json.text(Json.object().set("error", error)));
    }

    private static void put(ObjectNode error, String name, String text) {
        if (!text.isEmpty()) {
            error.put(name, text);
        }
    }
}
