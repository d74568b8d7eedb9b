package dev.tenantry.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.AlreadyMember;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

public class MemberStoreTest {

    private final TestClock clock = new TestClock();
    private final Core core = Core.over(dynamoDb(), clock);
    private final Caller ada = People.named("ada");

    protected DynamoDbClient dynamoDb() {
        return DynamoDbLocal.client();
    }

    @BeforeEach
    void foundTenants() {
        core.tenant("acme", ada);
        core.tenant("other", People.named("otto"));
    }

    @Test
    void keepsAPersonAsTheyJoined() {
        assertThat(list("acme"))
                .containsExactly(
                        new Member(ada.id(), "ada@example.com", "ada", "Example", Role.ADMIN, clock.instant()));
    }

    @Test
    void cannotSeeAnotherTenantsPeople() {
        Caller theirs = core.member("other", Role.USER);

        assertThat(list("acme")).extracting(Member::userId).doesNotContain(theirs.id());
        assertThat(core.scope("acme", MemberStore.member(theirs.id())).found(MemberStore.member(theirs.id())))
                .isEmpty();
    }

    @Test
    void cannotChangeAnotherTenantsPeople() {
        Caller theirs = core.member("other", Role.USER);
        Member known = list("other").stream()
                .filter(member -> member.userId().equals(theirs.id()))
                .findFirst()
                .orElseThrow();
        Change change = Change.empty();
        core.members().changeRole(change, core.scope("acme"), known, Role.ADMIN);

        assertThatThrownBy(() -> core.table().commit(change)).isInstanceOf(Conflict.class);
        assertThat(list("other")).contains(known);
    }

    @Test
    void pagesThroughPeopleByIdWithoutGapOrRepeat() {
        for (int i = 0; i < 7; i++) {
            core.member("acme", Role.VIEWER);
        }
        List<Member> seen = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Page<Member> page = core.members().list(core.scope("acme"), new PageRequest(4, after));
            seen.addAll(page.items());
            after = page.next();
        } while (after.isPresent());

        assertThat(seen)
                .hasSize(8)
                .isSortedAccordingTo(
                        Comparator.comparing(member -> member.userId().value()));
        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void aFullPageAtTheEndIsTheLast() {
        core.member("acme", Role.VIEWER);

        assertThat(core.members()
                        .list(core.scope("acme"), new PageRequest(2, Optional.empty()))
                        .next())
                .isEmpty();
    }

    @Test
    void refusesToAddAMemberTwice() {
        TenantScope scope = core.scope("acme");

        assertThatThrownBy(() -> core.commit(core.addMember().run(scope, ada, "ada@example.com", Role.VIEWER)))
                .isInstanceOf(AlreadyMember.class);
    }

    @Test
    void neverCountsTheLastAdminAway() {
        Change change = Change.empty();
        core.members().count(change, core.scope("acme"), new Headcount(-1, 1, 0));

        assertThatThrownBy(() -> core.table().commit(change)).isInstanceOf(LastAdmin.class);
    }

    private List<Member> list(String tenant) {
        return core.members()
                .list(core.scope(tenant), new PageRequest(1000, Optional.empty()))
                .items();
    }
}
