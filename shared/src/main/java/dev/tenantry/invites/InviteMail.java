package dev.tenantry.invites;

import dev.tenantry.config.Settings;
import dev.tenantry.mail.Mail;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.inject.Inject;

/// Words an invite. What it says in each language stands in the resource files beside this class; what people typed (the
/// names of a tenant and of an inviter) goes in as text and can become neither markup nor a header.
final class InviteMail {

    private final Settings.Invites settings;

    @Inject
    InviteMail(Settings settings) {
        this.settings = settings.invites();
    }

    Mail compose(IssuedInvite issued) {
        Invite invite = issued.invite();
        MailLanguage language = MailLanguage.bestFor(invite.language());
        MailTexts texts = MailTexts.in(language);
        String link = link(issued.token());

        Map<String, String> facts = Map.of(
                "tenant", oneLine(issued.tenantName()),
                "inviter", oneLine(issued.inviter()),
                "role", texts.get("role." + invite.role().text()),
                "receiver", invite.receiver().value(),
                "period", texts.period(settings.lifetime()),
                "expiry", expiry(invite, texts, language.localeFor(invite.language())));
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
                sentences.getOrDefault("subject", ""),
                Template.fill(Template.read("invite.txt"), sentences),
                Template.fill(Template.read("invite.html"), escaped));
    }

    private String link(InviteToken token) {
        String portal = settings.portal().toString();
        return (portal.endsWith("/") ? portal.substring(0, portal.length() - 1) : portal)
                + "/invite/accept?token=" + token.value();
    }

    private static String expiry(Invite invite, MailTexts texts, Locale locale) {
        DateTimeFormatter date = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG);
        DateTimeFormatter time = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT);
        var at = invite.expiresAt().atZone(ZoneOffset.UTC);
        return Template.fill(
                texts.get("expiry"),
                Map.of("date", date.withLocale(locale).format(at), "time", time.withLocale(locale).format(at)));
    }

    /// A name as it may stand in a sentence: on one line, and without the controls that make a line read another way round
    /// (Unicode UAX #9, "explicit directional formatting").
    private static String oneLine(String name) {
        StringBuilder line = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || Character.isWhitespace(c)) {
                line.append(' ');
            } else if (!isDirectional(c)) {
                line.appendCodePoint(c);
            }
        });
        return line.toString().strip();
    }

    private static boolean isDirectional(int c) {
        return c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }
}
