package dev.tenantry.chargers;

import dev.tenantry.audit.Event;
import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.text.Absent;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the audit trail tells of a charger: who it is and what can be edited of it. Of its password only whether there
/// is one of its own, and that it became another one.
final class ChargerAudit {

    private ChargerAudit() {}

    static Event added(Charger charger) {
        return Event.created(Long.toString(charger.id()), values(charger));
    }

    static Event removed(Charger charger) {
        return Event.removed(Long.toString(charger.id()), values(charger));
    }

    /// @param isNewPassword whether somebody set a password
    static Event changed(Charger from, Charger to, boolean isNewPassword) {
        Map<String, Object> before = new LinkedHashMap<>();
        Map<String, Object> after = new LinkedHashMap<>();
        Map<String, Object> all = values(to);
        values(from).forEach((name, value) -> {
            Object now = all.getOrDefault(name, Absent.NULL);
            if (!now.equals(value)) {
                before.put(name, value);
                after.put(name, now);
            }
        });
        if (isNewPassword) {
            after.put("passwordChanged", true);
        }
        return Event.changed(Long.toString(from.id()), before, after);
    }

    private static Map<String, Object> values(Charger charger) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("identity", charger.identity().value());
        values.put(
                "displayName",
                charger.displayName().<Object>map(ChargerName::value).orElse(Absent.NULL));
        values.put("profileId", charger.profileId());
        values.put(
                "chargePointSerialNumber",
                charger.nameplate()
                        .value(Field.CHARGE_POINT_SERIAL_NUMBER)
                        .<Object>map(text -> text)
                        .orElse(Absent.NULL));
        values.put("blocked", charger.blocked());
        values.put("hasPassword", charger.passwordHash().isPresent());
        return values;
    }
}
