package dev.tenantry.functions.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.http.Json;
import dev.tenantry.http.TableShape;
import dev.tenantry.users.NamedEntry;
import java.io.IOException;
import java.util.List;

/// An audit entry in an answer.
final class AuditShape implements TableShape<NamedEntry> {

    @Override
    public List<String> columns() {
        return List.of(
                "id",
                "action",
                "actorId",
                "actorName",
                "actorIp",
                "targetType",
                "targetId",
                "before",
                "after",
                "requestId",
                "createdAt");
    }

    @Override
    public void write(JsonGenerator json, NamedEntry named) throws IOException {
        AuditEntry entry = named.entry();
        json.writeStartObject();
        json.writeNumberField("id", entry.id());
        json.writeStringField("action", entry.action());
        json.writeStringField("actorId", entry.actorId());
        Json.text(json, "actorName", named.actorName());
        Json.text(json, "actorIp", entry.actorIp());
        json.writeStringField("targetType", entry.targetType());
        json.writeStringField("targetId", entry.targetId());
        Json.values(json, "before", entry.before());
        Json.values(json, "after", entry.after());
        json.writeStringField("requestId", entry.requestId());
        Json.instant(json, "createdAt", entry.createdAt());
        json.writeEndObject();
    }
}
