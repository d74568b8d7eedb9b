package dev.tenantry.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.EmailNotVerified;
import dev.tenantry.refusal.Refusal.TenantCreationClosed;
import dev.tenantry.refusal.Refusal.TooManyTenants;
import dev.tenantry.refusal.Refusal.UnusableIdentity;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who may create tenants, and how many.
class CreateTenantTest extends TwoTenants {

    private final Caller grace = People.named("grace");

    @Test
    void letsAPersonHaveTenByDefault() {
        Core limited = limiting(Map.of());
        for (int i = 0; i < 10; i++) {
            create(limited, grace, "tenant" + i);
        }

        assertThatThrownBy(() -> create(limited, grace, "tenant10"))
                .isInstanceOfSatisfying(
                        TooManyTenants.class,
                        refusal -> assertThat(refusal.limit()).isEqualTo(10));
        create(limited, People.named("hedy"), "tenant10");
        delete(limited, grace, "tenant3");
        create(limited, grace, "tenant11");
        assertThatThrownBy(() -> create(limited, grace, "tenant12")).isInstanceOf(TooManyTenants.class);
        assertThat(contents()).doesNotContain("tenant12");
    }

    /// It is who created it that has room for another one, whoever deletes it.
    @Test
    void countsForWhoCreatedIt() {
        Core limited = limiting(Map.of("TENANTS_PER_PERSON", "1"));
        create(limited, grace, "graces");
        core.commit(core.addMember().run(core.scope("graces"), ada, "ada@example.com", Role.ADMIN));
        clock.advance(Duration.ofMillis(1));
        core.commit(core.removeMember()
                .run(core.door(grace, "graces", Role.VIEWER), grace.id().value()));
        assertThatThrownBy(() -> create(limited, grace, "another")).isInstanceOf(TooManyTenants.class);

        delete(limited, ada, "graces");

        create(limited, grace, "another");
    }

    /// What the operator founds, and what there was before there was the limit, counts for nobody.
    @Test
    void countsNothingThatThePersonDidNotCreate() {
        Core limited = limiting(Map.of("TENANTS_PER_PERSON", "1"));
        limited.insist(() -> limited.foundTenant()
                .run(grace, new NewTenant(new TenantName("x"), new DomainPrefix("founded")), Optional.empty()));

        delete(limited, grace, "founded");
        create(limited, grace, "own");

        assertThat(core.table().read(Keys.founded(grace.id())).number("tenants"))
                .isEqualTo(1);
        assertThatThrownBy(() -> create(limited, grace, "another")).isInstanceOf(TooManyTenants.class);
    }

    @Test
    void needsAVerifiedAddress() {
        Caller unverified = new Caller(grace.id(), grace.email(), false, "G", "H", "203.0.113.10", "r");
        Caller nameless = new Caller(grace.id(), Optional.empty(), true, "G", "H", "203.0.113.10", "r");

        assertThatThrownBy(() -> create(core, unverified, "graces")).isInstanceOf(EmailNotVerified.class);
        assertThatThrownBy(() -> create(core, nameless, "graces")).isInstanceOf(UnusableIdentity.class);
    }

    @Test
    void canBeTheOperatorsAlone() {
        Core closed = limiting(Map.of("TENANT_CREATION", "operator"));

        assertThatThrownBy(() -> create(closed, grace, "graces")).isInstanceOf(TenantCreationClosed.class);
        assertThatThrownBy(() -> limiting(Map.of("TENANT_CREATION", "nobody"))).hasMessageContaining("TENANT_CREATION");
    }

    @Test
    void keepsTheLimitHoweverManyCreateAtOnce() throws InterruptedException {
        Core limited = limiting(Map.of("TENANTS_PER_PERSON", "3"));

        List<Object> outcomes = Race.run(16, i -> () -> limited.insist(() -> decide(limited, grace, "tenant" + i)));

        assertThat(outcomes).filteredOn(Tenant.class::isInstance).hasSize(3);
        assertThat(outcomes).filteredOn(TooManyTenants.class::isInstance).hasSize(13);
        assertThat(core.table().read(Keys.founded(grace.id())).number("tenants"))
                .isEqualTo(3);
    }

    /// Created and deleted all at once, the count is what there is.
    @Test
    void countsRightHoweverManyComeAndGo() throws InterruptedException {
        Core limited = limiting(Map.of("TENANTS_PER_PERSON", "8"));
        for (int i = 0; i < 8; i++) {
            create(limited, grace, "first" + i);
        }

        List<Object> outcomes = Race.run(
                16,
                i -> () -> i < 8
                        ? limited.insist(() -> limited.deleteTenant()
                                .run(limited.door(grace, "first" + i, Role.ADMIN), Precondition.NONE))
                        : limited.insist(() -> decide(limited, grace, "second" + i)));

        long created = outcomes.stream().filter(Tenant.class::isInstance).count();
        assertThat(outcomes).filteredOn(TenantScope.class::isInstance).hasSize(8);
        assertThat(core.table().read(Keys.founded(grace.id())).number("tenants"))
                .isEqualTo(created);
    }

    /// A page costs a read unit for its memberships and two for each tenant.
    @Test
    void isListedInPagesOfAHundredAtAStatedCost() {
        for (int i = 0; i < 103; i++) {
            clock.advance(Duration.ofMillis(1));
            create(core, grace, "tenant%03d".formatted(i));
        }

        var usage = Core.usage(() -> core.listOwnTenants().run(grace, new PageRequest(1000, Optional.empty())));
        var first = core.listOwnTenants().run(grace, new PageRequest(1000, Optional.empty()));

        assertThat(first.items()).hasSize(100);
        assertThat(usage.calls()).isEqualTo(3);
        assertThat(usage.capacityUnits()).isBetween(201.0, 205.0);
        var second = core.listOwnTenants().run(grace, new PageRequest(1000, first.next()));
        assertThat(second.items()).hasSize(3);
        assertThat(second.next()).isEmpty();
        assertThat(core.listOwnTenants()
                        .run(grace, new PageRequest(7, Optional.empty()))
                        .items())
                .hasSize(7);
    }

    private Core limiting(Map<String, String> limits) {
        return Core.limiting(limits, faulty.client(), core.tableName(), clock, mailbox);
    }

    private static Decision<Tenant> decide(Core core, Caller caller, String prefix) {
        return core.createTenant().run(caller, new NewTenant(new TenantName(prefix), new DomainPrefix(prefix)));
    }

    private static void create(Core core, Caller caller, String prefix) {
        // Cores over one table draw the same numbers.
        core.insist(() -> decide(core, caller, prefix));
    }

    private static void delete(Core core, Caller caller, String prefix) {
        core.insist(() -> core.deleteTenant().run(core.door(caller, prefix, Role.ADMIN), Precondition.NONE));
    }
}
