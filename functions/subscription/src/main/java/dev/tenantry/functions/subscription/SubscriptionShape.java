package dev.tenantry.functions.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Json;
import dev.tenantry.http.Shape;
import dev.tenantry.subscriptions.StripeState;
import dev.tenantry.subscriptions.Subscription;
import java.io.IOException;
import java.util.Optional;

/// A subscription in an answer.
final class SubscriptionShape implements Shape<Subscription> {

    @Override
    public void write(JsonGenerator json, Subscription subscription) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", subscription.id());
        json.writeNumberField("tenantId", subscription.tenantId().value());
        json.writeNumberField("productId", subscription.productId());
        json.writeStringField("productName", subscription.productName());
        json.writeStringField("status", subscription.status().text());
        json.writeNumberField("quantity", subscription.quantity());
        json.writeStringField("stripeSubscriptionId", subscription.stripeSubscriptionId());
        StripeState state = subscription.state();
        json.writeStringField("stripeStatus", state.status());
        json.writeBooleanField("cancelAtPeriodEnd", state.cancelAtPeriodEnd());
        Json.instant(json, "currentPeriodEnd", state.currentPeriodEnd());
        Json.instant(json, "cancelAt", state.cancelAt());
        Json.instant(json, "trialEnd", state.trialEnd());
        json.writeBooleanField("collectionPaused", state.collectionPaused());
        Json.instant(json, "createdAt", subscription.createdAt());
        Json.instant(json, "updatedAt", subscription.updatedAt());
        json.writeEndObject();
    }

    @Override
    public Optional<Long> version(Subscription subscription) {
        return Optional.of(subscription.version());
    }
}
