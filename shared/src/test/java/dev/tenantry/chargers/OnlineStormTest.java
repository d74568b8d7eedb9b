package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.metrics.Bound;
import dev.tenantry.metrics.Interval;
import dev.tenantry.metrics.MetricsRange;
import dev.tenantry.metrics.MetricsWindow;
import dev.tenantry.metrics.TimeZoneName;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.refusal.Refusal;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.Mailbox;
import dev.tenantry.testing.MortalDynamoDb;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import dev.tenantry.usage.OnlineMoments;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Ten thousand events of chargers, late, shuffled, repeated and lost, told by two nodes and folded by two aggregations
/// that die and lose requests and answers between and inside storage calls: at every millisecond the windows have as
/// many online as the plain rule says of what was heard, and at the end as many as the statistics.
class OnlineStormTest {

    private static final int CHARGERS = Core.CHARGERS_PER_TENANT;
    private static final int EVENTS = 10_000;
    /// So many events at a time, and as often an aggregation begins.
    private static final int WAVE = 100;

    private static final Duration DELAY = Duration.ofSeconds(30);
    private static final Duration LATE = Duration.ofMinutes(30);

    private final TestClock clock = new TestClock();
    private final String table = DynamoDbLocal.newTable(DynamoDbLocal.client());
    private final Core core = Core.over(DynamoDbLocal.client(), table, clock);
    private final Broker broker = new Broker(core, clock);
    private final Random random = new Random(14);
    private final List<MortalDynamoDb> machines = new ArrayList<>();

    /// @param charger    which of them
    /// @param connection of that charger
    private record Told(boolean begins, int charger, int connection, Instant at) {}

    private record Arrival(Told event, Instant time) {}

    /// A process and what it stores things with.
    private record Machine(MortalDynamoDb storage, Core core, Broker broker) {}

    @Test
    void agreesWithPresenceAtEveryMillisecond() throws Exception {
        core.tenant("acme", People.named("ada"));
        enterAll(ProfileFixture.create(core, "acme", SecurityProfile.NONE));
        List<Told> heard = told();
        storm(arrivals(heard));
        for (MortalDynamoDb.Mishap mishap : MortalDynamoDb.Mishap.values()) {
            // Of both aggregations together: how much each one gets to do is for the machine to say.
            assertThat(machines.subList(0, 2)).as("%s", mishap).allMatch(node -> node.met(mishap) > 0);
            assertThat(machines.subList(2, 4)).as("%s", mishap).anyMatch(aggregation -> aggregation.met(mishap) > 0);
        }
        // What the last deaths left behind.
        core.aggregateUsage().run(() -> true);
        clock.advance(Duration.ofMinutes(10));
        core.aggregateUsage().run(() -> true);
        assertThat(core.aggregateUsage().run(() -> true).batches()).isZero();

        SortedMap<Long, Long> expected = truth(heard);
        assertThat(OnlineMoments.of(core, "acme")).isEqualTo(expected);
        long online = expected.values().stream().mapToLong(delta -> delta).sum();
        assertThat(broker.counts("acme").online()).isEqualTo(online);
        assertThat(broker.counts("acme")).isEqualTo(broker.recounted("acme"));
        assertThat(core.repairCounters()
                        .run(new DomainPrefix("acme"), () -> true)
                        .repaired())
                .isEmpty();
        List<Told> begun = heard.stream().filter(Told::begins).toList();
        Set<List<Integer>> names = new HashSet<>();
        begun.forEach(event -> names.add(List.of(event.charger(), event.connection())));
        List<Told> over = heard.stream()
                .filter(event -> !event.begins() && names.contains(List.of(event.charger(), event.connection())))
                .toList();
        for (MetricsWindow window : windows()) {
            assertThat(window.chargersOnlineMax()).isEqualTo(most(expected, window));
            assertThat(window.counters().connects()).isEqualTo(count(begun, window));
            assertThat(window.counters().disconnects()).isEqualTo(count(over, window));
        }
    }

    private void storm(List<Arrival> arrivals) throws Exception {
        List<Machine> nodes = List.of(machine(1), machine(2));
        List<Machine> aggregations = List.of(machine(3), machine(4));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < arrivals.size(); i += WAVE) {
                List<Arrival> wave = arrivals.subList(i, Math.min(arrivals.size(), i + WAVE));
                clock.advance(Duration.between(clock.instant(), wave.getLast().time()));
                List<Callable<Void>> work = new ArrayList<>();
                for (Arrival arrival : wave) {
                    work.add(() -> tell(nodes.get(random.nextInt(2)), arrival.event()));
                }
                aggregations.forEach(aggregation -> work.add(() -> fold(aggregation)));
                Collections.shuffle(work, random);
                for (Future<Void> done : threads.invokeAll(work)) {
                    done.get();
                }
            }
        }
    }

    private Machine machine(int number) {
        MortalDynamoDb storage = new MortalDynamoDb(
                DynamoDbLocal.client(), new SplittableRandom(number), "machine " + number, 2 * number);
        machines.add(storage);
        Random ids = new Random(number);
        Core process = Core.over(storage.client(), table, clock, new Mailbox(), ids::nextLong);
        return new Machine(storage, process, new Broker(process, clock));
    }

    /// A broker that has no answer tells it again.
    private Void tell(Machine node, Told event) {
        String identity = "CP-" + event.charger();
        ChargerEvent told = broker.event("acme", identity, identity + "/" + event.connection(), event.at());
        while (true) {
            try {
                if (event.begins()) {
                    node.broker().connect(told, Broker.NOTHING);
                } else {
                    node.broker().disconnect(told);
                }
                return null;
            } catch (MortalDynamoDb.Killed | Refusal.Unavailable e) {
                node.storage().start();
            }
        }
    }

    private static Void fold(Machine aggregation) {
        try {
            aggregation.core().aggregateUsage().run(() -> true);
        } catch (MortalDynamoDb.Killed e) {
            aggregation.storage().start();
        }
        return null;
    }

    /// Most within half a minute, some half an hour late; and some of them again.
    private List<Arrival> arrivals(List<Told> heard) {
        List<Arrival> arrivals = new ArrayList<>();
        heard.forEach(event -> arrivals.add(arrival(event)));
        while (arrivals.size() < EVENTS) {
            arrivals.add(arrival(heard.get(random.nextInt(heard.size()))));
        }
        arrivals.sort(Comparator.comparing(Arrival::time));
        return arrivals;
    }

    private Arrival arrival(Told event) {
        Duration most = random.nextInt(7) == 0 ? LATE : DELAY;
        return new Arrival(event, event.at().plusMillis(random.nextLong(most.toMillis())));
    }

    private void enterAll(long profile) {
        for (int i = 0; i < CHARGERS; i += AddChargers.MAX_CHARGERS) {
            List<NewCharger> some = IntStream.range(i, Math.min(CHARGERS, i + AddChargers.MAX_CHARGERS))
                    .mapToObj(number -> new NewCharger(
                            "",
                            new ChargePointIdentity("CP-" + number),
                            Optional.empty(),
                            Optional.of(profile),
                            Optional.empty(),
                            Optional.empty()))
                    .toList();
            // One millisecond has 32 audit ids.
            clock.advance(Duration.ofMillis(1));
            core.insist(() -> core.addChargers().run(core.door(People.named("ada"), "acme", Role.USER), some));
        }
    }

    /// Up to fourteen connections of each charger, some of which begin before the one before has ended; of some the
    /// beginning is lost, of more the end.
    private List<Told> told() {
        List<Told> told = new ArrayList<>();
        for (int charger = 0; charger < CHARGERS; charger++) {
            Instant at = clock.instant().plusMillis(random.nextInt(1_200_000));
            int connections = 1 + random.nextInt(14);
            for (int connection = 0; connection < connections; connection++) {
                at = at.plusMillis(random.nextInt(150_000));
                Instant end = at.plusMillis(random.nextInt(225_000));
                if (connection == 0 || random.nextInt(20) > 0) {
                    told.add(new Told(true, charger, connection, at));
                }
                if (random.nextInt(8) > 0) {
                    told.add(new Told(false, charger, connection, end));
                }
            }
        }
        return told;
    }

    private static SortedMap<Long, Long> truth(List<Told> heard) {
        SortedMap<Long, Long> moments = new TreeMap<>();
        for (int charger = 0; charger < CHARGERS; charger++) {
            int its = charger;
            Map<Integer, Long> ends = new HashMap<>();
            List<Told> begun = new ArrayList<>();
            Set<Long> instants = new HashSet<>();
            for (Told event : heard) {
                if (event.charger() == its) {
                    instants.add(event.at().toEpochMilli());
                    if (event.begins()) {
                        begun.add(event);
                    } else {
                        ends.put(event.connection(), event.at().toEpochMilli());
                    }
                }
            }
            boolean was = false;
            for (long at : instants.stream().sorted().toList()) {
                boolean is = begun.stream()
                        .filter(event -> event.at().toEpochMilli() <= at)
                        .max(Comparator.comparing(Told::at)
                                .thenComparing(
                                        event -> new ConnectionId("CP-" + its + "/" + event.connection()).digest()))
                        .filter(newest -> ends.getOrDefault(newest.connection(), Long.MAX_VALUE) > at)
                        .isPresent();
                if (is != was) {
                    moments.merge(at, is ? 1L : -1L, Long::sum);
                }
                was = is;
            }
        }
        moments.values().removeIf(delta -> delta == 0);
        return moments;
    }

    private List<MetricsWindow> windows() {
        return core.showMetrics()
                .run(
                        core.door(People.named("ada"), "acme", Role.VIEWER),
                        new MetricsRange(
                                Interval.HOUR,
                                TimeZoneName.of("Asia/Kathmandu"),
                                Optional.of(new Bound.At(clock.instant().minus(12, ChronoUnit.HOURS))),
                                Optional.of(new Bound.At(clock.instant()))),
                        new PageRequest(1000, Optional.empty()))
                .items();
    }

    private static long most(SortedMap<Long, Long> moments, MetricsWindow window) {
        long online = moments.headMap(window.start().toEpochMilli()).values().stream()
                .mapToLong(delta -> delta)
                .sum();
        long most = online;
        for (long delta : moments.subMap(
                        window.start().toEpochMilli(), window.end().toEpochMilli())
                .values()) {
            online += delta;
            most = Math.max(most, online);
        }
        return most;
    }

    private static long count(List<Told> events, MetricsWindow window) {
        return events.stream()
                .filter(event ->
                        !event.at().isBefore(window.start()) && event.at().isBefore(window.end()))
                .count();
    }
}
