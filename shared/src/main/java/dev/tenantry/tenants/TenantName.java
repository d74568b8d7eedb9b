package dev.tenantry.tenants;

import dev.tenantry.refusal.InvalidValue;

/// What people call a tenant: 1..100 characters (Unicode code points) on one line, without space around them, at least one
/// of which can be seen. It is shown in mails to strangers, so it must not turn the direction of the text around it
/// (Unicode Standard Annex #9, §2: explicit directional formatting).
public record TenantName(String value) {

    private static final int MAX_LENGTH = 100;

    /// @throws InvalidValue if the name breaks the rule above after trimming
    public TenantName {
        value = value.strip();
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > MAX_LENGTH) {
            throw new InvalidValue("must have 1 to 100 characters besides the space around them");
        }
        boolean visible = false;
        // A loop, because names are read at every cold start and streams would be loaded for this alone.
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            int codePoint = value.codePointAt(i);
            if (isUnprintable(codePoint)) {
                throw new InvalidValue("must not contain control characters or halves of characters");
            }
            visible = visible || Character.getType(codePoint) != Character.FORMAT && !Character.isWhitespace(codePoint);
        }
        if (!visible) {
            throw new InvalidValue("must have a character that can be seen");
        }
    }

    private static boolean isUnprintable(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE
                || Character.getType(codePoint) == Character.LINE_SEPARATOR
                || Character.getType(codePoint) == Character.PARAGRAPH_SEPARATOR
                || codePoint >= 0x202A && codePoint <= 0x202E
                || codePoint >= 0x2066 && codePoint <= 0x2069;
    }

    @Override
    public String toString() {
        return value;
    }
}
