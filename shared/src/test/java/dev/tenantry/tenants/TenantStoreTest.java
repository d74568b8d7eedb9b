package dev.tenantry.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.People;
import dev.tenantry.testing.StoreTest;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class TenantStoreTest extends StoreTest {

    @Test
    void keepsATenantAsItWasCreated() {
        assertThat(core.tenants().tenant(core.scope("acme"))).isEqualTo(acme);
    }

    @Test
    void cannotSeeAnotherTenant() {
        // Each sees itself.
        assertOnlyOtherSees(acme, tenant -> core.tenants().tenant(core.scope(tenant)));
    }

    @Test
    void keepsAnUpdateAndTakesBackADomain() {
        Tenant renamed = changed(acme, "New", Optional.of(new CustomDomain("wss://chargers.example.com/")));
        update(acme, renamed);
        assertThat(core.tenants().tenant(core.scope("acme"))).isEqualTo(renamed);

        Tenant bare = changed(renamed, "New", Optional.empty());
        update(renamed, bare);
        assertThat(core.tenants().tenant(core.scope("acme"))).isEqualTo(bare);
    }

    @Test
    void updatesOnlyTheVersionItRead() {
        Tenant mine = changed(acme, "Mine", Optional.empty());
        Tenant theirs = changed(acme, "Theirs", Optional.empty());
        update(acme, mine);

        assertThatThrownBy(() -> update(acme, theirs)).isInstanceOf(Conflict.class);
        assertThat(core.tenants().tenant(core.scope("acme"))).isEqualTo(mine);
    }

    @Test
    void givesAPrefixOutOnceAndForAll() {
        assertThatThrownBy(() -> core.tenant("acme", People.anyone())).isInstanceOf(DomainPrefixTaken.class);

        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));
        assertThatThrownBy(() -> core.tenant("acme", ada)).isInstanceOf(DomainPrefixTaken.class);
    }

    @Test
    void givesANumberOutOnce() {
        Tenant first = core.tenant("first", ada);
        Tenant second = new Tenant(
                new TenantId(first.id().value()),
                new TenantName("second"),
                new DomainPrefix("second"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                clock.instant(),
                clock.instant(),
                1);

        assertConflict(change -> core.tenants()
                .create(
                        change,
                        core.doors().founder(ada, second.domainPrefix(), second.id()),
                        second,
                        Optional.empty()));
    }

    private void update(Tenant from, Tenant to) {
        core.commit(change -> core.tenants().update(change, core.scope("acme"), from, to));
    }

    private static Tenant changed(Tenant tenant, String name, Optional<CustomDomain> customDomain) {
        return new Tenant(
                tenant.id(),
                new TenantName(name),
                tenant.domainPrefix(),
                tenant.stripeCustomerId(),
                customDomain,
                Optional.empty(),
                Optional.empty(),
                tenant.createdAt(),
                Instant.parse("2026-03-02T00:00:00.001Z"),
                tenant.version() + 1);
    }
}
