package dev.tenantry.profiles;

import java.util.Optional;

/// What every change to the set of a tenant's profiles is decided on.
///
/// @param lastId    the last id given out; 0 if there never was a profile
/// @param count     how many profiles there are
/// @param defaultId the profile that chargers get unless another one is named; empty only if there is none
public record ProfileRegister(long lastId, long count, Optional<Long> defaultId) {

    /// Of a tenant that never had a profile.
    static final ProfileRegister NONE = new ProfileRegister(0, 0, Optional.empty());

    /// Whether that profile is the default.
    public boolean isDefault(long profileId) {
        return defaultId.filter(id -> id == profileId).isPresent();
    }

    /// With one profile more.
    ///
    /// @param isDefault whether it becomes the default, which the only one always is
    ProfileRegister with(long profileId, boolean isDefault) {
        return new ProfileRegister(
                profileId, count + 1, isDefault || defaultId.isEmpty() ? Optional.of(profileId) : defaultId);
    }

    /// With one profile less, which is the default only if it is the last.
    ProfileRegister without(long profileId) {
        return new ProfileRegister(lastId, count - 1, isDefault(profileId) ? Optional.empty() : defaultId);
    }

    ProfileRegister withDefault(long profileId) {
        return new ProfileRegister(lastId, count, Optional.of(profileId));
    }
}
