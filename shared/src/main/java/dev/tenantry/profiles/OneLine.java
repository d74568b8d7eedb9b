package dev.tenantry.profiles;

/// What people and chargers can read on one line.
final class OneLine {

    private OneLine() {}

    /// Whether a text has no control characters, no line breaks and no halves of characters.
    static boolean is(String text) {
        // A loop, because names are read at every cold start and streams would be loaded for this alone.
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            switch (Character.getType(text.codePointAt(i))) {
                case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> {
                    return false;
                }
                default -> {}
            }
        }
        return true;
    }

    /// In Unicode code points.
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
