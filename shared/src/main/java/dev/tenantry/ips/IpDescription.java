package dev.tenantry.ips;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.text.OneLine;

/// What people say an allowlist's entry is for: [one line][OneLine] of at most 200 characters (Unicode code points).
public record IpDescription(String value) {

    private static final int MAX_LENGTH = 200;

    /// @throws InvalidValue if the description breaks the rule above after trimming
    public IpDescription {
        value = OneLine.of(value, 0, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
