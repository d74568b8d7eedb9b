package dev.tenantry.tenancy;

/// How a tenant is.
public enum TenantState {
    /// It works.
    ACTIVE("active"),
    /// The operator has suspended it: it can be looked at.
    SUSPENDED("suspended"),
    /// It answers to nobody, and can be restored.
    DELETED("deleted"),
    /// Its rows are being removed.
    PURGING("purging"),
    /// Nothing is left of it but the claim to its prefix.
    PURGED("purged");

    private final String text;

    TenantState(String text) {
        this.text = text;
    }

    /// The state's name, in lower case.
    public String text() {
        return text;
    }
}
