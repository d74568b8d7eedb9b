package dev.tenantry.chargers;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.chargers.Admission.Visit;
import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.profiles.Profile;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Takes note of what a charger says of itself when it boots.
public final class BootCharger {

    private static final Field[] SERIAL_NUMBERS = {Field.CHARGE_POINT_SERIAL_NUMBER, Field.CHARGE_BOX_SERIAL_NUMBER};

    private final Admission admission;
    private final ChargerStore chargers;
    private final AuditStore audit;

    @Inject
    BootCharger(Admission admission, ChargerStore chargers, AuditStore audit) {
        this.admission = admission;
        this.chargers = chargers;
        this.audit = audit;
    }

    /// @throws Rejection if there is no such tenant, its allowlist does not have the address, or the charger is not
    ///                   known or is blocked; what it showed when it connected is not asked for again
    public Decision<Accepted> run(ChargerEvent event, Nameplate said) {
        Visit visit = admission.admit(event);
        try {
            return boot(visit, event, said);
        } catch (Rejection e) {
            throw e.seenBy(visit.scope().tenant());
        }
    }

    private Decision<Accepted> boot(Visit visit, ChargerEvent event, Nameplate said) {
        Charger from = visit.known();
        Admission.requireNotBlocked(from);
        Profile profile = admission.profile(visit, from.profileId());
        Charger to = from.said(said, event.connection(), visit.scope().now()).seen(event.at());
        Change change = Change.in(visit.scope());
        if (to != from) {
            Optional<Event> news = otherSerialNumbers(from, to)
                    .filter(_ -> from.proof().mayTellOfChange(visit.scope().now()));
            news.ifPresent(told -> audit.record(change, visit.scope(), AuditAction.CHARGER_UPDATED, told));
            chargers.update(
                    change,
                    visit.scope(),
                    from,
                    news.isPresent() ? to.changeTold(visit.scope().now()) : to);
        }
        return new Decision<>(
                new Accepted(from.id(), false, Optional.of(profile), Optional.of(visit.reliableFor())), change);
    }

    /// A box that has another serial number than the one before it under the same identity was swapped, or cloned.
    /// That it says its number for the first time is no news.
    private static Optional<Event> otherSerialNumbers(Charger from, Charger to) {
        Map<String, Object> before = new LinkedHashMap<>();
        Map<String, Object> after = new LinkedHashMap<>();
        for (Field field : SERIAL_NUMBERS) {
            Optional<String> was = from.nameplate().value(field);
            Optional<String> is = to.nameplate().value(field);
            if (was.isPresent() && !was.equals(is)) {
                before.put(field.text(), was.get());
                after.put(field.text(), is.orElseThrow());
            }
        }
        return before.isEmpty()
                ? Optional.empty()
                : Optional.of(Event.changed(Long.toString(from.id()), before, after));
    }
}
