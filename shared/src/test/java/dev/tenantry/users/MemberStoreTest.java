package dev.tenantry.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.AlreadyMember;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.StoreTest;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class MemberStoreTest extends StoreTest {

    @Test
    void keepsAPersonAsTheyJoined() {
        assertThat(list("acme"))
                .containsExactly(
                        new Member(ada.id(), "ada@example.com", "ada", "Example", Role.ADMIN, clock.instant()));
    }

    @Test
    void cannotSeeAnotherTenantsPeople() {
        Caller theirs = core.member("other", Role.USER);

        assertOnlyOtherSees(
                false, tenant -> list(tenant).stream().map(Member::userId).anyMatch(theirs.id()::equals));
        assertOnlyOtherFinds(MemberStore.member(theirs.id()));
    }

    @Test
    void cannotChangeAnotherTenantsPeople() {
        Caller theirs = core.member("other", Role.USER);
        Member known = list("other").stream()
                .filter(member -> member.userId().equals(theirs.id()))
                .findFirst()
                .orElseThrow();

        assertConflict(change ->
                core.members().changeRole(change, core.scope("acme"), known, known.with(Role.ADMIN, clock.instant())));
        assertThat(list("other")).contains(known);
    }

    @Test
    void pagesThroughPeopleByIdWithoutGapOrRepeat() {
        for (int i = 0; i < 7; i++) {
            core.member("acme", Role.VIEWER);
        }

        List<Member> seen = Pages.items(4, page -> core.members().list(core.scope("acme"), page));

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
        assertThatThrownBy(() -> core.commit(
                        change -> core.members().count(change, core.scope("acme"), new Headcount(-1, 1, 0))))
                .isInstanceOf(LastAdmin.class);
    }

    private List<Member> list(String tenant) {
        return core.members().list(core.scope(tenant), Pages.LARGEST).items();
    }
}
