package dev.tenantry.storage;

import dev.tenantry.refusal.Refusal.Unavailable;

/// Waiting before something is tried once more.
public final class Pause {

    private Pause() {}

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
