package dev.tenantry.functions.users;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Json;
import dev.tenantry.http.Shape;
import dev.tenantry.users.Member;
import java.io.IOException;

/// A person in an answer.
final class UserShape implements Shape<Member> {

    @Override
    public void write(JsonGenerator json, Member member) throws IOException {
        json.writeStartObject();
        json.writeStringField("userId", member.userId().value());
        json.writeStringField("username", member.username());
        json.writeStringField("givenName", member.givenName());
        json.writeStringField("familyName", member.familyName());
        json.writeStringField("role", member.role().text());
        Json.instant(json, "joinedAt", member.joinedAt());
        json.writeEndObject();
    }
}
