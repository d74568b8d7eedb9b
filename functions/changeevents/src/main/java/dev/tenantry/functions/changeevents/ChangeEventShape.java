package dev.tenantry.functions.changeevents;

import dev.tenantry.audit.ChangeEvent;
import dev.tenantry.runtime.JsonText;

/// A change event's `detail`.
final class ChangeEventShape {

    private ChangeEventShape() {}

    static String detail(ChangeEvent change) {
        return JsonText.of(json -> {
            json.writeStartObject();
            json.writeNumberField("id", change.id());
            json.writeStringField("tenant", change.tenant().value());
            json.writeNumberField("tenantId", change.tenantId().value());
            json.writeStringField("action", change.action());
            json.writeStringField("targetType", change.targetType());
            json.writeStringField("targetId", change.targetId());
            json.writeStringField("actorId", change.actorId());
            json.writeStringField("requestId", change.requestId());
            JsonText.instant(json, "createdAt", change.createdAt());
            json.writeEndObject();
        });
    }
}
