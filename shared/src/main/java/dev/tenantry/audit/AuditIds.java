package dev.tenantry.audit;

import java.time.Instant;
import java.util.random.RandomGenerator;

/// Ids of audit entries: they grow with time, need no counter, and stay below 2^53 until the year 2094.
///
/// From the high bits down: 41 bits of milliseconds since 2025, 5 random bits for changes of the same millisecond (two
/// that draw the same meet in the table, and one draws again), 7 bits that number the entries of one change.
final class AuditIds {

    private static final Instant EPOCH = Instant.ofEpochMilli(1_735_689_600_000L);
    private static final Instant END = EPOCH.plusMillis((1L << 41) - 1);
    private static final int RANDOM_BITS = 5;
    private static final int INDEX_BITS = 7;

    /// Most entries of one change.
    static final int MAX_ENTRIES = 1 << INDEX_BITS;

    private AuditIds() {}

    /// Id of the first entry of a change; the others follow it without a gap.
    static long draw(Instant at, RandomGenerator random) {
        return firstAt(at) | (long) random.nextInt(1 << RANDOM_BITS) << INDEX_BITS;
    }

    /// Id of the first entry of another change of the same millisecond.
    static long beside(long id) {
        long random = (1L << RANDOM_BITS) - 1 << INDEX_BITS;
        return id & ~random | id + (1L << INDEX_BITS) & random;
    }

    /// Lowest id that an entry of this instant or later can have. Entries have whole milliseconds: between two of
    /// them, it is the later one's.
    static long firstAt(Instant at) {
        // Any time can be asked for, also one whose milliseconds no long can hold.
        Instant near = at.isBefore(EPOCH) ? EPOCH : at.isAfter(END) ? END : at;
        long millis = near.toEpochMilli() + (near.getNano() % 1_000_000 == 0 ? 0 : 1);
        return (millis - EPOCH.toEpochMilli()) << (RANDOM_BITS + INDEX_BITS);
    }

    /// Above every id.
    static long end() {
        return 1L << (41 + RANDOM_BITS + INDEX_BITS);
    }
}
