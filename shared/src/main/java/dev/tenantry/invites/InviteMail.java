package dev.tenantry.invites;

import dev.tenantry.config.Settings;
import dev.tenantry.mail.Mail;
import dev.tenantry.text.OneLine;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.inject.Inject;

/// Words an invite. What it says in each language stands in the resource files beside this class; what people typed
/// (the names of a tenant and of an inviter) goes in as text and can become neither markup nor a header.
final class InviteMail {

    /// A space without width.
    private static final String GAP = "\u200b";

    private static final String SEPARATORS = ".:/\\@\u3002";
    private static final int FIRST_BEYOND_ASCII = 0x80;

    /// A digit that four more follow, whatever few characters part them.
    private static final Pattern NUMBER = Pattern.compile("(\\p{Nd})(?=(?:[^\\p{L}\\p{Nd}]{0,4}\\p{Nd}){4})");

    private final Settings settings;

    @Inject
    InviteMail(Settings settings) {
        this.settings = settings;
    }

    Mail compose(IssuedInvite issued) {
        Invite invite = issued.invite();
        MailLanguage language = MailLanguage.bestFor(invite.language());
        MailTexts texts = MailTexts.in(language);
        String link = link(issued.token());

        Map<String, String> facts = Map.of(
                "tenant", unlinked(issued.tenantName()),
                "inviter", unlinked(issued.inviter()),
                "role", texts.get("role." + invite.role().text()),
                "receiver", invite.receiver().value(),
                "period", texts.period(settings.invites().lifetime()),
                "expiry", expiry(invite.expiresAt(), texts, language.localeFor(invite.language())));
        Map<String, String> sentences = new LinkedHashMap<>();
        for (String name : MailTexts.SENTENCES) {
            sentences.put(name, Template.fill(texts.get(name), facts));
        }
        sentences.put("language", language.tag());
        sentences.put("link", link);

        Map<String, String> escaped = new LinkedHashMap<>();
        sentences.forEach((name, sentence) -> escaped.put(name, Template.escape(sentence)));
        return new Mail(
                invite.receiver().value(),
                OneLine.salvaged(sentences.getOrDefault("subject", "").replace(GAP, "")),
                Template.fill(Template.read("invite.txt"), sentences),
                Template.fill(Template.read("invite.html"), escaped),
                MailedInvite.of(issued).tags());
    }

    /// Reads the texts of every language, and writes a time in it: the names of months are loaded for each
    /// language.
    void prime() {
        for (MailLanguage language : MailLanguage.values()) {
            MailTexts texts = MailTexts.in(language);
            texts.period(settings.invites().lifetime());
            expiry(Instant.EPOCH, texts, language.localeFor(new Language(language.tag())));
        }
        Template.escape(Template.read("invite.txt") + Template.read("invite.html"));
    }

    private String link(InviteToken token) {
        String portal = settings.invites().portal().toString();
        return (portal.endsWith("/") ? portal.substring(0, portal.length() - 1) : portal) + "/invite/accept?token="
                + token.value();
    }

    private static String expiry(Instant expiresAt, MailTexts texts, Locale locale) {
        var at = expiresAt.atZone(ZoneOffset.UTC);
        String date = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(at);
        // The first of a month is an ordinal in some languages; everywhere else it is written like the other days.
        Optional<String> first = texts.find("firstOfMonth").filter(_ -> at.getDayOfMonth() == 1);
        return Template.fill(
                texts.get("expiry"),
                Map.of(
                        "date",
                        first.isPresent() && date.startsWith("1 ") ? first.get() + date.substring(1) : date,
                        "time",
                        texts.time(locale).format(at)));
    }

    /// A name as it may stand in a sentence: on one line, and in no way a link. A mail reader makes a link of
    /// whatever looks like an address or a telephone number, and people can call themselves and their tenants what
    /// they like; so what holds one together gets a space without width behind it.
    private static String unlinked(String name) {
        String line = OneLine.salvaged(name);
        StringBuilder unlinked = new StringBuilder();
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            i += Character.charCount(c);
            unlinked.appendCodePoint(c);
            if (holdsAddressesTogether(c) && i < line.length() && !Character.isWhitespace(line.codePointAt(i))) {
                unlinked.append(GAP);
            }
        }
        return NUMBER.matcher(unlinked).replaceAll("$1" + GAP);
    }

    /// Whether a character is, or is taken for, one that parts the labels of a host or the parts of an address:
    /// what compatibility makes one of those (UAX #15), and the ideographic full stop (UTS #46 §2.3).
    private static boolean holdsAddressesTogether(int c) {
        if (c < FIRST_BEYOND_ASCII) {
            // Nothing to normalize, and what does it takes longer to load than the mail to write.
            return SEPARATORS.indexOf(c) >= 0;
        }
        String plain = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
        for (int i = 0; i < plain.length(); i++) {
            if (SEPARATORS.indexOf(plain.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
