package dev.tenantry.chargers;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.text.OneLine;

/// A charger's serial number as somebody enters it: 1..255 characters (Unicode code points) on one line, without space
/// around them.
public record SerialNumber(String value) {

    private static final int MAX_LENGTH = 255;

    /// @throws InvalidValue if it breaks the rule above after trimming
    public SerialNumber {
        value = OneLine.of(value, 1, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
