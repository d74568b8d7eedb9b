package dev.tenantry.invites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.AlreadyMember;
import dev.tenantry.refusal.Refusal.InviteQuota;
import dev.tenantry.refusal.Refusal.InviteTooSoon;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Keys;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How many invites may be sent, by the limits that a deployment has by default.
class MailLimitsTest extends TwoTenants {

    private static final String BOB = "bob@example.com";

    private Core limited = limiting(Map.of());

    @Test
    void letsAMinutePassToAnAddressFromOneTenant() {
        send("acme", ada, BOB);

        clock.advance(Duration.ofMillis(1));
        assertTooSoon("acme", ada, "BOB@example.com", 60);
        clock.advance(Duration.ofSeconds(30));
        assertTooSoon("acme", ada, BOB, 30);
        // Other addresses and other tenants are none of it.
        send("acme", ada, "cyd@example.com");
        send("other", otto, BOB);
        clock.advance(Duration.ofSeconds(30).minusMillis(2));
        assertTooSoon("acme", ada, BOB, 1);
        clock.advance(Duration.ofMillis(1));
        send("acme", ada, BOB);
        assertThat(mailbox.mails()).hasSize(4);
    }

    /// A link that was revoked leaves its mail behind.
    @Test
    void forgetsNoMailBecauseItsInviteIsGone() {
        send("acme", ada, BOB);
        clock.advance(Duration.ofMillis(1));
        core.commit(core.revokeInvite().run(core.door(ada, "acme", Role.ADMIN), "1"));

        assertTooSoon("acme", ada, BOB, 60);
    }

    @Test
    void letsAnAddressHaveTwentyWithinADayFromAllTogether() {
        for (int i = 0; i < 10; i++) {
            send("acme", ada, BOB);
            send("other", otto, BOB);
            clock.advance(Duration.ofMinutes(1));
        }

        core.tenant("third", ada);
        // The first two were sent 10 minutes ago.
        assertTooSoon("third", ada, BOB, Duration.ofHours(24).minusMinutes(10).toSeconds());
        send("acme", ada, "cyd@example.com");
        clock.advance(Duration.ofHours(24).minusMinutes(10).minusMillis(1));
        assertTooSoon("third", ada, BOB, 1);
        clock.advance(Duration.ofMillis(1));
        send("third", ada, BOB);
        send("acme", ada, BOB);
        assertTooSoon("other", otto, BOB, 60);
    }

    @Test
    void letsATenantSendTwoHundredADay() {
        limited = limiting(Map.of("INVITES_PER_DAY", "7"));
        advanceTo(Instant.parse("2031-03-04T22:59:00Z"));
        for (int i = 0; i < 7; i++) {
            send("acme", ada, "guest" + i + "@example.com");
        }

        assertThatThrownBy(() -> send("acme", ada, "guest7@example.com"))
                .isInstanceOfSatisfying(InviteQuota.class, refusal -> {
                    assertThat(refusal.limit()).isEqualTo(7);
                    assertThat(refusal.retryAfterSeconds()).isBetween(3659L, 3660L);
                });
        // One that is sent again counts as well.
        clock.advance(Duration.ofMinutes(2));
        assertThatThrownBy(() -> send("acme", ada, "guest1@example.com")).isInstanceOf(InviteQuota.class);
        send("other", otto, "guest7@example.com");
        advanceTo(Instant.parse("2031-03-04T23:59:59.999Z"));
        assertThatThrownBy(() -> send("acme", ada, "guest7@example.com"))
                .isInstanceOfSatisfying(
                        InviteQuota.class,
                        refusal -> assertThat(refusal.retryAfterSeconds()).isEqualTo(1));
        clock.advance(Duration.ofMillis(1));
        for (int i = 0; i < 7; i++) {
            send("acme", ada, "guest" + i + "@example.com");
        }
        assertThatThrownBy(() -> send("acme", ada, "guest7@example.com")).isInstanceOf(InviteQuota.class);
    }

    /// An instance whose clock is a little behind sees the day that another one has begun.
    @Test
    void countsForTheDayThatHasBegunOnAnyClock() {
        limited = limiting(Map.of("INVITES_PER_DAY", "3"));
        advanceTo(Instant.parse("2031-03-05T00:00:00Z"));
        for (int i = 0; i < 2; i++) {
            send("acme", ada, "guest" + i + "@example.com");
        }
        clock.advance(Duration.ofMillis(-1));
        send("acme", ada, "guest2@example.com");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> send("acme", ada, "guest3@example.com")).isInstanceOf(InviteQuota.class);
            clock.advance(Duration.ofMillis(1));
        }
    }

    @Test
    void hasTheLimitsOfTheContractByDefault() {
        var limits = limited.settings().invites().limits();

        assertThat(limits.perDay()).isEqualTo(200);
        assertThat(limits.perAddress()).isEqualTo(20);
        assertThat(limits.cooldown()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void saysFirstThatSomebodyIsAMember() {
        send("acme", ada, BOB);
        clock.advance(Duration.ofMillis(1));
        core.commit(core.addMember().run(core.scope("acme"), People.named("bob"), BOB, Role.VIEWER));

        assertThatThrownBy(() -> send("acme", ada, BOB)).isInstanceOf(AlreadyMember.class);
    }

    @Test
    void countsNoMailThatFailed() {
        limited = limiting(Map.of("INVITES_PER_DAY", "2", "INVITES_PER_ADDRESS", "2"));
        for (int i = 0; i < 3; i++) {
            mailbox.failNext(1);
            assertThatThrownBy(() -> send("acme", ada, BOB)).isInstanceOf(UpstreamUnavailable.class);
        }

        send("acme", ada, BOB);
        assertTooSoon("acme", ada, BOB, 60);
        send("acme", ada, "cyd@example.com");
        assertThatThrownBy(() -> send("acme", ada, "dan@example.com")).isInstanceOf(InviteQuota.class);
        assertThat(mailbox.mails()).hasSize(2);
    }

    @Test
    void keepsNoAddressAndNothingForLong() {
        send("acme", ada, BOB);
        var row = core.table().read(Keys.mailsTo(new EmailAddress(BOB).identity()));

        assertThat(row.number("expiresAt"))
                .isEqualTo(clock.instant().plus(Duration.ofDays(1)).getEpochSecond() + 1);
        assertThat(row.rows("mails")).hasSize(1);
    }

    @Test
    void costsOneRowMore() {
        assertThat(Core.roundTrips(() -> limited.commit(decide("acme", ada, BOB))))
                .isEqualTo(2);
    }

    @Test
    void sendsOneOfManyAtOnceToAnAddress() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            String receiver = "guest" + round + "@example.com";

            List<Object> outcomes = Race.run(16, _ -> () -> limited.insist(() -> decide("acme", ada, receiver)));

            assertThat(outcomes).filteredOn(IssuedInvite.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(InviteTooSoon.class::isInstance).hasSize(15);
            clock.advance(Duration.ofMillis(1));
        }
    }

    @Test
    void keepsTheQuotaHoweverManySendAtOnce() throws InterruptedException {
        limited = limiting(Map.of("INVITES_PER_DAY", "5"));

        List<Object> outcomes =
                Race.run(16, i -> () -> limited.insist(() -> decide("acme", ada, "guest" + i + "@example.com")));

        assertThat(outcomes).filteredOn(IssuedInvite.class::isInstance).hasSize(5);
        assertThat(outcomes).filteredOn(InviteQuota.class::isInstance).hasSize(11);
    }

    @Test
    void keepsTheLimitOfAnAddressHoweverManyTenantsSendAtOnce() throws InterruptedException {
        limited = limiting(Map.of("INVITES_PER_ADDRESS", "3"));
        List<String> tenants = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tenants.add("tenant" + i);
            core.tenant("tenant" + i, ada);
        }

        List<Object> outcomes = Race.run(12, i -> () -> limited.insist(() -> decide(tenants.get(i), ada, BOB)));

        assertThat(outcomes).filteredOn(IssuedInvite.class::isInstance).hasSize(3);
        assertThat(outcomes).filteredOn(InviteTooSoon.class::isInstance).hasSize(9);
    }

    private void advanceTo(Instant instant) {
        clock.advance(Duration.between(clock.instant(), instant));
    }

    private Core limiting(Map<String, String> limits) {
        return Core.limiting(limits, faulty.client(), core.tableName(), clock, mailbox);
    }

    private Decision<IssuedInvite> decide(String tenant, Caller inviter, String receiver) {
        return limited.createInvite()
                .run(
                        limited.door(inviter, tenant, Role.ADMIN),
                        inviter,
                        new NewInvite(new EmailAddress(receiver), Role.USER, new Language("en")));
    }

    private void send(String tenant, Caller inviter, String receiver) {
        // Cores over one table draw the same numbers.
        IssuedInvite issued = limited.insist(() -> decide(tenant, inviter, receiver));
        limited.table().commit(limited.sendInvite().run(issued));
    }

    private void assertTooSoon(String tenant, Caller inviter, String receiver, long seconds) {
        assertThatThrownBy(() -> send(tenant, inviter, receiver))
                .isInstanceOfSatisfying(
                        InviteTooSoon.class,
                        refusal -> assertThat(refusal.retryAfterSeconds()).isEqualTo(seconds));
    }
}
