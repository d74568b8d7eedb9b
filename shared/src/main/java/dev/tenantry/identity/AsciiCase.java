package dev.tenantry.identity;

/// Case where only ASCII has any.
final class AsciiCase {

    private AsciiCase() {}

    // A loop, because a charger's connect comes by here and neither streams nor patterns are loaded for it otherwise.
    static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A Kelvin sign is no k.
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }
}
