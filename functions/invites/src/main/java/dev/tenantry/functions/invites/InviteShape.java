package dev.tenantry.functions.invites;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Json;
import dev.tenantry.http.Shape;
import dev.tenantry.invites.Invite;
import dev.tenantry.invites.ShownInvite;
import java.io.IOException;

/// An invite in an answer. Its token is only ever in the mail.
final class InviteShape implements Shape<ShownInvite> {

    @Override
    public void write(JsonGenerator json, ShownInvite shown) throws IOException {
        Invite invite = shown.invite();
        json.writeStartObject();
        json.writeNumberField("id", invite.id());
        json.writeStringField("receiver", invite.receiver().value());
        json.writeStringField("role", invite.role().text());
        json.writeStringField("language", invite.language().tag());
        json.writeStringField("status", shown.status().text());
        json.writeStringField("invitedBy", invite.invitedBy().value());
        Json.instant(json, "createdAt", invite.createdAt());
        Json.instant(json, "expiresAt", invite.expiresAt());
        Json.instant(json, "sentAt", invite.sentAt());
        json.writeBooleanField("bounced", invite.bounced());
        json.writeEndObject();
    }
}
