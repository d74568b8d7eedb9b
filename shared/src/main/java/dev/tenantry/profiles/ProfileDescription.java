package dev.tenantry.profiles;

import dev.tenantry.refusal.InvalidValue;

/// What people say a charger profile is for: at most 500 characters (Unicode code points) on one line, without space around
/// them.
public record ProfileDescription(String value) {

    private static final int MAX_LENGTH = 500;

    /// @throws InvalidValue if the description breaks the rule above after trimming
    public ProfileDescription {
        value = value.strip();
        if (OneLine.length(value) > MAX_LENGTH) {
            throw new InvalidValue("must have at most 500 characters besides the space around them");
        }
        if (!OneLine.is(value)) {
            throw new InvalidValue("must be one line, without control characters or halves of characters");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
