package dev.tenantry.chargers;

import dev.tenantry.text.OneLine;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What a charger says of itself when it boots. The names are OCPP 1.6's; those of 2.0.1 are other words for the same
/// things.
///
/// @param values what it said, on one line and as far as OCPP allows; a field it said nothing of is absent
public record Nameplate(Map<Field, String> values) {

    /// Of a charger that has said nothing yet.
    public static final Nameplate NONE = new Nameplate(Map.of());

    /// One thing that is said, with the longest text that OCPP allows for it: the longer of the two versions'
    /// limits (OCPP 1.6 §6.7, `BootNotification.req`; OCPP 2.0.1 Part 2, `ChargingStationType` and `ModemType`).
    public enum Field {
        CHARGE_BOX_SERIAL_NUMBER("chargeBoxSerialNumber", 25),
        CHARGE_POINT_SERIAL_NUMBER("chargePointSerialNumber", 255),
        METER_SERIAL_NUMBER("meterSerialNumber", 25),
        CHARGE_POINT_MODEL("chargePointModel", 20),
        CHARGE_POINT_VENDOR("chargePointVendor", 50),
        FIRMWARE_VERSION("firmwareVersion", 50),
        ICCID("iccid", 20),
        IMSI("imsi", 20);

        private final String text;
        private final int maxLength;

        Field(String text, int maxLength) {
            this.text = text;
            this.maxLength = maxLength;
        }

        /// The field's name in the API and in the table.
        public String text() {
            return text;
        }
    }

    public Nameplate {
        Map<Field, String> kept = new EnumMap<>(Field.class);
        values.forEach((field, value) -> {
            // Many chargers send every field, whether they have something to say or not, and some send what OCPP has no
            // room for. Neither is a reason to turn them away.
            String text = OneLine.salvaged(value, field.maxLength);
            if (!text.isEmpty()) {
                kept.put(field, text);
            }
        });
        values = Map.copyOf(kept);
    }

    public Optional<String> value(Field field) {
        return Optional.ofNullable(values.get(field));
    }

    /// This, but with another value of one field, or none.
    Nameplate with(Field field, Optional<String> value) {
        Map<Field, String> all = new EnumMap<>(Field.class);
        all.putAll(values);
        all.remove(field);
        value.ifPresent(text -> all.put(field, text));
        return new Nameplate(all);
    }

    /// This, and on top of it what a later boot said. Nothing is forgotten because it was not said again.
    Nameplate with(Nameplate later) {
        Map<Field, String> all = new EnumMap<>(Field.class);
        all.putAll(values);
        all.putAll(later.values);
        return new Nameplate(all);
    }
}
