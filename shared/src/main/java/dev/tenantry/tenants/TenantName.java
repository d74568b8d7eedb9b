package dev.tenantry.tenants;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.text.OneLine;

/// What people call a tenant: [one line][OneLine] of 1..100 characters (Unicode code points).
public record TenantName(String value) {

    private static final int MAX_LENGTH = 100;

    /// @throws InvalidValue if the name breaks the rule above after trimming
    public TenantName {
        value = OneLine.of(value, 1, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
