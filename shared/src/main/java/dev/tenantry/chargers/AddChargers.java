package dev.tenantry.chargers;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.identity.TenantId;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.refusal.Refusal.ChargerExists;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.refusal.Refusal.NoProfile;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Enters chargers by hand, all of them or none: each is known before it connects for the first time.
public final class AddChargers {

    /// Most chargers in one change. Each takes up to four rows (itself, its number, a row of counts, a profile), of
    /// the 100 that a DynamoDB transaction takes.
    public static final int MAX_CHARGERS = 20;

    private final TenantStore tenants;
    private final ChargerStore chargers;
    private final ProfileStore profiles;
    private final AuditStore audit;
    private final RandomGenerator random;
    private final ChargerAllowance allowance;

    @Inject
    AddChargers(
            TenantStore tenants,
            ChargerStore chargers,
            ProfileStore profiles,
            AuditStore audit,
            RandomGenerator random,
            ChargerAllowance allowance) {
        this.tenants = tenants;
        this.chargers = chargers;
        this.profiles = profiles;
        this.audit = audit;
        this.random = random;
        this.allowance = allowance;
    }

    /// @param wanted at most [#MAX_CHARGERS], no identity twice
    /// @return in the order in which they were named
    /// @throws InvalidRequest if the tenant lacks some of the profiles, naming all of those
    /// @throws NoProfile      if some are to get the default profile and there is none
    /// @throws ChargerExists  if some are there already, naming all of those
    /// @throws LimitReached   if the tenant would have more chargers than it may
    public Decision<List<ShownCharger>> run(Door door, List<NewCharger> wanted) {
        TenantScope scope = door.open(lookups(wanted));
        List<Long> profileIds = profileIds(scope, wanted);
        requireNew(scope, wanted);
        if (chargers.counts(scope).total() + wanted.size() > allowance.most(scope)) {
            throw allowance.limitReached(scope);
        }
        TenantId tenantId = tenants.tenant(scope).id();
        List<Charger> added = new ArrayList<>();
        List<ShownCharger> shown = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        ProfilesOfChargers counted = new ProfilesOfChargers();
        List<Long> ids = List.copyOf(drawIds(wanted.size()));
        for (int i = 0; i < wanted.size(); i++) {
            Charger charger = charger(ids.get(i), scope, wanted.get(i), profileIds.get(i));
            added.add(charger);
            shown.add(new ShownCharger(tenantId, charger));
            events.add(ChargerAudit.added(charger));
            counted.gain(charger.profileId());
        }
        Change change = Change.in(scope);
        chargers.add(change, scope, added);
        counted.count(change, scope, profiles);
        audit.record(change, scope, AuditAction.CHARGER_ADDED, events);
        return new Decision<>(shown, change);
    }

    private Lookup<?>[] lookups(List<NewCharger> wanted) {
        List<Long> named =
                wanted.stream().flatMap(charger -> charger.profileId().stream()).toList();
        List<Lookup<?>> lookups = ProfilesOfChargers.lookups(named);
        lookups.add(ProfileStore.register());
        lookups.addAll(ChargerStore.counts());
        lookups.addAll(allowance.lookups());
        wanted.forEach(charger -> lookups.add(ChargerStore.charger(charger.identity())));
        return lookups.toArray(Lookup<?>[]::new);
    }

    private List<Long> profileIds(TenantScope scope, List<NewCharger> wanted) {
        List<Fault> faults = new ArrayList<>();
        for (NewCharger charger : wanted) {
            charger.profileId().ifPresent(id -> ProfilesOfChargers.require(scope, id, charger.pointer(), faults));
        }
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
        Optional<Long> usual = profiles.register(scope).defaultId();
        return wanted.stream()
                .map(charger -> charger.profileId().or(() -> usual).orElseThrow(NoProfile::new))
                .toList();
    }

    private static void requireNew(TenantScope scope, List<NewCharger> wanted) {
        List<String> there = new ArrayList<>();
        for (NewCharger charger : wanted) {
            scope.found(ChargerStore.charger(charger.identity()))
                    .ifPresent(found -> there.add(found.identity().value()));
        }
        if (!there.isEmpty()) {
            throw new ChargerExists(there);
        }
    }

    /// Each is another one: no row is written twice in a change.
    private Set<Long> drawIds(int count) {
        Set<Long> ids = new LinkedHashSet<>();
        while (ids.size() < count) {
            ids.add(ChargerStore.drawId(random));
        }
        return ids;
    }

    private Charger charger(long id, TenantScope scope, NewCharger wanted, long profileId) {
        return new Charger(
                id,
                wanted.identity(),
                profileId,
                wanted.displayName(),
                false,
                wanted.password().map(password -> password.hash(random)),
                new Nameplate(wanted.serialNumber()
                        .map(number -> Map.of(Field.CHARGE_POINT_SERIAL_NUMBER, number.value()))
                        .orElse(Map.of())),
                Proof.NONE.given(wanted.serialNumber().map(SerialNumber::value)),
                Optional.empty(),
                scope.now(),
                scope.now(),
                1,
                1);
    }
}
