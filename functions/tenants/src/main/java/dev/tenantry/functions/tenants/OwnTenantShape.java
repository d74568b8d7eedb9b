package dev.tenantry.functions.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Shape;
import dev.tenantry.tenants.OwnTenant;
import java.io.IOException;

/// A tenant in the list of one's own.
final class OwnTenantShape implements Shape<OwnTenant> {

    @Override
    public void write(JsonGenerator json, OwnTenant tenant) throws IOException {
        json.writeStartObject();
        json.writeStringField("domainPrefix", tenant.domainPrefix().value());
        json.writeStringField("name", tenant.name().value());
        json.writeStringField("role", tenant.role().text());
        json.writeEndObject();
    }
}
