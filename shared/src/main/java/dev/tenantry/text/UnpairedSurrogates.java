package dev.tenantry.text;

/// Halves of characters beyond the Basic Multilingual Plane. UTF-8 has none: whatever differs in them alone is the same
/// once it is stored.
public final class UnpairedSurrogates {

    private UnpairedSurrogates() {}

    /// Whether a text has any.
    public static boolean areIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.charCount(text.codePointAt(i)) == 1) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
