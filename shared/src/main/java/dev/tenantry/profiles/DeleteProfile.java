package dev.tenantry.profiles;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.refusal.Refusal.DefaultProfile;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.ProfileInUse;
import dev.tenantry.refusal.Refusal.ProfileNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.text.PathId;
import java.util.Optional;
import javax.inject.Inject;

/// Deletes a charger profile that nothing needs any more.
public final class DeleteProfile {

    private final TenantStore tenants;
    private final ProfileStore profiles;
    private final ProvisioningWindowStore provisioning;
    private final AuditStore audit;

    @Inject
    DeleteProfile(TenantStore tenants, ProfileStore profiles, ProvisioningWindowStore provisioning, AuditStore audit) {
        this.tenants = tenants;
        this.profiles = profiles;
        this.provisioning = provisioning;
        this.audit = audit;
    }

    /// @param named the path's word for the profile
    /// @throws ProfileNotFound    if there is no such profile
    /// @throws PreconditionFailed if the profile has another version than the caller expects
    /// @throws DefaultProfile     if it is the default and there are others
    /// @throws ProfileInUse       if chargers have it, or an open provisioning window gives it to new ones
    public Decision<String> run(Door door, String named, Precondition precondition) {
        Optional<Long> id = PathId.inPath(named);
        if (id.isEmpty()) {
            door.open();
            throw new ProfileNotFound();
        }
        Lookup<Profile> lookup = ProfileStore.profile(id.get());
        TenantScope scope = door.open(lookup, ProfileStore.register(), ProvisioningWindowStore.window());
        Profile profile = scope.found(lookup).orElseThrow(ProfileNotFound::new);
        ProfileRegister from = profiles.register(scope);
        if (from.defaultId().isEmpty()) {
            // There is this profile, so one is the default: the two were read before and after a change.
            throw new Conflict();
        }
        boolean isDefault = from.isDefault(profile.id());
        precondition.require(ShownProfile.of(tenants.tenant(scope).id(), profile, isDefault, scope.now())
                .version());
        if (isDefault && from.count() > 1) {
            throw new DefaultProfile();
        }
        boolean isProvisioned = provisioning
                .open(scope)
                .filter(window -> window.profileId() == profile.id())
                .isPresent();
        if (profile.chargerCount() > 0 || isProvisioned) {
            throw new ProfileInUse(profile.chargerCount(), isProvisioned);
        }
        Change change = Change.in(scope);
        profiles.delete(change, scope, profile);
        profiles.register(change, scope, from, from.without(profile.id()));
        provisioning.guardNobodyGets(change, scope, profile.id());
        audit.record(change, scope, AuditAction.PROFILE_DELETED, ProfileAudit.deleted(profile, isDefault));
        return new Decision<>(named, change);
    }
}
