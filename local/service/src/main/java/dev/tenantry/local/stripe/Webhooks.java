package dev.tenantry.local.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tells the service of events, signed as Stripe signs them (Stripe, "Webhooks": verify signatures manually).
public final class Webhooks {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String secret;
    private final Clock clock;

    public Webhooks(String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /// The header `Stripe-Signature` of a body.
    public static String signature(String secret, Instant at, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            String signed = at.getEpochSecond() + "." + body;
            return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /// The same event in the thin payload style, which says what it is about and not how that is (Stripe API
    /// reference, "Core events"). Such an event names no customer.
    static ObjectNode thin(ObjectNode event) {
        JsonNode object = event.at("/data/object");
        ObjectNode thin = Json.object()
                .put("id", event.path("id").asText())
                .put("object", "v2.core.event")
                .put("type", "v1." + event.path("type").asText())
                .put(
                        "created",
                        Instant.ofEpochSecond(event.path("created").asLong()).toString())
                .put("livemode", false);
        thin.putObject("related_object")
                .put("id", object.path("id").asText())
                .put("type", object.path("object").asText())
                .put("url", "/v1/subscriptions/" + object.path("id").asText());
        return thin;
    }

    /// Delivers an event once.
    ///
    /// @return the service's status; 0 if it gave no answer
    int deliver(ObjectNode event, URI endpoint) {
        String body = Json.text(event);
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .timeout(TIME_LIMIT)
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Stripe-Signature", signature(secret, clock.instant(), body))
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
