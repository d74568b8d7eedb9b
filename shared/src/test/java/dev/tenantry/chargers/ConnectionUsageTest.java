package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Precondition;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.TwoTenants;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.OnlineMoments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who comes and goes is in the tenant's usage.
class ConnectionUsageTest extends TwoTenants {

    private final Broker broker = new Broker(core, clock);

    @BeforeEach
    void letIn() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        broker.provision(ada, "acme", Optional.empty(), Optional.empty());
    }

    /// It was two on every later day when brokers reported who came and went.
    @Test
    void countsAChargerOnceThatLostItsNodeAndCameBack() {
        Instant first = clock.instant();
        broker.connect(broker.event("acme", "CP-1", "a"));
        clock.advance(Duration.ofMinutes(7));
        broker.connect(broker.event("acme", "CP-1", "b"));
        fold();
        assertThat(moments()).isEqualTo(Map.of(first.toEpochMilli(), 1L));
        // The node owes an end, and says it late.
        broker.disconnect(broker.event("acme", "CP-1", "a", first.plusSeconds(60)));
        fold();
        assertThat(moments())
                .isEqualTo(Map.of(
                        first.toEpochMilli(), 1L,
                        first.plusSeconds(60).toEpochMilli(), -1L,
                        clock.instant().toEpochMilli(), 1L));
    }

    @Test
    void endsTheConnectionOfAChargerThatIsRemoved() {
        Instant first = clock.instant();
        Accepted accepted = broker.connect(broker.event("acme", "CP-1", "a"));
        clock.advance(Duration.ofSeconds(90));
        core.insist(() -> core.removeCharger()
                .run(core.door(ada, "acme", Role.USER), Long.toString(accepted.chargerId()), Precondition.NONE));
        fold();
        assertThat(moments())
                .isEqualTo(Map.of(first.toEpochMilli(), 1L, clock.instant().toEpochMilli(), -1L));
    }

    /// No final window changes, and whoever is online is so from then on that can change.
    @Test
    void placesWhatIsOlderThanThirtyFiveDaysWhereWindowsAreOpen() {
        Instant now = clock.instant();
        broker.connect(broker.event("acme", "CP-1", "old", now.minus(Duration.ofDays(50))));
        broker.connect(broker.event("acme", "CP-2", "gone", now.minus(Duration.ofDays(50))));
        broker.disconnect(broker.event("acme", "CP-2", "gone", now.minus(Duration.ofDays(49))));
        fold();
        assertThat(moments()).isEqualTo(Map.of(now.minus(Duration.ofDays(35)).toEpochMilli(), 1L));
        assertThat(core.usage().days(core.scope("acme"), 0, 30_000))
                .allSatisfy(day -> assertThat(day.counters()).isEmpty());
        assertThat(broker.counts("acme").online()).isEqualTo(1);
    }

    /// What comes in between the reading of a batch and its deletion is folded by the next run.
    @Test
    void losesNothingThatComesInWhileItIsFolded() {
        for (int i = 0; i < 70; i++) {
            ChargerFixture.enter(core, "acme", ChargerFixture.charger(i + 1, "CP-" + i, 1, clock.instant()));
        }
        for (int i = 0; i < 40; i++) {
            broker.connect(broker.event("acme", "CP-" + i, "a"));
        }
        int[] more = {40};
        faulty.next("transactWriteItems", (_, call) -> {
            for (int i = 0; i < 30; i++) {
                int charger = more[0]++;
                broker.connect(broker.event("acme", "CP-" + charger, "a"));
            }
            return call.happen();
        });
        for (int i = 0; i < 4; i++) {
            fold();
        }
        assertThat(moments()).isEqualTo(Map.of(clock.instant().toEpochMilli(), 70L));
        assertThat(core.repairCounters().run(acme.domainPrefix(), () -> true).repaired())
                .isEmpty();
    }

    /// Where many come and go, what they add to at this moment waits, and nothing else does.
    @Test
    void foldsTheRestWhereChargersComeWithoutEnd() {
        Instant now = clock.instant();
        for (int i = 0; i < 20; i++) {
            // A registration has audit ids, of which one millisecond has 32.
            ChargerFixture.enter(core, "acme", ChargerFixture.charger(i + 1, "CP-" + i, 1, now));
            broker.connect(broker.event("acme", "CP-" + i, "a"));
        }
        Instant yesterday = now.minus(Duration.ofDays(1));
        broker.connect(broker.event("acme", "DEPOT", "late", yesterday));
        int[] more = {0};
        Fault meanwhile = (_, call) -> {
            broker.connect(broker.event("acme", "CP-" + more[0], "b", now.plusMillis(1)));
            more[0]++;
            return call.happen();
        };
        for (int i = 0; i < 20; i++) {
            // The second is the connect's own.
            faulty.next("transactWriteItems", meanwhile, (_, call) -> call.happen());
        }
        assertThat(fold()).isEqualTo(1);
        assertThat(moments()).isEqualTo(Map.of(yesterday.toEpochMilli(), 1L));
        faulty.calm();
        clock.advance(Duration.ofMinutes(5));
        assertThat(fold()).isPositive();
        assertThat(moments()).isEqualTo(Map.of(yesterday.toEpochMilli(), 1L, now.toEpochMilli(), 20L));
    }

    /// A charger that puts a full batch aside must not take along what another one adds at that moment.
    @Test
    void losesNothingThatComesInWhileABatchIsPutAside() {
        String one = "CP-0";
        String other = IntStream.range(1, 500)
                .mapToObj(i -> "CP-" + i)
                .filter(identity -> shared(identity).equals(shared(one)))
                .findFirst()
                .orElseThrow();
        ChargerFixture.enter(core, "acme", ChargerFixture.charger(1, one, 1, clock.instant()));
        ChargerFixture.enter(core, "acme", ChargerFixture.charger(2, other, 1, clock.instant()));
        for (int i = 0; i < 120; i++) {
            Instant at = clock.instant().plusMillis(2 * i);
            // What the first one adds is longer then: it finds no room where the other one still does.
            broker.disconnect(broker.event("acme", one, "c" + i, at.plusMillis(1)));
            for (int more = 0; more < i % 3; more++) {
                broker.connect(broker.event("acme", other, "more" + more + "c" + i, at));
            }
            ChargerEvent meanwhile = broker.event("acme", other, "c" + i, at);
            faulty.next(
                    "transactWriteItems",
                    (_, call) -> {
                        broker.connect(meanwhile);
                        return call.happen();
                    },
                    (_, call) -> call.happen());
            broker.connect(broker.event("acme", one, "c" + i, at));
            faulty.calm();
        }
        fold();
        long connects = core.usage().days(core.scope("acme"), 0, 30_000).stream()
                .flatMap(day -> day.counters().values().stream())
                .mapToLong(Counters::connects)
                .sum();
        assertThat(connects).isEqualTo(360);
    }

    private Key shared(String identity) {
        return core.chargers()
                .usageOf(new ChargePointIdentity(identity))
                .batch()
                .key(core.scope("acme"));
    }

    /// It waits to be quarantined; no charger waits for that.
    @Test
    void letsChargersComeThoughTheirBatchCannotBeRead() {
        broker.connect(broker.event("acme", "CP-1", "a"));
        core.table().commit(Change.empty().with(Update.of(shared("CP-1")).setBytes("deltas", List.of(new byte[] {9}))));
        clock.advance(Duration.ofMillis(1));
        Instant gone = clock.instant();
        broker.disconnect(broker.event("acme", "CP-1", "a"));
        var run = core.aggregateUsage().run(() -> true);
        assertThat(run.quarantined()).hasSize(1);
        assertThat(moments()).isEqualTo(Map.of(gone.toEpochMilli(), -1L));
    }

    /// So that an event costs two units more, however many come in a minute.
    @Test
    void keepsABatchThatChargersShareBelowAKilobyte() {
        for (int i = 0; i < 200; i++) {
            broker.connect(broker.event("acme", "CP-1", "c" + i, clock.instant().plusMillis(i)));
        }
        long first = clock.instant().toEpochMilli();
        int rows = fold();
        // Each has some forty events.
        assertThat(rows).isBetween(2, 8);
        assertThat(moments()).isEqualTo(Map.of(first, 1L));
    }

    private int fold() {
        var run = core.aggregateUsage().run(() -> true);
        assertThat(run.failures()).isEmpty();
        assertThat(run.quarantined()).isEmpty();
        return run.batches();
    }

    private Map<Long, Long> moments() {
        return OnlineMoments.of(core, "acme");
    }
}
