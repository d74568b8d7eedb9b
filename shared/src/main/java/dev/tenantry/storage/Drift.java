package dev.tenantry.storage;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A counter that did not say what there is.
///
/// @param counter what is counted
/// @param stored  what the counter said
/// @param counted what there is
public record Drift(String counter, String stored, String counted) {

    /// How a counter drifted; empty if it says what there is.
    ///
    /// @param stored  what the counter says; null if it is not there
    /// @param counted what there is; null if there is nothing to count
    public static Optional<Drift> of(String counter, @Nullable Object stored, @Nullable Object counted) {
        return Objects.equals(stored, counted)
                ? Optional.empty()
                : Optional.of(new Drift(counter, String.valueOf(stored), String.valueOf(counted)));
    }
}
