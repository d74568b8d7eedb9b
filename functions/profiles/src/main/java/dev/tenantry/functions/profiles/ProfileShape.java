package dev.tenantry.functions.profiles;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Json;
import dev.tenantry.http.Shape;
import dev.tenantry.profiles.Profile;
import dev.tenantry.profiles.ProfileDescription;
import dev.tenantry.profiles.ShownProfile;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// A charger profile in an answer.
final class ProfileShape implements Shape<ShownProfile> {

    @Override
    public void write(JsonGenerator json, ShownProfile shown) throws IOException {
        Profile profile = shown.profile();
        json.writeStartObject();
        json.writeNumberField("id", profile.id());
        json.writeNumberField("tenantId", shown.tenantId().value());
        json.writeStringField("displayName", profile.displayName().value());
        Json.text(json, "description", profile.description().map(ProfileDescription::value));
        json.writeBooleanField("isDefault", shown.isDefault());
        json.writeStringField("cpmsUrl", profile.cpmsUrl().value());
        json.writeBooleanField("authPassThrough", profile.authPassThrough());
        json.writeNumberField("heartbeatInterval", profile.heartbeatInterval().seconds());
        json.writeNumberField("securityProfile", profile.securityProfile().number());
        json.writeBooleanField("hasPassword", profile.passwordHash().isPresent());
        Json.instant(json, "oldPasswordValidUntil", shown.oldPasswordValidUntil());
        json.writeObjectFieldStart("configuration");
        for (Map.Entry<String, String> entry : profile.configuration().values().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("chargerCount", profile.chargerCount());
        Json.instant(json, "createdAt", profile.createdAt());
        Json.instant(json, "updatedAt", profile.updatedAt());
        json.writeEndObject();
    }

    @Override
    public Optional<Long> version(ShownProfile shown) {
        return Optional.of(shown.version());
    }
}
