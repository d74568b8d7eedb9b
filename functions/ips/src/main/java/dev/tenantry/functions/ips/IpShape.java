package dev.tenantry.functions.ips;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Json;
import dev.tenantry.http.Shape;
import dev.tenantry.ips.IpDescription;
import dev.tenantry.ips.IpEntry;
import java.io.IOException;
import java.util.Optional;

/// An allowlist's entry in an answer.
final class IpShape implements Shape<IpEntry> {

    @Override
    public void write(JsonGenerator json, IpEntry entry) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", entry.id());
        json.writeStringField("ip", entry.block().value());
        Json.text(json, "description", entry.description().map(IpDescription::value));
        json.writeStringField("scope", entry.scope().text());
        Json.instant(json, "expiresAt", entry.expiresAt());
        json.writeStringField("createdBy", entry.createdBy());
        Json.instant(json, "createdAt", entry.createdAt());
        json.writeEndObject();
    }

    @Override
    public Optional<Long> version(IpEntry entry) {
        return Optional.of(entry.version());
    }
}
