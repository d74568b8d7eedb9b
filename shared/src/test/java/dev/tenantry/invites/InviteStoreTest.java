package dev.tenantry.invites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.StoreTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

public class InviteStoreTest extends StoreTest {

    private static final int MAILS_A_DAY = 1000;

    @Test
    void keepsAnInviteUnderItsIdAndItsAddress() {
        Invite invite = add("acme", 1, "Bob@example.com", "a");
        var byId = InviteStore.invite(1);
        var byAddress = InviteStore.inviteTo(new EmailAddress("bob@EXAMPLE.com").identity());
        TenantScope scope = core.scope("acme", byId, byAddress);

        assertThat(scope.found(byId)).contains(invite);
        assertThat(scope.found(byAddress)).contains(invite);
    }

    @Test
    void cannotSeeAnotherTenantsInvites() {
        add("other", 1, "bob@example.com", "a");

        assertOnlyOtherFinds(
                InviteStore.invite(1),
                InviteStore.inviteTo(new EmailAddress("bob@example.com").identity()),
                InviteStore.register());
        assertOnlyOtherSees(List.of(), this::list);
        close("other", add("other", 2, "cyd@example.com", "b"), Invite.Status.REVOKED);
        assertOnlyOtherFinds(InviteStore.closed(2));
    }

    @Test
    void cannotTouchAnotherTenantsInvites() {
        Invite theirs = add("other", 1, "bob@example.com", "a");
        TenantScope scope = core.scope("acme");

        assertConflict(change -> core.invites().close(change, scope, theirs, Invite.Status.REVOKED));
        assertConflict(change -> core.invites()
                .renew(change, scope, InviteRegister.NONE, theirs, invite(1, "bob@example.com", "b"), MAILS_A_DAY));
        assertConflict(change -> core.invites().sent(change, scope, theirs.sent(clock.instant())));
        assertThat(list("other")).containsExactly(theirs);
    }

    @Test
    void listsByIdWithoutGapOrRepeatAndWithoutClosedOnes() {
        for (long id = 1; id <= 12; id++) {
            Invite invite = add("acme", id, "bob" + id + "@example.com", "token" + id);
            if (id % 4 == 0) {
                close("acme", invite, Invite.Status.ACCEPTED);
            }
        }

        List<Invite> seen = Pages.items(4, page -> core.invites().list(core.scope("acme"), page));

        assertThat(seen)
                .extracting(Invite::id)
                .isEqualTo(LongStream.rangeClosed(1, 12)
                        .filter(id -> id % 4 != 0)
                        .boxed()
                        .toList());
    }

    @Test
    void refusesAPositionThatIsNoId() {
        for (String position : List.of("", "x", "-1", "99999999999999999999", "12345678901234567")) {
            assertThatThrownBy(
                            () -> core.invites().list(core.scope("acme"), new PageRequest(10, Optional.of(position))))
                    .isInstanceOf(InvalidRequest.class);
        }
    }

    @Test
    void givesOneIdToOneInvite() {
        add("acme", 1, "bob@example.com", "a");

        assertThatThrownBy(() -> add("acme", 1, "cyd@example.com", "b")).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> add("acme", 2, Optional.empty(), "cyd@example.com", "b"))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void givesOneInviteToOneAddress() {
        add("acme", 1, "bob@example.com", "a");

        assertThatThrownBy(() -> add("acme", 2, "BOB@example.com", "b")).isInstanceOf(Conflict.class);
    }

    @Test
    void notesThatAMailWasSentOnlyWhileItIsTheLatest() {
        Invite first = add("acme", 1, "bob@example.com", "a");
        assertThat(isSent()).isFalse();

        core.commit(change -> core.invites().sent(change, core.scope("acme"), first.sent(clock.instant())));
        assertThat(isSent()).isTrue();

        Invite second = invite(1, "bob@example.com", "b");
        core.commit(change ->
                core.invites().renew(change, core.scope("acme"), register("acme"), first, second, MAILS_A_DAY));
        assertThat(isSent()).isFalse();
        // The old link leads nowhere any more; its row would otherwise stay for ever.
        assertThat(core.table().read(Keys.inviteToken("a")).isEmpty()).isTrue();

        assertConflict(late -> core.invites().sent(late, core.scope("acme"), first.sent(clock.instant())));
        assertThat(isSent()).isFalse();
    }

    private boolean isSent() {
        return list("acme").getFirst().sentAt().isPresent();
    }

    private List<Invite> list(String tenant) {
        return core.invites().list(core.scope(tenant), Pages.LARGEST).items();
    }

    private void close(String tenant, Invite invite, Invite.Status status) {
        core.commit(change -> core.invites().close(change, core.scope(tenant), invite, status));
    }

    private Invite add(String tenant, long id, String receiver, String digest) {
        return add(tenant, id, id == 1 ? Optional.empty() : Optional.of(id - 1), receiver, digest);
    }

    private Invite add(String tenant, long id, Optional<Long> lastId, String receiver, String digest) {
        Invite invite = invite(id, receiver, digest);
        InviteRegister register =
                new InviteRegister(lastId.orElse(0L), Map.of(), register(tenant).mails());
        core.commit(change -> core.invites().create(change, core.scope(tenant), invite, register, MAILS_A_DAY));
        return invite;
    }

    private InviteRegister register(String tenant) {
        return core.find(tenant, InviteStore.register()).orElse(InviteRegister.NONE);
    }

    private Invite invite(long id, String receiver, String digest) {
        return new Invite(
                id,
                new EmailAddress(receiver),
                Role.USER,
                new Language("de-AT"),
                new Inviter(People.named("ada").id(), Optional.of(clock.instant())),
                clock.instant(),
                clock.instant().plus(Duration.ofDays(7)),
                Optional.empty(),
                false,
                digest);
    }
}
