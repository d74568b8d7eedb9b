package dev.tenantry.profiles;

import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.text.OneLine;

/// What people say a charger profile is for: at most 500 characters (Unicode code points) on one line, without space
/// around them.
public record ProfileDescription(String value) {

    private static final int MAX_LENGTH = 500;

    /// @throws InvalidValue if the description breaks the rule above after trimming
    public ProfileDescription {
        value = OneLine.of(value, 0, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
