package dev.tenantry.provisioning;

import java.time.Instant;

/// The time in which chargers that connect for the first time are registered.
///
/// @param profileId  the profile that they get
/// @param validUntil the first moment at which it is over
public record Window(long profileId, Instant validUntil) {

    public boolean isOpen(Instant now) {
        return now.isBefore(validUntil);
    }
}
