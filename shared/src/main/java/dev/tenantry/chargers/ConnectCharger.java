package dev.tenantry.chargers;

import dev.tenantry.chargers.Entrance.Visit;
import dev.tenantry.profiles.Profile;
import dev.tenantry.provisioning.ProvisioningStore;
import dev.tenantry.provisioning.Window;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import java.util.Optional;
import javax.inject.Inject;

/// Decides whether a charger that opens a WebSocket may connect. One that is not known is registered if provisioning is on.
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

    /// @throws Rejection if it may not; tenant, allowlist, registration or window, proof and room in the window are looked at in
    ///                   this order
    public Decision<Accepted> run(Signal signal, Proof proof) {
        Visit visit = entrance.admit(signal, ProvisioningStore.window());
        Optional<Charger> known = visit.charger();
        Optional<Window> window = provisioning.open(visit.scope());
        if (known.isEmpty() && window.isEmpty()) {
            throw new Rejection(Reason.UNKNOWN_CHARGER);
        }
        Profile profile = entrance.profile(
                visit, known.isPresent() ? known.get().profileId() : window.orElseThrow().profileId());
        authentication.require(profile, visit.identity(), proof);
        return known.isPresent()
                ? connect(visit, known.get(), signal, profile)
                : register.run(visit, signal, window.orElseThrow(), profile);
    }

    private Decision<Accepted> connect(Visit visit, Charger from, Signal signal, Profile profile) {
        Accepted accepted = new Accepted(from.id(), false, Optional.of(profile));
        Presence presence = from.presence().connected(signal.connection(), signal.at());
        // No guard on the tenant's row: all chargers of a tenant would meet there whenever they come back at once.
        Change change = Change.in(visit.scope());
        if (!presence.equals(from.presence())) {
            chargers.update(change, visit.scope(), from, from.with(presence));
        }
        return new Decision<>(accepted, change);
    }
}
