package dev.tenantry.functions.chargerconnect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.chargers.Nameplate;
import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Fault;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The payload of a BootNotification, as the charger sent it: OCPP 1.6's flat one, or 2.0.1's with its `chargingStation`. What
/// else is in it is none of this service's business.
final class BootPayload {

    private final JsonParser json;
    private final List<Fault> faults;
    private final Map<Field, String> values = new EnumMap<>(Field.class);

    /// @param json   at the payload's value
    /// @param faults takes what is wrong with it
    BootPayload(JsonParser json, List<Fault> faults) {
        this.json = json;
        this.faults = faults;
    }

    /// What it says; null if it is none.
    @Nullable Nameplate read() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (!isObject("/boot")) {
            return null;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            Field field = named(name);
            if (field != null) {
                text("/boot/" + name, field);
            } else if (name.equals("chargingStation")) {
                chargingStation();
            } else {
                json.skipChildren();
            }
        }
        return new Nameplate(values);
    }

    private void chargingStation() throws IOException {
        String pointer = "/boot/chargingStation";
        if (!isObject(pointer)) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "serialNumber" -> text(pointer + "/serialNumber", Field.CHARGE_POINT_SERIAL_NUMBER);
                case "model" -> text(pointer + "/model", Field.CHARGE_POINT_MODEL);
                case "vendorName" -> text(pointer + "/vendorName", Field.CHARGE_POINT_VENDOR);
                case "firmwareVersion" -> text(pointer + "/firmwareVersion", Field.FIRMWARE_VERSION);
                case "modem" -> modem(pointer + "/modem");
                default -> json.skipChildren();
            }
        }
    }

    private void modem(String pointer) throws IOException {
        if (!isObject(pointer)) {
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "iccid" -> text(pointer + "/iccid", Field.ICCID);
                case "imsi" -> text(pointer + "/imsi", Field.IMSI);
                default -> json.skipChildren();
            }
        }
    }

    private void text(String pointer, Field field) throws IOException {
        switch (json.currentToken()) {
            case VALUE_STRING -> {
                String text = json.getText();
                if (text.isEmpty()) {
                    // Many chargers send every field, whether they have something to say or not.
                    return;
                }
                try {
                    values.put(field, field.checked(text));
                } catch (InvalidValue e) {
                    faults.add(new Fault(pointer, String.valueOf(e.getMessage())));
                }
            }
            case VALUE_NULL -> {}
            default -> {
                faults.add(new Fault(pointer, "must be a string"));
                json.skipChildren();
            }
        }
    }

    private boolean isObject(String pointer) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return true;
        }
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            faults.add(new Fault(pointer, "must be an object"));
            json.skipChildren();
        }
        return false;
    }

    private static @Nullable Field named(String name) {
        for (Field field : Field.values()) {
            if (field.text().equals(name)) {
                return field;
            }
        }
        return null;
    }
}
