package dev.tenantry.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.UserNotFound;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TwoTenants;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoveMemberTest extends TwoTenants {

    @Test
    void takesSomeoneOutForGoodAndCountsThemOnce() {
        Caller bob = core.member("acme", Role.USER);

        assertThat(Core.roundTrips(() -> remove(ada, bob))).isEqualTo(2);
        assertThat(Headcounts.of(core, "acme")).isEqualTo(new Headcount(1, 0, 0));
        assertThatThrownBy(() -> core.door(bob, "acme", Role.VIEWER).open()).isInstanceOf(TenantNotFound.class);
        assertThat(core.listOwnTenants()
                        .run(bob, new PageRequest(10, Optional.empty()))
                        .items())
                .isEmpty();
        assertThatThrownBy(() -> remove(ada, bob)).isInstanceOf(UserNotFound.class);
        assertThat(Headcounts.of(core, "acme")).isEqualTo(new Headcount(1, 0, 0));
    }

    @Test
    void letsEveryoneLeave() {
        Caller viewer = core.member("acme", Role.VIEWER);

        remove(viewer, viewer);

        assertThat(Headcounts.of(core, "acme")).isEqualTo(new Headcount(1, 0, 0));
    }

    @Test
    void letsOnlyAdminsRemoveOthers() {
        Caller user = core.member("acme", Role.USER);

        assertThatThrownBy(() -> remove(user, ada)).isInstanceOf(InsufficientRole.class);
        assertThatThrownBy(() -> remove(user, People.anyone())).isInstanceOf(InsufficientRole.class);
    }

    @Test
    void keepsTheLastAdmin() {
        assertThatThrownBy(() -> remove(ada, ada)).isInstanceOf(LastAdmin.class);
        assertThat(Headcounts.of(core, "acme")).isEqualTo(new Headcount(1, 0, 0));
    }

    @Test
    void letsNobodyReachIntoAnotherTenant() {
        assertThatThrownBy(() -> remove(ada, otto)).isInstanceOf(UserNotFound.class);
        assertThat(Headcounts.of(core, "other")).isEqualTo(new Headcount(1, 0, 0));
    }

    private void remove(Caller actor, Caller person) {
        core.commit(core.removeMember()
                .run(core.door(actor, "acme", Role.VIEWER), person.id().value()));
    }
}
