package dev.tenantry.provisioning;

import dev.tenantry.refusal.InvalidValue;
import java.time.Duration;
import java.util.Optional;

/// How provisioning is to be started.
///
/// @param profileId   the profile that new chargers get; empty for the default one
/// @param duration    1 second to 1 day
/// @param maxChargers how many chargers may register, 1 to 10,000; empty for any number
public record NewWindow(Optional<Long> profileId, Duration duration, Optional<Long> maxChargers) {

    public static final Duration DEFAULT_DURATION = Duration.ofHours(1);

    /// Where nobody says how many: enough for an afternoon's work, few enough that a window left open is no open
    /// door.
    public static final long DEFAULT_LIMIT = 100;

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final long MOST_CHARGERS = 10_000;

    /// A time in seconds for a window to be open.
    ///
    /// @throws InvalidValue if none may be open that long
    public static Duration duration(long seconds) {
        if (seconds < 1 || seconds > LONGEST.toSeconds()) {
            throw new InvalidValue("must be 1 to " + LONGEST.toSeconds() + " seconds");
        }
        return Duration.ofSeconds(seconds);
    }

    /// A number of chargers that a window may be limited to.
    ///
    /// @throws InvalidValue if it is none
    public static long limit(long chargers) {
        if (chargers < 1 || chargers > MOST_CHARGERS) {
            throw new InvalidValue("must be 1 to " + MOST_CHARGERS + ", or null for no other limit than the tenant's");
        }
        return chargers;
    }
}
