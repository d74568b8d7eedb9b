package dev.tenantry.profiles;

import java.util.Optional;

/// What somebody wants to be different about a profile. What is empty stays; what is empty inside is cleared.
///
/// @param configuration takes the place of the whole configuration
public record ProfileEdit(
        Optional<ProfileName> displayName,
        Optional<Optional<ProfileDescription>> description,
        Optional<CpmsUrl> cpmsUrl,
        Optional<Boolean> isDefault,
        Optional<Boolean> authPassThrough,
        Optional<HeartbeatInterval> heartbeatInterval,
        Optional<SecurityProfile> securityProfile,
        Optional<Optional<NewPassword>> password,
        Optional<Configuration> configuration) {}
