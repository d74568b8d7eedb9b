package dev.tenantry.ips;

import dev.tenantry.refusal.InvalidValue;

/// What people say an allowlist's entry is for: at most 200 characters (Unicode code points) on one line, without space
/// around them.
public record IpDescription(String value) {

    private static final int MAX_LENGTH = 200;

    /// @throws InvalidValue if the description breaks the rule above after trimming
    public IpDescription {
        value = value.strip();
        if (value.codePointCount(0, value.length()) > MAX_LENGTH) {
            throw new InvalidValue("must have at most 200 characters besides the space around them");
        }
        if (value.codePoints().anyMatch(IpDescription::isUnprintable)) {
            throw new InvalidValue("must be one line, without control characters or halves of characters");
        }
    }

    private static boolean isUnprintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
