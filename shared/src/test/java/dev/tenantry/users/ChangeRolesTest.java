package dev.tenantry.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.audit.AuditEntry;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.refusal.Refusal.UserNotFound;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChangeRolesTest {

    private final TestClock clock = new TestClock();
    private final Core core = Core.over(DynamoDbLocal.client(), clock);
    private final Caller ada = People.named("ada");

    @BeforeEach
    void foundTenant() {
        core.tenant("acme", ada);
    }

    @Test
    void givesSeveralPeopleOtherRolesInTheOrderNamed() {
        Caller bob = core.member("acme", Role.USER);
        Caller cyd = core.member("acme", Role.VIEWER);

        List<Member> changed =
                core.commit(decide(new RoleChange(cyd.id(), Role.ADMIN), new RoleChange(bob.id(), Role.VIEWER)));

        assertThat(changed).extracting(Member::userId).containsExactly(cyd.id(), bob.id());
        assertThat(role(cyd)).isEqualTo(Role.ADMIN);
        assertThat(role(bob)).isEqualTo(Role.VIEWER);
        assertThat(headcount()).isEqualTo(new Headcount(2, 0, 1));
    }

    @Test
    void letsTheOnlyAdminHandOver() {
        Caller bob = core.member("acme", Role.USER);

        core.commit(decide(new RoleChange(ada.id(), Role.VIEWER), new RoleChange(bob.id(), Role.ADMIN)));

        assertThat(role(ada)).isEqualTo(Role.VIEWER);
        assertThat(headcount()).isEqualTo(new Headcount(1, 0, 1));
    }

    @Test
    void refusesToLeaveNoAdminAndChangesNothing() {
        Caller bob = core.member("acme", Role.USER);

        assertThatThrownBy(() ->
                        core.commit(decide(new RoleChange(bob.id(), Role.VIEWER), new RoleChange(ada.id(), Role.USER))))
                .isInstanceOf(LastAdmin.class);
        assertThat(role(bob)).isEqualTo(Role.USER);
        assertThat(role(ada)).isEqualTo(Role.ADMIN);
    }

    @Test
    void namesEveryoneUnknownAndChangesNothing() {
        Caller bob = core.member("acme", Role.USER);
        UserId nobody = People.anyone().id();
        core.tenant("other", People.named("otto"));
        UserId otto = People.named("otto").id();

        assertThatThrownBy(() -> decide(
                        new RoleChange(bob.id(), Role.VIEWER),
                        new RoleChange(nobody, Role.USER),
                        new RoleChange(otto, Role.USER)))
                .isInstanceOfSatisfying(
                        UserNotFound.class,
                        refusal -> assertThat(refusal.userIds()).containsExactly(nobody.value(), otto.value()));
        assertThat(role(bob)).isEqualTo(Role.USER);
    }

    @Test
    void takesTheMostPeopleThatOneChangeMayName() {
        List<RoleChange> wanted = new ArrayList<>();
        for (int i = 0; i < ChangeRoles.MAX_PEOPLE; i++) {
            // A millisecond has 32 audit ids: a few joins at a time.
            clock.advance(Duration.ofMillis(1));
            wanted.add(new RoleChange(core.member("acme", Role.USER).id(), Role.VIEWER));
        }

        var usage = Core.usage(() -> core.commit(core.changeRoles().run(core.door(ada, "acme", Role.ADMIN), wanted)));

        assertThat(usage.calls()).isEqualTo(2);
        assertThat(headcount()).isEqualTo(new Headcount(1, 0, 90));
        assertThat(audit("user.role_changed")).hasSize(90);
    }

    @Test
    void writesOneAuditEntryForEachPersonWhoseRoleChanged() {
        Caller bob = core.member("acme", Role.USER);
        Caller cyd = core.member("acme", Role.VIEWER);

        core.commit(decide(new RoleChange(bob.id(), Role.VIEWER), new RoleChange(cyd.id(), Role.VIEWER)));

        assertThat(audit("user.role_changed")).singleElement().satisfies(entry -> {
            assertThat(entry.targetId()).isEqualTo(bob.id().value());
            assertThat(entry.before()).contains(Map.of("role", "user"));
            assertThat(entry.after()).contains(Map.of("role", "viewer"));
            assertThat(entry.actorId()).isEqualTo(ada.id().value());
        });
    }

    @Test
    void isNoChangeIfAllIsAsWanted() {
        assertThat(decide(new RoleChange(ada.id(), Role.ADMIN)).change().isEmpty())
                .isTrue();
    }

    private Decision<List<Member>> decide(RoleChange... wanted) {
        return core.changeRoles().run(core.door(ada, "acme", Role.ADMIN), List.of(wanted));
    }

    private Role role(Caller person) {
        var lookup = MemberStore.member(person.id());
        return core.scope("acme", lookup).found(lookup).orElseThrow().role();
    }

    private Headcount headcount() {
        return Headcounts.of(core, "acme");
    }

    private List<AuditEntry> audit(String action) {
        return core
                .audit()
                .list(
                        core.scope("acme"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new PageRequest(1000, Optional.empty()))
                .items()
                .stream()
                .filter(entry -> entry.action().equals(action))
                .toList();
    }
}
