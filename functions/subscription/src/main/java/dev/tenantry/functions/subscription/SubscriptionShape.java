package dev.tenantry.functions.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.billing.Subscription;
import dev.tenantry.http.Json;
import dev.tenantry.http.Shape;
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
        json.writeBooleanField("cancelAtPeriodEnd", subscription.cancelAtPeriodEnd());
        if (subscription.currentPeriodEnd().isPresent()) {
            Json.instant(
                    json, "currentPeriodEnd", subscription.currentPeriodEnd().get());
        } else {
            json.writeNullField("currentPeriodEnd");
        }
        Json.instant(json, "createdAt", subscription.createdAt());
        Json.instant(json, "updatedAt", subscription.updatedAt());
        json.writeEndObject();
    }

    @Override
    public Optional<Long> version(Subscription subscription) {
        return Optional.of(subscription.version());
    }
}
