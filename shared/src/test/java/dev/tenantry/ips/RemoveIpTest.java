package dev.tenantry.ips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.audit.AuditAction;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.IpNotFound;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.WouldLockOutCaller;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoveIpTest extends TwoTenants {

    @Test
    void takesAnEntryAwayOnceInTwoRoundTrips() {
        add("192.0.2.0/24", IpScope.CHARGER);
        add("203.0.113.0/24", IpScope.API);

        assertThat(Core.roundTrips(() -> remove("1"))).isEqualTo(2);
        assertThat(Core.roundTrips(() -> remove("2"))).isEqualTo(2);

        assertThat(list()).isEmpty();
        assertThatThrownBy(() -> remove("1")).isInstanceOf(IpNotFound.class);
    }

    @Test
    void writesAnAuditEntryWithTheChange() {
        add("192.0.2.0/24", IpScope.CHARGER);
        remove("1");

        assertThat(core.trail("acme", AuditAction.IP_REMOVED)).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("ip.removed");
            assertThat(entry.targetId()).isEqualTo("1");
            assertThat(entry.after()).isEmpty();
            assertThat(entry.before().orElseThrow())
                    .containsAllEntriesOf(Map.of("ip", "192.0.2.0/24", "scope", "charger"));
        });
    }

    @Test
    void findsNothingUnderAnotherNameOfAnId() {
        add("192.0.2.0/24", IpScope.CHARGER);

        for (String named : List.of("2", "0", "01", "+1", "-1", "1.0", "x", "", "٣", "9".repeat(15), "9".repeat(40))) {
            assertThatThrownBy(() -> remove(named)).as(named).isInstanceOf(IpNotFound.class);
        }
        assertThat(list()).hasSize(1);
    }

    @Test
    void tellsNobodyButAdminsWhichIdsAreNone() {
        Caller viewer = core.member("acme", Role.VIEWER);

        for (String named : List.of("1", "x")) {
            assertThatThrownBy(() -> core.removeIp()
                            .run(core.door(People.anyone(), "acme", Role.ADMIN), named, Precondition.NONE))
                    .isInstanceOf(TenantNotFound.class);
            assertThatThrownBy(
                            () -> core.removeIp().run(core.door(viewer, "acme", Role.ADMIN), named, Precondition.NONE))
                    .isInstanceOf(InsufficientRole.class);
        }
    }

    @Test
    void findsNoEntryThatHasRunOut() {
        add("192.0.2.1", IpScope.CHARGER);
        add("192.0.2.0/24", IpScope.CHARGER, Optional.of(clock.instant().plusSeconds(1)));
        clock.advance(Duration.ofSeconds(1));

        assertThatThrownBy(() -> remove("2")).isInstanceOf(IpNotFound.class);
    }

    @Test
    void letsNobodyReachIntoAnotherTenant() {
        core.commit(core.addIp()
                .run(
                        core.door(otto, "other", Role.ADMIN),
                        new NewIp(IpBlock.parse("192.0.2.7"), Optional.empty(), IpScope.CHARGER, Optional.empty())));

        assertThatThrownBy(() -> remove("1")).isInstanceOf(IpNotFound.class);
    }

    @Test
    void refusesToTakeTheCallersEntryWhileOthersStay() {
        add("203.0.113.0/24", IpScope.API);
        add("198.51.100.0/24", IpScope.API);

        assertThatThrownBy(() -> remove("1")).isInstanceOf(WouldLockOutCaller.class);
        remove("2");
        // The last one may go: nobody is kept out by an empty scope.
        remove("1");
        core.door(People.at("198.51.100.1", ada), "acme", Role.ADMIN).open();
    }

    @Test
    void countsNoOtherEntryThatHasRunOut() {
        add("203.0.113.0/24", IpScope.API);
        add("198.51.100.0/24", IpScope.API, Optional.of(clock.instant().plusSeconds(1)));
        assertThatThrownBy(() -> remove("1")).isInstanceOf(WouldLockOutCaller.class);
        clock.advance(Duration.ofSeconds(1));

        remove("1");
    }

    @Test
    void neverLocksOutItsCallerWhenTwoEntriesGoAtOnce() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            String tenant = "round" + round;
            core.tenant(tenant, ada);
            add(tenant, "203.0.113.10", IpScope.API, Optional.empty());
            add(tenant, "203.0.113.0/24", IpScope.API, Optional.empty());
            add(tenant, "198.51.100.0/24", IpScope.API, Optional.empty());

            List<Object> outcomes =
                    Race.run(16, i -> () -> core.insist(() -> decide(tenant, Integer.toString(1 + i % 2))));

            assertThat(outcomes).filteredOn(String.class::isInstance).hasSize(1);
            assertThat(outcomes)
                    .filteredOn(WouldLockOutCaller.class::isInstance)
                    .isNotEmpty();
            assertThat(outcomes)
                    .allMatch(outcome -> outcome instanceof String
                            || outcome instanceof WouldLockOutCaller
                            || outcome instanceof IpNotFound);
            core.door(ada, tenant, Role.ADMIN).open();
        }
    }

    @Test
    void takesAnEntryAwayOnceHoweverManyTryAtOnce() throws InterruptedException {
        add("192.0.2.0/24", IpScope.CHARGER);

        List<Object> outcomes = Race.run(16, _ -> () -> core.insist(() -> decide("acme", "1")));

        assertThat(outcomes).filteredOn(String.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(IpNotFound.class::isInstance).hasSize(15);
    }

    private void add(String block, IpScope scope) {
        add(block, scope, Optional.empty());
    }

    private void add(String block, IpScope scope, Optional<Instant> expiresAt) {
        add("acme", block, scope, expiresAt);
    }

    private void add(String tenant, String block, IpScope scope, Optional<Instant> expiresAt) {
        core.commit(core.addIp()
                .run(
                        core.door(ada, tenant, Role.ADMIN),
                        new NewIp(IpBlock.parse(block), Optional.empty(), scope, expiresAt)));
    }

    private String remove(String named) {
        return core.commit(decide("acme", named));
    }

    private Decision<String> decide(String tenant, String named) {
        return core.removeIp().run(core.door(ada, tenant, Role.ADMIN), named, Precondition.NONE);
    }

    private List<IpEntry> list() {
        return core.listIps()
                .run(core.door(ada, "acme", Role.VIEWER), Pages.LARGEST)
                .items();
    }
}
