package dev.tenantry.profiles;

import dev.tenantry.identity.TenantId;
import java.time.Instant;
import java.util.Optional;

/// A profile as its tenant's people see it.
///
/// @param oldPasswordValidUntil until when its former password is taken as well; empty if it is not
public record ShownProfile(
        TenantId tenantId, Profile profile, boolean isDefault, Optional<Instant> oldPasswordValidUntil) {

    static ShownProfile of(TenantId tenantId, Profile profile, boolean isDefault, Instant now) {
        return new ShownProfile(
                tenantId, profile, isDefault, profile.formerPassword(now).map(FormerPassword::validUntil));
    }

    /// Tells apart whatever can be edited about the profile. Whether it is the default stands in another row, read
    /// in the same batch but not in the same instant: being part of this, the two cannot be a match for `If-Match`
    /// unless they belong together.
    public long version() {
        return 2 * profile.version() + (isDefault ? 1 : 0);
    }
}
