package dev.tenantry.functions.invites;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Shape;
import dev.tenantry.invites.Acceptance;
import java.io.IOException;

/// What accepting an invite led to, in an answer.
final class AcceptanceShape implements Shape<Acceptance> {

    @Override
    public void write(JsonGenerator json, Acceptance acceptance) throws IOException {
        json.writeStartObject();
        json.writeStringField("tenant", acceptance.tenant().value());
        json.writeStringField("role", acceptance.role().text());
        json.writeEndObject();
    }
}
