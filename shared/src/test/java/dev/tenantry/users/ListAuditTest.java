package dev.tenantry.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.TwoTenants;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListAuditTest extends TwoTenants {

    @Test
    void saysWhatActorsAreCalledWhileTheyAreMembers() {
        Caller bob = core.member("acme", Role.ADMIN);
        core.commit(core.changeRoles()
                .run(core.door(bob, "acme", Role.ADMIN), List.of(new RoleChange(ada.id(), Role.VIEWER))));
        assertThat(list(bob).items()).extracting(NamedEntry::actorName).allMatch(Optional::isPresent);
        assertThat(list(bob).items().getFirst().actorName()).contains(bob.givenName() + " " + bob.familyName());

        core.commit(core.removeMember()
                .run(core.door(bob, "acme", Role.ADMIN), ada.id().value()));

        assertThat(list(bob).items())
                .filteredOn(it -> it.entry().actorId().equals(ada.id().value()))
                .isNotEmpty()
                .extracting(NamedEntry::actorName)
                .containsOnly(Optional.empty());
    }

    @Test
    void readsEachOfThoseWhoActedOnce() {
        assertThat(Core.roundTrips(() -> list(ada))).as("the caller alone").isEqualTo(2);
        Caller bob = core.member("acme", Role.ADMIN);
        assertThat(Core.roundTrips(() -> list(bob))).isEqualTo(3);
    }

    private Page<NamedEntry> list(Caller caller) {
        return core.listAudit()
                .run(
                        core.door(caller, "acme", Role.ADMIN),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new PageRequest(PageRequest.MOST, Optional.empty()));
    }
}
