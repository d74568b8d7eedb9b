package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;

/// Signs events that ask for it, in Stripe's place. A genuine signature is good for five minutes, so one that is
/// written down, in `events/webhook` or in the API reference, would be refused by the time it is sent. Everything else
/// is passed on as it is, to be checked as in earnest.
public final class SampleSignature {

    /// The signature that asks for one.
    public static final String PLACEHOLDER = "t=now,v1=local";

    private static final String HEADER = "stripe-signature";

    private final String secret;
    private final Clock clock;

    /// @param secret what Stripe's events are signed with
    public SampleSignature(String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /// An endpoint that such requests reach signed.
    public Endpoint before(Endpoint api) {
        return request -> api.answer(signed(request));
    }

    /// An API Gateway event, signed if it asks for it; anything else as it is.
    ///
    /// @param event what a function is to be invoked with
    public String sign(String event) {
        if (!event.contains(PLACEHOLDER)) {
            return event;
        }
        JsonNode json = Json.parse(event).orElseGet(Json::object);
        if (!(json.path("headers") instanceof ObjectNode headers)
                || !headers.path(HEADER).asText().equals(PLACEHOLDER)) {
            return event;
        }
        String body = json.path("body").asText();
        try {
            headers.put(HEADER, signature(json.path("isBase64Encoded").asBoolean() ? decoded(body) : body));
        } catch (IllegalArgumentException noBase64) {
            return event;
        }
        return Json.text(json);
    }

    private static String decoded(String body) {
        return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
    }

    private Request signed(Request request) {
        if (request.headers().joined(HEADER).filter(PLACEHOLDER::equals).isEmpty()) {
            return request;
        }
        Body body = request.body();
        return new Request(
                request.method(),
                request.protocol(),
                request.path(),
                request.query(),
                request.headers().with(HEADER, signature(body.text())),
                body,
                request.sourceIp(),
                request.port());
    }

    private String signature(String body) {
        return Webhooks.signature(secret, clock.instant(), body);
    }
}
