package dev.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.metrics.Bound;
import dev.tenantry.metrics.Interval;
import dev.tenantry.metrics.MetricsRange;
import dev.tenantry.metrics.MetricsWindow;
import dev.tenantry.metrics.TimeZoneName;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.Mailbox;
import dev.tenantry.testing.MortalDynamoDb;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.usage.ReportOutcome.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Each report counts once: 20,000 samples in reports of all sizes with 30 % repeated, shuffled, late ones among them,
/// through a queue that delivers again what was not acknowledged, two ingests and two aggregations at a time, all of
/// which die and lose requests and answers between and inside storage calls. Some reports come under a name that is
/// another's, some are of a tenant that was deleted.
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

    private static final String DELETED = "umbrella";
    private static final Set<Kind> EXPECTED =
            EnumSet.of(Kind.COUNTED, Kind.DUPLICATE, Kind.CONFLICT, Kind.DELETED_TENANT, Kind.NOT_NOW);

    private static final int SAMPLES = 20_000;
    private static final long SEED = 20251112;

    private final String table = DynamoDbLocal.newTable(DynamoDbLocal.client());
    private final Core core = Core.over(DynamoDbLocal.client(), table, CLOCK);
    private final Queue queue = new Queue();

    @Test
    void countsEachReportOnceWhateverHappens() throws InterruptedException {
        TENANTS.forEach(tenant -> core.tenant(tenant, People.named("ada")));
        core.tenant(DELETED, People.named("ada"));
        core.commit(core.deleteTenant().run(core.door(People.named("ada"), DELETED, Role.ADMIN), Precondition.NONE));
        Random random = new Random(SEED);
        List<Report> unique = reports(random);
        List<Report> sent = new ArrayList<>(unique);
        for (int i = 0; i < unique.size() * 3 / 10; i++) {
            sent.add(unique.get(random.nextInt(unique.size())));
        }
        // The first of the two that comes counts, whichever that is.
        Map<Report, Report> rivals = new HashMap<>();
        for (int i = 0; i < unique.size(); i += 20) {
            Report report = unique.get(i);
            Report rival = new Report(
                    report.id(),
                    report.tenant(),
                    List.of(Sample.of(NOW.minusSeconds(i), new Counters(1, 1, 1, 1, 0, 0, 1))));
            rivals.put(report, rival);
            sent.add(rival);
        }
        Report nobodys =
                new Report("1", new DomainPrefix(DELETED), unique.getFirst().samples());
        sent.add(nobodys);
        Collections.shuffle(sent, random);
        queue.add(sent);

        List<MortalDynamoDb> machines = new ArrayList<>();
        List<Thread> ingests = new ArrayList<>();
        List<Thread> aggregations = new ArrayList<>();
        Phaser together = new Phaser(2);
        List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 2; i++) {
            MortalDynamoDb machine = machine(machines, "ingest", SEED + i, 3 * i);
            Core process = process(machine, SEED + i);
            ingests.add(start(faults, () -> ingest(process, machine)));
            MortalDynamoDb another = machine(machines, "aggregation", SEED + 10 + i, 3 * i);
            Core aggregation = process(another, SEED + 10 + i);
            aggregations.add(start(faults, () -> aggregate(aggregation, another, together)));
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
                                    .filter(machine -> machine.name().equals(kind))
                                    .mapToInt(machine -> machine.met(mishap)))
                            .as("%s of a write in %s", mishap, kind)
                            .anyMatch(met -> met > 0));
        }
        // What the last deaths left behind.
        AggregateUsage.Aggregation last = core.aggregateUsage().run(() -> true);
        assertThat(last.failures()).isEmpty();
        assertThat(core.aggregateUsage().run(() -> true).batches()).isZero();

        List<Report> counted = new ArrayList<>(unique);
        Set<Report> lost = new HashSet<>();
        rivals.forEach((report, rival) -> {
            List<Kind> kinds = core.ingest(List.of(report, rival)).stream()
                    .map(ReportOutcome::kind)
                    .toList();
            assertThat(kinds).containsExactlyInAnyOrder(Kind.DUPLICATE, Kind.CONFLICT);
            lost.add(kinds.getFirst() == Kind.CONFLICT ? report : rival);
            counted.remove(kinds.getFirst() == Kind.CONFLICT ? report : null);
            counted.addAll(kinds.getFirst() == Kind.CONFLICT ? List.of(rival) : List.of());
        });
        assertThat(lost).isEqualTo(queue.deadLetters());
        assertThat(core.usage()
                        .days(core.doors().schedule(new DomainPrefix(DELETED)).open(), 0, UsageStore.LAST_DAY))
                .isEmpty();
        for (String tenant : TENANTS) {
            List<Sample> samples = counted.stream()
                    .filter(report -> report.tenant().value().equals(tenant))
                    .flatMap(report -> report.samples().stream())
                    .toList();
            Recount recount = new Recount(samples, NOW);
            for (String zone : ZONES) {
                // All there is, in each case.
                compare(recount, tenant, Interval.HOUR, zone, "2025-10-07", "2025-11-14");
                compare(recount, tenant, Interval.DAY, zone, "2025-09-20", "2025-11-20");
                compare(recount, tenant, Interval.WEEK, zone, "2025-09-01", "2025-12-20");
                compare(recount, tenant, Interval.MONTH, zone, "2025-01-01", "2026-01-01");
            }
            checkPeriod(samples, tenant);
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
        assertThat(shown).as("%s by %s in %s", tenant, interval, zone).isEqualTo(recount.windows(shown));
    }

    private void checkPeriod(List<Sample> samples, String tenant) {
        UsageSummary summary = core.find(tenant, UsageStore.summary()).orElseThrow();
        long messages = 0;
        long bytes = 0;
        for (Sample sample : samples) {
            if (!sample.at().isBefore(Instant.parse("2025-11-01T00:00:00Z"))) {
                messages += sample.counters().messagesIn() + sample.counters().messagesOut();
                bytes += sample.counters().bytesIn() + sample.counters().bytesOut();
            }
        }
        assertThat(summary.month(YearMonth.of(2025, 11))).isEqualTo(new UsageSummary.Month(messages, bytes));
    }

    /// Of one sample as often as of dozens or hundreds. Ids of different tenants are the same ones.
    private static List<Report> reports(Random random) {
        List<Report> reports = new ArrayList<>();
        for (int left = SAMPLES; left > 0; ) {
            int most = new int[] {1, 5, 20, 150}[random.nextInt(4)];
            int size = Math.min(left, 1 + random.nextInt(most));
            List<Sample> samples = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                samples.add(sample(random));
            }
            int number = reports.size();
            reports.add(new Report(
                    "report-" + number / TENANTS.size(),
                    new DomainPrefix(TENANTS.get(number % TENANTS.size())),
                    samples));
            left -= size;
        }
        return reports;
    }

    /// One in eight is days or weeks late.
    private static Sample sample(Random random) {
        long age = random.nextInt(8) == 0
                ? random.nextLong(Duration.ofDays(35).toMillis())
                : random.nextLong(Duration.ofHours(5).toMillis());
        Instant at = NOW.minusMillis(random.nextInt(3) == 0 ? age / 900_000 * 900_000 : age);
        if (random.nextInt(200) == 0) {
            at = NOW.plusMillis(random.nextInt(300_000));
        }
        return Sample.of(
                at,
                new Counters(
                        random.nextInt(100),
                        random.nextInt(100),
                        random.nextInt(100_000),
                        random.nextInt(50) == 0 ? Sample.MAX_COUNT : random.nextInt(100_000),
                        0,
                        0,
                        random.nextInt(20) == 0 ? 1 : 0));
    }

    private void ingest(Core process, MortalDynamoDb machine) {
        while (true) {
            machine.start();
            List<Report> batch = queue.receive();
            if (batch.isEmpty()) {
                return;
            }
            List<Report> failed = batch;
            List<Report> conflicting = List.of();
            try {
                List<ReportOutcome> outcomes = process.ingest(batch);
                assertThat(outcomes).allMatch(outcome -> EXPECTED.contains(outcome.kind()));
                failed = of(batch, outcomes, Kind.NOT_NOW);
                conflicting = of(batch, outcomes, Kind.CONFLICT);
                assertThat(of(batch, outcomes, Kind.DELETED_TENANT))
                        .allMatch(report -> report.tenant().value().equals(DELETED));
            } catch (MortalDynamoDb.Killed | Unavailable e) {
                // Nothing was acknowledged: all of it comes again.
            }
            queue.settle(batch, failed, conflicting);
        }
    }

    private static List<Report> of(List<Report> batch, List<ReportOutcome> outcomes, Kind kind) {
        return IntStream.range(0, batch.size())
                .filter(i -> outcomes.get(i).kind() == kind)
                .mapToObj(batch::get)
                .toList();
    }

    /// Whenever a delivery was taken in, while others are, both at the same moment: more often than any schedule.
    private void aggregate(Core process, MortalDynamoDb machine, Phaser together) {
        try {
            int seen = 0;
            while (queue.awaitDelivery(seen)) {
                seen = queue.deliveries();
                together.arriveAndAwaitAdvance();
                machine.start();
                AtomicInteger changes = new AtomicInteger();
                try {
                    // Some runs are cut short by their time limit.
                    process.aggregateUsage().run(() -> changes.incrementAndGet() < 200);
                } catch (MortalDynamoDb.Killed e) {
                    // The schedule starts another one.
                }
            }
        } finally {
            together.arriveAndDeregister();
        }
    }

    private static Thread start(List<Throwable> faults, Runnable work) {
        return Thread.ofPlatform()
                .uncaughtExceptionHandler((_, fault) -> faults.add(fault))
                .start(work);
    }

    private static MortalDynamoDb machine(List<MortalDynamoDb> machines, String name, long seed, int first) {
        MortalDynamoDb machine = new MortalDynamoDb(DynamoDbLocal.client(), new SplittableRandom(seed), name, first);
        machines.add(machine);
        return machine;
    }

    private Core process(MortalDynamoDb machine, long seed) {
        Random random = new Random(seed);
        return Core.over(machine.client(), table, CLOCK, new Mailbox(), random::nextLong);
    }

    /// Delivers at least once: what fails, and now and then what does not, is delivered again.
    private static final class Queue {

        private final Deque<Report> waiting = new ArrayDeque<>();
        private final Random random = new Random(SEED);
        private final Set<Report> deadLetters = new HashSet<>();
        private int underWay;
        private int deliveries;
        private boolean isClosed;

        synchronized void add(List<Report> reports) {
            waiting.addAll(reports);
        }

        synchronized List<Report> receive() {
            while (waiting.isEmpty() && underWay > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            List<Report> batch = new ArrayList<>();
            int most = 1 + random.nextInt(12);
            while (batch.size() < most && !waiting.isEmpty()) {
                batch.add(waiting.poll());
            }
            underWay += batch.isEmpty() ? 0 : 1;
            return batch;
        }

        synchronized void settle(List<Report> batch, List<Report> failed, List<Report> conflicting) {
            deadLetters.addAll(conflicting);
            underWay--;
            deliveries++;
            waiting.addAll(failed);
            if (random.nextInt(20) == 0) {
                waiting.addAll(batch.subList(0, Math.min(5, batch.size())));
            }
            notifyAll();
        }

        synchronized Set<Report> deadLetters() {
            return deadLetters;
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
