package dev.tenantry.profiles;

import dev.tenantry.refusal.InvalidValue;

/// What people call a charger profile: 1..100 characters (Unicode code points) on one line, without space around them.
public record ProfileName(String value) {

    private static final int MAX_LENGTH = 100;

    /// @throws InvalidValue if the name breaks the rule above after trimming
    public ProfileName {
        value = value.strip();
        int length = OneLine.length(value);
        if (length < 1 || length > MAX_LENGTH) {
            throw new InvalidValue("must have 1 to 100 characters besides the space around them");
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
