package dev.tenantry.invites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.invites.MarkBounced.Outcome;
import dev.tenantry.mail.Mail;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class MarkBouncedTest extends TwoTenants {

    @Test
    void tellsWhichMailItIsByIdsAndDigestsAlone() {
        Mail mail = invite();

        assertThat(mail.tags())
                .isEqualTo(
                        Map.of("tenant", "acme", "invite", "1", "mail", new InviteToken(mailbox.lastToken()).digest()));
        assertThat(MailedInvite.of(mail.tags())).contains(new MailedInvite(new DomainPrefix("acme"), 1, digest(mail)));
        assertThatThrownBy(() -> new Mail("to", "subject", "text", "html", Map.of("to", "bob@example.com")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void marksTheInviteAndNothingElse() {
        Mail mail = invite();
        int trail = core.trail("acme").size();
        assertThat(current().bounced()).isFalse();

        assertThat(Core.roundTrips(() -> assertThat(bounce(mail)).isEqualTo(Outcome.MARKED)))
                .isEqualTo(2);

        assertThat(current().bounced()).isTrue();
        assertThat(current().sentAt()).isPresent();
        assertThat(core.trail("acme")).hasSize(trail);
        // It can be accepted all the same: whoever has the link is who it was sent to.
        core.commit(core.acceptInvite().run(People.named("bob"), mailbox.lastToken()));
    }

    @Test
    void isNotMarkedTwice() {
        Mail mail = invite();
        bounce(mail);

        assertThat(bounce(mail)).isEqualTo(Outcome.REPEATED);
        assertThat(current().bounced()).isTrue();
    }

    @Test
    void clearsTheMarkWhenItIsSentAgain() {
        bounce(invite());

        Mail second = invite();

        assertThat(current().bounced()).isFalse();
        assertThat(bounce(second)).isEqualTo(Outcome.MARKED);
    }

    @Test
    void doesNotTakeAnOlderMailForTheLatest() {
        Mail first = invite();
        invite();

        assertThat(bounce(first)).isEqualTo(Outcome.PASSED);
        assertThat(current().bounced()).isFalse();
    }

    /// A receiver on the suppression list bounces sooner than we write down that the mail was sent.
    @Test
    void comesBeforeItIsNotedThatTheMailWasSent() {
        tick();
        IssuedInvite issued = core.commit(core.createInvite().run(core.door(ada, "acme", Role.ADMIN), ada, wanted()));
        Change sent = core.sendInvite().run(issued);

        assertThat(bounce(mailbox.mails().getLast())).isEqualTo(Outcome.MARKED);
        core.table().commit(sent);

        assertThat(current().bounced()).isTrue();
        assertThat(current().sentAt()).isPresent();
    }

    @Test
    void passesByWhatIsOver() {
        Mail revoked = invite();
        core.commit(core.revokeInvite().run(core.door(ada, "acme", Role.ADMIN), "1"));
        assertThat(bounce(revoked)).isEqualTo(Outcome.PASSED);

        Mail accepted = invite();
        core.commit(core.acceptInvite().run(People.named("bob"), mailbox.lastToken()));
        assertThat(bounce(accepted)).isEqualTo(Outcome.PASSED);
        assertThat(core.table().read(Keys.invite(core.scope("acme"), 2)).isEmpty())
                .isTrue();
    }

    @Test
    void passesByADeletedTenant() {
        Mail mail = invite();
        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));
        String before = contents();

        assertThat(bounce(mail)).isEqualTo(Outcome.PASSED);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void believesNothingButTheDigest() {
        String digest = digest(invite());
        String before = contents();

        for (Map<String, String> forged : List.of(
                tags("other", "1", digest),
                tags("acme", "2", digest),
                tags("acme", "1", "0".repeat(64)),
                tags("nobodys", "1", digest))) {
            assertThat(bounce(MailedInvite.of(forged).orElseThrow())).isEqualTo(Outcome.PASSED);
        }
        for (Map<String, String> none : List.of(
                Map.<String, String>of(),
                tags("acme", "1", digest + "0"),
                tags("acme", "1", mailbox.lastToken()),
                tags("acme", "01", digest),
                tags("ACME", "1", digest),
                tags("acme", "one", digest))) {
            assertThat(MailedInvite.of(none)).as(none.toString()).isEmpty();
        }
        assertThat(contents()).isEqualTo(before);
    }

    /// Whichever comes first: the mark is of the latest mail or there is none.
    @Test
    void leavesNoMarkOfAnOlderMailBesideARenewal() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            Mail first = invite();

            List<Object> outcomes = Race.run(4, i -> {
                Callable<?> action = i == 0 ? this::renew : () -> bounce(first);
                return action;
            });

            assertThat(outcomes).noneMatch(Throwable.class::isInstance);
            assertThat(current().bounced()).as("round " + round).isFalse();
            assertThat(outcomes.stream().filter(Outcome.MARKED::equals).count()).isLessThanOrEqualTo(1);
        }
    }

    private Object renew() {
        IssuedInvite issued =
                core.insist(() -> core.createInvite().run(core.door(ada, "acme", Role.ADMIN), ada, wanted()));
        core.table().commit(core.sendInvite().run(issued));
        return issued;
    }

    private static Map<String, String> tags(String tenant, String invite, String mail) {
        return Map.of("tenant", tenant, "invite", invite, "mail", mail);
    }

    private static String digest(Mail mail) {
        return mail.tags().getOrDefault("mail", "");
    }

    private static NewInvite wanted() {
        return new NewInvite(new EmailAddress("bob@example.com"), Role.USER, new Language("en"));
    }

    private Mail invite() {
        tick();
        renew();
        return mailbox.mails().getLast();
    }

    private Outcome bounce(Mail mail) {
        return bounce(MailedInvite.of(mail.tags()).orElseThrow());
    }

    private Outcome bounce(MailedInvite mail) {
        return core.insist(() -> core.markBounced().run(mail, "test"));
    }

    private Invite current() {
        return core.listInvites()
                .run(core.door(ada, "acme", Role.ADMIN), Pages.LARGEST)
                .items()
                .getFirst()
                .invite();
    }

    private void tick() {
        clock.advance(Duration.ofMillis(1));
    }
}
