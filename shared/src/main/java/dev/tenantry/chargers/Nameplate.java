package dev.tenantry.chargers;

import dev.tenantry.text.OneLine;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What a charger says of itself when it boots. The names are OCPP 1.6's; those of 2.0.1 are other words for the same
/// things.
///
/// @param values what it said, on one line and up to [#MAX_LENGTH]; a field it said nothing of is absent
public record Nameplate(Map<Field, String> values) {

    /// Most characters (Unicode code points) that are kept of a field. OCPP has room for 20 to 50, but real serial
    /// numbers have 26 to 34 and real models 33, and what is cut off is what tells two chargers apart.
    public static final int MAX_LENGTH = 255;

    /// Of a charger that has said nothing yet.
    public static final Nameplate NONE = new Nameplate(Map.of());

    /// One thing that is said.
    public enum Field {
        CHARGE_BOX_SERIAL_NUMBER("chargeBoxSerialNumber"),
        CHARGE_POINT_SERIAL_NUMBER("chargePointSerialNumber"),
        METER_SERIAL_NUMBER("meterSerialNumber"),
        CHARGE_POINT_MODEL("chargePointModel"),
        CHARGE_POINT_VENDOR("chargePointVendor"),
        FIRMWARE_VERSION("firmwareVersion"),
        ICCID("iccid"),
        IMSI("imsi");

        private final String text;

        Field(String text) {
            this.text = text;
        }

        /// The field's name in the API and in the table.
        public String text() {
            return text;
        }
    }

    public Nameplate {
        Map<Field, String> kept = new EnumMap<>(Field.class);
        values.forEach((field, value) -> {
            // Many chargers send every field, whether they have something to say or not, and some send what is no line
            // of text. Neither is a reason to turn them away.
            String text = OneLine.salvaged(value, MAX_LENGTH);
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
