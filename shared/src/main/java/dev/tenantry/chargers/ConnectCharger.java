package dev.tenantry.chargers;

import dev.tenantry.addresses.SourceNetwork;
import dev.tenantry.chargers.Admission.Visit;
import dev.tenantry.chargers.Authentication.Pass;
import dev.tenantry.profiles.Profile;
import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.profiles.ProvisioningWindowStore;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.usage.ConnectionUsage.SharedUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;

/// Decides whether a charger that opens a WebSocket may connect. One that is not known is registered if provisioning is
/// on.
public final class ConnectCharger {

    private final Admission admission;
    private final Authentication authentication;
    private final RegisterCharger register;
    private final ChargerStore chargers;
    private final ProvisioningWindowStore provisioning;
    private final ChargerAllowance allowance;

    @Inject
    ConnectCharger(
            Admission admission,
            Authentication authentication,
            RegisterCharger register,
            ChargerStore chargers,
            ProvisioningWindowStore provisioning,
            ChargerAllowance allowance) {
        this.admission = admission;
        this.authentication = authentication;
        this.register = register;
        this.chargers = chargers;
        this.provisioning = provisioning;
        this.allowance = allowance;
    }

    /// @throws Rejection if it may not; tenant, allowlist, registration or window, whether it is blocked,
    ///                   subscription, credentials and room in the window are looked at in this order
    public Decision<Accepted> run(ChargerEvent event, Credentials credentials) {
        List<Lookup<?>> lookups = new ArrayList<>(allowance.lookups());
        lookups.add(ProvisioningWindowStore.window());
        lookups.add(WrongPasswordStore.from(SourceNetwork.of(event.sourceIp())));
        SharedUsage usage = chargers.usageOf(Admission.identity(event));
        lookups.add(usage.batch());
        Visit visit = admission.admit(event, lookups.toArray(Lookup<?>[]::new));
        try {
            return visit.charger().isPresent()
                    ? welcome(visit, usage, visit.charger().get(), event, credentials)
                    : meet(visit, usage, event, credentials);
        } catch (Rejection e) {
            throw e.seenBy(visit.scope().tenant());
        }
    }

    private Decision<Accepted> welcome(
            Visit visit, SharedUsage usage, Charger from, ChargerEvent event, Credentials credentials) {
        Admission.requireNotBlocked(from);
        allowance.requireToConnect(visit.scope());
        Profile profile = admission.profile(visit, from.profileId());
        Pass pass = authentication.require(visit, profile, event, credentials);
        Charger to = from.connected(event.connection(), event.at(), pass.isProven());
        // No guard on the tenant's row: all chargers of a tenant would meet there whenever they come back at once.
        Change change = Change.in(visit.scope());
        if (to != from) {
            chargers.update(change, visit.scope(), Optional.of(usage), from, to);
        }
        return new Decision<>(
                new Accepted(
                        from.id(),
                        false,
                        Optional.of(profile),
                        Optional.of(visit.until(pass.until()).reliableFor())),
                change);
    }

    private Decision<Accepted> meet(Visit visit, SharedUsage usage, ChargerEvent event, Credentials credentials) {
        try {
            ProvisioningWindow window =
                    provisioning.open(visit.scope()).orElseThrow(() -> new Rejection(Reason.UNKNOWN_CHARGER));
            allowance.requireToConnect(visit.scope());
            Profile profile = admission.profile(visit, window.profileId());
            Pass pass = authentication.require(visit, profile, event, credentials);
            return register.run(visit.until(pass.until()), usage, event, window, profile, pass.isProven());
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
