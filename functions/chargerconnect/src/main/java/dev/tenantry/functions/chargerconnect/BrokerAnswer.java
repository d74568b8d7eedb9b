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
        if (accepted.reliableFor().isPresent()) {
            json.writeNumberField(
                    "recheckAfterSeconds", accepted.reliableFor().get().toSeconds());
        }
        json.writeEndObject();
    }

    static void rejected(JsonGenerator json, Reason reason) throws IOException {
        json.writeStartObject();
        json.writeStringField("decision", "rejected");
        json.writeStringField("reason", reason.text());
        json.writeEndObject();
    }

    /// Of an event of a batch that the broker has to correct.
    static void malformed(JsonGenerator json, String fault) throws IOException {
        error(json, fault, false);
    }

    /// Of an event of a batch that may have happened or not.
    static void failed(JsonGenerator json, String requestId) throws IOException {
        error(json, "The event could not be handled. Send it again. Request " + requestId, true);
    }

    /// Of an event of a batch that nobody looked at.
    static void postponed(JsonGenerator json) throws IOException {
        error(json, "There was no time or room for this event in the batch. Send it again.", true);
    }

    private static void error(JsonGenerator json, String text, boolean retry) throws IOException {
        json.writeStartObject();
        json.writeStringField("error", text);
        json.writeBooleanField("retry", retry);
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
