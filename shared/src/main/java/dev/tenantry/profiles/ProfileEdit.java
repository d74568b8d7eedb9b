package dev.tenantry.profiles;

import dev.tenantry.edit.Edit;
import java.util.Optional;

/// What somebody wants to be different about a profile. What is empty stays.
///
/// @param overlap       for how long the former password is taken as well; empty for as long as it is now, or not at
///                      all if there is a new one
/// @param configuration takes the place of the whole configuration
public record ProfileEdit(
        Optional<ProfileName> displayName,
        Edit<ProfileDescription> description,
        Optional<CpmsUrl> cpmsUrl,
        Optional<Boolean> isDefault,
        Optional<Boolean> authPassThrough,
        Optional<HeartbeatInterval> heartbeatInterval,
        Optional<SecurityProfile> securityProfile,
        Edit<NewPassword> password,
        Optional<Overlap> overlap,
        Optional<Configuration> configuration) {}
