package dev.tenantry.functions.metrics;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Json;
import dev.tenantry.http.Shape;
import dev.tenantry.stats.Stats;
import dev.tenantry.subscriptions.Subscription;
import java.io.IOException;

/// A tenant's numbers in an answer.
final class StatsShape implements Shape<Stats> {

    @Override
    public void write(JsonGenerator json, Stats stats) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("users");
        json.writeNumberField("total", stats.users().total());
        json.writeNumberField("admin", stats.users().admins());
        json.writeNumberField("user", stats.users().users());
        json.writeNumberField("viewer", stats.users().viewers());
        json.writeEndObject();
        json.writeNumberField("pendingInvites", stats.pendingInvites());
        json.writeNumberField("profiles", stats.profiles());
        json.writeObjectFieldStart("chargers");
        json.writeNumberField("total", stats.chargers().total());
        json.writeNumberField("provisioned", stats.chargers().provisioned());
        json.writeNumberField("online", stats.chargers().online());
        if (stats.maxChargers().isPresent()) {
            json.writeNumberField("max", stats.maxChargers().get());
        } else {
            json.writeNullField("max");
        }
        json.writeNumberField("recentRefusals", stats.recentRejections());
        json.writeEndObject();
        json.writeObjectFieldStart("period");
        Json.instant(json, "start", stats.periodStart());
        Json.instant(json, "end", stats.periodEnd());
        json.writeNumberField("messages", stats.messages());
        json.writeNumberField("bytes", stats.bytes());
        json.writeEndObject();
        if (stats.subscription().isPresent()) {
            Subscription subscription = stats.subscription().get();
            json.writeObjectFieldStart("subscription");
            json.writeStringField("status", subscription.status().text());
            json.writeNumberField("quantity", subscription.quantity());
            json.writeEndObject();
        } else {
            json.writeNullField("subscription");
        }
        Json.instant(json, "updatedAt", stats.updatedAt());
        json.writeEndObject();
    }
}
