package dev.tenantry.ips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.refusal.Refusal.DuplicateIp;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.refusal.Refusal.WouldLockOutCaller;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import dev.tenantry.text.Absent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddIpTest extends TwoTenants {

    private final Optional<Instant> never = Optional.empty();

    @Test
    void takesTwoRoundTrips() {
        for (IpScope scope : IpScope.values()) {
            assertThat(Core.roundTrips(() -> add(ada, "203.0.113.10", scope, never)))
                    .isEqualTo(2);
        }
        assertThat(Core.roundTrips(this::list)).isEqualTo(2);
    }

    @Test
    void writesAnAuditEntryWithTheChange() {
        Instant expiresAt = Instant.parse("2027-01-01T00:00:00Z");
        add(ada, "192.0.2.7", IpScope.CHARGER, never);
        core.commit(core.addIp()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new NewIp(
                                IpBlock.parse("192.0.2.0/24"),
                                Optional.of(new IpDescription("Depot")),
                                IpScope.CHARGER,
                                Optional.of(expiresAt))));

        List<AuditEntry> entries = core.trail("acme", AuditAction.IP_ADDED);
        assertThat(entries).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.targetType()).isEqualTo("ip");
            assertThat(entry.actorId()).isEqualTo(ada.id().value());
            assertThat(entry.before()).isEmpty();
        });
        assertThat(entries).extracting(AuditEntry::targetId).containsExactly("2", "1");
        assertThat(entries.get(0).after())
                .contains(Map.of(
                        "ip", "192.0.2.0/24",
                        "scope", "charger",
                        "description", "Depot",
                        "expiresAt", "2027-01-01T00:00:00.000Z"));
        assertThat(entries.get(1).after())
                .contains(Map.of(
                        "ip", "192.0.2.7", "scope", "charger", "description", Absent.NULL, "expiresAt", Absent.NULL));
    }

    @Test
    void refusesAnEqualBlockInTheSameScope() {
        add(ada, "192.0.2.0/24", IpScope.CHARGER, never);

        assertThatThrownBy(() -> add(ada, "::ffff:192.0.2.0/120", IpScope.CHARGER, never))
                .isInstanceOfSatisfying(
                        DuplicateIp.class, refusal -> assertThat(refusal.id()).isEqualTo(1));
        assertThat(list()).hasSize(1);
    }

    @Test
    void takesAnEqualBlockInAnotherScopeAndABlockInsideOfAnother() {
        add(ada, "203.0.113.0/24", IpScope.CHARGER, never);
        add(ada, "203.0.113.0/24", IpScope.API, never);
        add(ada, "203.0.113.0/25", IpScope.CHARGER, never);

        assertThat(list()).extracting(IpEntry::id).containsExactly(1L, 2L, 3L);
    }

    @Test
    void takesABlockWhoseEntryHasRunOut() {
        IpEntry other = add(ada, "198.51.100.0/24", IpScope.CHARGER, never);
        add(ada, "192.0.2.0/24", IpScope.CHARGER, Optional.of(clock.instant().plusSeconds(1)));
        clock.advance(Duration.ofSeconds(1));

        IpEntry again = add(ada, "192.0.2.0/24", IpScope.CHARGER, never);

        assertThat(list()).containsExactly(other, again);
    }

    @Test
    void refusesAnEntryThatHasRunOutAlready() {
        add(ada, "192.0.2.8", IpScope.CHARGER, never);
        for (Instant past : List.of(clock.instant(), clock.instant().minusMillis(1), Instant.EPOCH)) {
            assertThatThrownBy(() -> add(ada, "192.0.2.7", IpScope.CHARGER, Optional.of(past)))
                    .isInstanceOfSatisfying(
                            InvalidRequest.class,
                            refusal -> assertThat(refusal.faults())
                                    .singleElement()
                                    .satisfies(
                                            fault -> assertThat(fault.pointer()).isEqualTo("/expiresAt")));
        }
        add(ada, "192.0.2.7", IpScope.CHARGER, Optional.of(clock.instant().plusMillis(1)));
    }

    @Test
    void refusesMoreThanTheLimitAcrossScopes() {
        fill(AddIp.MAX_ENTRIES - 1);
        add(ada, "203.0.113.10", IpScope.API, never);

        assertThatThrownBy(() -> add(ada, "192.0.2.7", IpScope.CHARGER, never))
                .isInstanceOfSatisfying(
                        LimitReached.class,
                        refusal -> assertThat(refusal.limit()).isEqualTo(200));
        core.commit(core.removeIp().run(core.door(ada, "acme", Role.ADMIN), "1", Precondition.NONE));
        add(ada, "192.0.2.7", IpScope.CHARGER, never);
    }

    @Test
    void countsNoEntryThatHasRunOutTowardsTheLimit() {
        Instant soon = clock.instant().plusSeconds(1);
        add(ada, "192.0.2.6", IpScope.CHARGER, never);
        add(ada, "192.0.2.7", IpScope.CHARGER, Optional.of(soon));
        fill(AddIp.MAX_ENTRIES - 2);
        assertThatThrownBy(() -> add(ada, "192.0.2.8", IpScope.CHARGER, never)).isInstanceOf(LimitReached.class);
        clock.advance(Duration.ofSeconds(1));

        add(ada, "192.0.2.8", IpScope.CHARGER, never);

        assertThat(list()).hasSize(200);
    }

    @Test
    void refusesTheFirstApiEntryThatDoesNotHoldTheCaller() {
        assertThatThrownBy(() -> add(ada, "198.51.100.0/24", IpScope.API, never))
                .isInstanceOfSatisfying(
                        WouldLockOutCaller.class,
                        refusal -> assertThat(refusal.ip()).isEqualTo("203.0.113.10"));
        assertThat(list()).isEmpty();
        core.door(ada, "acme", Role.ADMIN).open();

        add(ada, "203.0.113.0/24", IpScope.API, never);
        // Judged by how things stand afterwards: another entry lets the caller in.
        add(ada, "198.51.100.0/24", IpScope.API, never);
    }

    @Test
    void neverAsksWhereTheCallerIsForAChargerEntry() {
        add(ada, "198.51.100.0/24", IpScope.CHARGER, never);

        core.door(ada, "acme", Role.ADMIN).open();
    }

    @Test
    void refusesACallerWithoutAUsableAddressAnApiEntry() {
        assertThatThrownBy(() -> add(People.at("", ada), "203.0.113.0/24", IpScope.API, never))
                .isInstanceOf(WouldLockOutCaller.class);
    }

    @Test
    void leavesTheTenantsOwnVersionAndTimeAlone() {
        Tenant before = core.tenants().tenant(core.scope("acme"));
        clock.advance(Duration.ofSeconds(1));
        add(ada, "203.0.113.10", IpScope.API, never);

        assertThat(core.tenants().tenant(core.scope("acme"))).isEqualTo(before);
    }

    @Test
    void changesNothingInATenantThatWasDeletedMeanwhile() {
        for (IpScope scope : IpScope.values()) {
            String tenant = "gone-" + scope.text();
            core.tenant(tenant, ada);
            var decision = core.addIp()
                    .run(
                            core.door(ada, tenant, Role.ADMIN),
                            new NewIp(IpBlock.parse("203.0.113.10"), Optional.empty(), scope, never));
            core.commit(core.deleteTenant().run(core.door(ada, tenant, Role.ADMIN), Precondition.NONE));

            assertConflict(decision);
        }
    }

    @Test
    void addsABlockOnceHoweverManyAddItAtOnce() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            String block = "192.0.2." + round;
            clock.advance(Duration.ofMillis(1));

            List<Object> outcomes =
                    Race.run(16, _ -> () -> core.insist(() -> decide(ada, block, IpScope.CHARGER, never)));

            assertThat(outcomes).filteredOn(IpEntry.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(DuplicateIp.class::isInstance).hasSize(15);
        }
        assertThat(list()).extracting(IpEntry::id).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(core.trail("acme", AuditAction.IP_ADDED)).hasSize(5);
    }

    @Test
    void keepsTheLimitHoweverManyAddAtOnce() throws InterruptedException {
        fill(AddIp.MAX_ENTRIES - 5);

        List<Object> outcomes =
                Race.run(16, i -> () -> core.insist(() -> decide(ada, "192.0.2." + i, IpScope.CHARGER, never)));

        assertThat(outcomes).filteredOn(IpEntry.class::isInstance).hasSize(5);
        assertThat(outcomes).filteredOn(LimitReached.class::isInstance).hasSize(11);
        assertThat(list()).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void givesEachOfManyEntriesAnIdOfItsOwn() throws InterruptedException {
        Race.run(16, i -> () -> core.insist(() -> decide(ada, "192.0.2." + i, IpScope.CHARGER, never)));

        assertThat(list())
                .extracting(IpEntry::id)
                .hasSize(16)
                .doesNotHaveDuplicates()
                .contains(1L, 16L);
    }

    private void fill(int entries) {
        for (int i = 0; i < entries; i++) {
            // A millisecond has 32 audit ids: a few changes at a time.
            clock.advance(Duration.ofMillis(1));
            add(ada, "198.18." + i + ".0/24", IpScope.CHARGER, never);
        }
    }

    private IpEntry add(Caller caller, String block, IpScope scope, Optional<Instant> expiresAt) {
        return core.commit(decide(caller, block, scope, expiresAt));
    }

    private Decision<IpEntry> decide(Caller caller, String block, IpScope scope, Optional<Instant> expiresAt) {
        return core.addIp()
                .run(
                        core.door(caller, "acme", Role.ADMIN),
                        new NewIp(IpBlock.parse(block), Optional.empty(), scope, expiresAt));
    }

    private List<IpEntry> list() {
        return core.listIps()
                .run(core.door(ada, "acme", Role.VIEWER), Pages.LARGEST)
                .items();
    }
}
