package dev.tenantry.usage;

/// What became of a report that came in.
///
/// @param sample the index of the sample for which it is refused; -1 if that is for none of them
public record ReportOutcome(Kind kind, int sample) {

    /// What can become of a report.
    public enum Kind {
        /// It counts from now on.
        COUNTED,
        /// The same report was counted before.
        DUPLICATE,
        /// Another report of its tenant with its id was counted before.
        CONFLICT,
        /// Its tenant was deleted.
        DELETED_TENANT,
        /// There never was such a tenant.
        UNKNOWN_TENANT,
        /// A sample is older than samples are taken.
        TOO_OLD,
        /// A sample is of a time that has not come yet.
        IN_FUTURE,
        /// The storage did not take it; another delivery may be luckier.
        NOT_NOW;

        /// It need not come again: it is counted, once, or nobody's.
        public boolean isDone() {
            return this == COUNTED || this == DUPLICATE || this == DELETED_TENANT;
        }
    }

    static ReportOutcome of(Kind kind) {
        return new ReportOutcome(kind, -1);
    }
}
