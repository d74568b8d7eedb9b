package dev.tenantry.storage;

import dev.tenantry.tenancy.TenantScope;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One change that makes counters say what there is, for whoever commits it (docs/adr/0019).
///
/// A recount reads a counter, then counts page by page what it counts ([Page#all]), and corrects the counter on the
/// condition that it was not moved since ([Update#moves]). In this order: whatever comes or goes meanwhile moves what
/// was read, so that the change meets a conflict.
///
/// @param counter   what it is about
/// @param drifts    what was wrong
/// @param isPartial there is more that is wrong than one change can hold: who commits it counts again
public record Correction(String counter, List<Drift> drifts, Change change, boolean isPartial) {

    public Correction {
        drifts = List.copyOf(drifts);
    }

    /// What corrects a single counter: nothing if it is right.
    ///
    /// @param stored     what the counter says
    /// @param counted    what there is
    /// @param correction adds to a change that the counter says so
    public static List<Correction> of(
            TenantScope scope, String counter, Object stored, Object counted, Consumer<Change> correction) {
        Optional<Drift> drift = Drift.of(counter, stored, counted);
        if (drift.isEmpty()) {
            return List.of();
        }
        Change change = Change.in(scope);
        correction.accept(change);
        return List.of(new Correction(counter, List.of(drift.get()), change, false));
    }
}
