package dev.tenantry.usage;

import java.time.Instant;

/// How usage divides time, all counted from the epoch in UTC.
public final class UsageTime {

    /// Every zone's offset since 2000 is a multiple of this, so every window is made of whole ones.
    public static final long QUARTER_MILLIS = 15 * 60_000L;

    public static final int QUARTERS_A_DAY = 96;

    static final long MINUTE_MILLIS = 60_000;
    static final int MINUTES_A_QUARTER = 15;
    static final long MINUTES_A_DAY = 1440;
    static final long DAY_MILLIS = MINUTES_A_DAY * MINUTE_MILLIS;

    private UsageTime() {}

    /// The quarter hour of an instant.
    public static long quarter(Instant instant) {
        return Math.floorDiv(instant.toEpochMilli(), QUARTER_MILLIS);
    }

    /// The day of a quarter hour.
    public static long dayOf(long quarter) {
        return Math.floorDiv(quarter, QUARTERS_A_DAY);
    }

    static long minute(long millis) {
        return Math.floorDiv(millis, MINUTE_MILLIS);
    }
}
