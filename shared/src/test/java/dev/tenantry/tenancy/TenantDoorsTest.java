package dev.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.edit.Edit;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenants.TenantEdit;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TwoTenants;
import dev.tenantry.users.MemberStore;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenantDoorsTest extends TwoTenants {

    @Test
    void letsAMemberInWithTheRoleFromTheTable() {
        Caller viewer = core.member("acme", Role.VIEWER);

        assertThat(core.door(viewer, "acme", Role.VIEWER).open().role()).isEqualTo(Role.VIEWER);
    }

    @Test
    void readsAuthorisationAndDataInOneRoundTrip() {
        int roundTrips =
                Core.roundTrips(() -> core.door(ada, "acme", Role.ADMIN).open(MemberStore.member(ada.id())));

        assertThat(roundTrips).isEqualTo(1);
    }

    @Test
    void tellsNobodyWhichTenantsExist() {
        Caller stranger = People.anyone();
        core.tenant("gone", ada);
        core.commit(core.deleteTenant().run(core.door(ada, "gone", Role.ADMIN), Precondition.NONE));

        for (String tenant : List.of("acme", "nowhere", "no prefix", "")) {
            assertThatThrownBy(() -> core.door(stranger, tenant, Role.VIEWER).open())
                    .isInstanceOf(TenantNotFound.class);
        }
        assertThatThrownBy(() -> core.door(ada, "gone", Role.VIEWER).open()).isInstanceOf(TenantNotFound.class);
    }

    @Test
    void refusesARoleThatIsTooLow() {
        Caller user = core.member("acme", Role.USER);

        assertThatThrownBy(() -> core.door(user, "acme", Role.ADMIN).open()).isInstanceOf(InsufficientRole.class);
    }

    @Test
    void guardsChangesByTheRoleTheyWereDecidedWith() {
        Caller grace = core.member("acme", Role.ADMIN);
        var decided = core.updateTenant()
                .run(
                        core.door(grace, "acme", Role.ADMIN),
                        new TenantEdit(Optional.of(new TenantName("Renamed")), new Edit.Keep<>()),
                        Precondition.NONE);

        core.commit(core.removeMember()
                .run(core.door(ada, "acme", Role.ADMIN), grace.id().value()));

        assertConflict(decided);
        assertThat(core.showTenant()
                        .run(core.door(ada, "acme", Role.VIEWER))
                        .name()
                        .value())
                .isEqualTo("acme");
    }

    @Test
    void guardsChangesByTheTenantBeingOpen() {
        Caller viewer = core.member("acme", Role.VIEWER);
        var decided = core.removeMember()
                .run(core.door(viewer, "acme", Role.VIEWER), viewer.id().value());

        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));

        assertConflict(decided);
    }

    @Test
    void handsOutOnlyRowsThatWereAskedFor() {
        TenantScope scope = core.door(ada, "acme", Role.VIEWER).open(MemberStore.member(ada.id()));

        assertThat(scope.found(MemberStore.member(ada.id()))).isPresent();
        assertThatThrownBy(() -> scope.found(MemberStore.member(People.anyone().id())))
                .isInstanceOf(IllegalStateException.class);
    }
}
