package dev.tenantry.storage;

/// A counter that did not say what there is.
///
/// @param counter what is counted
/// @param stored  what the counter said
/// @param counted what there is
public record Drift(String counter, String stored, String counted) {

    /// Most that one change corrects, so that it fits into a transaction. Who finds that many looks again.
    public static final int MOST_AT_ONCE = 80;
}
