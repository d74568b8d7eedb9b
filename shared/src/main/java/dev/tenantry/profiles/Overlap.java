package dev.tenantry.profiles;

import dev.tenantry.refusal.InvalidValue;
import java.time.Duration;

/// For how long a profile's former password is taken as well, from now on: 0..2592000 seconds, which is 30 days.
///
/// @param duration zero for not at all
public record Overlap(Duration duration) {

    public static final Overlap NONE = new Overlap(Duration.ZERO);

    private static final long MAX_SECONDS = 2_592_000;

    /// @throws InvalidValue if it breaks the rule above
    public static Overlap ofSeconds(long seconds) {
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new InvalidValue("must be 0 to " + MAX_SECONDS + " seconds");
        }
        return new Overlap(Duration.ofSeconds(seconds));
    }

    boolean isNone() {
        return duration.isZero();
    }
}
