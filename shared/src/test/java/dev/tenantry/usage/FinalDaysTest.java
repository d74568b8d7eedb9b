package dev.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.metrics.Bound;
import dev.tenantry.metrics.Interval;
import dev.tenantry.metrics.MetricsRange;
import dev.tenantry.metrics.MetricsWindow;
import dev.tenantry.metrics.TimeZoneName;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.FaultyDynamoDb;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.Mailbox;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A window shows the same wherever the query begins, on final days and on those that follow, and what it shows is
/// right.
class FinalDaysTest {

    private static final DomainPrefix ACME = new DomainPrefix("acme");
    private static final int CHARGERS = 42;

    /// Ahead of and behind UTC, by quarters of hours, with and without a change of clocks.
    private static final List<String> ZONES = List.of(
            "UTC", "Asia/Kathmandu", "Europe/Berlin", "America/St_Johns", "Pacific/Chatham", "Australia/Lord_Howe");

    private final TestClock clock = new TestClock();
    private final Random random = new Random(6);
    private final FaultyDynamoDb faulty = new FaultyDynamoDb(DynamoDbLocal.client());
    // Batches of one millisecond lie in any order.
    private final Core core = Core.over(
            faulty.client(), DynamoDbLocal.newTable(DynamoDbLocal.client()), clock, new Mailbox(), random::nextLong);
    private final Caller ada = People.named("ada");

    @BeforeEach
    void foundTenant() {
        core.tenant("acme", ada);
    }

    @Test
    void beginAndEndAsTheChargersWereOnline() {
        List<Sample> depot = depot(75);
        core.importUsage().run(ACME, depot);
        fold();
        assertThat(summary().finalThrough()).isEqualTo(today() - 41);
        new Truth(depot, depot).check(80);
    }

    /// As after days in which no aggregation ran.
    @Test
    void waitForWhatIsLeftBehindByRunsThatAreCutShort() {
        List<Sample> depot = depot(75);
        List<Sample> recent = depot.stream().filter(sample -> age(sample) < 30).toList();
        // What is recent lies in many shards, what is old in one.
        for (int i = 0; i < recent.size(); i += 5) {
            UsageDelta delta = UsageDelta.of(recent.subList(i, Math.min(i + 5, recent.size())));
            core.commit(change -> change.with(UsageStore.put(
                    UsageBatch.of(random.nextInt(UsageStore.SHARDS), clock.millis(), random.nextLong(), ACME, delta))));
        }
        core.importUsage()
                .run(ACME, depot.stream().filter(sample -> age(sample) >= 30).toList());
        for (int run = 0; run < 12; run++) {
            AtomicInteger asked = new AtomicInteger();
            int most = 2 + random.nextInt(UsageStore.SHARDS - 4);
            assertThat(core.aggregateUsage()
                            .run(() -> asked.getAndIncrement() < most)
                            .isComplete())
                    .isFalse();
            // What they have not seen may be older than what they have.
            assertThat(summary().finalThrough()).isNegative();
        }
        Sample last = sample(clock.instant(), 1, 0);
        core.importUsage().run(ACME, List.of(last));
        depot.add(last);
        fold();
        assertThat(summary().finalThrough()).isPositive();
        new Truth(depot, depot).check(80);
    }

    @Test
    void waitForAShardThatCannotBeRead() {
        core.importUsage().run(ACME, List.of(sample(clock.instant(), 1, 0)));
        fold();
        clock.advance(Duration.ofDays(41));
        core.importUsage().run(ACME, List.of(sample(clock.instant(), 0, 1)));
        faulty.next("query", Fault.OUT_OF_REACH);
        AggregateUsage.Aggregation run = core.aggregateUsage().run(() -> true);
        assertThat(run.isComplete()).isFalse();
        assertThat(run.lagSeconds()).isEmpty();
        assertThat(run.batches()).isEqualTo(1);
        assertThat(summary().finalThrough()).isNegative();
    }

    @Test
    void keepTheirChargersWhereBatchesComeTooLate() {
        List<Sample> depot = depot(75);
        core.importUsage().run(ACME, depot);
        fold();
        long finalThrough = summary().finalThrough();

        List<Sample> late = new ArrayList<>();
        for (int age = 78; age > 38; age -= 2) {
            // More that came than that went, some days with usage and some without.
            late.add(sample(
                    clock.instant().minus(Duration.ofDays(age)).plusMillis(random.nextInt(80_000_000)), age % 5, 1));
        }
        core.importUsage().run(ACME, late);
        fold();
        List<Sample> all = new ArrayList<>(depot);
        all.addAll(late);
        // Of final days they count, but their chargers come and go with the first day that is not.
        List<Sample> online = new ArrayList<>(depot);
        late.forEach(sample -> online.add(moved(sample, finalThrough + 1)));
        new Truth(all, online).check(83);

        // They stay online when that day becomes final in turn.
        clock.advance(Duration.ofDays(4));
        Sample later = sample(clock.instant(), 3, 0);
        core.importUsage().run(ACME, List.of(later));
        fold();
        all.add(later);
        online.add(later);
        assertThat(summary().finalThrough()).isGreaterThan(finalThrough);
        new Truth(all, online).check(87);
    }

    @Test
    void takeNoChargersInAfterNinetyDaysEvenIfTheyNeverBecameFinal() {
        List<Sample> depot = depot(110);
        core.importUsage().run(ACME, depot);
        long firstOpen = today() - FoldUsage.SETTLED_DAYS;
        fold();
        new Truth(depot, depot.stream().map(sample -> moved(sample, firstOpen)).toList()).check(113);
    }

    @Test
    void costThreeRoundTripsOfARunThatSeesThemBecomeFinal() {
        core.importUsage().run(ACME, List.of(sample(clock.instant(), 1, 0)));
        fold();
        clock.advance(Duration.ofDays(41));
        core.importUsage().run(ACME, List.of(sample(clock.instant(), 0, 1)));
        // The shards; then summary, day and minute at once, and the fold.
        int withoutFinal = UsageStore.SHARDS + 2;
        // The summary; then summary and day, and the day's final form.
        assertThat(Core.roundTrips(this::fold)).isEqualTo(withoutFinal + 3);
        core.importUsage().run(ACME, List.of(sample(clock.instant(), 1, 0)));
        assertThat(Core.roundTrips(this::fold)).isEqualTo(withoutFinal);
    }

    /// A depot whose chargers stay online but for minutes in which some drop out and come back, and that is closed
    /// on some days.
    private List<Sample> depot(int days) {
        List<Sample> samples = new ArrayList<>();
        Instant first = clock.instant().minus(Duration.ofDays(days)).truncatedTo(ChronoUnit.DAYS);
        samples.add(sample(first.plusSeconds(1), CHARGERS, 0));
        for (Instant hour = first; hour.isBefore(clock.instant().minusSeconds(3600)); hour = hour.plusSeconds(3600)) {
            long day = FoldUsage.day(hour);
            if (day % 9 < 2) {
                continue;
            }
            samples.add(sample(hour.plusMillis(random.nextInt(3_000_000)), 0, 0));
            if (random.nextInt(3) == 0) {
                int dropped = 1 + random.nextInt(3);
                Instant when = hour.plusMillis(random.nextInt(3_000_000));
                samples.add(sample(when, 0, dropped));
                samples.add(sample(when.plusMillis(1 + random.nextInt(500_000)), dropped, 0));
            }
        }
        Collections.shuffle(samples, random);
        return samples;
    }

    private Sample sample(Instant at, long connects, long disconnects) {
        return Sample.of(at, new Counters(1, 0, 10, 0, connects, disconnects, 0));
    }

    /// As if what is older than a day had happened when it began.
    private static Sample moved(Sample sample, long day) {
        Instant start = Instant.ofEpochSecond(day * 86_400);
        return sample.at().isBefore(start) ? Sample.of(start, sample.counters()) : sample;
    }

    private long age(Sample sample) {
        return Duration.between(sample.at(), clock.instant()).toDays();
    }

    private long today() {
        return FoldUsage.day(clock.instant());
    }

    private AggregateUsage.Aggregation fold() {
        AggregateUsage.Aggregation run = core.aggregateUsage().run(() -> true);
        assertThat(run.failures()).isEmpty();
        assertThat(run.isComplete()).isTrue();
        return run;
    }

    private UsageSummary summary() {
        return core.find("acme", UsageStore.summary()).orElse(UsageSummary.NONE);
    }

    /// What windows must show, from the samples alone.
    private final class Truth {

        private final Recount counted;
        private final Recount online;
        private final Map<List<Instant>, MetricsWindow> windows = new HashMap<>();

        /// @param counted the samples where they count
        /// @param online  the same where their chargers come and go
        Truth(List<Sample> counted, List<Sample> online) {
            this.counted = new Recount(counted, clock.instant());
            this.online = new Recount(online, clock.instant());
        }

        /// Asks from each day on, in each zone.
        void check(int days) {
            Instant now = clock.instant();
            for (String zone : ZONES) {
                for (int age = days; age >= 0; age--) {
                    Instant from = now.minus(Duration.ofDays(age));
                    compare(Interval.DAY, zone, from, now.plus(Duration.ofDays(1)));
                    compare(Interval.HOUR, zone, from, from.plus(Duration.ofHours(30)));
                    if (age % 10 == 0) {
                        compare(Interval.DAY, zone, from, from.plus(Duration.ofDays(1)));
                        compare(Interval.MONTH, zone, from, now.plus(Duration.ofDays(1)));
                    }
                }
            }
        }

        private void compare(Interval interval, String zone, Instant from, Instant to) {
            List<MetricsWindow> shown = core.showMetrics()
                    .run(
                            core.door(ada, "acme", Role.VIEWER),
                            new MetricsRange(
                                    interval,
                                    TimeZoneName.of(zone),
                                    Optional.of(new Bound.At(from)),
                                    Optional.of(new Bound.At(to))),
                            Pages.LARGEST)
                    .items();
            assertThat(shown)
                    .as("%s in %s from %s", interval, zone, from)
                    .isEqualTo(shown.stream().map(this::expected).toList());
        }

        private MetricsWindow expected(MetricsWindow shown) {
            return windows.computeIfAbsent(List.of(shown.start(), shown.end()), _ -> {
                MetricsWindow right = counted.window(shown.start(), shown.end());
                return new MetricsWindow(
                        right.start(),
                        right.end(),
                        right.counters(),
                        online.window(right.start(), right.end()).chargersOnlineMax(),
                        right.isFinal());
            });
        }
    }
}
