package dev.tenantry.invites;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/// What an invite says in one language, from that language's resource file.
final class MailTexts {

    /// The sentences of a mail, in the order that it says them.
    static final List<String> SENTENCES =
            List.of("subject", "greeting", "invitation", "accept", "button", "signIn", "validity", "ignore");

    private final String file;
    private final Properties texts;

    private MailTexts(String file, Properties texts) {
        this.file = file;
        this.texts = texts;
    }

    static MailTexts in(MailLanguage language) {
        String file = "invite_" + language.tag() + ".properties";
        Properties texts = new Properties();
        try {
            texts.load(new StringReader(Template.read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new MailTexts(file, texts);
    }

    /// The text of that name.
    ///
    /// @throws IllegalStateException if the file lacks it
    String get(String name) {
        String text = texts.getProperty(name);
        if (text == null) {
            throw new IllegalStateException(file + " lacks " + name);
        }
        return text;
    }

    /// The text of that name, for texts that not every language needs.
    Optional<String> find(String name) {
        return Optional.ofNullable(texts.getProperty(name));
    }

    /// How the language tells a time of day. The pattern belongs to the words around it ("9:30 h"), so it comes
    /// from them and not from the reader's country; without one it is the country's.
    DateTimeFormatter time(Locale locale) {
        return find("timePattern")
                .map(DateTimeFormatter::ofPattern)
                .orElseGet(() -> DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT))
                .withLocale(locale);
    }

    /// A length of time in the largest unit that it is at least one of, rounded down, but for minutes. All these
    /// languages have one form for 1 and another for 2 and more (Unicode CLDR, "Language Plural Rules").
    String period(Duration length) {
        if (length.toDays() > 0) {
            return period("days", length.toDays());
        }
        return length.toHours() > 0
                ? period("hours", length.toHours())
                : period("minutes", length.plusSeconds(59).toMinutes());
    }

    private String period(String unit, long count) {
        String form = count == 1 ? ".one" : ".other";
        return Template.fill(get(unit + form), Map.of("count", Long.toString(count)));
    }

    /// Every name that the file has a text for.
    Set<String> names() {
        return texts.stringPropertyNames();
    }
}
