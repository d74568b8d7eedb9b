package dev.tenantry.chargers;

import dev.tenantry.chargers.Entrance.Visit;
import dev.tenantry.profiles.Profile;
import dev.tenantry.provisioning.ProvisioningStore;
import dev.tenantry.provisioning.Window;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import java.util.Optional;
import javax.inject.Inject;

/// Decides whether a charger that opens a WebSocket may connect. One that is not known is registered if provisioning is
/// on.
public final class ConnectCharger {

    private final Entrance entrance;
    private final Authentication authentication;
    private final RegisterCharger register;
    private final ChargerStore chargers;
    private final ProvisioningStore provisioning;

    @Inject
    ConnectCharger(
            Entrance entrance,
            Authentication authentication,
            RegisterCharger register,
            ChargerStore chargers,
            ProvisioningStore provisioning) {
        this.entrance = entrance;
        this.authentication = authentication;
        this.register = register;
        this.chargers = chargers;
        this.provisioning = provisioning;
    }

    /// @throws Rejection if it may not; tenant, allowlist, registration or window, proof and room in the window are
    ///                   looked at in this order
    public Decision<Accepted> run(Signal signal, Proof proof) {
        Visit visit = entrance.admit(signal, ProvisioningStore.window());
        return visit.charger().isPresent()
                ? welcome(visit, visit.charger().get(), signal, proof)
                : meet(visit, signal, proof);
    }

    private Decision<Accepted> welcome(Visit visit, Charger from, Signal signal, Proof proof) {
        Profile profile = entrance.profile(visit, from.profileId());
        authentication.require(profile, visit.identity(), proof);
        Presence presence = from.presence().connected(signal.connection(), signal.at());
        // No guard on the tenant's row: all chargers of a tenant would meet there whenever they come back at once.
        Change change = Change.in(visit.scope());
        if (!presence.equals(from.presence())) {
            chargers.update(change, visit.scope(), from, from.with(presence));
        }
        return new Decision<>(new Accepted(from.id(), false, Optional.of(profile)), change);
    }

    private Decision<Accepted> meet(Visit visit, Signal signal, Proof proof) {
        try {
            Window window = provisioning.open(visit.scope()).orElseThrow(() -> new Rejection(Reason.UNKNOWN_CHARGER));
            Profile profile = entrance.profile(visit, window.profileId());
            authentication.require(profile, visit.identity(), proof);
            return register.run(visit, signal, window, profile);
        } catch (Rejection e) {
            // A batch read is no snapshot: perhaps this charger registered after its row was read, over another
            // connection, and then the window was over, full, or replaced by one with another profile.
            if (chargers.isRegistered(visit.scope(), visit.identity())) {
                throw new Conflict();
            }
            throw e;
        }
    }
}
