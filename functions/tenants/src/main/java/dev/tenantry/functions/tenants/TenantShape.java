package dev.tenantry.functions.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.config.Settings;
import dev.tenantry.http.Json;
import dev.tenantry.http.Shape;
import dev.tenantry.tenants.CustomDomain;
import dev.tenantry.tenants.DomainProof;
import dev.tenantry.tenants.Tenant;
import java.io.IOException;
import java.util.Optional;
import javax.inject.Inject;

/// A tenant in an answer.
final class TenantShape implements Shape<Tenant> {

    private final String brokerDomain;

    @Inject
    TenantShape(Settings settings) {
        this.brokerDomain = settings.brokerDomain();
    }

    @Override
    public void write(JsonGenerator json, Tenant tenant) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", tenant.id().value());
        json.writeStringField("name", tenant.name().value());
        json.writeStringField("domainPrefix", tenant.domainPrefix().value());
        Json.text(json, "stripeCustomerId", tenant.stripeCustomerId());
        json.writeStringField("connectUrl", "wss://" + tenant.domainPrefix() + "." + brokerDomain + "/");
        Json.text(json, "customDomain", tenant.customDomain().map(CustomDomain::value));
        Json.text(
                json,
                "customDomainStatus",
                tenant.customDomain().map(_ -> tenant.verifiedHost().isPresent() ? "verified" : "pending"));
        record(json, tenant.domainProof());
        Json.instant(json, "createdAt", tenant.createdAt());
        Json.instant(json, "updatedAt", tenant.updatedAt());
        Json.instant(json, "suspendedAt", tenant.suspendedAt());
        // A deleted tenant answers to nobody, so whoever reads this sees one that is not.
        json.writeNullField("deletedAt");
        json.writeEndObject();
    }

    /// Also once it is verified: whoever leaves it in DNS can prove the domain again without further ado.
    private static void record(JsonGenerator json, Optional<DomainProof> proof) throws IOException {
        if (proof.isEmpty()) {
            json.writeNullField("customDomainRecord");
            return;
        }
        json.writeObjectFieldStart("customDomainRecord");
        json.writeStringField("name", proof.get().name());
        json.writeStringField("value", proof.get().value());
        json.writeEndObject();
    }

    @Override
    public Optional<Long> version(Tenant tenant) {
        return Optional.of(tenant.version());
    }
}
