package dev.tenantry.provisioning;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.profiles.ProvisioningWindowStore;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.NoProfile;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Turns provisioning mode on. If it is on already, the new window takes the place of the old one.
public final class StartProvisioning {

    private static final long ID_BOUND = 1L << 53;

    private final ProvisioningWindowStore provisioning;
    private final ProfileStore profiles;
    private final AuditStore audit;
    private final RandomGenerator random;

    @Inject
    StartProvisioning(
            ProvisioningWindowStore provisioning, ProfileStore profiles, AuditStore audit, RandomGenerator random) {
        this.provisioning = provisioning;
        this.profiles = profiles;
        this.audit = audit;
        this.random = random;
    }

    /// @throws InvalidRequest if the tenant has no such profile
    /// @throws NoProfile      if no profile is named and the tenant has none
    public Decision<Optional<ProvisioningWindow>> run(Door door, NewWindow wanted) {
        List<Lookup<?>> lookups = new ArrayList<>(List.of(ProvisioningWindowStore.window(), ProfileStore.register()));
        // What can be nobody's id has no key to look for.
        wanted.profileId().filter(ProfileStore::isId).ifPresent(id -> lookups.add(ProfileStore.profile(id)));
        TenantScope scope = door.open(lookups.toArray(Lookup<?>[]::new));
        ProvisioningWindow window = new ProvisioningWindow(
                random.nextLong(1, ID_BOUND),
                profileId(scope, wanted),
                scope.now(),
                scope.now().plus(wanted.duration()),
                scope.actor().id(),
                wanted.maxChargers(),
                0,
                0);
        Optional<ProvisioningWindow> replaced = provisioning.open(scope);
        Change change = Change.in(scope);
        provisioning.start(change, scope, window);
        profiles.guardExists(change, scope, window.profileId());
        audit.record(
                change,
                scope,
                AuditAction.PROVISIONING_STARTED,
                new Event(
                        Long.toString(window.id()),
                        replaced.map(ProvisioningAudit::values),
                        Optional.of(ProvisioningAudit.values(window))));
        return new Decision<>(Optional.of(window), change);
    }

    private long profileId(TenantScope scope, NewWindow wanted) {
        if (wanted.profileId().isEmpty()) {
            return profiles.register(scope).defaultId().orElseThrow(NoProfile::new);
        }
        long id = wanted.profileId().get();
        if (!ProfileStore.isId(id) || scope.found(ProfileStore.profile(id)).isEmpty()) {
            throw new InvalidRequest("/profileId", "is not a charger profile of this tenant");
        }
        return id;
    }
}
