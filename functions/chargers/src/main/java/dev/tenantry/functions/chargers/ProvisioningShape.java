package dev.tenantry.functions.chargers;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.http.Json;
import dev.tenantry.http.Shape;
import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.provisioning.ShowProvisioning;
import java.io.IOException;
import java.util.Optional;

/// Provisioning mode in an answer: the window that is open, or that there is none.
final class ProvisioningShape implements Shape<Optional<ProvisioningWindow>> {

    @Override
    public void write(JsonGenerator json, Optional<ProvisioningWindow> open) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("active", open.isPresent());
        if (open.isPresent()) {
            ProvisioningWindow window = open.get();
            json.writeNumberField("profileId", window.profileId());
            Json.instant(json, "startedAt", window.startedAt());
            Json.instant(json, "expiresAt", window.validUntil());
            json.writeStringField("startedBy", window.startedBy());
            if (window.maxChargers().isPresent()) {
                json.writeNumberField("maxChargers", window.maxChargers().get());
            } else {
                json.writeNullField("maxChargers");
            }
            json.writeNumberField("registeredCount", window.registeredCount());
        }
        json.writeEndObject();
    }

    @Override
    public Optional<Long> version(Optional<ProvisioningWindow> open) {
        return Optional.of(ShowProvisioning.version(open));
    }
}
