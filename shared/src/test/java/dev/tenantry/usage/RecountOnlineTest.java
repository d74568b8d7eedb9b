package dev.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.chargers.ChargerEvent;
import dev.tenantry.chargers.ConnectionId;
import dev.tenantry.chargers.Credentials;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.stats.RepairCounters;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Drift;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.FaultyDynamoDb.Call;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkResponse;

/// The number online in the windows against the one in the statistics.
class RecountOnlineTest extends TwoTenants {

    private static final DomainPrefix ACME = new DomainPrefix("acme");

    @BeforeEach
    void connectThree() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        core.insist(() -> core.startProvisioning()
                .run(
                        core.door(ada, "acme", Role.USER),
                        new NewWindow(Optional.empty(), Duration.ofHours(1), Optional.empty())));
        for (int i = 0; i < 3; i++) {
            connect("CP-" + i);
        }
    }

    @Test
    void findsNothingWhereBothAreOneFoldedOrNot() {
        assertThat(repair()).isEmpty();
        fold();
        connect("CP-3");
        assertThat(repair()).isEmpty();
    }

    @Test
    void letsSoManyComeOrGoAsTheWindowsAreWrongBy() {
        for (long wrong : new long[] {5, -9}) {
            Sample drift = Sample.of(
                    clock.instant().minus(Duration.ofDays(2)),
                    new Counters(0, 0, 0, 0, Math.max(0, wrong), Math.max(0, -wrong), 0));
            core.importUsage().run(ACME, List.of(drift));
            assertThat(repair()).containsExactly(new Drift("online in the windows", Long.toString(3 + wrong), "3"));
            assertThat(repair()).isEmpty();
            fold();
            assertThat(repair()).isEmpty();
            assertThat(online()).isEqualTo(3);
        }
    }

    /// What comes between reading and writing would be counted as a drift.
    @Test
    void countsAnewWhereAChargerComesOrUsageIsFoldedMeanwhile() {
        core.importUsage().run(ACME, List.of(Sample.of(clock.instant(), new Counters(0, 0, 0, 0, 5, 0, 0))));
        faulty.next("transactWriteItems", (_, call) -> {
            connect("CP-7");
            return call.happen();
        });
        assertThat(repair()).containsExactly(new Drift("online in the windows", "9", "4"));
        core.importUsage().run(ACME, List.of(Sample.of(clock.instant(), new Counters(0, 0, 0, 0, 5, 0, 0))));
        faulty.next("transactWriteItems", (_, call) -> {
            fold();
            return call.happen();
        });
        assertThat(repair()).containsExactly(new Drift("online in the windows", "9", "4"));
        fold();
        assertThat(online()).isEqualTo(4);
        assertThat(repair()).isEmpty();
    }

    /// What is folded after the sums were read, and before what waits is, would be in neither.
    @Test
    void countsAnewWhereUsageIsFoldedBetweenTheSumsAndWhatWaits() {
        atTheFirstLook(call -> {
            fold();
            return call.happen();
        });
        assertThat(repair()).isEmpty();
        assertThat(online()).isEqualTo(3);
    }

    /// More than a page waits. What chargers share is moved behind all of it when it grows too large: it would be
    /// counted on both pages. Who was online and still is moves no count, and nothing was folded.
    @Test
    void countsAnewWhereWhatWaitsMovesMeanwhile() {
        letWait(PageRequest.MOST);
        atTheFirstLook(call -> {
            SdkResponse answer = call.happen();
            for (int i = 0; i < ConnectionUsage.MOST_BYTES / 5; i++) {
                clock.advance(Duration.ofMillis(1));
                connect("CP-0", "again-" + i);
            }
            return answer;
        });
        assertThat(repair()).isEmpty();
        // Those reports, what each charger's part shares, and what was moved.
        assertThat(core.table().query(Keys.batches(UsageStore.shard(ACME)), 2 * PageRequest.MOST))
                .hasSize(PageRequest.MOST + 3 + 1);
    }

    /// It may be the tenant's, and would be folded twice if it were made up for.
    @Test
    void leavesTheWindowsAloneWhereSomethingWaitsThatCannotBeRead() {
        core.importUsage().run(ACME, List.of(Sample.of(clock.instant(), new Counters(0, 0, 0, 0, 5, 0, 0))));
        Key broken = Keys.batch(UsageStore.shard(ACME), "0000000000000-broken");
        core.table()
                .commit(Change.empty()
                        .with(Put.newRow(
                                broken, Row.with().text("tenant", "acme").row())));
        RepairCounters.Repair repair = core.repairCounters().run(ACME, () -> true);
        assertThat(repair.repaired()).isEmpty();
        assertThat(repair.notSettled()).containsOnlyKeys("online in the windows");
        fold();
        assertThat(repair()).containsExactly(new Drift("online in the windows", "8", "3"));
    }

    /// Reports that change nothing about who is online.
    private void letWait(int reports) {
        UsageDelta delta = UsageDelta.of(List.of(Sample.of(clock.instant(), new Counters(1, 1, 100, 50, 0, 0, 0))));
        for (int i = 0; i < reports; ) {
            Change change = Change.empty();
            for (int end = Math.min(i + 100, reports); i < end; i++) {
                change.with(UsageStore.put(UsageBatch.of(UsageStore.shard(ACME), clock.millis(), i, ACME, delta)));
            }
            core.table().commit(change);
        }
    }

    /// Lets something happen instead when the repair reads what waits for the first time.
    private void atTheFirstLook(Function<Call, SdkResponse> instead) {
        AtomicBoolean isFirst = new AtomicBoolean(true);
        Fault fault = (request, call) -> request.toString().contains("USAGE_BATCH") && isFirst.getAndSet(false)
                ? instead.apply(call)
                : call.happen();
        faulty.next("query", Collections.nCopies(20, fault).toArray(Fault[]::new));
    }

    private long online() {
        return core.find("acme", UsageStore.summary()).orElseThrow().openingOf(Long.MAX_VALUE);
    }

    private List<Drift> repair() {
        return core.repairCounters().run(ACME, () -> true).repaired();
    }

    private void fold() {
        assertThat(core.aggregateUsage().run(() -> true).failures()).isEmpty();
    }

    private void connect(String identity) {
        connect(identity, "c-" + identity);
    }

    private void connect(String identity, String connection) {
        ChargerEvent event = new ChargerEvent(
                "acme", identity, "192.0.2.10", new ConnectionId(connection), clock.instant(), "request");
        core.insist(() -> core.connectCharger().run(event, new Credentials(true, Optional.empty(), Optional.empty())));
    }
}
