package dev.tenantry.functions.operator;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Json;
import dev.tenantry.identity.UserId;
import dev.tenantry.operator.ShowAnyTenant.Details;
import dev.tenantry.operator.ShowAnyTenant.Shown;
import dev.tenantry.operator.TenantSummary;
import dev.tenantry.stats.Stats;
import dev.tenantry.subscriptions.Subscription;
import dev.tenantry.tenants.CustomDomain;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.text.Absent;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Tenants in answers to the operator.
final class TenantJson {

    private TenantJson() {}

    static void summary(JsonGenerator out, TenantSummary tenant) throws IOException {
        out.writeStartObject();
        fields(out, tenant);
        out.writeEndObject();
    }

    private static void fields(JsonGenerator out, TenantSummary tenant) throws IOException {
        out.writeStringField("domainPrefix", tenant.tenant().value());
        out.writeStringField("state", tenant.state().text());
        if (tenant.id().isPresent()) {
            out.writeNumberField("id", tenant.id().get().value());
        }
        Json.text(out, "name", tenant.name().map(TenantName::value));
        Json.instant(out, "createdAt", tenant.createdAt());
        Json.instant(out, "suspendedAt", tenant.suspendedAt());
        Json.instant(out, "deletedAt", tenant.deletedAt());
        Json.instant(out, "purgedFrom", tenant.purgedFrom());
    }

    static void shown(JsonGenerator out, Shown shown) throws IOException {
        out.writeStartObject();
        fields(out, shown.summary());
        if (shown.details().isPresent()) {
            details(out, shown.details().get());
        }
        out.writeEndObject();
    }

    private static void details(JsonGenerator out, Details details) throws IOException {
        Json.text(out, "customDomain", details.tenant().customDomain().map(CustomDomain::value));
        out.writeBooleanField(
                "customDomainVerified", details.tenant().verifiedHost().isPresent());
        Json.text(out, "stripeCustomerId", details.tenant().stripeCustomerId());
        Json.text(out, "founder", details.founder().map(UserId::value));
        out.writeBooleanField("apiAllowlistInForce", details.apiAllowlistInForce());
        Stats stats = details.stats();
        out.writeObjectFieldStart("users");
        out.writeNumberField("admin", stats.users().admins());
        out.writeNumberField("user", stats.users().users());
        out.writeNumberField("viewer", stats.users().viewers());
        out.writeEndObject();
        out.writeNumberField("pendingInvites", stats.pendingInvites());
        out.writeNumberField("invitesSentToday", details.mailsToday());
        out.writeNumberField("profiles", stats.profiles());
        out.writeNumberField("chargers", stats.chargers().total());
        out.writeNumberField("chargersOnline", stats.chargers().online());
        out.writeNumberField("messagesThisMonth", stats.messages());
        Json.text(
                out,
                "subscription",
                stats.subscription().map(Subscription::status).map(status -> status.text()));
    }

    /// A value of text, numbers, flags, null, and lists and maps of them.
    static void plain(JsonGenerator out, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> map -> {
                out.writeStartObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.writeFieldName((String) entry.getKey());
                    plain(out, entry.getValue());
                }
                out.writeEndObject();
            }
            case List<?> list -> {
                out.writeStartArray();
                for (Object item : list) {
                    plain(out, item);
                }
                out.writeEndArray();
            }
            case Long number -> out.writeNumber(number);
            case Boolean flag -> out.writeBoolean(flag);
            case Absent _ -> out.writeNull();
            default -> out.writeString(value.toString());
        }
    }
}
