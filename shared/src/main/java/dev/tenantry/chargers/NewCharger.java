package dev.tenantry.chargers;

import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.profiles.NewPassword;
import java.util.Optional;

/// What somebody says of a charger that is to be entered.
///
/// @param pointer   where the request says it: an RFC 6901 pointer
/// @param profileId empty for the default one
/// @param password  empty if its profile's is to count
public record NewCharger(
        String pointer,
        ChargePointIdentity identity,
        Optional<ChargerName> displayName,
        Optional<Long> profileId,
        Optional<SerialNumber> serialNumber,
        Optional<NewPassword> password) {}
