package dev.tenantry.functions.chargers;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.chargers.RecentRejection;
import dev.tenantry.http.Json;
import dev.tenantry.http.Shape;
import java.io.IOException;

/// A charger that was turned away, in an answer.
final class RefusalShape implements Shape<RecentRejection> {

    @Override
    public void write(JsonGenerator json, RecentRejection rejection) throws IOException {
        json.writeStartObject();
        json.writeStringField("identity", rejection.identity().value());
        json.writeStringField("reason", rejection.reason().text());
        json.writeStringField("sourceIp", rejection.sourceIp());
        json.writeNumberField("count", rejection.count());
        Json.instant(json, "firstAt", rejection.firstAt());
        Json.instant(json, "lastAt", rejection.lastAt());
        json.writeEndObject();
    }
}
