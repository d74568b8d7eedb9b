package dev.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.addresses.Allowlist;
import dev.tenantry.addresses.IpBlock;
import dev.tenantry.edit.Edit;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.IpNotAllowed;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenants.OwnTenant;
import dev.tenantry.tenants.TenantEdit;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TwoTenants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the door makes of entries with scope `api`.
class ApiAllowlistTest extends TwoTenants {

    private final Caller elsewhere = People.at("198.51.100.1", ada);

    @Test
    void letsMembersInFromAnywhereAsLongAsThereIsNoEntry() {
        assertThat(open(elsewhere)).isEqualTo(Role.ADMIN);
    }

    @Test
    void letsNobodyInFromElsewhere() {
        add("203.0.113.0/24", Optional.empty());

        assertThat(open(ada)).isEqualTo(Role.ADMIN);
        assertThat(open(People.at("::ffff:203.0.113.99", ada))).isEqualTo(Role.ADMIN);
        for (String ip : List.of("198.51.100.1", "203.0.114.0", "2001:db8::1", "", "unknown", "203.0.113.10:443")) {
            assertThatThrownBy(() -> open(People.at(ip, ada)))
                    .isInstanceOfSatisfying(
                            IpNotAllowed.class,
                            refusal -> assertThat(refusal.ip()).isEqualTo(ip));
        }
    }

    @Test
    void asksNobodyElseButChargersForTheChargerScope() {
        core.commit(core.addIp()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new NewIp(IpBlock.parse("192.0.2.7"), Optional.empty(), IpScope.CHARGER, Optional.empty())));

        assertThat(open(elsewhere)).isEqualTo(Role.ADMIN);
    }

    @Test
    void asksForMembershipFirstAndForTheRoleLast() {
        Caller viewer = core.member("acme", Role.VIEWER);
        add("203.0.113.10", Optional.empty());

        assertThatThrownBy(() -> open(People.at("198.51.100.1", People.anyone())))
                .isInstanceOf(TenantNotFound.class);
        assertThatThrownBy(() -> open(People.at("198.51.100.1", viewer))).isInstanceOf(IpNotAllowed.class);
        assertThatThrownBy(() -> open(viewer)).isInstanceOf(InsufficientRole.class);
    }

    @Test
    void costsNoRoundTrip() {
        add("203.0.113.10", Optional.empty());

        assertThat(Core.roundTrips(() -> open(ada))).isEqualTo(1);
        assertThat(Core.roundTrips(() -> core.showTenant().run(core.door(ada, "acme", Role.VIEWER))))
                .isEqualTo(1);
    }

    /// Entries of the first days could run out alone.
    @Test
    void liftsWhenTheLastEntryRunsOut() {
        TenantScope scope = core.scope("acme");
        Change change = Change.in(scope);
        Gate.admit(
                change,
                scope,
                new Allowlist(Map.of(
                        IpBlock.parse("203.0.113.10"),
                        Optional.of(clock.instant().plusSeconds(60)))));
        core.table().commit(change);
        assertThatThrownBy(() -> open(elsewhere)).isInstanceOf(IpNotAllowed.class);

        clock.advance(Duration.ofSeconds(60).minusMillis(1));
        assertThatThrownBy(() -> open(elsewhere)).isInstanceOf(IpNotAllowed.class);
        clock.advance(Duration.ofMillis(1));
        assertThat(open(elsewhere)).isEqualTo(Role.ADMIN);
    }

    @Test
    void shutsOutWhoseEntryRunsOutWhileOthersStay() {
        add("203.0.113.10", Optional.empty());
        add("198.51.100.1", Optional.of(clock.instant().plusSeconds(60)));
        assertThat(open(elsewhere)).isEqualTo(Role.ADMIN);

        clock.advance(Duration.ofSeconds(60));
        assertThatThrownBy(() -> open(elsewhere)).isInstanceOf(IpNotAllowed.class);
    }

    @Test
    void liftsWhenTheLastEntryIsRemoved() {
        add("203.0.113.10", Optional.empty());
        core.commit(core.removeIp().run(core.door(ada, "acme", Role.ADMIN), "1", Precondition.NONE));

        assertThat(open(elsewhere)).isEqualTo(Role.ADMIN);
    }

    @Test
    void outlivesChangesToTheTenantItself() {
        add("203.0.113.10", Optional.empty());
        core.commit(core.updateTenant()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new TenantEdit(Optional.of(new TenantName("New")), new Edit.Keep<>()),
                        Precondition.NONE));

        assertThatThrownBy(() -> open(elsewhere)).isInstanceOf(IpNotAllowed.class);
    }

    @Test
    void doesNotGuardThePersonsOwnListOfTenants() {
        add("203.0.113.10", Optional.empty());

        Page<OwnTenant> own = core.listOwnTenants().run(elsewhere, new PageRequest(10, Optional.empty()));
        assertThat(own.items()).hasSize(1);
    }

    /// Cold starts pay for every class. Asked of a new JVM, because in this one other tests have loaded the
    /// library.
    @Test
    void loadsTheAddressLibraryOnlyWhereAnEntryCounts() throws IOException, InterruptedException {
        assertThat(loadsTheLibrary("none")).isFalse();
        assertThat(loadsTheLibrary("expired")).isFalse();
        assertThat(loadsTheLibrary("counting")).isTrue();
    }

    private static boolean loadsTheLibrary(String entries) throws IOException, InterruptedException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:stdout",
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        Visit.class.getName(),
                        entries)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String log = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).isZero();
        assertThat(log).contains("dev.tenantry.tenancy.TenantDoors");
        return log.contains(" inet.ipaddr.");
    }

    private void add(String block, Optional<Instant> expiresAt) {
        core.commit(core.addIp()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new NewIp(IpBlock.parse(block), Optional.empty(), IpScope.API, expiresAt)));
    }

    private Role open(Caller caller) {
        return core.door(caller, "acme", Role.ADMIN).open().role();
    }
}
