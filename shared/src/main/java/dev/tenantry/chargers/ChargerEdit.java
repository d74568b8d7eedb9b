package dev.tenantry.chargers;

import dev.tenantry.edit.Edit;
import dev.tenantry.profiles.NewPassword;
import java.util.Optional;

/// What somebody wants to be different about a charger. What is empty stays.
///
/// @param chargerId whatever number somebody says
/// @param pointer   where the request says it: an RFC 6901 pointer
public record ChargerEdit(
        String chargerId,
        String pointer,
        Edit<ChargerName> displayName,
        Optional<Long> profileId,
        Edit<SerialNumber> serialNumber,
        Optional<Boolean> blocked,
        Edit<NewPassword> password) {}
