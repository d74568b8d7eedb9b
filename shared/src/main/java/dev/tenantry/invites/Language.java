package dev.tenantry.invites;

import dev.tenantry.refusal.InvalidValue;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;

/// The language that somebody is to be written to in: a BCP 47 tag (RFC 5646) of up to 100 characters, kept in its
/// canonical form (`de-AT` for `DE-at`).
public record Language(String tag) {

    private static final int MAX_LENGTH = 100;

    /// @throws InvalidValue if the tag is malformed
    public Language {
        if (tag.isEmpty() || tag.length() > MAX_LENGTH) {
            throw malformed();
        }
        if (repeatsSubtags(tag)) {
            throw malformed();
        }
        try {
            tag = new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw malformed();
        }
    }

    /// How its speakers write dates in their country: without the tag's script, variants and extensions (another
    /// calendar, say), which would have the mail's own words beside dates of another kind.
    Locale locale() {
        Locale locale = Locale.forLanguageTag(tag);
        return Locale.of(locale.getLanguage(), locale.getCountry());
    }

    /// Whether a variant or the letter of an extension stands in the tag twice, which makes it invalid (RFC 5646
    /// §2.2.5, §2.2.6) and which `Locale` drops without a word. What follows `x` is private and may say anything.
    private static boolean repeatsSubtags(String tag) {
        String[] subtags = tag.toLowerCase(Locale.ROOT).split("-", -1);
        Set<String> seen = new HashSet<>();
        boolean extended = false;
        for (int i = 1; i < subtags.length && !subtags[i].equals("x"); i++) {
            boolean singleton = subtags[i].length() == 1;
            extended = extended || singleton;
            boolean variant = !extended && (subtags[i].length() >= 5 || subtags[i].matches("[0-9].{3}"));
            if ((singleton || variant) && !seen.add(subtags[i])) {
                return true;
            }
        }
        return false;
    }

    private static InvalidValue malformed() {
        return new InvalidValue("must be a BCP 47 language tag, such as en or de-AT");
    }
}
