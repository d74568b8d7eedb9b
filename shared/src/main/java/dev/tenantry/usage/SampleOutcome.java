package dev.tenantry.usage;

/// What became of a sample that came in.
public enum SampleOutcome {
    /// It counts from now on.
    COUNTED,
    /// A sample of its tenant with its id was counted before.
    DUPLICATE,
    /// There is no such tenant, or it was deleted.
    UNKNOWN_TENANT,
    /// It is older than samples are taken.
    TOO_OLD,
    /// It is of a time that has not come yet.
    IN_FUTURE,
    /// The storage did not take it; another delivery may be luckier.
    NOT_NOW;

    /// It is counted, once, and need not come again.
    public boolean isCounted() {
        return this == COUNTED || this == DUPLICATE;
    }
}
