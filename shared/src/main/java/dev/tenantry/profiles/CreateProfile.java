package dev.tenantry.profiles;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Creates a charger profile. A tenant's first one is its default.
public final class CreateProfile {

    /// Most profiles of a tenant.
    public static final int MAX_PROFILES = 200;

    private final TenantStore tenants;
    private final ProfileStore profiles;
    private final ProfileRules rules;
    private final AuditStore audit;
    private final RandomGenerator random;

    @Inject
    CreateProfile(
            TenantStore tenants, ProfileStore profiles, ProfileRules rules, AuditStore audit, RandomGenerator random) {
        this.tenants = tenants;
        this.profiles = profiles;
        this.rules = rules;
        this.audit = audit;
        this.random = random;
    }

    /// @throws InvalidRequest if the security profile needs a password and there is none, or if the URL is the
    ///                        broker's own
    /// @throws LimitReached   if there are [#MAX_PROFILES]
    public Decision<ShownProfile> run(Door door, NewProfile wanted) {
        TenantScope scope = door.open(ProfileStore.register());
        rules.require(
                Optional.of(wanted.cpmsUrl()),
                wanted.securityProfile(),
                wanted.password().isPresent(),
                true);
        ProfileRegister from = profiles.register(scope);
        if (from.count() >= MAX_PROFILES) {
            throw new LimitReached("charger profiles", MAX_PROFILES);
        }
        Profile profile = new Profile(
                from.lastId() + 1,
                wanted.displayName(),
                wanted.description(),
                wanted.cpmsUrl(),
                wanted.authPassThrough(),
                wanted.heartbeatInterval(),
                wanted.securityProfile(),
                wanted.password().map(password -> password.hash(random)),
                Optional.empty(),
                wanted.configuration(),
                0,
                scope.now(),
                scope.now(),
                1);
        ProfileRegister to = from.with(profile.id(), wanted.isDefault());
        boolean isDefault = to.isDefault(profile.id());
        Change change = Change.in(scope);
        profiles.create(change, scope, profile);
        profiles.register(change, scope, from, to);
        audit.record(change, scope, AuditAction.PROFILE_CREATED, ProfileAudit.created(profile, isDefault));
        from.defaultId()
                .filter(id -> !to.isDefault(id))
                .ifPresent(id -> audit.record(change, scope, AuditAction.PROFILE_UPDATED, ProfileAudit.dethroned(id)));
        return new Decision<>(ShownProfile.of(tenants.tenant(scope).id(), profile, isDefault, scope.now()), change);
    }
}
