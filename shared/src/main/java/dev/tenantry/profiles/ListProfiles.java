package dev.tenantry.profiles;

import dev.tenantry.identity.TenantId;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import javax.inject.Inject;

/// Lists a tenant's charger profiles by id.
public final class ListProfiles {

    private final TenantStore tenants;
    private final ProfileStore profiles;

    @Inject
    ListProfiles(TenantStore tenants, ProfileStore profiles) {
        this.tenants = tenants;
        this.profiles = profiles;
    }

    public Page<ShownProfile> run(Door door, PageRequest page) {
        TenantScope scope = door.open(ProfileStore.register());
        TenantId tenantId = tenants.tenant(scope).id();
        ProfileRegister register = profiles.register(scope);
        return profiles.list(scope, page)
                .map(profile -> ShownProfile.of(tenantId, profile, register.isDefault(profile.id()), scope.now()));
    }
}
