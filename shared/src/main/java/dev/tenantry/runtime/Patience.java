package dev.tenantry.runtime;

import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long one request or event goes on trying when its change keeps meeting others. Full jitter: requests that met
/// once should not meet again in step.
public final class Patience {

    /// With the storage calls of a last attempt it stays within the functions' time limit, as a test of the
    /// template insists.
    public static final Duration LIMIT = Duration.ofSeconds(5);

    private static final int FIRST_PAUSE_MILLIS = 8;
    private static final int LONGEST_PAUSE_MILLIS = 250;

    private final Clock clock;
    private final RandomGenerator random;
    private final long deadlineMillis;

    public Patience(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        this.deadlineMillis = clock.millis() + LIMIT.toMillis();
    }

    /// Waits a moment before the next attempt.
    ///
    /// @param attempt how many there were, from 1
    /// @throws Unavailable if there is no time for another one
    public void pause(int attempt) {
        int longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempt, 10));
        long pause = random.nextInt(longest) + 1L;
        if (clock.millis() + pause > deadlineMillis) {
            throw new Unavailable("too many conflicting changes");
        }
        Pause.millis(pause);
    }
}
