package dev.tenantry.chargers;

import dev.tenantry.chargers.Admission.Visit;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.usage.ConnectionUsage.SharedUsage;
import java.util.Optional;
import javax.inject.Inject;

/// Takes note that a charger's connection is over.
public final class DisconnectCharger {

    private final Admission admission;
    private final ChargerStore chargers;

    @Inject
    DisconnectCharger(Admission admission, ChargerStore chargers) {
        this.admission = admission;
        this.chargers = chargers;
    }

    /// @throws Rejection if there is no such tenant or charger; where it came from does not matter, it is gone
    public Decision<Accepted> run(ChargerEvent event) {
        SharedUsage usage = chargers.usageOf(Admission.identity(event));
        Visit visit = admission.admitToLeave(event, usage.batch());
        Charger from = visit.known();
        Charger to = from.disconnected(event.connection(), event.at());
        Change change = Change.in(visit.scope());
        if (to != from) {
            chargers.update(change, visit.scope(), Optional.of(usage), from, to);
        }
        return new Decision<>(new Accepted(from.id(), false, Optional.empty(), Optional.empty()), change);
    }
}
