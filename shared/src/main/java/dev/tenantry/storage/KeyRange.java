package dev.tenantry.storage;

import java.util.function.Function;

/// Neighbouring rows of one partition, in the order a page reads them. Made only by [Keys].
public final class KeyRange {

    final String partition;
    final String first;
    final String last;
    final boolean descending;
    private final Function<String, Key> keyAt;

    /// @param first lowest sort key that belongs to the range
    /// @param last  highest sort key that belongs to the range
    /// @param keyAt the key of the row that a page's position names
    KeyRange(String partition, String first, String last, boolean descending, Function<String, Key> keyAt) {
        this.partition = partition;
        this.first = first;
        this.last = last;
        this.descending = descending;
        this.keyAt = keyAt;
    }

    Key keyAt(String position) {
        return keyAt.apply(position);
    }
}
