package dev.tenantry.profiles;

import dev.tenantry.refusal.Refusal.ProfileNotFound;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.text.PathId;
import java.util.Optional;
import javax.inject.Inject;

/// Shows one charger profile.
public final class ShowProfile {

    private final TenantStore tenants;
    private final ProfileStore profiles;

    @Inject
    ShowProfile(TenantStore tenants, ProfileStore profiles) {
        this.tenants = tenants;
        this.profiles = profiles;
    }

    /// @param named the path's word for the profile
    /// @throws ProfileNotFound if there is no such profile
    public ShownProfile run(Door door, String named) {
        Optional<Long> id = PathId.inPath(named);
        if (id.isEmpty()) {
            // Nothing has such an id; but whether that is any of the caller's business, the door knows.
            door.open();
            throw new ProfileNotFound();
        }
        Lookup<Profile> lookup = ProfileStore.profile(id.get());
        TenantScope scope = door.open(lookup, ProfileStore.register());
        Profile profile = scope.found(lookup).orElseThrow(ProfileNotFound::new);
        return ShownProfile.of(
                tenants.tenant(scope).id(), profile, profiles.register(scope).isDefault(profile.id()), scope.now());
    }
}
