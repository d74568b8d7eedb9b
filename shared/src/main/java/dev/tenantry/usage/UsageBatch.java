package dev.tenantry.usage;

import dev.tenantry.identity.DomainPrefix;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Usage of a tenant that waits to be folded.
///
/// @param position its place in the shard; batches lie there by age
/// @param delta    what the reports come to that were marked as seen when it was put, or who came and went
/// @param mark     names its latest event, if chargers share it: another one would make it another batch
record UsageBatch(int shard, String position, DomainPrefix tenant, UsageDelta delta, OptionalLong mark)
        implements ShardRow {

    /// Rows that folding one batch may touch, so that it fits into a transaction of 100 with the summary and its
    /// own deletion.
    static final int MOST_ROWS = 90;

    private static final int TIME_DIGITS = 13;
    private static final Pattern POSITION = Pattern.compile("[0-9]{" + TIME_DIGITS + "}-.+");

    /// @throws IllegalArgumentException if nothing comes to that, or too much for one batch
    UsageBatch {
        if (!POSITION.matcher(position).matches()) {
            throw new IllegalArgumentException("a position begins with a time");
        }
        if (delta.days().isEmpty() || delta.days().first() < 0 || delta.days().last() > UsageStore.LAST_DAY) {
            throw new IllegalArgumentException("usage is of days from 1970 to 2106");
        }
        if (delta.days().size() + delta.minutes().size() > MOST_ROWS) {
            throw new IllegalArgumentException("a batch fits into the transaction that folds it");
        }
    }

    /// A batch to put.
    ///
    /// @param nowMillis when it is put, in milliseconds since the epoch
    /// @param chance    tells batches of one millisecond apart
    static UsageBatch of(int shard, long nowMillis, long chance, DomainPrefix tenant, UsageDelta delta) {
        return new UsageBatch(
                shard, position(nowMillis, Long.toUnsignedString(chance, 36)), tenant, delta, OptionalLong.empty());
    }

    /// A place in a shard, by age.
    ///
    /// @param millis since the epoch
    /// @param other  tells it from others of that time
    static String position(long millis, String other) {
        String time = Long.toString(millis);
        return "0".repeat(TIME_DIGITS - time.length()) + time + "-" + other;
    }

    /// Whether chargers still add to it.
    boolean growsAt(long nowMillis) {
        return mark.isPresent() && dueAtMillis() > nowMillis;
    }

    /// Since when it waits, in milliseconds since the epoch: since it was put, or, if chargers share it, since the
    /// last of them could add to it.
    long dueAtMillis() {
        long putAt = Long.parseLong(position.substring(0, TIME_DIGITS));
        return mark.isPresent() ? putAt + ConnectionUsage.MINUTES * UsageTime.MINUTE_MILLIS : putAt;
    }
}
