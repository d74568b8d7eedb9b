package dev.tenantry.invites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.EmailNotVerified;
import dev.tenantry.refusal.Refusal.InviteRevoked;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import dev.tenantry.users.MemberStore;
import dev.tenantry.users.RoleChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// An invite counts while whoever sent it is an admin, without a break since then.
class InviterTest extends TwoTenants {

    private static final String BOB = "bob@example.com";

    private final Caller bob = People.named("bob");
    private final Caller mallory = core.member("acme", Role.ADMIN);

    @Test
    void leavesNoWayInBehindWhenRemoved() {
        IssuedInvite issued = invite(mallory, BOB, Role.ADMIN);
        Decision<Acceptance> decided = core.acceptInvite().run(bob, token(issued));

        remove(mallory);

        assertConflict(decided);
        assertThatThrownBy(() -> accept(bob, issued)).isInstanceOf(InviteRevoked.class);
        assertThat(statuses()).containsExactly(Invite.Status.REVOKED);
        assertThat(pending()).isZero();
    }

    @Test
    void leavesNoWayInBehindWhenDemoted() {
        IssuedInvite issued = invite(mallory, BOB, Role.VIEWER);
        Decision<Acceptance> decided = core.acceptInvite().run(bob, token(issued));

        become(mallory, Role.USER);

        assertConflict(decided);
        assertThatThrownBy(() -> accept(bob, issued)).isInstanceOf(InviteRevoked.class);
        assertThat(statuses()).containsExactly(Invite.Status.REVOKED);
        assertThat(pending()).isZero();
    }

    @Test
    void bringsNoInviteBackByBecomingAnAdminAgain() {
        IssuedInvite first = invite(mallory, BOB, Role.ADMIN);
        IssuedInvite second = invite(mallory, "cyd@example.com", Role.USER);
        become(mallory, Role.VIEWER);
        become(mallory, Role.ADMIN);

        assertThatThrownBy(() -> accept(bob, first)).isInstanceOf(InviteRevoked.class);
        assertThat(statuses()).containsExactly(Invite.Status.REVOKED, Invite.Status.REVOKED);
        remove(mallory);
        clock.advance(Duration.ofMillis(1));
        core.insist(() -> core.addMember()
                .run(core.scope("acme"), mallory, mallory.email().orElseThrow(), Role.ADMIN));
        assertThatThrownBy(() -> accept(People.named("cyd"), second)).isInstanceOf(InviteRevoked.class);
        assertThat(pending()).isZero();
    }

    /// By an address of their own, or by somebody whom they had invited and who is gone as well.
    @Test
    void cannotComeBackByThemselves() {
        IssuedInvite own = invite(mallory, "mallory@elsewhere.example", Role.ADMIN);
        IssuedInvite friends = invite(mallory, BOB, Role.ADMIN);
        accept(bob, friends);
        IssuedInvite byFriend = invite(bob, "mallory@third.example", Role.ADMIN);

        remove(mallory);
        remove(bob);

        assertThatThrownBy(() -> accept(calling(mallory, "mallory@elsewhere.example"), own))
                .isInstanceOf(InviteRevoked.class);
        assertThatThrownBy(() -> accept(calling(mallory, "mallory@third.example"), byFriend))
                .isInstanceOf(InviteRevoked.class);
        assertThatThrownBy(() -> core.door(mallory, "acme", Role.VIEWER).open()).isInstanceOf(TenantNotFound.class);
    }

    @Test
    void countsAgainOnceAnotherAdminSendsIt() {
        IssuedInvite orphan = invite(mallory, BOB, Role.ADMIN);
        remove(mallory);

        IssuedInvite sentAgain = invite(ada, BOB, Role.USER);

        assertThat(sentAgain.isNew()).isFalse();
        assertThat(sentAgain.invite().id()).isEqualTo(orphan.invite().id());
        assertThat(statuses()).containsExactly(Invite.Status.PENDING);
        assertThat(pending()).isEqualTo(1);
        assertThat(accept(bob, sentAgain).role()).isEqualTo(Role.USER);
    }

    @Test
    void isToldAsRevokedHoweverLateAndCanStillBeRevoked() {
        IssuedInvite orphan = invite(mallory, BOB, Role.ADMIN);
        remove(mallory);
        clock.advance(Duration.ofDays(8));

        assertThat(statuses()).containsExactly(Invite.Status.REVOKED);
        assertThatThrownBy(() -> accept(bob, orphan)).isInstanceOf(InviteRevoked.class);
        core.commit(core.revokeInvite().run(core.door(ada, "acme", Role.ADMIN), "1"));
        assertThat(statuses()).isEmpty();
    }

    @Test
    void mayAcceptAnInviteOfTheirOwn() {
        IssuedInvite own = invite(mallory, BOB, Role.USER);

        assertThat(accept(calling(mallory, BOB), own).role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void hasAVerifiedAddress() {
        for (Caller unverified : List.of(
                new Caller(ada.id(), ada.email(), false, "Ada", "A", "203.0.113.10", "r"),
                new Caller(ada.id(), Optional.empty(), true, "Ada", "A", "203.0.113.10", "r"))) {
            assertThatThrownBy(() -> invite(unverified, BOB, Role.USER)).isInstanceOf(EmailNotVerified.class);
        }
        assertThat(statuses()).isEmpty();
        // Whether there is such a tenant is nobody's business first.
        Caller stranger = new Caller(bob.id(), bob.email(), false, "Bob", "B", "203.0.113.10", "r");
        assertThatThrownBy(() -> invite(stranger, BOB, Role.USER)).isInstanceOf(TenantNotFound.class);
    }

    @Test
    void costsARoundTripOnlyWhereItIsSomebodyElse() {
        invite(ada, BOB, Role.USER);
        assertThat(Core.roundTrips(this::statuses)).isEqualTo(2);
        assertThat(Core.roundTrips(this::pending)).isEqualTo(1);

        invite(mallory, "cyd@example.com", Role.USER);
        assertThat(Core.roundTrips(this::statuses)).isEqualTo(3);
        assertThat(Core.roundTrips(this::pending)).isEqualTo(2);
    }

    @Test
    void letsInOrNotWhileTheyAreLeaving() throws InterruptedException {
        long joined = 0;
        for (int round = 0; round < 10; round++) {
            Caller inviter = core.member("acme", Role.ADMIN);
            List<IssuedInvite> issued = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                issued.add(invite(inviter, "guest" + round + "-" + i + "@example.com", Role.USER));
            }
            int gone = round;

            List<Object> outcomes = Race.run(
                    8,
                    i -> () -> i == 7
                            ? core.insist(() -> tick(() -> core.removeMember()
                                    .run(
                                            core.door(ada, "acme", Role.VIEWER),
                                            inviter.id().value())))
                            : core.insist(() -> tick(() -> core.acceptInvite()
                                    .run(People.named("guest" + gone + "-" + i), token(issued.get(i))))));

            assertThat(outcomes.get(7)).isEqualTo(inviter.id().value());
            assertThat(outcomes.subList(0, 7))
                    .allMatch(outcome -> outcome instanceof Acceptance || outcome instanceof InviteRevoked);
            // Those who were too late have left no trace.
            joined += outcomes.stream().filter(Acceptance.class::isInstance).count();
            assertThat(core.find("acme", MemberStore.headcount()).orElseThrow().users())
                    .isEqualTo(joined);
        }
    }

    private <T> T tick(Supplier<T> decide) {
        // A millisecond has 32 audit ids: each change gets one of its own.
        clock.advance(Duration.ofMillis(1));
        return decide.get();
    }

    private static Caller calling(Caller person, String email) {
        return new Caller(person.id(), Optional.of(email), true, "M", "M", "203.0.113.10", "r");
    }

    private IssuedInvite invite(Caller inviter, String receiver, Role role) {
        clock.advance(Duration.ofMillis(1));
        return core.commit(core.createInvite()
                .run(
                        core.door(inviter, "acme", Role.ADMIN),
                        inviter,
                        new NewInvite(new EmailAddress(receiver), role, new Language("en"))));
    }

    private static String token(IssuedInvite issued) {
        return issued.token().value();
    }

    private Acceptance accept(Caller caller, IssuedInvite issued) {
        clock.advance(Duration.ofMillis(1));
        return core.commit(core.acceptInvite().run(caller, token(issued)));
    }

    private void remove(Caller person) {
        clock.advance(Duration.ofMillis(1));
        core.commit(core.removeMember()
                .run(core.door(ada, "acme", Role.VIEWER), person.id().value()));
    }

    private void become(Caller person, Role role) {
        clock.advance(Duration.ofMillis(1));
        core.commit(
                core.changeRoles().run(core.door(ada, "acme", Role.ADMIN), List.of(new RoleChange(person.id(), role))));
    }

    private List<Invite.Status> statuses() {
        return core.listInvites().run(core.door(ada, "acme", Role.ADMIN), Pages.LARGEST).items().stream()
                .map(ShownInvite::status)
                .toList();
    }

    private long pending() {
        return core.showStats().run(core.door(ada, "acme", Role.VIEWER)).pendingInvites();
    }
}
