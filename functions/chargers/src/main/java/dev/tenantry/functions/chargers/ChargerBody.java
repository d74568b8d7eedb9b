package dev.tenantry.functions.chargers;

import dev.tenantry.chargers.AddChargers;
import dev.tenantry.chargers.ChargerEdit;
import dev.tenantry.chargers.ChargerName;
import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.chargers.NewCharger;
import dev.tenantry.chargers.SerialNumber;
import dev.tenantry.chargers.UpdateChargers;
import dev.tenantry.edit.Edit;
import dev.tenantry.http.Fields;
import dev.tenantry.http.Items;
import dev.tenantry.http.Request;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.profiles.NewPassword;
import dev.tenantry.refusal.InvalidValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// What requests say of chargers.
final class ChargerBody {

    private static final String SERIAL_NUMBER = Field.CHARGE_POINT_SERIAL_NUMBER.text();

    private static final List<String> READ_ONLY = readOnly();

    private ChargerBody() {}

    private static List<String> readOnly() {
        List<String> names = new ArrayList<>(
                List.of("tenantId", "provisioned", "online", "lastSeenAt", "hasPassword", "createdAt", "updatedAt"));
        for (Field field : Field.values()) {
            if (field != Field.CHARGE_POINT_SERIAL_NUMBER) {
                names.add(field.text());
            }
        }
        return names;
    }

    /// One charger to be entered, or several.
    static Items<NewCharger> create(Request request) {
        Set<ChargePointIdentity> named = new HashSet<>();
        return request.bodyOneOrMore(AddChargers.MAX_CHARGERS, body -> create(body, named));
    }

    /// A change of several chargers: `[{id, …}]`.
    static List<ChargerEdit> bulk(Request request) {
        Set<Long> named = new HashSet<>();
        return request.bodyItems(UpdateChargers.MAX_CHARGERS, body -> {
            var id = body.requiredInteger("id", number -> {
                if (!named.add(number)) {
                    throw new InvalidValue("is already in the list");
                }
                return Long.toString(number);
            });
            return edit(body, id);
        });
    }

    /// A change of the one charger that the path names.
    static List<ChargerEdit> single(Request request) {
        String id = request.parameter("chargerId");
        ChargerEdit edit = request.body(body -> {
            body.readOnly(List.of("id"));
            return edit(body, () -> id);
        });
        return List.of(edit);
    }

    /// @param named by the items before, and by this one from then on
    private static NewCharger create(Fields body, Set<ChargePointIdentity> named) {
        var identity = body.required("identity", text -> {
            ChargePointIdentity said = new ChargePointIdentity(text);
            if (!named.add(said)) {
                throw new InvalidValue("is already in the list; identities that differ in case alone are one");
            }
            return said;
        });
        var displayName = body.nullable("displayName", ChargerName::new);
        var profileId = body.nullableInteger("profileId", id -> id);
        var serialNumber = body.nullable(SERIAL_NUMBER, SerialNumber::new);
        var password = password(body);
        body.readOnly(READ_ONLY);
        body.readOnly(List.of("id"));
        return body.complete(() -> new NewCharger(
                body.pointer(),
                identity.get(),
                displayName.get().newValue(),
                profileId.get().newValue(),
                serialNumber.get().newValue(),
                password.get().newValue()));
    }

    private static ChargerEdit edit(Fields body, Supplier<String> id) {
        var displayName = body.nullable("displayName", ChargerName::new);
        var profileId = body.optionalInteger("profileId", number -> number);
        var serialNumber = body.nullable(SERIAL_NUMBER, SerialNumber::new);
        var blocked = body.optionalFlag("blocked");
        var password = password(body);
        body.readOnly(READ_ONLY);
        body.readOnly(List.of("identity"));
        return body.complete(() -> new ChargerEdit(
                id.get(),
                body.pointer(),
                displayName.get(),
                profileId.get(),
                serialNumber.get(),
                blocked.get(),
                password.get()));
    }

    private static Supplier<Edit<NewPassword>> password(Fields body) {
        return body.nullableEither("password", NewPassword::ofText, "passwordHex", NewPassword::ofHex);
    }
}
