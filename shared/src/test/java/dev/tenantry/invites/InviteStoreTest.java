package dev.tenantry.invites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

public class InviteStoreTest {

    private final TestClock clock = new TestClock();
    private final Core core = Core.over(dynamoDb(), clock);

    protected DynamoDbClient dynamoDb() {
        return DynamoDbLocal.client();
    }

    @BeforeEach
    void foundTenants() {
        core.tenant("acme", People.named("ada"));
        core.tenant("other", People.named("otto"));
    }

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
        var byId = InviteStore.invite(1);
        var byAddress = InviteStore.inviteTo(new EmailAddress("bob@example.com").identity());
        var closed = InviteStore.closed(1);
        TenantScope scope = core.scope("acme", byId, byAddress, closed, InviteStore.register());

        assertThat(scope.found(byId)).isEmpty();
        assertThat(scope.found(byAddress)).isEmpty();
        assertThat(scope.found(closed)).isEmpty();
        assertThat(scope.found(InviteStore.register())).isEmpty();
        assertThat(list("acme", 1000, Optional.empty()).items()).isEmpty();
    }

    @Test
    void cannotTouchAnotherTenantsInvites() {
        Invite theirs = add("other", 1, "bob@example.com", "a");
        TenantScope scope = core.scope("acme");
        Change close = Change.empty();
        core.invites().close(close, scope, theirs, Invite.Status.REVOKED);
        Change renew = Change.empty();
        core.invites().renew(renew, scope, theirs, invite(1, "bob@example.com", "b"));
        Change sent = Change.empty();
        core.invites().sent(sent, scope, theirs.sent(clock.instant()));

        for (Change change : List.of(close, renew, sent)) {
            assertThatThrownBy(() -> core.table().commit(change)).isInstanceOf(Conflict.class);
        }
        assertThat(list("other", 1000, Optional.empty()).items()).containsExactly(theirs);
    }

    @Test
    void listsByIdWithoutGapOrRepeatAndWithoutClosedOnes() {
        for (long id = 1; id <= 12; id++) {
            Invite invite = add("acme", id, "bob" + id + "@example.com", "token" + id);
            if (id % 4 == 0) {
                Change close = Change.empty();
                core.invites().close(close, core.scope("acme"), invite, Invite.Status.ACCEPTED);
                core.table().commit(close);
            }
        }
        List<Long> seen = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page<Invite> page = list("acme", 4, after);
            page.items().forEach(invite -> seen.add(invite.id()));
            after = page.next();
        } while (after.isPresent());

        assertThat(seen)
                .isEqualTo(LongStream.rangeClosed(1, 12)
                        .filter(id -> id % 4 != 0)
                        .boxed()
                        .toList());
    }

    @Test
    void refusesAPositionThatIsNoId() {
        for (String position : List.of("", "x", "-1", "99999999999999999999", "12345678901234567")) {
            assertThatThrownBy(() -> list("acme", 10, Optional.of(position))).isInstanceOf(InvalidRequest.class);
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

        Change sent = Change.empty();
        core.invites().sent(sent, core.scope("acme"), first.sent(clock.instant()));
        core.table().commit(sent);
        assertThat(isSent()).isTrue();

        Change renew = Change.empty();
        Invite second = invite(1, "bob@example.com", "b");
        core.invites().renew(renew, core.scope("acme"), first, second);
        core.table().commit(renew);
        assertThat(isSent()).isFalse();
        // The old link leads nowhere any more; its row would otherwise stay for ever.
        assertThat(core.table().read(Keys.inviteToken("a")).isEmpty()).isTrue();

        Change late = Change.empty();
        core.invites().sent(late, core.scope("acme"), first.sent(clock.instant()));
        assertThatThrownBy(() -> core.table().commit(late)).isInstanceOf(Conflict.class);
        assertThat(isSent()).isFalse();
    }

    private boolean isSent() {
        return list("acme", 1, Optional.empty()).items().getFirst().sentAt().isPresent();
    }

    private Page<Invite> list(String tenant, int limit, Optional<String> after) {
        return core.invites().list(core.scope(tenant), new PageRequest(limit, after));
    }

    private Invite add(String tenant, long id, String receiver, String digest) {
        return add(tenant, id, id == 1 ? Optional.empty() : Optional.of(id - 1), receiver, digest);
    }

    private Invite add(String tenant, long id, Optional<Long> lastId, String receiver, String digest) {
        Invite invite = invite(id, receiver, digest);
        Change change = Change.empty();
        core.invites().create(change, core.scope(tenant), invite, new InviteRegister(lastId.orElse(0L), Map.of()));
        core.table().commit(change);
        return invite;
    }

    private Invite invite(long id, String receiver, String digest) {
        return new Invite(
                id,
                new EmailAddress(receiver),
                Role.USER,
                new Language("de-AT"),
                People.named("ada").id(),
                clock.instant(),
                clock.instant().plus(Duration.ofDays(7)),
                Optional.empty(),
                digest);
    }
}
