package dev.tenantry.chargers;

import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.IpStore;
import dev.tenantry.profiles.Profile;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.DomainPrefix;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;

/// Where every signal comes in: what it is about is found, in one round trip, or it is turned away.
final class Entrance {

    private final TenantDoors doors;
    private final IpStore ips;
    private final ProfileStore profiles;
    private final ProfileHints hints;

    @Inject
    Entrance(TenantDoors doors, IpStore ips, ProfileStore profiles, ProfileHints hints) {
        this.doors = doors;
        this.ips = ips;
        this.profiles = profiles;
        this.hints = hints;
    }

    /// What a signal is about.
    ///
    /// @param charger empty if it is not registered
    record Visit(TenantScope scope, ChargePointIdentity identity, Optional<Charger> charger, List<Lookup<Profile>> read) {

        /// @throws Rejection if it is not registered
        Charger known() {
            return charger.orElseThrow(() -> new Rejection(Reason.UNKNOWN_CHARGER));
        }
    }

    /// Lets in whoever comes from an address that the tenant's allowlist has, and reads along what a charger's profile may be.
    ///
    /// @throws Rejection if there is no such tenant, or it does not let that address in
    Visit admit(Signal signal, Lookup<?>... alongside) {
        List<Lookup<Profile>> hinted = new ArrayList<>();
        for (long id : DomainPrefix.inPath(signal.tenant()).map(hints::of).orElse(List.of())) {
            hinted.add(ProfileStore.profile(id));
        }
        List<Lookup<?>> lookups = new ArrayList<>(hinted);
        lookups.add(IpStore.register());
        lookups.addAll(List.of(alongside));
        Visit visit = open(signal, lookups, hinted);
        if (!ips.allowlist(visit.scope(), IpScope.CHARGER).allows(signal.sourceIp(), visit.scope().now())) {
            throw new Rejection(Reason.IP_NOT_ALLOWED);
        }
        return visit;
    }

    /// Lets in whoever tells of a charger's going: wherever it came from, it is gone.
    ///
    /// @throws Rejection if there is no such tenant
    Visit admitToLeave(Signal signal) {
        return open(signal, new ArrayList<>(), List.of());
    }

    /// The profile of that id. No round trip if a hint was right, one if not.
    Profile profile(Visit visit, long id) {
        Profile profile = read(visit, id)
                .or(() -> profiles.read(visit.scope(), id))
                .orElseThrow(() -> gone(visit));
        hints.saw(visit.scope().tenant(), id);
        return profile;
    }

    /// A window can close, and its profile go, between the two reads; a registered charger's profile can't.
    private static RuntimeException gone(Visit visit) {
        return visit.charger().isEmpty()
                ? new Conflict()
                : new IllegalStateException("a charger has a profile that is not there");
    }

    private static Optional<Profile> read(Visit visit, long id) {
        for (Lookup<Profile> lookup : visit.read()) {
            Optional<Profile> found = visit.scope().found(lookup).filter(profile -> profile.id() == id);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Visit open(Signal signal, List<Lookup<?>> lookups, List<Lookup<Profile>> hinted) {
        ChargePointIdentity identity = identity(signal);
        Lookup<Charger> charger = ChargerStore.charger(identity);
        lookups.add(charger);
        TenantScope scope;
        try {
            scope = doors.broker(signal.tenant(), signal.requestId()).open(lookups.toArray(Lookup<?>[]::new));
        } catch (TenantNotFound e) {
            throw new Rejection(Reason.UNKNOWN_TENANT);
        }
        return new Visit(scope, identity, scope.found(charger), hinted);
    }

    private static ChargePointIdentity identity(Signal signal) {
        try {
            return new ChargePointIdentity(signal.identity());
        } catch (InvalidValue e) {
            throw new Rejection(Reason.INVALID_IDENTITY);
        }
    }
}
