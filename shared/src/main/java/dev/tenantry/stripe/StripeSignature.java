package dev.tenantry.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.StripeEvent;
import dev.tenantry.refusal.Refusal.BillingNotConfigured;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.upstream.BoundedCalls;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.inject.Inject;

/// Tells Stripe's messages from other people's (Stripe, "Webhooks": verify events are sent from Stripe). The only maker
/// of a [StripeEvent].
public final class StripeSignature {

    /// The header that holds it.
    public static final String HEADER = "Stripe-Signature";

    /// How old a message may be, and how far its time may lie ahead of ours.
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int MAX_HEADER_LENGTH = 2000;
    private static final Pattern TIMESTAMP = Pattern.compile("(?:^|,)t=([0-9]{1,12})(?:,|$)");

    private final StripeSecrets secrets;
    private final BoundedCalls calls;
    private final Clock clock;

    @Inject
    StripeSignature(StripeSecrets secrets, BoundedCalls calls, Clock clock) {
        this.secrets = secrets;
        this.calls = calls;
        this.clock = clock;
    }

    /// What Stripe says. A message that can't be genuine by its looks costs nothing; another wrong one costs the
    /// computation of its signature.
    ///
    /// @param body      as it came, byte for byte
    /// @param signature the header `Stripe-Signature`
    /// @param deadline  until when there must be something to check it with
    /// @throws BillingNotConfigured if there is no Stripe here
    /// @throws InvalidRequest       if it is not signed by Stripe, or too old, or no event
    /// @throws UpstreamUnavailable  if there is nothing to check signatures with; Stripe will deliver the event
    ///                             again
    public StripeEvent verified(byte[] body, Optional<String> signature, Instant deadline) {
        secrets.requireConfigured();
        String header = signature
                .filter(text -> text.length() <= MAX_HEADER_LENGTH && text.contains("v1="))
                .orElseThrow(() -> refused("must be Stripe's signature of this body"));
        Matcher timestamp = TIMESTAMP.matcher(header);
        // Of two times, one could be looked at and the other signed.
        if (Stream.of(header.split(",", -1))
                                .filter(part -> part.startsWith("t="))
                                .count()
                        != 1
                || !timestamp.find()) {
            throw refused("must be Stripe's signature of this body");
        }
        long age = clock.instant().getEpochSecond() - Long.parseLong(timestamp.group(1));
        if (Math.abs(age) > TOLERANCE.toSeconds()) {
            throw refused("must have a time within 5 minutes of now");
        }
        // A text that is not UTF-8 becomes another one here, and so has another signature.
        String payload = new String(body, StandardCharsets.UTF_8);
        if (!calls.within(deadline, StripeSecrets.SECRETS_MANAGER, () -> isSigned(payload, header))) {
            throw refused("must be Stripe's signature of this body");
        }
        return event(payload);
    }

    /// The header of a message that nobody sent, signed with the secret that a function gets while it primes.
    public static String priming(String body, Instant at) {
        String timestamp = Long.toString(at.getEpochSecond());
        try {
            return "t=" + timestamp + ",v1=" + Webhook.Util.computeHmacSha256("whsec_priming", timestamp + "." + body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private boolean isSigned(String payload, String header) {
        StripeKeys keys = signingKeys();
        return isSigned(payload, header, keys.webhookSecrets())
                || secrets.instead(keys)
                        .filter(fresh -> isSigned(payload, header, fresh.webhookSecrets()))
                        .isPresent();
    }

    /// Without a signing secret no message can be told from another, which is no fault of the message.
    private StripeKeys signingKeys() {
        StripeKeys keys = secrets.keys();
        if (!keys.webhookSecrets().isEmpty()) {
            return keys;
        }
        return secrets.instead(keys)
                .filter(fresh -> !fresh.webhookSecrets().isEmpty())
                .orElseThrow(() -> StripeSecrets.SECRETS_MANAGER.unavailable("Stripe's secret has no webhookSecrets"));
    }

    private boolean isSigned(String payload, String header, List<String> signingSecrets) {
        for (String secret : signingSecrets) {
            try {
                if (Webhook.Signature.verifyHeader(payload, header, secret, TOLERANCE.toSeconds(), clock)) {
                    return true;
                }
            } catch (SignatureVerificationException | RuntimeException e) {
                // Not with this secret; the header may also be one that the SDK stumbles over.
                continue;
            }
        }
        return false;
    }

    /// Only ids are taken from an event: what else it holds looks as the API version of the webhook endpoint has
    /// it, which need not be this SDK's.
    private static StripeEvent event(String payload) {
        JsonObject event;
        try {
            event = JsonParser.parseString(payload).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new InvalidRequest("", "must be a Stripe event");
        }
        Optional<String> id = text(event, "id").filter(CustomerId::isStripeId);
        Optional<String> type = text(event, "type");
        if (id.isEmpty() || type.isEmpty()) {
            throw new InvalidRequest("", "must be a Stripe event");
        }
        return new StripeEvent(id.get(), type.get(), customer(event));
    }

    /// `data.object.customer`: an id or, where it is expanded, an object with one.
    private static Optional<CustomerId> customer(JsonObject event) {
        return object(event, "data")
                .flatMap(data -> object(data, "object"))
                .flatMap(object -> text(object, "customer")
                        .or(() -> object(object, "customer").flatMap(customer -> text(customer, "id"))))
                .filter(CustomerId::isStripeId)
                .map(CustomerId::new);
    }

    private static Optional<JsonObject> object(JsonObject in, String name) {
        return Optional.ofNullable(in.get(name))
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject);
    }

    private static Optional<String> text(JsonObject in, String name) {
        return Optional.ofNullable(in.get(name))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString);
    }

    private static InvalidRequest refused(String message) {
        return new InvalidRequest(HEADER, message);
    }
}
