package dev.tenantry.storage;

import dev.tenantry.refusal.Refusal.Unavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Until when calls to the table may start for somebody who waits, however many went before: an answer that the table
/// is too slow is better than none.
///
/// Work that is slow on purpose has a time of its own ([#outside]): what it takes is not the table's fault.
public final class Deadline {

    /// Bound while somebody waits. Without one, calls may start at any time.
    public static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

    /// Most time that work outside of the table has before it counts as the table's: what is left of a function's
    /// time beside that for its calls (`AgreementTest` insists).
    public static final Duration TIME_OUTSIDE = Duration.ofSeconds(8);

    private final LongSupplier nanoTime;
    private final long nanos;
    private final AtomicLong outsideNanos = new AtomicLong();

    private Deadline(LongSupplier nanoTime, long nanos) {
        this.nanoTime = nanoTime;
        this.nanos = nanos;
    }

    /// So long from now.
    public static Deadline in(Duration time) {
        return in(time, System::nanoTime);
    }

    /// So long from now by another clock.
    ///
    /// @param nanoTime as of [System#nanoTime]
    public static Deadline in(Duration time, LongSupplier nanoTime) {
        return new Deadline(nanoTime, nanoTime.getAsLong() + time.toNanos());
    }

    /// So long from now, and no longer than what is bound already.
    public static Deadline within(Duration time) {
        Deadline deadline = in(time);
        return CURRENT.isBound() && deadline.nanos - CURRENT.get().nanos > 0 ? CURRENT.get() : deadline;
    }

    /// Whether one is bound and has passed.
    public static boolean hasPassed() {
        return CURRENT.isBound() && CURRENT.get().isOver();
    }

    /// The same work, with this thread's deadline whichever thread does it.
    static <T> Supplier<T> sharedWith(Supplier<T> work) {
        if (!CURRENT.isBound()) {
            return work;
        }
        Deadline deadline = CURRENT.get();
        return () -> ScopedValue.where(CURRENT, deadline).call(work::get);
    }

    /// Does work that needs no table. The time it takes, [#TIME_OUTSIDE] in all, comes on top of the table's.
    public static <T> T outside(Supplier<T> work) {
        if (!CURRENT.isBound()) {
            return work.get();
        }
        Deadline deadline = CURRENT.get();
        long start = deadline.nanoTime.getAsLong();
        try {
            return work.get();
        } finally {
            deadline.outsideNanos.addAndGet(deadline.nanoTime.getAsLong() - start);
        }
    }

    /// How much later it is by now for work outside of the table.
    static Duration extension() {
        return CURRENT.isBound() ? Duration.ofNanos(CURRENT.get().extensionNanos()) : Duration.ZERO;
    }

    private long extensionNanos() {
        return Math.min(outsideNanos.get(), TIME_OUTSIDE.toNanos());
    }

    /// @throws Unavailable if it has passed
    static void check() {
        if (hasPassed()) {
            throw new Unavailable("out of time");
        }
    }

    private boolean isOver() {
        return nanoTime.getAsLong() - nanos - extensionNanos() > 0;
    }
}
