package dev.tenantry.storage;

import dev.tenantry.tenancy.TenantScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Everything that happens together or not at all: at most 100 rows, each written once.
public final class Change {

    private final Map<Key, Write> writes = new LinkedHashMap<>();
    private final List<Check> guards = new ArrayList<>();

    private Change() {}

    /// A change that nothing hinges on yet.
    public static Change empty() {
        return new Change();
    }

    /// A change that happens only while the scope's proof holds.
    public static Change in(TenantScope scope) {
        Change change = new Change();
        change.guards.addAll(scope.guards());
        return change;
    }

    /// Adds one row's part.
    ///
    /// @throws IllegalArgumentException if the change already writes that row; DynamoDB takes one operation a row
    public Change with(Write write) {
        if (writes.putIfAbsent(write.key, write) != null) {
            throw new IllegalArgumentException("two writes to " + write.key + " in one change");
        }
        return this;
    }

    /// Whether a part of it writes that row.
    public boolean writes(Key key) {
        return writes.containsKey(key);
    }

    /// Nothing is to be written.
    public boolean isEmpty() {
        return writes.isEmpty();
    }

    /// The parts to write, and the guards of rows that no part writes: a row's own part has a condition of its own
    /// that says at least as much.
    List<Write> parts() {
        List<Write> parts = new ArrayList<>(writes.values());
        for (Check guard : guards) {
            if (!guard.isCovered(writes.keySet())) {
                parts.add(guard);
            }
        }
        return parts;
    }
}
