package dev.tenantry.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.edit.Edit;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.UnusableIdentity;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import dev.tenantry.text.Absent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TenantUseCasesTest {

    private final TestClock clock = new TestClock();
    private final Core core = Core.over(DynamoDbLocal.client(), clock);
    private final Caller ada = People.named("ada");

    @Test
    void foundsATenantInOneRoundTripWithItsFounderAsAdmin() {
        int roundTrips = Core.roundTrips(() -> core.tenant("acme", ada));

        assertThat(roundTrips).isEqualTo(1);
        assertThat(core.door(ada, "acme", Role.ADMIN).open().role()).isEqualTo(Role.ADMIN);
        assertThat(core.trail("acme")).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("tenant.created");
            assertThat(entry.before()).isEmpty();
            assertThat(entry.after()).contains(Map.of("name", "acme", "domainPrefix", "acme"));
        });
    }

    @Test
    void foundsNothingForAPersonWithoutAnAddress() {
        Caller nameless = new Caller(ada.id(), Optional.empty(), false, "", "", ada.sourceIp(), ada.requestId());

        assertThatThrownBy(() -> core.tenant("acme", nameless)).isInstanceOf(UnusableIdentity.class);
    }

    @Test
    void showsATenantInOneRoundTrip() {
        Tenant tenant = core.tenant("acme", ada);

        int roundTrips = Core.roundTrips(() -> core.showTenant().run(core.door(ada, "acme", Role.VIEWER)));

        assertThat(roundTrips).isEqualTo(1);
        assertThat(core.showTenant().run(core.door(ada, "acme", Role.VIEWER))).isEqualTo(tenant);
    }

    @Test
    void updatesWhatTheEditNamesInTwoRoundTrips() {
        Tenant before = core.tenant("acme", ada);
        clock.advance(Duration.ofSeconds(1));
        CustomDomain domain = new CustomDomain("wss://chargers.example.com/");

        int roundTrips = Core.roundTrips(
                () -> core.commit(edit(new TenantEdit(Optional.empty(), new Edit.Set<>(domain)), Precondition.NONE)));

        assertThat(roundTrips).isEqualTo(2);
        Tenant after = core.showTenant().run(core.door(ada, "acme", Role.VIEWER));
        assertThat(after.name()).isEqualTo(before.name());
        assertThat(after.customDomain()).contains(domain);
        assertThat(after.updatedAt()).isEqualTo(clock.instant());
        assertThat(after.version()).isEqualTo(2);
        assertThat(core.trail("acme").getFirst()).satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("tenant.updated");
            assertThat(entry.before()).contains(Map.of("customDomain", Absent.NULL));
            assertThat(entry.after()).contains(Map.of("customDomain", domain.value()));
        });
    }

    @Test
    void takesAnEditThatChangesNothingForNoChange() {
        core.tenant("acme", ada);

        assertThat(edit(name("acme"), Precondition.NONE).change().isEmpty()).isTrue();
        assertThat(edit(new TenantEdit(Optional.empty(), new Edit.Keep<>()), Precondition.NONE)
                        .change()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void changesOnlyTheExpectedVersion() {
        core.tenant("acme", ada);
        Precondition first = new Precondition(Optional.of(Set.of(1L)));
        core.commit(edit(name("Second"), first));

        assertThatThrownBy(() -> edit(name("Third"), first)).isInstanceOf(PreconditionFailed.class);
        assertThatThrownBy(() -> core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), first))
                .isInstanceOf(PreconditionFailed.class);
    }

    @Test
    void deletesATenantForEverybodyAtOnce() {
        core.tenant("acme", ada);
        Caller viewer = core.member("acme", Role.VIEWER);

        int roundTrips = Core.roundTrips(() ->
                core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE)));

        assertThat(roundTrips).as("the door, the hold, and the deletion").isEqualTo(3);
        for (Caller caller : List.of(ada, viewer)) {
            assertThatThrownBy(() -> core.door(caller, "acme", Role.VIEWER).open())
                    .isInstanceOf(TenantNotFound.class);
            assertThat(own(caller, 10, Optional.empty()).items()).isEmpty();
        }
        assertThatThrownBy(() -> core.scope("acme")).isInstanceOf(TenantNotFound.class);
    }

    @Test
    void listsOnesOwnTenantsPageByPageInTwoRoundTrips() {
        core.tenant("bravo", ada);
        core.tenant("alpha", ada);
        core.tenant("charlie", People.named("otto"));
        Caller viewer = core.member("charlie", Role.VIEWER);

        Page<OwnTenant> first = own(ada, 1, Optional.empty());
        Page<OwnTenant> second = own(ada, 1, first.next());

        assertThat(first.items())
                .containsExactly(new OwnTenant(new DomainPrefix("alpha"), new TenantName("alpha"), Role.ADMIN));
        assertThat(second.items()).extracting(OwnTenant::domainPrefix).containsExactly(new DomainPrefix("bravo"));
        assertThat(second.next()).isEmpty();
        assertThat(own(viewer, 10, Optional.empty()).items())
                .containsExactly(new OwnTenant(new DomainPrefix("charlie"), new TenantName("charlie"), Role.VIEWER));
        assertThat(Core.roundTrips(() -> own(ada, 10, Optional.empty()))).isEqualTo(2);
    }

    private Decision<Tenant> edit(TenantEdit edit, Precondition precondition) {
        return core.updateTenant().run(core.door(ada, "acme", Role.ADMIN), edit, precondition);
    }

    private static TenantEdit name(String name) {
        return new TenantEdit(Optional.of(new TenantName(name)), new Edit.Keep<>());
    }

    private Page<OwnTenant> own(Caller caller, int limit, Optional<String> after) {
        return core.listOwnTenants().run(caller, new PageRequest(limit, after));
    }
}
