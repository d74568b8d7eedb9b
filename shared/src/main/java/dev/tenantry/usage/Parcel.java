package dev.tenantry.usage;

import dev.tenantry.tenancy.DomainPrefix;
import java.util.regex.Pattern;

/// Usage of a tenant that waits to be folded.
///
/// @param position its place in the lane; parcels lie there by age
/// @param tally    what the samples come to that were marked as seen when it was put
record Parcel(int lane, String position, DomainPrefix tenant, Tally tally) implements LaneRow {

    /// Rows that folding one parcel may touch, so that it fits into a transaction of 100 with the ledger and its
    /// own deletion.
    static final int MOST_ROWS = 90;

    private static final int TIME_DIGITS = 13;
    private static final Pattern POSITION = Pattern.compile("[0-9]{" + TIME_DIGITS + "}-.+");

    /// @throws IllegalArgumentException if no samples come to that, or too many for one parcel
    Parcel {
        if (!POSITION.matcher(position).matches()) {
            throw new IllegalArgumentException("a position begins with a time");
        }
        if (tally.days().isEmpty() || tally.days().first() < 0 || tally.days().last() > UsageStore.LAST_DAY) {
            throw new IllegalArgumentException("usage is of days from 1970 to 2106");
        }
        if (tally.days().size() + tally.minutes().size() > MOST_ROWS) {
            throw new IllegalArgumentException("a parcel fits into the transaction that folds it");
        }
    }

    /// A parcel to put.
    ///
    /// @param nowMillis when it is put, in milliseconds since the epoch
    /// @param chance    tells parcels of one millisecond apart
    static Parcel of(int lane, long nowMillis, long chance, DomainPrefix tenant, Tally tally) {
        String time = Long.toString(nowMillis);
        return new Parcel(
                lane,
                "0".repeat(TIME_DIGITS - time.length()) + time + "-" + Long.toUnsignedString(chance, 36),
                tenant,
                tally);
    }

    /// When it was put, in milliseconds since the epoch.
    long putAtMillis() {
        return Long.parseLong(position.substring(0, TIME_DIGITS));
    }
}
