package dev.tenantry.bus;

/// What became of a row that a stream told of.
public enum ChangeOutcome {
    /// The bus has taken all of its events.
    TOLD,
    /// It holds no audit entries, or those that another row holds as well.
    IGNORED,
    /// It should hold audit entries and can't be understood.
    UNREADABLE,
    /// The bus has not taken all of its events yet.
    NOT_NOW
}
