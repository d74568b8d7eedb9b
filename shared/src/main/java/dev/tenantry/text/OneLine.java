package dev.tenantry.text;

import dev.tenantry.refusal.InvalidValue;

/// Text on one line, as people type it into a form and read it in a list or a mail: without control characters, halves
/// of characters, or characters that turn the direction of the text around them (Unicode Standard Annex #9, §2:
/// explicit directional formatting). If there is any, at least one character can be seen.
public final class OneLine {

    /// Letters and symbols that show nothing: Hangul fillers and the blank Braille pattern.
    private static final String FILLERS = "\u115f\u1160\u3164\uffa0\u2800";

    private OneLine() {}

    /// The text without the space around it.
    ///
    /// @param min fewest characters (Unicode code points) that it has then
    /// @param max most characters that it has then
    /// @throws InvalidValue if it breaks the rule above
    public static String of(String text, int min, int max) {
        String line = text.strip();
        int length = length(line);
        if (length < min || length > max) {
            throw new InvalidValue((min == 0 ? "must have at most " : "must have " + min + " to ") + max
                    + " characters, not counting the space around them");
        }
        if (!is(line)) {
            throw new InvalidValue("must be one line without control characters or unpaired surrogates");
        }
        if (!line.isEmpty() && !isVisible(line)) {
            throw new InvalidValue("must have at least one visible character");
        }
        return line;
    }

    /// Whether a text has none of the characters that one line can't have. It may be blank.
    public static boolean is(String text) {
        // A loop, because names are read at every cold start and streams would be loaded for this alone.
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isUnfit(text.codePointAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// In Unicode code points.
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// What can be kept of a text that nobody checked, empty if that is nothing that can be seen.
    public static String salvaged(String text) {
        return salvaged(text, Integer.MAX_VALUE);
    }

    /// What can be kept of a text that nobody checked, empty if that is nothing that can be seen.
    ///
    /// @param max most characters (Unicode code points) to keep
    public static String salvaged(String text, int max) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (Character.isISOControl(c) || Character.isWhitespace(c)) {
                line.append(' ');
            } else if (!isUnfit(c)) {
                line.appendCodePoint(c);
            }
        }
        String kept = line.toString().strip();
        if (length(kept) > max) {
            kept = kept.substring(0, kept.offsetByCodePoints(0, max)).strip();
        }
        return isVisible(kept) ? kept : "";
    }

    private static boolean isVisible(String line) {
        for (int i = 0; i < line.length(); i += Character.charCount(line.codePointAt(i))) {
            int codePoint = line.codePointAt(i);
            if (!isBlank(codePoint)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBlank(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT, Character.SPACE_SEPARATOR, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK ->
                true;
            default -> FILLERS.indexOf(codePoint) >= 0;
        };
    }

    private static boolean isUnfit(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE
                || Character.getType(codePoint) == Character.LINE_SEPARATOR
                || Character.getType(codePoint) == Character.PARAGRAPH_SEPARATOR
                || codePoint >= 0x202A && codePoint <= 0x202E
                || codePoint >= 0x2066 && codePoint <= 0x2069;
    }
}
