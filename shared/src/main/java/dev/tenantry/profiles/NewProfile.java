package dev.tenantry.profiles;

import java.util.Optional;

/// What somebody says of a new profile.
///
/// @param isDefault whether it becomes the default; the first one does in any case
public record NewProfile(
        ProfileName displayName,
        Optional<ProfileDescription> description,
        CpmsUrl cpmsUrl,
        boolean isDefault,
        boolean authPassThrough,
        HeartbeatInterval heartbeatInterval,
        SecurityProfile securityProfile,
        Optional<NewPassword> password,
        Configuration configuration) {}
