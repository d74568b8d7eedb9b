package dev.tenantry.chargers;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.chargers.Admission.Visit;
import dev.tenantry.profiles.Profile;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.profiles.ProvisioningWindowStore;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Gate;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.usage.ConnectionUsage.SharedUsage;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Registers a charger that connects for the first time, in the place that it takes in the provisioning window.
final class RegisterCharger {

    private final ChargerStore chargers;
    private final ProvisioningWindowStore provisioning;
    private final ProfileStore profiles;
    private final AuditStore audit;
    private final RandomGenerator random;
    private final Clock clock;
    private final ChargerAllowance allowance;

    @Inject
    RegisterCharger(
            ChargerStore chargers,
            ProvisioningWindowStore provisioning,
            ProfileStore profiles,
            AuditStore audit,
            RandomGenerator random,
            Clock clock,
            ChargerAllowance allowance) {
        this.chargers = chargers;
        this.provisioning = provisioning;
        this.profiles = profiles;
        this.audit = audit;
        this.random = random;
        this.clock = clock;
        this.allowance = allowance;
    }

    /// Chargers that register at the same time are not counted yet: so many more than allowed can get in.
    ///
    /// @param usage    where its coming is written
    /// @param isProven whether it showed what only it has
    /// @throws Rejection if the window is full, or the tenant has as many chargers as it may
    Decision<Accepted> run(
            Visit visit,
            SharedUsage usage,
            ChargerEvent event,
            ProvisioningWindow window,
            Profile profile,
            boolean isProven) {
        TenantScope scope = visit.scope();
        if (window.isFull()) {
            throw new Rejection(Reason.PROVISIONING_FULL);
        }
        if (chargers.count(scope).total() >= allowance.most(scope)) {
            throw new Rejection(Reason.CHARGER_LIMIT);
        }
        Charger charger = new Charger(
                ChargerStore.drawId(random),
                visit.identity(),
                profile.id(),
                Optional.empty(),
                false,
                Optional.empty(),
                Nameplate.NONE,
                isProven ? Proof.NONE.shown(event.connection()) : Proof.NONE,
                Optional.of(Presence.first(event.connection(), event.at())),
                scope.now(),
                scope.now(),
                1,
                1);
        Change change = Change.in(scope);
        Gate.insistOnActive(change, scope);
        provisioning.takePlace(change, scope, window, clock.instant());
        profiles.addCharger(change, scope, profile.id());
        chargers.add(change, scope, Optional.of(usage), List.of(charger));
        audit.record(
                change,
                scope,
                AuditAction.CHARGER_REGISTERED,
                Event.created(Long.toString(charger.id()), values(charger)));
        return new Decision<>(
                new Accepted(charger.id(), true, Optional.of(profile), Optional.of(visit.reliableFor())), change);
    }

    private static Map<String, Object> values(Charger charger) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("identity", charger.identity().value());
        values.put("profileId", charger.profileId());
        return values;
    }
}
