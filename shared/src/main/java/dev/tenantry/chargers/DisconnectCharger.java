package dev.tenantry.chargers;

import dev.tenantry.chargers.Entrance.Visit;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import java.util.Optional;
import javax.inject.Inject;

/// Takes note that a charger's connection is over.
public final class DisconnectCharger {

    private final Entrance entrance;
    private final ChargerStore chargers;

    @Inject
    DisconnectCharger(Entrance entrance, ChargerStore chargers) {
        this.entrance = entrance;
        this.chargers = chargers;
    }

    /// @throws Rejection if there is no such tenant or charger; where it came from does not matter, it is gone
    public Decision<Accepted> run(Signal signal) {
        Visit visit = entrance.admitToLeave(signal);
        Charger from = visit.known();
        Presence presence = from.presence().disconnected(signal.connection(), signal.at());
        Change change = Change.in(visit.scope());
        if (!presence.equals(from.presence())) {
            chargers.update(change, visit.scope(), from, from.with(presence));
        }
        return new Decision<>(new Accepted(from.id(), false, Optional.empty()), change);
    }
}
