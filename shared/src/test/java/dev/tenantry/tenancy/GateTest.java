package dev.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.edit.Edit;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantEdit;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest extends TwoTenants {

    /// More people than there are gates.
    private static final int CROWD = 100;

    private final Caller grace = core.member("acme", Role.ADMIN);

    @Test
    void closesATenantToEverybody() {
        List<Decision<?>> decided = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            clock.advance(Duration.ofMillis(1));
            Caller viewer = core.member("acme", Role.VIEWER);
            decided.add(core.removeMember()
                    .run(core.door(viewer, "acme", Role.VIEWER), viewer.id().value()));
        }

        delete();

        decided.forEach(this::assertConflict);
    }

    @Test
    void closesNoOtherTenant() {
        Caller viewer = core.member("other", Role.VIEWER);
        delete();

        core.commit(core.removeMember()
                .run(core.door(viewer, "other", Role.VIEWER), viewer.id().value()));
    }

    @Test
    void holdsUpTheChangesOfOthersWhoGoOnReading() {
        core.table().commit(Gate.hold(core.door(ada, "acme", Role.ADMIN).open()));

        assertThat(core.showTenant().run(core.door(grace, "acme", Role.VIEWER)).id())
                .isEqualTo(acme.id());
        assertThatThrownBy(() -> rename(grace, "Grace")).isInstanceOf(Conflict.class);
        core.commit(rename(ada, "Ada"));
        clock.advance(Duration.ofSeconds(2));
        core.commit(rename(grace, "Grace"));
    }

    @Test
    void isNoPartOfTheVersion() {
        core.table().commit(Gate.hold(core.door(ada, "acme", Role.ADMIN).open()));

        assertThat(core.showTenant().run(core.door(grace, "acme", Role.VIEWER))).isEqualTo(acme);
    }

    @Test
    void holdsNoTenantThatIsDeleted() {
        TenantScope scope = core.door(ada, "acme", Role.ADMIN).open();
        delete();

        assertThatThrownBy(() -> core.table().commit(Gate.hold(scope))).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> rename(grace, "Grace")).isInstanceOf(TenantNotFound.class);
    }

    private void delete() {
        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));
    }

    private Decision<Tenant> rename(Caller admin, String name) {
        return core.updateTenant()
                .run(
                        core.door(admin, "acme", Role.ADMIN),
                        new TenantEdit(Optional.of(new TenantName(name)), new Edit.Keep<>()),
                        Precondition.NONE);
    }
}
