package dev.tenantry.storage;

import dev.tenantry.refusal.Refusal.Unavailable;
import java.util.random.RandomGenerator;

/// Waiting before something is tried once more.
public final class Pause {

    private static final int FIRST_MILLIS = 40;
    private static final int LONGEST_MILLIS = 640;

    private Pause() {}

    /// Waits before a change that met another is decided anew. Full jitter: changes that met once should not meet
    /// again in step.
    ///
    /// @param tries how many there were, from 1
    /// @throws Unavailable if the thread is interrupted
    public static void afterConflict(int tries, RandomGenerator random) {
        millis(random.nextInt(Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(tries - 1, 10))) + 1L);
    }

    /// Waits.
    ///
    /// @throws Unavailable if the thread is interrupted, which it stays: whoever interrupts wants an end to it
    public static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("interrupted");
        }
    }
}
