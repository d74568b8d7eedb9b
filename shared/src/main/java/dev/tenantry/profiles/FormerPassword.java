package dev.tenantry.profiles;

import java.time.Instant;

/// The password that a profile had before its present one, as long as it is taken as well: chargers get the new one one
/// by one, and none is locked out meanwhile.
///
/// @param validUntil compared with the clock wherever it matters; at that instant it is no more
public record FormerPassword(PasswordHash hash, Instant validUntil) {

    boolean isValid(Instant now) {
        return validUntil.isAfter(now);
    }
}
