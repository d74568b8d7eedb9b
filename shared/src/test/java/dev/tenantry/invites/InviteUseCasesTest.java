package dev.tenantry.invites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.AlreadyMember;
import dev.tenantry.refusal.Refusal.InviteAlreadyUsed;
import dev.tenantry.refusal.Refusal.InviteEmailMismatch;
import dev.tenantry.refusal.Refusal.InviteExpired;
import dev.tenantry.refusal.Refusal.InviteNotFound;
import dev.tenantry.refusal.Refusal.InviteRevoked;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import dev.tenantry.users.Member;
import dev.tenantry.users.RoleChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InviteUseCasesTest extends TwoTenants {

    private final Caller bob = People.named("bob");

    // Inviting

    @Test
    void invitesAnAddress() {
        IssuedInvite issued = invite("Bob@example.com", Role.USER, "de-at");

        assertThat(issued.isNew()).isTrue();
        assertThat(list()).singleElement().satisfies(invite -> {
            assertThat(invite.id()).isEqualTo(1);
            assertThat(invite.receiver().value()).isEqualTo("Bob@example.com");
            assertThat(invite.role()).isEqualTo(Role.USER);
            assertThat(invite.language().tag()).isEqualTo("de-AT");
            assertThat(invite.invitedBy()).isEqualTo(ada.id());
            assertThat(invite.createdAt()).isEqualTo(clock.instant());
            assertThat(invite.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
            assertThat(invite.status(clock.instant(), true)).isEqualTo(Invite.Status.PENDING);
        });
        assertThat(mailbox.mails()).singleElement().satisfies(mail -> {
            assertThat(mail.to()).isEqualTo("Bob@example.com");
            assertThat(mail.html()).contains("lang=\"de\"");
        });
        assertThat(core.trail("acme", AuditAction.INVITE_CREATED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.targetId()).isEqualTo("1");
                    assertThat(entry.after()).contains(Map.of("role", "user", "language", "de-AT"));
                });
    }

    @Test
    void keepsTheDigestOfATokenAndNothingElse() {
        invite("bob@example.com", Role.USER, "en");

        String table = contents();
        assertThat(table)
                .contains(new InviteToken(mailbox.lastToken()).digest())
                .doesNotContain(mailbox.lastToken());
    }

    @Test
    void costsTheRoundTripsPromised() {
        int create = Core.roundTrips(() -> core.commit(decide("bob@example.com", Role.USER, "en")));
        int renew = Core.roundTrips(() -> core.commit(decide("bob@example.com", Role.USER, "en")));
        IssuedInvite issued = invite("bob@example.com", Role.USER, "en");
        int list = Core.roundTrips(this::list);
        int accept = Core.roundTrips(
                () -> core.commit(core.acceptInvite().run(bob, issued.token().value())));
        invite("cyd@example.com", Role.USER, "en");
        int revoke = Core.roundTrips(() -> revoke("2"));

        assertThat(create).isEqualTo(2);
        assertThat(renew).isEqualTo(2);
        assertThat(list).isEqualTo(2);
        assertThat(accept).isEqualTo(3);
        assertThat(revoke).isEqualTo(2);
    }

    @Test
    void renewsThePendingInviteOfAnAddressWhateverItsCase() {
        IssuedInvite first = invite("bob@example.com", Role.USER, "en");
        String firstToken = mailbox.lastToken();
        clock.advance(Duration.ofDays(1));

        IssuedInvite second = invite("BOB@example.com", Role.ADMIN, "fr");

        assertThat(second.isNew()).isFalse();
        assertThat(second.invite().id()).isEqualTo(first.invite().id());
        assertThat(list()).singleElement().satisfies(invite -> {
            assertThat(invite.role()).isEqualTo(Role.ADMIN);
            assertThat(invite.language().tag()).isEqualTo("fr");
            assertThat(invite.createdAt()).isEqualTo(first.invite().createdAt());
            assertThat(invite.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(7)));
        });
        assertThat(mailbox.mails()).hasSize(2);
        assertThat(mailbox.lastToken()).isNotEqualTo(firstToken);
        assertThat(core.trail("acme", AuditAction.INVITE_RENEWED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.before()).contains(Map.of("role", "user", "language", "en"));
                    assertThat(entry.after()).contains(Map.of("role", "admin", "language", "fr"));
                });
        assertThatThrownBy(() -> accept(bob, firstToken)).isInstanceOf(InviteNotFound.class);
        assertThat(accept(bob, mailbox.lastToken()).role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void renewsAnExpiredInvite() {
        invite("bob@example.com", Role.USER, "en");
        clock.advance(Duration.ofDays(8));

        assertThat(invite("bob@example.com", Role.USER, "en").isNew()).isFalse();
        assertThat(accept(bob, mailbox.lastToken()).role()).isEqualTo(Role.USER);
    }

    @Test
    void refusesToInviteAMember() {
        assertThatThrownBy(() -> invite(" ADA@example.com", Role.USER, "en")).isInstanceOf(AlreadyMember.class);
        assertThat(mailbox.mails()).isEmpty();
    }

    @Test
    void invitesAgainWhoLeft() {
        invite("bob@example.com", Role.USER, "en");
        accept(bob, mailbox.lastToken());
        core.commit(core.removeMember()
                .run(core.door(ada, "acme", Role.VIEWER), bob.id().value()));

        IssuedInvite again = invite("bob@example.com", Role.VIEWER, "en");

        assertThat(again.isNew()).isTrue();
        assertThat(again.invite().id()).isEqualTo(2);
        assertThat(accept(bob, mailbox.lastToken()).role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void decidesNothingOnceTheAddressBecameAMembers() {
        Decision<IssuedInvite> decided = decide("bob@example.com", Role.USER, "en");

        core.commit(core.addMember().run(core.scope("acme"), bob, "bob@example.com", Role.USER));

        assertConflict(decided);
        assertThat(list()).isEmpty();
    }

    @Test
    void getsReadyToMailWithoutMailing() {
        core.sendInvite().prime();

        assertThat(mailbox.isPrepared()).isTrue();
        assertThat(mailbox.mails()).isEmpty();
    }

    @Test
    void staysPendingWhenItsMailFails() {
        mailbox.failNext(1);

        assertThatThrownBy(() -> invite("bob@example.com", Role.USER, "en")).isInstanceOf(UpstreamUnavailable.class);
        assertThat(list()).hasSize(1);
        assertThat(list()).extracting(Invite::sentAt).containsExactly(Optional.empty());

        assertThat(invite("bob@example.com", Role.USER, "en").isNew()).isFalse();
        assertThat(list()).extracting(Invite::sentAt).containsExactly(Optional.of(clock.instant()));
        assertThat(accept(bob, mailbox.lastToken()).role()).isEqualTo(Role.USER);
    }

    // Listing

    @Test
    void listsExpiredInvitesButNeitherAcceptedNorRevokedOnes() {
        invite("bob@example.com", Role.USER, "en");
        accept(bob, mailbox.lastToken());
        invite("cyd@example.com", Role.USER, "en");
        revoke("2");
        invite("dan@example.com", Role.USER, "en");
        clock.advance(Duration.ofDays(7));
        invite("eve@example.com", Role.USER, "en");

        assertThat(list()).extracting(Invite::id).containsExactly(3L, 4L);
        assertThat(list())
                .extracting(invite -> invite.status(clock.instant(), true))
                .containsExactly(Invite.Status.EXPIRED, Invite.Status.PENDING);
    }

    // Revoking

    @Test
    void revokesAnInviteOnce() {
        invite("bob@example.com", Role.USER, "en");

        revoke("1");

        assertThat(list()).isEmpty();
        assertThatThrownBy(() -> accept(bob, mailbox.lastToken())).isInstanceOf(InviteRevoked.class);
        assertThatThrownBy(() -> revoke("1")).isInstanceOf(InviteNotFound.class);
        assertThat(core.trail("acme", AuditAction.INVITE_REVOKED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.targetId()).isEqualTo("1");
                    assertThat(entry.before()).contains(Map.of("role", "user", "language", "en"));
                });
    }

    @Test
    void revokesAnExpiredInvite() {
        invite("bob@example.com", Role.USER, "en");
        clock.advance(Duration.ofDays(8));

        revoke("1");

        assertThat(list()).isEmpty();
    }

    @Test
    void cannotRevokeWhatWasAccepted() {
        invite("bob@example.com", Role.USER, "en");
        accept(bob, mailbox.lastToken());

        assertThatThrownBy(() -> revoke("1")).isInstanceOf(InviteAlreadyUsed.class);
    }

    @Test
    void cannotRevokeWhatIsNoInvite() {
        for (String id : List.of("1", "0", "-1", "01", "x", "", "99999999999999999999")) {
            assertThatThrownBy(() -> revoke(id)).isInstanceOf(InviteNotFound.class);
        }
    }

    @Test
    void tellsStrangersNothingOfInviteIds() {
        assertThatThrownBy(() -> core.revokeInvite().run(core.door(bob, "acme", Role.ADMIN), "x"))
                .isInstanceOf(TenantNotFound.class);
    }

    @Test
    void invitesAnewAfterRevoking() {
        invite("bob@example.com", Role.USER, "en");
        revoke("1");

        IssuedInvite anew = invite("bob@example.com", Role.USER, "en");

        assertThat(anew.isNew()).isTrue();
        assertThat(anew.invite().id()).isEqualTo(2);
    }

    // Accepting

    @Test
    void makesAMemberOfWhoAccepts() {
        invite("Bob@Example.com", Role.USER, "en");

        Acceptance acceptance = accept(bob, mailbox.lastToken());

        assertThat(acceptance).isEqualTo(new Acceptance(new DomainPrefix("acme"), Role.USER));
        assertThat(core.door(bob, "acme", Role.USER).open().role()).isEqualTo(Role.USER);
        assertThat(core.listOwnTenants()
                        .run(bob, new PageRequest(10, Optional.empty()))
                        .items())
                .hasSize(1);
        assertThat(members())
                .filteredOn(member -> member.userId().equals(bob.id()))
                .singleElement()
                .satisfies(member -> {
                    assertThat(member.username()).isEqualTo("bob@example.com");
                    assertThat(member.joinedAt()).isEqualTo(clock.instant());
                });
        assertThat(headcount("users")).isEqualTo(1);
        assertThat(core.trail("acme", AuditAction.USER_JOINED)).singleElement().satisfies(entry -> {
            assertThat(entry.targetId()).isEqualTo(bob.id().value());
            assertThat(entry.after()).contains(Map.of("role", "user"));
        });
    }

    @Test
    void isForTheVerifiedAddressOnly() {
        invite("bob@example.com", Role.USER, "en");
        Caller unverified = new Caller(bob.id(), bob.email(), false, "Bob", "B", "203.0.113.10", "r");
        Caller nameless = new Caller(bob.id(), Optional.empty(), true, "Bob", "B", "203.0.113.10", "r");

        for (Caller other : List.of(People.named("eve"), unverified, nameless)) {
            assertThatThrownBy(() -> accept(other, mailbox.lastToken())).isInstanceOf(InviteEmailMismatch.class);
        }
        assertThat(members()).hasSize(1);
    }

    @Test
    void comparesAddressesWithoutCase() {
        invite("bob@example.com", Role.USER, "en");
        Caller shouting = new Caller(bob.id(), Optional.of("BOB@EXAMPLE.COM"), true, "Bob", "B", "203.0.113.10", "r");

        assertThat(accept(shouting, mailbox.lastToken()).role()).isEqualTo(Role.USER);
        assertThatThrownBy(() -> invite("bob@example.com", Role.USER, "en")).isInstanceOf(AlreadyMember.class);
    }

    @Test
    void knowsNoOtherToken() {
        invite("bob@example.com", Role.USER, "en");

        for (String token : List.of(
                "",
                "x",
                "t".repeat(43),
                mailbox.lastToken() + "A",
                mailbox.lastToken().substring(1))) {
            assertThatThrownBy(() -> accept(bob, token)).isInstanceOf(InviteNotFound.class);
        }
    }

    @Test
    void isTooLateFromTheMomentItExpires() {
        invite("bob@example.com", Role.USER, "en");
        clock.advance(Duration.ofDays(7).minusMillis(1));
        Decision<Acceptance> inTime = core.acceptInvite().run(bob, mailbox.lastToken());
        assertThat(inTime.result().role()).isEqualTo(Role.USER);
        clock.advance(Duration.ofMillis(1));

        assertThatThrownBy(() -> core.acceptInvite().run(bob, mailbox.lastToken()))
                .isInstanceOf(InviteExpired.class);
        assertThat(members()).hasSize(1);
    }

    @Test
    void isUsedUpByAccepting() {
        invite("bob@example.com", Role.USER, "en");
        accept(bob, mailbox.lastToken());

        assertThatThrownBy(() -> accept(bob, mailbox.lastToken())).isInstanceOf(InviteAlreadyUsed.class);
    }

    @Test
    void leadsIntoNoDeletedTenant() {
        invite("bob@example.com", Role.USER, "en");
        Decision<Acceptance> decided = core.acceptInvite().run(bob, mailbox.lastToken());
        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));

        assertConflict(decided);
        assertThatThrownBy(() -> accept(bob, mailbox.lastToken())).isInstanceOf(InviteNotFound.class);
    }

    @Test
    void raisesTheRoleOfAMemberButNeverLowersIt() {
        joinUnderAnotherAddress(Role.USER);

        invite("bob@example.com", Role.VIEWER, "en");
        assertThat(accept(bob, mailbox.lastToken()).role()).isEqualTo(Role.USER);
        assertThat(core.trail("acme", AuditAction.USER_ROLE_CHANGED)).isEmpty();
        assertThat(core.trail("acme", AuditAction.INVITE_ACCEPTED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actorId()).isEqualTo(bob.id().value());
                    assertThat(entry.targetId()).isEqualTo("1");
                    assertThat(entry.before()).contains(Map.of("role", "viewer", "language", "en"));
                });

        invite("bob@example.com", Role.ADMIN, "en");
        assertThat(accept(bob, mailbox.lastToken()).role()).isEqualTo(Role.ADMIN);
        assertThat(core.door(bob, "acme", Role.ADMIN).open().role()).isEqualTo(Role.ADMIN);
        assertThat(headcount("admins")).isEqualTo(2);
        assertThat(headcount("users")).isZero();
        assertThat(members()).hasSize(2);
        assertThat(core.trail("acme", AuditAction.USER_ROLE_CHANGED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.before()).contains(Map.of("role", "user"));
                    assertThat(entry.after()).contains(Map.of("role", "admin"));
                });
    }

    @Test
    void answersWithTheRoleOnlyWhileItIsTheRole() {
        joinUnderAnotherAddress(Role.USER);
        invite("bob@example.com", Role.VIEWER, "en");
        Decision<Acceptance> decided = core.acceptInvite().run(bob, mailbox.lastToken());

        core.commit(core.changeRoles()
                .run(core.door(ada, "acme", Role.ADMIN), List.of(new RoleChange(bob.id(), Role.VIEWER))));

        assertConflict(decided);
    }

    @Test
    void isDecidedAgainIfItWasReadWhileItWasClosed() {
        invite("bob@example.com", Role.USER, "en");
        TenantScope scope = core.scope("acme", InviteStore.invite(1));
        Invite invite = scope.found(InviteStore.invite(1)).orElseThrow();
        core.commit(torn -> core.invites().close(torn, scope, invite, Invite.Status.REVOKED));
        Key closed = Keys.closedInvite(scope, 1);
        core.table().commit(Change.empty().with(Delete.of(closed)));

        assertThatThrownBy(() -> core.acceptInvite().run(bob, mailbox.lastToken()))
                .isInstanceOf(Conflict.class);
    }

    // Races

    @Test
    void makesOneInviteOfManyToOneAddress() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            String receiver = "bob" + round + "@example.com";
            List<Object> outcomes = Race.run(16, _ -> () -> insist(() -> decide(receiver, Role.USER, "en")));

            assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(IssuedInvite.class));
            List<IssuedInvite> issued =
                    outcomes.stream().map(IssuedInvite.class::cast).toList();
            assertThat(issued.stream().filter(IssuedInvite::isNew)).hasSize(1);
            assertThat(issued.stream().map(it -> it.invite().id()).distinct()).hasSize(1);
            assertThat(list()).hasSize(round + 1);
            // Of all the links, the latest works.
            Caller receiving = People.named("bob" + round);
            assertThat(issued.stream().filter(it -> works(receiving, it.token().value())))
                    .hasSize(1);
        }
        assertThat(core.trail("acme", AuditAction.INVITE_CREATED)).hasSize(5);
        assertThat(core.trail("acme", AuditAction.INVITE_RENEWED)).hasSize(5 * 15);
    }

    @Test
    void numbersInvitesWithoutGapOrRepeat() throws InterruptedException {
        List<Object> outcomes = Race.run(
                16,
                i -> () -> insist(() -> decide("bob" + i + "@example.com", Role.USER, "en"))
                        .invite()
                        .id());

        assertThat(outcomes).doesNotHaveDuplicates().hasSize(16);
        assertThat(list())
                .extracting(Invite::id)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 16).boxed().toList());
    }

    @Test
    void isEitherAcceptedOrRevoked() throws InterruptedException {
        int accepted = 0;
        for (int round = 0; round < 10; round++) {
            Caller guest = People.named("guest" + round);
            long id = invite("guest" + round + "@example.com", Role.USER, "en")
                    .invite()
                    .id();
            String token = mailbox.lastToken();

            List<Object> outcomes = Race.run(
                    16,
                    i -> i % 2 == 0
                            ? () -> insist(() -> core.acceptInvite().run(guest, token))
                            : () -> insist(() ->
                                    core.revokeInvite().run(core.door(ada, "acme", Role.ADMIN), Long.toString(id))));

            List<Object> winners = outcomes.stream()
                    .filter(outcome -> !(outcome instanceof Throwable))
                    .toList();
            assertThat(winners).hasSize(1);
            boolean joined = winners.getFirst() instanceof Acceptance;
            accepted += joined ? 1 : 0;
            Class<?> loss = joined ? InviteAlreadyUsed.class : InviteRevoked.class;
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome instanceof Throwable)
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOfAny(loss, InviteNotFound.class));
            assertThat(members()).hasSize(1 + accepted);
        }
        assertThat(core.trail("acme", AuditAction.USER_JOINED)).hasSize(accepted);
        assertThat(core.trail("acme", AuditAction.INVITE_REVOKED)).hasSize(10 - accepted);
    }

    @Test
    void makesOneMemberOfWhoAcceptsManyTimesAtOnce() throws InterruptedException {
        invite("bob@example.com", Role.USER, "en");

        List<Object> outcomes =
                Race.run(16, _ -> () -> insist(() -> core.acceptInvite().run(bob, mailbox.lastToken())));

        assertThat(outcomes).filteredOn(Acceptance.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(InviteAlreadyUsed.class::isInstance).hasSize(15);
        assertThat(members()).hasSize(2);
        assertThat(headcount("users")).isEqualTo(1);
        assertThat(core.trail("acme", AuditAction.USER_JOINED)).hasSize(1);
    }

    @Test
    void isEitherAcceptedOrRenewedFirst() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            Caller guest = People.named("guest" + round);
            String receiver = "guest" + round + "@example.com";
            invite(receiver, Role.USER, "en");
            String token = mailbox.lastToken();

            List<Object> outcomes = Race.run(
                    2,
                    i -> i == 0
                            ? (Callable<Object>)
                                    () -> insist(() -> core.acceptInvite().run(guest, token))
                            : () -> insist(() -> decide(receiver, Role.ADMIN, "en")));

            if (outcomes.get(0) instanceof Acceptance acceptance) {
                assertThat(acceptance.role()).isEqualTo(Role.USER);
                assertThat(outcomes.get(1)).isInstanceOf(AlreadyMember.class);
            } else {
                assertThat(outcomes.get(0)).isInstanceOf(InviteNotFound.class);
                assertThat(outcomes.get(1)).isInstanceOf(IssuedInvite.class);
            }
        }
        assertThat(members().size() + list().size()).isEqualTo(11);
    }

    private void joinUnderAnotherAddress(Role role) {
        core.commit(core.addMember().run(core.scope("acme"), bob, "bob@elsewhere.example", role));
    }

    private Decision<IssuedInvite> decide(String receiver, Role role, String language) {
        return core.createInvite()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        ada,
                        new NewInvite(new EmailAddress(receiver), role, new Language(language)));
    }

    private IssuedInvite invite(String receiver, Role role, String language) {
        tick();
        IssuedInvite issued = core.commit(decide(receiver, role, language));
        core.table().commit(core.sendInvite().run(issued));
        return issued;
    }

    private String revoke(String id) {
        tick();
        return core.commit(core.revokeInvite().run(core.door(ada, "acme", Role.ADMIN), id));
    }

    /// A millisecond has 32 audit ids: each change gets one of its own.
    private void tick() {
        clock.advance(Duration.ofMillis(1));
    }

    private Acceptance accept(Caller caller, String token) {
        tick();
        return core.commit(core.acceptInvite().run(caller, token));
    }

    private boolean works(Caller caller, String token) {
        try {
            core.acceptInvite().run(caller, token);
            return true;
        } catch (InviteNotFound e) {
            return false;
        }
    }

    /// Decides again whenever changes meet, as a request does.
    private <T> T insist(Supplier<Decision<T>> decide) {
        return core.insist(() -> {
            tick();
            return decide.get();
        });
    }

    private List<Invite> list() {
        return core.listInvites().run(core.door(ada, "acme", Role.ADMIN), Pages.LARGEST).items().stream()
                .map(ShownInvite::invite)
                .toList();
    }

    private List<Member> members() {
        return core.members().list(core.scope("acme"), Pages.LARGEST).items();
    }

    private long headcount(String role) {
        return core.table().read(Keys.headcount(core.scope("acme"))).number(role);
    }
}
