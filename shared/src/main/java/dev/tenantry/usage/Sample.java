package dev.tenantry.usage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What happened in a while that ends at an instant.
///
/// @param at      the instant that it counts for, to the millisecond
/// @param charger whose it is, as the sender calls it. Usage is the tenant's, so nothing but the identity of a report
///                hangs on it
public record Sample(Instant at, Optional<String> charger, Counters counters) {

    /// Most that one counter of a reported sample may say.
    public static final long MAX_COUNT = 1_000_000_000_000L;

    public Sample {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /// Of nobody in particular.
    public static Sample of(Instant at, Counters counters) {
        return new Sample(at, Optional.empty(), counters);
    }

    /// How many more chargers are online after it.
    long delta() {
        return counters.connects() - counters.disconnects();
    }
}
