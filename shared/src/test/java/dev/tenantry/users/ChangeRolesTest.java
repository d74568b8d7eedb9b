package dev.tenantry.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.refusal.Refusal.UserNotFound;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeRolesTest extends TwoTenants {

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

        assertThatThrownBy(() -> decide(
                        new RoleChange(bob.id(), Role.VIEWER),
                        new RoleChange(nobody, Role.USER),
                        new RoleChange(otto.id(), Role.USER)))
                .isInstanceOfSatisfying(
                        UserNotFound.class,
                        refusal -> assertThat(refusal.userIds())
                                .containsExactly(nobody.value(), otto.id().value()));
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

        int roundTrips =
                Core.roundTrips(() -> core.commit(core.changeRoles().run(core.door(ada, "acme", Role.ADMIN), wanted)));

        assertThat(roundTrips).isEqualTo(2);
        assertThat(headcount()).isEqualTo(new Headcount(1, 0, 90));
        assertThat(core.trail("acme", AuditAction.USER_ROLE_CHANGED)).hasSize(90);
    }

    @Test
    void writesOneAuditEntryForEachPersonWhoseRoleChanged() {
        Caller bob = core.member("acme", Role.USER);
        Caller cyd = core.member("acme", Role.VIEWER);

        core.commit(decide(new RoleChange(bob.id(), Role.VIEWER), new RoleChange(cyd.id(), Role.VIEWER)));

        assertThat(core.trail("acme", AuditAction.USER_ROLE_CHANGED))
                .singleElement()
                .satisfies(entry -> {
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
        return core.find("acme", MemberStore.member(person.id())).orElseThrow().role();
    }

    private Headcount headcount() {
        return Headcounts.of(core, "acme");
    }
}
