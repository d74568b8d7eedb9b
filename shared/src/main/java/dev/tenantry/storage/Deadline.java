package dev.tenantry.storage;

import dev.tenantry.refusal.Refusal.Unavailable;
import java.time.Duration;

/// Until when calls to the table may start for somebody who waits, however many went before: an answer that the table
/// is too slow is better than none.
public final class Deadline {

    /// Bound while somebody waits. Without one, calls may start at any time.
    public static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    /// So long from now.
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /// The same work, with this thread's deadline whichever thread does it.
    public static Runnable sharedWith(Runnable work) {
        if (!CURRENT.isBound()) {
            return work;
        }
        Deadline deadline = CURRENT.get();
        return () -> ScopedValue.where(CURRENT, deadline).run(work);
    }

    /// @throws Unavailable if it has passed
    static void check() {
        if (CURRENT.isBound() && System.nanoTime() - CURRENT.get().nanos > 0) {
            throw new Unavailable("out of time");
        }
    }
}
