package dev.tenantry.profiles;

import dev.tenantry.identity.TenantId;

/// A profile as its tenant's people see it.
public record ShownProfile(TenantId tenantId, Profile profile, boolean isDefault) {

    /// Tells apart whatever can be edited about the profile. Whether it is the default stands in another row, read
    /// in the same batch but not in the same instant: being part of this, the two cannot be a match for `If-Match`
    /// unless they belong together.
    public long version() {
        return 2 * profile.version() + (isDefault ? 1 : 0);
    }
}
