package dev.tenantry.chargers;

import dev.tenantry.chargers.Admission.Visit;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
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
        Visit visit = admission.admitToLeave(event);
        Charger from = visit.known();
        Charger to = from.disconnected(event.connection(), event.at());
        Change change = Change.in(visit.scope());
        if (to != from) {
            chargers.update(change, visit.scope(), from, to);
        }
        return new Decision<>(new Accepted(from.id(), false, Optional.empty(), Optional.empty()), change);
    }
}
