package dev.tenantry.chargers;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.text.OneLine;

/// What people call a charger: 1..100 characters (Unicode code points) on one line, without space around them.
public record ChargerName(String value) {

    private static final int MAX_LENGTH = 100;

    /// @throws InvalidValue if the name breaks the rule above after trimming
    public ChargerName {
        value = OneLine.of(value, 1, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
