package dev.tenantry.invites;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.mail.Mail;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.Mailbox;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InviteMailTest {

    private static final Pattern PLACE = Pattern.compile("\\{[a-zA-Z]+}");
    private static final InviteToken TOKEN = new InviteToken("t".repeat(43));

    private final Core core = Core.over(DynamoDbLocal.client(), new TestClock());
    private final Caller ada = People.named("ada");

    @BeforeEach
    void foundTenant() {
        core.tenant("acme", ada);
    }

    @ParameterizedTest
    @EnumSource
    void hasTheSameTextsAndPlacesInEveryLanguage(MailLanguage language) {
        MailTexts texts = MailTexts.in(language);
        MailTexts english = MailTexts.in(MailLanguage.ENGLISH);

        assertThat(texts.names()).isEqualTo(english.names());
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
            greetings.add(compose(language.tag(), Role.USER, "Acme", "Ada", 7).text().lines().findFirst().orElseThrow());
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
                "pt    | 7  | The link is valid for 7 days, until March 8, 2026 at 9:30 AM UTC.",
            })
    void writesPluralsAndDatesAsItsReadersDo(String language, int days, String sentence) {
        // Between a time and its AM, CLDR has a space that does not break.
        assertThat(compose(language, Role.USER, "Acme", "Ada", days).text().replace('\u202f', ' ')).contains(sentence);
    }

    @Test
    void countsInHoursAndMinutesWhatIsLessThanADay() {
        MailTexts english = MailTexts.in(MailLanguage.ENGLISH);

        assertThat(english.period(Duration.ofHours(47))).isEqualTo("1 day");
        assertThat(english.period(Duration.ofHours(23))).isEqualTo("23 hours");
        assertThat(english.period(Duration.ofMinutes(119))).isEqualTo("1 hour");
        assertThat(english.period(Duration.ofMinutes(2))).isEqualTo("2 minutes");
        assertThat(english.period(Duration.ofSeconds(2))).isEqualTo("1 minute");
    }

    @Test
    void takesNamesAsTextAndNothingElse() {
        Mail mail = compose("en", Role.ADMIN, "<b>Acme</b> & \"Co\" {inviter} $1", "Eve\r\nBcc: x@example.com \u202egnp.exe", 7);

        assertThat(mail.html())
                .contains("&lt;b&gt;Acme&lt;/b&gt; &amp; &quot;Co&quot; {inviter} $1")
                .doesNotContain("<b>");
        assertThat(mail.subject()).isEqualTo("Invitation to <b>Acme</b> & \"Co\" {inviter} $1");
        assertThat(mail.text()).contains("Eve  Bcc: x@example.com gnp.exe has invited you").doesNotContain("\nBcc");
    }

    @Test
    void namesTheAddressOfAnInviterWhoHasNoName() {
        Caller nameless = new Caller(ada.id(), ada.email(), true, "", " ", ada.sourceIp(), "r");

        IssuedInvite issued = core.commit(core.createInvite()
                .run(
                        core.door(nameless, "acme", Role.ADMIN),
                        nameless,
                        new NewInvite(new EmailAddress("bob@example.com"), Role.USER, new Language("en"))));

        assertThat(issued.inviter()).isEqualTo("ada@example.com");
    }

    private Mail compose(String language, Role role, String tenant, String inviter, int days) {
        TenantScope scope = core.scope("acme");
        Invite invite = new Invite(
                1,
                new EmailAddress("bob@example.com"),
                role,
                new Language(language),
                ada.id(),
                scope.now(),
                Instant.parse("2026-03-08T09:30:00.123Z"),
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
