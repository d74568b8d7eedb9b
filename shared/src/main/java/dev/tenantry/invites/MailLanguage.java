package dev.tenantry.invites;

import java.util.Locale;

/// The languages that invites are written in.
enum MailLanguage {
    ENGLISH("en"),
    GERMAN("de"),
    FRENCH("fr"),
    SPANISH("es"),
    ITALIAN("it"),
    DUTCH("nl");

    private final String tag;

    MailLanguage(String tag) {
        this.tag = tag;
    }

    String tag() {
        return tag;
    }

    /// The best match by lookup (RFC 4647 §3.4), English if there is none. Tags of one subtag can only match what
    /// is left when all subtags but the first are cut off.
    static MailLanguage bestFor(Language wanted) {
        for (MailLanguage language : values()) {
            if (language.tag.equals(wanted.locale().getLanguage())) {
                return language;
            }
        }
        return ENGLISH;
    }

    /// How to write dates to somebody who wanted that language: as in their country, if this is their language.
    Locale localeFor(Language wanted) {
        Locale locale = wanted.locale();
        return tag.equals(locale.getLanguage()) ? locale : Locale.forLanguageTag(tag);
    }
}
