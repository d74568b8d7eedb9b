package dev.tenantry.chargers;

import dev.tenantry.chargers.Admission.Visit;
import dev.tenantry.profiles.Profile;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import java.util.Optional;
import javax.inject.Inject;

/// Takes note of what a charger says of itself when it boots.
public final class BootCharger {

    private final Admission admission;
    private final ChargerStore chargers;

    @Inject
    BootCharger(Admission admission, ChargerStore chargers) {
        this.admission = admission;
        this.chargers = chargers;
    }

    /// @throws Rejection if there is no such tenant, its allowlist does not have the address, or the charger is not
    ///                   known or is blocked; what it showed when it connected is not asked for again
    public Decision<Accepted> run(ChargerEvent event, Nameplate said) {
        Visit visit = admission.admit(event);
        Charger from = visit.known();
        Admission.requireNotBlocked(from);
        Profile profile = admission.profile(visit, from.profileId());
        Charger to = from.said(said, event.connection(), visit.scope().now()).seen(event.at());
        Change change = Change.in(visit.scope());
        if (to != from) {
            chargers.update(change, visit.scope(), from, to);
        }
        return new Decision<>(new Accepted(from.id(), false, Optional.of(profile)), change);
    }
}
