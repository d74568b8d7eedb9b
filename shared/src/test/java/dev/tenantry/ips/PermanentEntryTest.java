package dev.tenantry.ips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.edit.Edit;
import dev.tenantry.refusal.Refusal.PermanentEntryNeeded;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The clock alone neither opens a scope nor shuts it: an entry runs out only beside one that does not.
class PermanentEntryTest extends TwoTenants {

    private static final Optional<Instant> NEVER = Optional.empty();

    @ParameterizedTest
    @EnumSource
    void refusesTheFirstEntryThatRunsOut(IpScope scope) {
        IpScope other = scope == IpScope.API ? IpScope.CHARGER : IpScope.API;
        add("203.0.113.0/24", other, NEVER);

        assertThatThrownBy(() -> add("203.0.113.10", scope, soon()))
                .isInstanceOfSatisfying(
                        PermanentEntryNeeded.class,
                        refusal -> assertThat(refusal.scope()).isEqualTo(scope.text()));
        add("203.0.113.0/24", scope, NEVER);
        add("203.0.113.10", scope, soon());
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheLastThatStaysWhileOthersAreInForce(IpScope scope) {
        add("203.0.113.0/24", scope, NEVER);
        add("203.0.113.10", scope, soon());

        assertThatThrownBy(() -> remove("1")).isInstanceOf(PermanentEntryNeeded.class);
        assertThatThrownBy(() -> expire("1")).isInstanceOf(PermanentEntryNeeded.class);
        // Once the other one has run out, nobody but the admin opens the scope.
        clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> expire("1")).isInstanceOf(PermanentEntryNeeded.class);
        remove("1");
        assertThat(list()).isEmpty();
    }

    @Test
    void letsAnyGoBesideAnotherThatStays() {
        add("203.0.113.0/24", IpScope.API, NEVER);
        add("203.0.113.0/25", IpScope.API, NEVER);
        add("203.0.113.10", IpScope.API, soon());

        expire("2");
        update("2", new Edit.Clear<>());
        remove("1");
        remove("3");
        remove("2");
    }

    /// What there was before there was the rule: it can be described, removed and made to stay.
    @Test
    void leavesRoomForEntriesThatAreAlone() {
        add("203.0.113.0/24", IpScope.CHARGER, NEVER);
        add("203.0.113.10", IpScope.CHARGER, soon());
        add("203.0.113.11", IpScope.CHARGER, soon());
        var scope = core.scope("acme", IpStore.register(), IpStore.entry(1));
        core.commit(change -> core.ips()
                .remove(
                        change,
                        scope,
                        core.ips().register(scope),
                        scope.found(IpStore.entry(1)).orElseThrow()));

        core.commit(core.updateIp()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        "2",
                        new IpEdit(new Edit.Set<>(new IpDescription("Visitor")), new Edit.Set<>(soon().orElseThrow())),
                        Precondition.NONE));
        assertThatThrownBy(() -> update("2", new Edit.Set<>(clock.instant().plus(Duration.ofDays(1)))))
                .isInstanceOf(PermanentEntryNeeded.class);
        remove("3");
        update("2", new Edit.Clear<>());
        assertThat(list())
                .singleElement()
                .satisfies(entry -> assertThat(entry.expiresAt()).isEmpty());
    }

    @Test
    void keepsOneThatStaysWhateverRaces() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            String tenant = "round" + round;
            core.tenant(tenant, ada);
            add(tenant, "203.0.113.0/24", IpScope.CHARGER, NEVER);
            add(tenant, "203.0.113.0/25", IpScope.CHARGER, NEVER);
            Optional<Instant> soon = soon();

            List<Object> outcomes = Race.run(15, i -> () -> switch (i % 5) {
                case 0 -> core.insist(() -> decideToRemove(tenant, "1"));
                case 1 -> core.insist(() -> decideToRemove(tenant, "2"));
                case 2 -> core.insist(() -> decide(tenant, "1", new Edit.Set<>(soon.orElseThrow())));
                case 3 -> core.insist(() -> decide(tenant, "2", new Edit.Set<>(soon.orElseThrow())));
                default -> core.insist(() -> decideToAdd(tenant, "198.51.100." + i, IpScope.CHARGER, soon));
            });

            assertThat(outcomes).hasSize(15);
            List<IpEntry> left = list(tenant);
            assertThat(left.isEmpty()
                            || left.stream().anyMatch(entry -> entry.expiresAt().isEmpty()))
                    .as(left.toString())
                    .isTrue();
        }
    }

    private Optional<Instant> soon() {
        return Optional.of(clock.instant().plusSeconds(60));
    }

    private void add(String block, IpScope scope, Optional<Instant> expiresAt) {
        add("acme", block, scope, expiresAt);
    }

    private void add(String tenant, String block, IpScope scope, Optional<Instant> expiresAt) {
        core.commit(decideToAdd(tenant, block, scope, expiresAt));
    }

    private Decision<IpEntry> decideToAdd(String tenant, String block, IpScope scope, Optional<Instant> expiresAt) {
        return core.addIp()
                .run(
                        core.door(ada, tenant, Role.ADMIN),
                        new NewIp(IpBlock.parse(block), Optional.empty(), scope, expiresAt));
    }

    private void remove(String named) {
        core.commit(decideToRemove("acme", named));
    }

    private Decision<String> decideToRemove(String tenant, String named) {
        return core.removeIp().run(core.door(ada, tenant, Role.ADMIN), named, Precondition.NONE);
    }

    private void expire(String named) {
        update(named, new Edit.Set<>(soon().orElseThrow()));
    }

    private void update(String named, Edit<Instant> expiresAt) {
        core.commit(decide("acme", named, expiresAt));
    }

    private Decision<IpEntry> decide(String tenant, String named, Edit<Instant> expiresAt) {
        return core.updateIp()
                .run(
                        core.door(ada, tenant, Role.ADMIN),
                        named,
                        new IpEdit(new Edit.Keep<>(), expiresAt),
                        Precondition.NONE);
    }

    private List<IpEntry> list() {
        return list("acme");
    }

    private List<IpEntry> list(String tenant) {
        return core.listIps()
                .run(core.door(ada, tenant, Role.VIEWER), Pages.LARGEST)
                .items();
    }
}
