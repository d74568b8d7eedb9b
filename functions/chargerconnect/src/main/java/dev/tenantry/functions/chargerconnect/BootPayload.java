package dev.tenantry.functions.chargerconnect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantry.chargers.Nameplate;
import dev.tenantry.chargers.Nameplate.Field;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The payload of a BootNotification, as the charger sent it: OCPP 1.6's flat one, or 2.0.1's with its
/// `chargingStation`. What else is in it is none of this service's business, and nothing in it is a fault of the
/// broker's: what is of another type than OCPP says was not said, but for a number, which some chargers send where OCPP
/// has text and which is kept as it was written.
final class BootPayload {

    private final JsonParser json;
    private final Map<Field, String> values = new EnumMap<>(Field.class);

    /// @param json at the payload's value
    BootPayload(JsonParser json) {
        this.json = json;
    }

    /// Takes the value of a field that the parser is at.
    @FunctionalInterface
    private interface Taker {
        void take(String name) throws IOException;
    }

    /// What it says.
    Nameplate read() throws IOException {
        object(name -> {
            Field field = named(name);
            if (field != null) {
                text(field);
            } else if (name.equals("chargingStation")) {
                object(this::ofChargingStation);
            } else {
                json.skipChildren();
            }
        });
        return new Nameplate(values);
    }

    private void ofChargingStation(String name) throws IOException {
        switch (name) {
            case "serialNumber" -> text(Field.CHARGE_POINT_SERIAL_NUMBER);
            case "model" -> text(Field.CHARGE_POINT_MODEL);
            case "vendorName" -> text(Field.CHARGE_POINT_VENDOR);
            case "firmwareVersion" -> text(Field.FIRMWARE_VERSION);
            case "modem" -> object(this::ofModem);
            default -> json.skipChildren();
        }
    }

    private void ofModem(String name) throws IOException {
        switch (name) {
            case "iccid" -> text(Field.ICCID);
            case "imsi" -> text(Field.IMSI);
            default -> json.skipChildren();
        }
    }

    private void object(Taker fields) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.take(name);
        }
    }

    private void text(Field field) throws IOException {
        switch (json.currentToken()) {
            // The characters of a number, not its value: 1.50 is another serial number than 1.5.
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.put(field, json.getText());
            default -> json.skipChildren();
        }
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
