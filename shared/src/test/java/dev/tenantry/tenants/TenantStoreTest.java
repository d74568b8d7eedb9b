package dev.tenantry.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

public class TenantStoreTest {

    private final TestClock clock = new TestClock();
    private final Core core = Core.over(dynamoDb(), clock);
    private final Caller ada = People.named("ada");

    protected DynamoDbClient dynamoDb() {
        return DynamoDbLocal.client();
    }

    @Test
    void keepsATenantAsItWasCreated() {
        Tenant created = core.tenant("acme", ada);

        assertThat(core.tenants().tenant(core.scope("acme"))).isEqualTo(created);
    }

    @Test
    void cannotSeeAnotherTenant() {
        core.tenant("acme", ada);
        core.tenant("other", People.named("otto"));

        assertThat(core.tenants().tenant(core.scope("acme")).domainPrefix().value())
                .isEqualTo("acme");
    }

    @Test
    void keepsAnUpdateAndTakesBackADomain() {
        Tenant created = core.tenant("acme", ada);
        Tenant renamed = changed(created, "New", Optional.of(new CustomDomain("wss://chargers.example.com/")));
        update(created, renamed);
        assertThat(core.tenants().tenant(core.scope("acme"))).isEqualTo(renamed);

        Tenant bare = changed(renamed, "New", Optional.empty());
        update(renamed, bare);
        assertThat(core.tenants().tenant(core.scope("acme"))).isEqualTo(bare);
    }

    @Test
    void updatesOnlyTheVersionItRead() {
        Tenant created = core.tenant("acme", ada);
        Tenant mine = changed(created, "Mine", Optional.empty());
        Tenant theirs = changed(created, "Theirs", Optional.empty());
        update(created, mine);

        assertThatThrownBy(() -> update(created, theirs)).isInstanceOf(Conflict.class);
        assertThat(core.tenants().tenant(core.scope("acme"))).isEqualTo(mine);
    }

    @Test
    void givesAPrefixOutOnceAndForAll() {
        core.tenant("acme", ada);
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
                clock.instant(),
                clock.instant(),
                1);
        Change change = Change.empty();
        core.tenants().create(change, core.doors().founder(ada, second.domainPrefix()), second);

        assertThatThrownBy(() -> core.table().commit(change)).isInstanceOf(Conflict.class);
    }

    private void update(Tenant from, Tenant to) {
        Change change = Change.empty();
        core.tenants().update(change, core.scope(from.domainPrefix().value()), from, to);
        core.table().commit(change);
    }

    private static Tenant changed(Tenant tenant, String name, Optional<CustomDomain> customDomain) {
        return new Tenant(
                tenant.id(),
                new TenantName(name),
                tenant.domainPrefix(),
                tenant.stripeCustomerId(),
                customDomain,
                tenant.createdAt(),
                Instant.parse("2026-03-02T00:00:00.001Z"),
                tenant.version() + 1);
    }
}
