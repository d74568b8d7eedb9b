package dev.tenantry.invites;

import dev.tenantry.refusal.InvalidValue;
import java.util.IllformedLocaleException;
import java.util.Locale;

/// The language that somebody is to be written to in: a BCP 47 tag (RFC 5646) of up to 100 characters, kept in its
/// canonical form (`de-AT` for `DE-at`).
public record Language(String tag) {

    private static final int MAX_LENGTH = 100;

    /// @throws InvalidValue if the tag is malformed
    public Language {
        if (tag.isEmpty() || tag.length() > MAX_LENGTH) {
            throw malformed();
        }
        try {
            tag = new Locale.Builder().setLanguageTag(tag).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw malformed();
        }
    }

    /// How its speakers write dates, without the tag's extensions (another calendar, say).
    Locale locale() {
        return Locale.forLanguageTag(tag).stripExtensions();
    }

    private static InvalidValue malformed() {
        return new InvalidValue("must be a BCP 47 language tag, such as en or de-AT");
    }
}
