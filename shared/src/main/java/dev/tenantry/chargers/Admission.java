package dev.tenantry.chargers;

import dev.tenantry.addresses.Allowlist;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.HostName;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.IpStore;
import dev.tenantry.profiles.Profile;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.CustomHosts;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;

/// Where every charger event comes in: what it is about is found, in one round trip, or it is turned away.
final class Admission {

    private final TenantDoors doors;
    private final IpStore ips;
    private final ProfileStore profiles;
    private final ProfileMemory memory;
    private final CustomHosts hosts;

    @Inject
    Admission(TenantDoors doors, IpStore ips, ProfileStore profiles, ProfileMemory memory, CustomHosts hosts) {
        this.doors = doors;
        this.ips = ips;
        this.profiles = profiles;
        this.memory = memory;
        this.hosts = hosts;
    }

    /// How long an answer may be relied on where nothing of it ends sooner by the clock.
    static final Duration MOST_RELIANCE = Duration.ofHours(1);

    /// What an event is about.
    ///
    /// @param charger empty if it is not registered
    /// @param until   when the first thing that the answer rests on ends by the clock; empty for never
    record Visit(TenantScope scope, ChargePointIdentity identity, Optional<Charger> charger, Optional<Instant> until) {

        /// The same, resting on something else as well.
        ///
        /// @param end when that ends by the clock; empty for never
        Visit until(Optional<Instant> end) {
            return end.isEmpty() || until.isPresent() && until.get().isBefore(end.get())
                    ? this
                    : new Visit(scope, identity, charger, end);
        }

        /// How long what is said now may be relied on, in whole seconds: one at least, so that nobody asks
        /// without end.
        Duration reliableFor() {
            Duration left = until.isEmpty() ? MOST_RELIANCE : Duration.between(scope.now(), until.get());
            return Duration.ofSeconds(Math.clamp(left.toSeconds(), 1, MOST_RELIANCE.toSeconds()));
        }

        /// @throws Rejection if it is not registered
        Charger known() {
            return charger.orElseThrow(() -> new Rejection(Reason.UNKNOWN_CHARGER));
        }
    }

    /// Lets in whoever comes from an address that the tenant's allowlist has, unless the tenant is suspended.
    ///
    /// @param alongside what is read as well
    /// @throws Rejection if there is no such tenant, it is suspended, or it does not let that address in
    Visit admit(ChargerEvent event, Lookup<?>... alongside) {
        List<Lookup<?>> lookups = new ArrayList<>(List.of(alongside));
        lookups.add(IpStore.register());
        lookups.add(ProfileStore.edition());
        Visit visit = open(event, lookups);
        if (visit.scope().isSuspended()) {
            throw new Rejection(Reason.TENANT_SUSPENDED).seenBy(visit.scope().tenant());
        }
        Allowlist allowlist = ips.allowlist(visit.scope(), IpScope.CHARGER);
        if (!allowlist.allows(event.sourceIp(), visit.scope().now())) {
            throw new Rejection(Reason.IP_NOT_ALLOWED).seenBy(visit.scope().tenant());
        }
        return visit.until(allowlist.end(event.sourceIp(), visit.scope().now()));
    }

    /// Lets in whoever tells of a charger's going: wherever it came from, it is gone.
    ///
    /// @param alongside what is read as well
    /// @throws Rejection if there is no such tenant
    Visit admitToLeave(ChargerEvent event, Lookup<?>... alongside) {
        return open(event, new ArrayList<>(List.of(alongside)));
    }

    /// @throws Rejection if somebody blocked the charger
    static void requireNotBlocked(Charger charger) {
        if (charger.blocked()) {
            throw new Rejection(Reason.CHARGER_BLOCKED);
        }
    }

    /// The profile of that id, for somebody whom [#admit] let in. No round trip if this instance has seen it since
    /// the tenant's profiles last changed, one if not.
    Profile profile(Visit visit, long id) {
        TenantScope scope = visit.scope();
        long edition = profiles.edition(scope);
        return memory.recall(scope.tenant(), edition, id).orElseGet(() -> {
            Profile profile = profiles.read(scope, id).orElseThrow(() -> gone(visit));
            memory.keep(scope.tenant(), edition, profile);
            return profile;
        });
    }

    /// A window can close, and its profile go, between the two reads; a registered charger's profile can't.
    private static RuntimeException gone(Visit visit) {
        return visit.charger().isEmpty()
                ? new Conflict()
                : new IllegalStateException("a charger has a profile that is not there");
    }

    private Visit open(ChargerEvent event, List<Lookup<?>> lookups) {
        ChargePointIdentity identity = identity(event);
        Lookup<Charger> charger = ChargerStore.charger(identity);
        lookups.add(charger);
        event.host().ifPresent(host -> lookups.add(CustomHosts.row(host)));
        TenantScope scope;
        try {
            scope = doors.broker(event.tenant(), event.requestId()).open(lookups.toArray(Lookup<?>[]::new));
        } catch (TenantNotFound e) {
            // Perhaps that tenant's domain is another tenant's by now.
            if (event.host().filter(hosts::forget).isPresent()) {
                throw new Conflict();
            }
            throw new Rejection(Reason.UNKNOWN_TENANT);
        }
        event.host().ifPresent(host -> requireLeadsTo(scope, host));
        return new Visit(scope, identity, scope.found(charger), Optional.empty());
    }

    private void requireLeadsTo(TenantScope scope, HostName host) {
        if (!scope.found(CustomHosts.row(host)).equals(Optional.of(scope.tenant()))) {
            hosts.forget(host);
            throw new Conflict();
        }
        hosts.keep(host, scope.tenant());
    }

    /// @throws Rejection if it is none
    static ChargePointIdentity identity(ChargerEvent event) {
        try {
            return new ChargePointIdentity(event.identity());
        } catch (InvalidValue e) {
            throw new Rejection(Reason.INVALID_IDENTITY);
        }
    }
}
