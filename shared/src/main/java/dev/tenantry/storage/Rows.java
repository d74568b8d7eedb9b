package dev.tenantry.storage;

import java.util.HashMap;
import java.util.Map;

/// The rows that one batch read was asked for.
public final class Rows {

    /// Of a batch that was asked for nothing.
    public static final Rows NONE = new Rows(Map.of());

    private final Map<Key, Row> rows;

    Rows(Map<Key, Row> rows) {
        this.rows = new HashMap<>(rows);
    }

    /// Whether the batch was asked for it.
    public boolean has(Key key) {
        return rows.containsKey(key);
    }

    /// The row with that key, empty if there is none.
    ///
    /// @throws IllegalStateException if the batch was not asked for it
    public Row at(Key key) {
        Row row = rows.get(key);
        if (row == null) {
            throw new IllegalStateException("nobody asked to read " + key);
        }
        return row;
    }
}
