package dev.tenantry.invites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.mail.Mail;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InviteMailTest extends TwoTenants {

    private static final Pattern PLACE = Pattern.compile("\\{[a-zA-Z]+}");
    private static final InviteToken TOKEN = new InviteToken("t".repeat(43));

    @ParameterizedTest
    @EnumSource
    void hasTheSameTextsAndPlacesInEveryLanguage(MailLanguage language) {
        MailTexts texts = MailTexts.in(language);
        MailTexts english = MailTexts.in(MailLanguage.ENGLISH);

        Set<String> names = new TreeSet<>(texts.names());
        names.removeAll(List.of("timePattern", "firstOfMonth"));
        assertThat(names).isEqualTo(english.names());
        for (String name : english.names()) {
            assertThat(texts.get(name)).isNotBlank();
            assertThat(places(texts.get(name))).as(name).isEqualTo(places(english.get(name)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysEverythingInEveryLanguageInBothForms(MailLanguage language) {
        Mail mail = compose(language.tag(), Role.USER, "Acme", "Ada Lovelace", 7);

        for (String body : new String[] {mail.text(), mail.html()}) {
            assertThat(body)
                    .contains("Ada Lovelace", "Acme", "bob@example.com", "2026", "09:30".substring(1), "UTC")
                    .contains("https://portal.example.com/app/invite/accept?token=" + TOKEN.value())
                    .contains(MailTexts.in(language).get("role.user"));
            assertThat(PLACE.matcher(body).find()).isFalse();
        }
        assertThat(mail.html()).contains("<html lang=\"" + language.tag() + "\">");
        assertThat(mail.subject()).contains("Acme");
        assertThat(mail.to()).isEqualTo("bob@example.com");
    }

    @Test
    void speaksAnotherLanguageInEachOfThem() {
        Set<String> greetings = new TreeSet<>();
        for (MailLanguage language : MailLanguage.values()) {
            greetings.add(compose(language.tag(), Role.USER, "Acme", "Ada", 7)
                    .text()
                    .lines()
                    .findFirst()
                    .orElseThrow());
        }
        assertThat(greetings).hasSize(MailLanguage.values().length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en    | 7  | The link is valid for 7 days, until March 8, 2026 at 9:30 AM UTC.",
                "en-GB | 1  | The link is valid for 1 day, until 8 March 2026 at 09:30 UTC.",
                "de-AT | 7  | Der Link ist 7 Tage gültig, bis zum 8. März 2026, 09:30 Uhr (UTC).",
                "de    | 1  | Der Link ist 1 Tag gültig, bis zum 8. März 2026, 09:30 Uhr (UTC).",
                "fr    | 7  | Ce lien est valable 7 jours, jusqu’au 8 mars 2026 à 09:30 UTC.",
                "es    | 7  | El enlace es válido durante 7 días, hasta el 8 de marzo de 2026, 9:30 h (UTC).",
                "it    | 7  | Il link è valido per 7 giorni. Scadenza: 8 marzo 2026, ore 09:30 (UTC).",
                "nl    | 1  | De link is 1 dag geldig, tot 8 maart 2026 om 09:30 uur (UTC).",
                "es-MX | 7  | El enlace es válido durante 7 días, hasta el 8 de marzo de 2026, 9:30 h (UTC).",
                "fr-DZ | 7  | Ce lien est valable 7 jours, jusqu’au 8 mars 2026 à 09:30 UTC.",
                "de-Arab | 7 | Der Link ist 7 Tage gültig, bis zum 8. März 2026, 09:30 Uhr (UTC).",
                "en-u-rg-gbzzzz | 7 | The link is valid for 7 days, until March 8, 2026 at 9:30 AM UTC.",
                "pt    | 7  | The link is valid for 7 days, until March 8, 2026 at 9:30 AM UTC.",
            })
    void writesPluralsAndDatesAsItsReadersDo(String language, int days, String sentence) {
        // Between a time and its AM, CLDR has a space that does not break.
        assertThat(compose(language, Role.USER, "Acme", "Ada", days).text().replace('\u202f', ' '))
                .contains(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en-GB | until 1 December 2026 at 21:05 UTC",
                "de    | bis zum 1. Dezember 2026, 21:05 Uhr",
                "fr    | jusqu’au 1er décembre 2026 à 21:05 UTC",
                "fr-CA | jusqu’au 1er décembre 2026 à 21:05 UTC",
                "es-CO | hasta el 1 de diciembre de 2026, 21:05 h",
                "it    | Scadenza: 1º dicembre 2026, ore 21:05",
                "nl    | tot 1 december 2026 om 21:05 uur",
            })
    void writesTheFirstOfAMonthAsItsReadersDo(String language, String words) {
        assertThat(compose(language, Role.USER, "Acme", "Ada", Instant.parse("2026-12-01T21:05:00Z"), 7)
                        .text())
                .contains(words);
    }

    @Test
    void keepsFrenchPunctuationOnItsLine() {
        assertThat(compose("fr", Role.USER, "Acme", "Ada", 7).text())
                .contains("«\u00a0Acme\u00a0»", "«\u00a0utilisateur\u00a0»", "ce lien\u00a0:");
    }

    @Test
    void makesNoLinkOfAName() {
        Mail mail = compose("en", Role.USER, "www.evil.example", "https://evil.example/login?token=x", 7);

        for (String body : List.of(mail.text(), mail.html())) {
            assertThat(body.replace("\u200b", ""))
                    .contains("https://evil.example/login?token=x has invited you", "www.evil.example");
            assertThat(body).doesNotContain("evil.example", "://evil");
        }
        assertThat(mail.subject()).isEqualTo("Invitation to www.evil.example");
    }

    @Test
    void countsInHoursAndMinutesWhatIsLessThanADay() {
        MailTexts english = MailTexts.in(MailLanguage.ENGLISH);

        assertThat(english.period(Duration.ofHours(47))).isEqualTo("1 day");
        assertThat(english.period(Duration.ofHours(23))).isEqualTo("23 hours");
        assertThat(english.period(Duration.ofMinutes(119))).isEqualTo("1 hour");
        assertThat(english.period(Duration.ofMinutes(2))).isEqualTo("2 minutes");
        assertThat(english.period(Duration.ofSeconds(2))).isEqualTo("1 minute");
        assertThat(english.period(Duration.ofSeconds(61))).isEqualTo("2 minutes");
    }

    /// Browsers and mail readers take each of these for what parts the labels of a host, or an address.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil\u3002example",
                "evil\uff0eexample",
                "evil\uff61example",
                "evil\u2024example",
                "evil\ufe52example",
                "evil\ufe12example",
                "https\uff1a\uff0f\uff0fevil",
                "eve\uff20evil",
                "eve\ufe6bevil",
                "\\\\evil\\share",
                "0800\u00a0123-4567",
                "\uff10\uff18\uff10\uff10\uff11\uff12\uff13",
                "+1 (555) 010-9999",
                "31.12.2031"
            })
    void makesNothingOfANameThatAMailReaderWouldLink(String name) {
        Mail mail = compose("en", Role.USER, name, "Call " + name, 7);

        for (String body : List.of(mail.text(), mail.html())) {
            assertThat(body).doesNotContain(name).doesNotContain(Template.escape(name));
            assertThat(body.replace("\u200b", "")).contains("Call " + Template.escape(name) + " has invited you");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Acme", "Depot 2031", "E. Noether", "Müller & Söhne", "株式会社", "Nord-Süd 24/7 A"})
    void leavesOtherNamesAlone(String name) {
        assertThat(compose("en", Role.USER, "Acme", name, 7).text().replace("24/\u200b7", "24/7"))
                .contains(name + " has invited you");
    }

    @Test
    void takesNamesAsTextAndNothingElse() {
        Mail mail = compose(
                "en", Role.ADMIN, "<b>Acme</b> & \"Co\" {inviter} $1", "Eve\r\nBcc: x@example.com \u202egnp.exe", 7);

        assertThat(mail.html())
                .contains("&lt;b&gt;Acme&lt;/\u200bb&gt; &amp; &quot;Co&quot; {inviter} $1")
                .doesNotContain("<b>");
        assertThat(mail.subject()).isEqualTo("Invitation to <b>Acme</b> & \"Co\" {inviter} $1");
        assertThat(mail.text())
                .contains("Eve  Bcc: x@\u200bexample.\u200bcom gnp.\u200bexe has invited you")
                .doesNotContain("\nBcc");
    }

    @Test
    void namesTheAddressOfAnInviterWhoHasNoName() {
        assertThat(inviter("", " ")).isEqualTo("ada@example.com");
        assertThat(inviter("\u200b", "\u2066\u2069")).isEqualTo("ada@example.com");
        assertThat(inviter("\ud800", "\u202e")).isEqualTo("ada@example.com");
    }

    @Test
    void shortensTheNameOfAnInviterWithAnEndlessOne() {
        assertThat(inviter("Ada".repeat(7000), "Lovelace")).hasSize(100);
    }

    private String inviter(String givenName, String familyName) {
        Caller person = new Caller(ada.id(), ada.email(), true, givenName, familyName, ada.sourceIp(), "r");
        return core.createInvite()
                .run(
                        core.door(person, "acme", Role.ADMIN),
                        person,
                        new NewInvite(new EmailAddress("bob@example.com"), Role.USER, new Language("en")))
                .result()
                .inviter();
    }

    private Mail compose(String language, Role role, String tenant, String inviter, int days) {
        return compose(language, role, tenant, inviter, Instant.parse("2026-03-08T09:30:00.123Z"), days);
    }

    private Mail compose(String language, Role role, String tenant, String inviter, Instant expiry, int days) {
        TenantScope scope = core.scope("acme");
        Invite invite = new Invite(
                1,
                new EmailAddress("bob@example.com"),
                role,
                new Language(language),
                new Inviter(ada.id(), Optional.of(scope.now())),
                scope.now(),
                expiry,
                Optional.empty(),
                false,
                TOKEN.digest());
        return new InviteMail(Core.settings("t", Duration.ofDays(days)))
                .compose(new IssuedInvite(scope, invite, TOKEN, true, tenant, inviter));
    }

    private static Set<String> places(String text) {
        Set<String> places = new TreeSet<>();
        Matcher place = PLACE.matcher(text);
        while (place.find()) {
            places.add(place.group());
        }
        return places;
    }
}
