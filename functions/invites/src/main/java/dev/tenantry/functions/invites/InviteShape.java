package dev.tenantry.functions.invites;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Json;
import dev.tenantry.http.Shape;
import dev.tenantry.invites.Invite;
import java.io.IOException;
import java.time.Clock;
import javax.inject.Inject;

/// An invite in an answer. Its token is only ever in the mail.
final class InviteShape implements Shape<Invite> {

    private final Clock clock;

    @Inject
    InviteShape(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void write(JsonGenerator json, Invite invite) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", invite.id());
        json.writeStringField("receiver", invite.receiver().value());
        json.writeStringField("role", invite.role().text());
        json.writeStringField("language", invite.language().tag());
        json.writeStringField("status", invite.status(clock.instant()).text());
        json.writeStringField("invitedBy", invite.invitedBy().value());
        Json.instant(json, "createdAt", invite.createdAt());
        Json.instant(json, "expiresAt", invite.expiresAt());
        Json.instant(json, "sentAt", invite.sentAt());
        json.writeEndObject();
    }
}
