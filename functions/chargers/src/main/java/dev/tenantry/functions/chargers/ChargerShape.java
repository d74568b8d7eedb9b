package dev.tenantry.functions.chargers;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.chargers.Charger;
import dev.tenantry.chargers.ChargerName;
import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.chargers.ShownCharger;
import dev.tenantry.http.Json;
import dev.tenantry.http.TableShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A charger in an answer.
final class ChargerShape implements TableShape<ShownCharger> {

    @Override
    public List<String> columns() {
        List<String> columns =
                new ArrayList<>(List.of("id", "tenantId", "profileId", "displayName", "provisioned", "identity"));
        for (Field field : Field.values()) {
            columns.add(field.text());
        }
        columns.addAll(List.of("online", "lastSeenAt", "blocked", "hasPassword", "createdAt", "updatedAt"));
        return columns;
    }

    @Override
    public void write(JsonGenerator json, ShownCharger shown) throws IOException {
        Charger charger = shown.charger();
        json.writeStartObject();
        json.writeNumberField("id", charger.id());
        json.writeNumberField("tenantId", shown.tenantId().value());
        json.writeNumberField("profileId", charger.profileId());
        Json.text(json, "displayName", charger.displayName().map(ChargerName::value));
        json.writeBooleanField("provisioned", charger.provisioned());
        json.writeStringField("identity", charger.identity().value());
        for (Field field : Field.values()) {
            Json.text(json, field.text(), charger.nameplate().value(field));
        }
        json.writeBooleanField("online", charger.online());
        Json.instant(json, "lastSeenAt", charger.lastSeenAt());
        json.writeBooleanField("blocked", charger.blocked());
        json.writeBooleanField("hasPassword", charger.passwordHash().isPresent());
        Json.instant(json, "createdAt", charger.createdAt());
        Json.instant(json, "updatedAt", charger.updatedAt());
        json.writeEndObject();
    }

    @Override
    public Optional<Long> version(ShownCharger shown) {
        return Optional.of(shown.version());
    }
}
