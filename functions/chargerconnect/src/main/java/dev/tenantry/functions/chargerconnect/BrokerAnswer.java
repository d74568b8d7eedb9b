package dev.tenantry.functions.chargerconnect;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.chargers.Accepted;
import dev.tenantry.chargers.Reason;
import dev.tenantry.profiles.Profile;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// What the broker is told.
final class BrokerAnswer {

    private BrokerAnswer() {}

    /// @param tenant whose charger it is, for a broker that did not know
    static void accepted(JsonGenerator json, Accepted accepted, Optional<String> tenant) throws IOException {
        json.writeStartObject();
        json.writeStringField("decision", "accepted");
        json.writeNumberField("chargerId", accepted.chargerId());
        json.writeBooleanField("registered", accepted.registered());
        if (tenant.isPresent()) {
            json.writeStringField("tenant", tenant.get());
        }
        if (accepted.profile().isPresent()) {
            json.writeFieldName("profile");
            profile(json, accepted.profile().get());
        }
        json.writeEndObject();
    }

    static void rejected(JsonGenerator json, Reason reason) throws IOException {
        json.writeStartObject();
        json.writeStringField("decision", "rejected");
        json.writeStringField("reason", reason.text());
        json.writeEndObject();
    }

    /// What the broker needs to serve a charger: no password, no hash of one.
    private static void profile(JsonGenerator json, Profile profile) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", profile.id());
        json.writeStringField("cpmsUrl", profile.cpmsUrl().value());
        json.writeBooleanField("authPassThrough", profile.authPassThrough());
        json.writeNumberField("heartbeatInterval", profile.heartbeatInterval().seconds());
        json.writeNumberField("securityProfile", profile.securityProfile().number());
        json.writeObjectFieldStart("configuration");
        for (Map.Entry<String, String> entry : profile.configuration().values().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
