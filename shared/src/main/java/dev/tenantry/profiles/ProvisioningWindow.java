package dev.tenantry.profiles;

import java.time.Instant;
import java.util.Optional;

/// The time in which chargers that connect for the first time are registered.
///
/// @param id              drawn at random, so that no later window is taken for this one; below 2^53
/// @param profileId       the profile that they get
/// @param validUntil      the first moment at which it is over
/// @param startedBy       user id of who started it
/// @param maxChargers     how many it takes; empty for any number
/// @param registeredCount how many it has taken
/// @param edition         how often somebody changed it since it opened
public record ProvisioningWindow(
        long id,
        long profileId,
        Instant startedAt,
        Instant validUntil,
        String startedBy,
        Optional<Long> maxChargers,
        long registeredCount,
        long edition) {

    /// The entity tag's version: which window this is, as it was last changed. Chargers that register in it leave
    /// it the same one.
    public long version() {
        // Windows' ids are drawn from so many that no other one is as near as this one's editions are.
        return id + edition;
    }

    public boolean isOpen(Instant now) {
        return now.isBefore(validUntil);
    }

    /// It takes no more.
    public boolean isFull() {
        return maxChargers.isPresent() && registeredCount >= maxChargers.get();
    }
}
