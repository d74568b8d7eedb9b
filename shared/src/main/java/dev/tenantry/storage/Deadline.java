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

    /// So long from now, and no longer than what is bound already.
    public static Deadline within(Duration time) {
        Deadline deadline = in(time);
        return CURRENT.isBound() && deadline.nanos - CURRENT.get().nanos > 0 ? CURRENT.get() : deadline;
    }

    /// Whether one is bound and has passed.
    public static boolean hasPassed() {
        return CURRENT.isBound() && System.nanoTime() - CURRENT.get().nanos > 0;
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
        if (hasPassed()) {
            throw new Unavailable("out of time");
        }
    }
}
