package dev.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.metrics.Bound;
import dev.tenantry.metrics.Interval;
import dev.tenantry.metrics.MetricsRange;
import dev.tenantry.metrics.MetricsWindow;
import dev.tenantry.metrics.TimeZoneName;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.Mailbox;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each sample counts once: 10,000 of them with 30 % duplicates, shuffled, late ones among them, through a queue that
/// delivers again what was not acknowledged, two ingests and two aggregations at a time, all of which die and lose
/// requests and answers between and inside storage calls.
class UsageExactlyOnceTest {

    private static final Instant NOW = Instant.parse("2025-11-12T13:37:42.123Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final List<String> TENANTS = List.of("acme", "globex", "initech");

    /// Ahead of and behind UTC, by whole, half and quarter hours; clocks change meanwhile in Berlin, New York and
    /// St John's.
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Asia/Kolkata",
            "America/St_Johns",
            "Asia/Kathmandu",
            "Pacific/Chatham",
            "Australia/Lord_Howe");

    private static final int SAMPLES = 10_000;
    private static final long SEED = 20251112;

    private final String table = DynamoDbLocal.newTable(DynamoDbLocal.client());
    private final Core core = Core.over(DynamoDbLocal.client(), table, CLOCK);
    private final Queue queue = new Queue();

    @Test
    void countsEachSampleOnceWhateverHappens() throws InterruptedException {
        TENANTS.forEach(tenant -> core.tenant(tenant, People.named("ada")));
        Random random = new Random(SEED);
        List<Sample> unique = samples(random);
        List<Sample> sent = new ArrayList<>(unique);
        for (int i = 0; i < SAMPLES * 3 / 10; i++) {
            sent.add(unique.get(random.nextInt(SAMPLES)));
        }
        Collections.shuffle(sent, random);
        queue.add(sent);

        List<MortalDynamoDb> machines = new ArrayList<>();
        List<Thread> ingests = new ArrayList<>();
        List<Thread> aggregations = new ArrayList<>();
        List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 2; i++) {
            MortalDynamoDb machine = machine(machines, "ingest", SEED + i);
            Core process = process(machine, SEED + i);
            ingests.add(start(faults, () -> ingest(process, machine)));
            MortalDynamoDb another = machine(machines, "aggregation", SEED + 10 + i);
            Core aggregation = process(another, SEED + 10 + i);
            aggregations.add(start(faults, () -> aggregate(aggregation, another)));
        }
        for (Thread ingest : ingests) {
            ingest.join();
        }
        queue.close();
        for (Thread aggregation : aggregations) {
            aggregation.join();
        }
        assertThat(faults).isEmpty();
        // Of both kinds together: how much each one gets to do is for the machine to say.
        for (String kind : List.of("ingest", "aggregation")) {
            assertThat(MortalDynamoDb.Mishap.values())
                    .allSatisfy(mishap -> assertThat(machines.stream()
                                    .filter(machine -> machine.name.equals(kind))
                                    .mapToInt(machine -> machine.met(mishap)))
                            .as("%s of a write in %s", mishap, kind)
                            .anyMatch(met -> met > 0));
        }
        // What the last deaths left behind.
        AggregateUsage.Aggregation last = core.aggregateUsage().run(() -> true);
        assertThat(last.failures()).isEmpty();
        assertThat(core.aggregateUsage().run(() -> true).batches()).isZero();

        for (String tenant : TENANTS) {
            Recount recount = new Recount(
                    unique.stream()
                            .filter(sample -> sample.tenant().value().equals(tenant))
                            .toList(),
                    NOW);
            for (String zone : ZONES) {
                // All there is, in each case.
                compare(recount, tenant, Interval.HOUR, zone, "2025-10-07", "2025-11-14");
                compare(recount, tenant, Interval.DAY, zone, "2025-09-20", "2025-11-20");
                compare(recount, tenant, Interval.MONTH, zone, "2025-01-01", "2026-01-01");
            }
            checkPeriod(unique, tenant);
        }
    }

    private void compare(Recount recount, String tenant, Interval interval, String zone, String from, String to) {
        List<MetricsWindow> shown = core.showMetrics()
                .run(
                        core.door(People.named("ada"), tenant, Role.VIEWER),
                        new MetricsRange(
                                interval,
                                TimeZoneName.of(zone),
                                Optional.of(Bound.of(from)),
                                Optional.of(Bound.of(to))),
                        Pages.LARGEST)
                .items();
        assertThat(shown).hasSizeGreaterThan(10);
        assertThat(shown.stream().filter(window -> window.counters().messages() > 0))
                .isNotEmpty();
        List<MetricsWindow> expected = shown.stream()
                .map(window -> recount.window(window.start(), window.end()))
                .toList();
        assertThat(shown).as("%s by %s in %s", tenant, interval, zone).isEqualTo(expected);
    }

    private void checkPeriod(List<Sample> unique, String tenant) {
        UsageSummary summary = core.find(tenant, UsageStore.summary()).orElseThrow();
        long messages = 0;
        long bytes = 0;
        for (Sample sample : unique) {
            if (sample.tenant().value().equals(tenant)
                    && !sample.at().isBefore(Instant.parse("2025-11-01T00:00:00Z"))) {
                messages += sample.counters().messagesIn() + sample.counters().messagesOut();
                bytes += sample.counters().bytesIn() + sample.counters().bytesOut();
            }
        }
        assertThat(summary.month(java.time.YearMonth.of(2025, 11))).isEqualTo(new UsageSummary.Month(messages, bytes));
    }

    /// Chargers come and go, some within a second, many in the same millisecond; one in eight samples is days or
    /// weeks late.
    private static List<Sample> samples(Random random) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            long age = random.nextInt(8) == 0
                    ? random.nextLong(Duration.ofDays(35).toMillis())
                    : random.nextLong(Duration.ofHours(5).toMillis());
            Instant at = NOW.minusMillis(random.nextInt(3) == 0 ? age / 900_000 * 900_000 : age);
            if (random.nextInt(200) == 0) {
                at = NOW.plusMillis(random.nextInt(300_000));
            }
            // Ids of different tenants are the same ones.
            samples.add(new Sample(
                    "sample-" + i / TENANTS.size(),
                    new DomainPrefix(TENANTS.get(i % TENANTS.size())),
                    at,
                    new Counters(
                            random.nextInt(100),
                            random.nextInt(100),
                            random.nextInt(100_000),
                            random.nextInt(50) == 0 ? Sample.MAX_COUNT : random.nextInt(100_000),
                            random.nextInt(3) == 0 ? random.nextInt(4) : 0,
                            random.nextInt(3) == 0 ? random.nextInt(4) : 0,
                            random.nextInt(20) == 0 ? 1 : 0)));
        }
        return samples;
    }

    private void ingest(Core process, MortalDynamoDb machine) {
        while (true) {
            machine.start();
            List<Sample> batch = queue.receive();
            if (batch.isEmpty()) {
                return;
            }
            List<Sample> failed = batch;
            try {
                List<SampleOutcome> outcomes = process.ingest(batch);
                assertThat(outcomes).allMatch(outcome -> outcome.isCounted() || outcome == SampleOutcome.NOT_NOW);
                failed = IntStream.range(0, batch.size())
                        .filter(i -> !outcomes.get(i).isCounted())
                        .mapToObj(batch::get)
                        .toList();
            } catch (MortalDynamoDb.Killed | Unavailable e) {
                // Nothing was acknowledged: all of it comes again.
            }
            queue.settle(batch, failed);
        }
    }

    /// Runs whenever a delivery was taken in, while others are: more often than any schedule.
    private void aggregate(Core process, MortalDynamoDb machine) {
        int seen = 0;
        while (queue.awaitDelivery(seen)) {
            seen = queue.deliveries();
            machine.start();
            AtomicInteger changes = new AtomicInteger();
            try {
                // Some runs are cut short by their time limit.
                process.aggregateUsage().run(() -> changes.incrementAndGet() < 200);
            } catch (MortalDynamoDb.Killed e) {
                // The schedule starts another one.
            }
        }
    }

    private static Thread start(List<Throwable> faults, Runnable work) {
        return Thread.ofPlatform()
                .uncaughtExceptionHandler((_, fault) -> faults.add(fault))
                .start(work);
    }

    private static MortalDynamoDb machine(List<MortalDynamoDb> machines, String name, long seed) {
        MortalDynamoDb machine = new MortalDynamoDb(DynamoDbLocal.client(), new SplittableRandom(seed), name);
        machines.add(machine);
        return machine;
    }

    private Core process(MortalDynamoDb machine, long seed) {
        Random random = new Random(seed);
        return Core.over(machine.client(), table, CLOCK, new Mailbox(), random::nextLong);
    }

    /// Delivers at least once: what fails, and now and then what does not, is delivered again.
    private static final class Queue {

        private final Deque<Sample> waiting = new ArrayDeque<>();
        private final Random random = new Random(SEED);
        private int underWay;
        private int deliveries;
        private boolean isClosed;

        synchronized void add(List<Sample> samples) {
            waiting.addAll(samples);
        }

        synchronized List<Sample> receive() {
            while (waiting.isEmpty() && underWay > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            List<Sample> batch = new ArrayList<>();
            int most = 1 + random.nextInt(400);
            while (batch.size() < most && !waiting.isEmpty()) {
                batch.add(waiting.poll());
            }
            underWay += batch.isEmpty() ? 0 : 1;
            return batch;
        }

        synchronized void settle(List<Sample> batch, List<Sample> failed) {
            underWay--;
            deliveries++;
            waiting.addAll(failed);
            if (random.nextInt(20) == 0) {
                waiting.addAll(batch.subList(0, Math.min(5, batch.size())));
            }
            notifyAll();
        }

        synchronized int deliveries() {
            return deliveries;
        }

        synchronized void close() {
            isClosed = true;
            notifyAll();
        }

        /// Waits for one more delivery than was seen; false once nothing will come any more.
        synchronized boolean awaitDelivery(int seen) {
            while (deliveries <= seen && !isClosed) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return !isClosed;
        }
    }
}
