package dev.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.metrics.Bound;
import dev.tenantry.metrics.Interval;
import dev.tenantry.metrics.MetricsRange;
import dev.tenantry.metrics.MetricsWindow;
import dev.tenantry.metrics.TimeZoneName;
import dev.tenantry.refusal.Refusal;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.RangeTooLarge;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Consumption;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Precondition;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/// Usage in, windows out.
class UsageTest extends TwoTenants {

    private static final DomainPrefix ACME = new DomainPrefix("acme");

    private final AtomicInteger ids = new AtomicInteger();

    @Test
    void foldsTheOthersWhereOneTenantFails() {
        core.ingest(List.of(report("acme", clock.instant()), report("other", clock.instant())));
        plantBrokenDay();
        clock.advance(Duration.ofMinutes(1));

        AggregateUsage.Aggregation run = core.aggregateUsage().run(() -> true);
        assertThat(run.failures()).containsOnlyKeys(new DomainPrefix("acme"));
        assertThat(run.batches()).isEqualTo(1);
        assertThat(run.lagSeconds()).hasValue(60);
        assertThat(messages("other")).isEqualTo(1);
    }

    @Test
    void setsAsideWhatCannotBeReadAndLosesNothing() {
        Instant now = clock.instant();
        core.ingest(List.of(report("acme", now), report("other", now)));
        byte[] good = UsageDelta.ofReports(List.of(report("acme", now))).packed();
        byte[] early = UsageDelta.ofReports(List.of(report("acme", Instant.EPOCH.minusMillis(1))))
                .packed();
        byte[] wide = UsageDelta.of(IntStream.range(0, 91)
                        .mapToObj(i -> moved(now.minus(Duration.ofMinutes(i)), 1, 0))
                        .toList())
                .packed();
        Map<String, Row> broken = new HashMap<>(Map.of(
                "0000000000000-cut", batchRow("acme", Optional.of(new byte[] {9})),
                "0000000000000-empty", batchRow("acme", Optional.of(new byte[0])),
                "0000000000000-none", batchRow("acme", Optional.empty()),
                "0000000000000-early", batchRow("acme", Optional.of(early)),
                "0000000000000-wide", batchRow("acme", Optional.of(wide)),
                "0000000000000-shout", batchRow("ACME!", Optional.of(good)),
                "0000000000000-nobody", Row.with().bytes("delta", good).row(),
                "yesterday", batchRow("acme", Optional.of(good))));
        for (long quarter : new long[] {96L * (UsageStore.LAST_DAY + 1), 1L << 47, 1L << 60, Long.MAX_VALUE}) {
            byte[] far = new UsageDelta(
                            new TreeMap<>(Map.of(quarter, new Counters(1, 0, 0, 0, 0, 0, 0))), new TreeMap<>())
                    .packed();
            broken.put("0000000000000-far-" + quarter, batchRow("acme", Optional.of(far)));
        }
        int shard = UsageStore.shard(new DomainPrefix("acme"));
        broken.forEach((position, row) ->
                core.table().commit(Change.empty().with(Put.newRow(Keys.batch(shard, position), row))));

        AggregateUsage.Aggregation run = core.aggregateUsage().run(() -> true);
        assertThat(run.failures()).isEmpty();
        assertThat(run.quarantined().keySet())
                .containsExactlyInAnyOrderElementsOf(broken.keySet().stream()
                        .map(position -> shard + "#" + position)
                        .toList());
        assertThat(run.batches()).isEqualTo(2);
        assertThat(run.lagSeconds()).hasValue(0);
        assertThat(messages("acme")).isEqualTo(1);
        AggregateUsage.Aggregation next = fold();
        assertThat(next.quarantined()).isEmpty();
        assertThat(next.batches()).isZero();
        broken.forEach((position, row) -> {
            Row kept = core.table().read(Keys.quarantinedBatch(shard, position));
            assertThat(kept.optionalText("tenant")).isEqualTo(row.optionalText("tenant"));
            assertThat(kept.has("delta")).isEqualTo(row.has("delta"));
            if (row.has("delta")) {
                assertThat(kept.bytes("delta")).isEqualTo(row.bytes("delta"));
            }
        });
    }

    @Test
    void leavesInItsPlaceWhatItCouldNotSetAside() {
        core.table()
                .commit(Change.empty()
                        .with(Put.newRow(Keys.batch(3, "0000000000000-cut"), batchRow("acme", Optional.empty()))));
        faulty.next("transactWriteItems", Fault.OUT_OF_REACH);
        AggregateUsage.Aggregation outage = fold();
        assertThat(outage.quarantined()).isEmpty();
        assertThat(outage.stuck()).containsOnlyKeys("3#0000000000000-cut");
        core.ingest(List.of(report("acme", clock.instant())));
        Fault tooLarge = (request, call) -> {
            if (request.toString().contains("QUARANTINED_BATCHES")) {
                throw DynamoDbException.builder()
                        .statusCode(400)
                        .message("Item size has exceeded")
                        .build();
            }
            return call.happen();
        };
        faulty.next("transactWriteItems", tooLarge, tooLarge);
        AggregateUsage.Aggregation run = fold();
        assertThat(run.stuck()).containsOnlyKeys("3#0000000000000-cut");
        assertThat(run.quarantined()).isEmpty();
        assertThat(run.batches()).isEqualTo(1);
        assertThat(fold().quarantined()).containsOnlyKeys("3#0000000000000-cut");
    }

    /// What a tenant's usage costs must not hang on who else is in its shard.
    @Test
    void fillsTheChangesOfEachTenantHoweverManyShareAShard() {
        int tenants = 16;
        int each = 90;
        for (int i = 0; i < each; i++) {
            Change change = Change.empty();
            for (int tenant = 0; tenant < tenants; tenant++) {
                change.with(UsageStore.put(UsageBatch.of(
                        5,
                        clock.millis() + i,
                        tenant,
                        new DomainPrefix("fleet-" + tenant),
                        UsageDelta.of(List.of(moved(clock.instant(), 1, 0))))));
            }
            core.table().commit(change);
        }
        int roundTrips = Core.roundTrips(() -> assertThat(fold().batches()).isEqualTo(tenants * each));
        assertThat(roundTrips).isEqualTo(UsageStore.SHARDS + 2 * tenants);
    }

    @Test
    void findsDueWorkAtACostThatKnowsNothingOfHowManyTenantsThereAre() {
        core.ingest(List.of(report("acme", clock.instant())));
        fold();
        Consumption before = Core.usage(this::fold);
        for (int i = 0; i < 300; i++) {
            core.tenant("idle-" + i, ada);
            if (i % 3 == 0) {
                core.ingest(List.of(report("idle-" + i, clock.instant())));
            }
        }
        assertThat(fold().batches()).isEqualTo(100);
        Consumption after = Core.usage(this::fold);
        assertThat(after.calls()).isEqualTo(before.calls()).isEqualTo(UsageStore.SHARDS);
        assertThat(after.capacityUnits()).isEqualTo(before.capacityUnits());
    }

    @Test
    void goesOnAtTheNextRunWhereTheTimeWasUp() {
        core.ingest(List.of(report("acme", clock.instant()), report("other", clock.instant())));
        AggregateUsage.Aggregation none = core.aggregateUsage().run(() -> false);
        assertThat(none.isComplete()).isFalse();
        assertThat(none.cutShort()).hasValue("time was up");
        // Nothing seen is not nothing there.
        assertThat(none.lagSeconds()).isEmpty();
        AtomicInteger asked = new AtomicInteger();
        for (int run = 0; run < 500 && messages("acme") + messages("other") < 2; run++) {
            asked.set(0);
            core.aggregateUsage().run(() -> asked.getAndIncrement() < 40);
        }
        assertThat(messages("acme") + messages("other")).isEqualTo(2);
    }

    /// Another try, or another half, can take as long as any change.
    @Test
    void asksForTheTimeBeforeItTriesAgain() {
        core.ingest(List.of(report("acme", clock.instant())));
        AtomicInteger tries = new AtomicInteger();
        Fault conflict = (request, call) -> {
            tries.incrementAndGet();
            return Fault.CONFLICT.instead(request, call);
        };
        faulty.next("transactWriteItems", Collections.nCopies(5, conflict).toArray(Fault[]::new));
        AggregateUsage.Aggregation run = core.aggregateUsage().run(() -> tries.get() < 2);
        assertThat(tries).hasValue(2);
        assertThat(run.cutShort()).hasValue("time was up");
        assertThat(run.batches()).isZero();
        assertThat(run.failures()).isEmpty();
    }

    @Test
    void saysWhichShardCouldNotBeReadAndWhy() {
        faulty.next("query", Fault.OUT_OF_REACH);
        AggregateUsage.Aggregation run = fold();
        assertThat(run.isComplete()).isFalse();
        assertThat(run.lagSeconds()).isEmpty();
        assertThat(run.cutShort().orElseThrow()).matches("shard [0-9]+ could not be read: .*out of reach.*");
    }

    @Test
    void neverReadsAgainWhatIsFolded() {
        core.ingest(List.of(report("acme", clock.instant())));
        fold();
        assertThat(Core.roundTrips(this::fold)).isEqualTo(UsageStore.SHARDS);
    }

    @Test
    void foldsWhatIsLeftOfATenantThatIsDeleted() {
        core.ingest(List.of(report("acme", clock.instant())));
        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));
        assertThat(core.aggregateUsage().run(() -> true).failures()).isEmpty();
        assertThat(core.aggregateUsage().run(() -> true).batches()).isZero();
    }

    /// Chargers stay online from day to day, through final days, gaps and what comes late.
    @Test
    void knowsWhoIsOnlineThroughTheAges() {
        List<Sample> all = new ArrayList<>();
        for (int day = 0; day < 120; day++) {
            if (day % 7 != 3) {
                List<Sample> delivery = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    delivery.add(moved(
                            clock.instant().minus(Duration.ofMinutes(i * 101L)),
                            (day * 31 + i * 17) % 5,
                            (day + i) % 4));
                }
                delivery.add(moved(clock.instant().minus(Duration.ofDays(30)).minusMillis(day), 2, 1));
                core.importUsage().run(ACME, delivery);
                all.addAll(delivery);
                fold();
            }
            clock.advance(Duration.ofDays(1));
        }
        Recount recount = new Recount(all, clock.instant());
        Instant start = clock.instant().minus(Duration.ofDays(160));
        // Of every age: before, across and after the last final day, with and without usage in the range.
        for (int from = 0; from < 170; from += 3) {
            for (int length : new int[] {1, 2, 9, 60}) {
                Instant begin = start.plus(Duration.ofDays(from));
                List<MetricsWindow> windows =
                        show("acme", Interval.DAY, "Asia/Kathmandu", begin, begin.plus(Duration.ofDays(length)));
                assertThat(windows)
                        .isEqualTo(windows.stream()
                                .map(window -> recount.window(window.start(), window.end()))
                                .toList());
            }
        }
        UsageSummary summary = core.find("acme", UsageStore.summary()).orElseThrow();
        assertThat(summary.days()).hasSizeLessThan(43);
        assertThat(summary.months()).hasSizeLessThan(4);
        assertThat(summary.finalThrough()).isPositive();
    }

    @Test
    void readsADayForEachDayOfItsPageInTwoRoundTrips() {
        Instant now = clock.instant();
        for (int day = 0; day < 34; day++) {
            core.ingest(List.of(report("acme", now.minus(Duration.ofDays(day)))));
        }
        fold();
        assertThat(Core.roundTrips(() -> show("acme", Interval.DAY, "UTC", now.minus(Duration.ofDays(92)), now)))
                .isEqualTo(2);
        // Tenant, member, summary; then the days of the page, all of which are small.
        assertThat(Core.usage(() -> show("acme", Interval.DAY, "UTC", now.minus(Duration.ofDays(92)), now))
                        .capacityUnits())
                .isLessThanOrEqualTo(4.0);
    }

    /// As docs/costs.md says what months cost: they are read by the day, like everything.
    @Test
    void readsMonthsByTheDayHoweverManyChargersThereAre() {
        long last = FoldUsage.day(clock.instant());
        long first = last - 3 * 365;
        for (long from = first; from <= last; from += 50) {
            Change change = Change.empty();
            for (long day = from; day < Math.min(from + 50, last + 1); day++) {
                UsageDay full = UsageDay.none(day);
                for (int quarter = 0; quarter < 96; quarter++) {
                    full = full.plus(
                                    day * 96 + quarter,
                                    new Counters(400_000, 400_000, 90_000_000, 50_000_000, 30, 30, 9))
                            .with(day * 1440 + quarter * 15, new OnlineDelta(0, 30));
                }
                core.usage().write(change, core.scope("acme"), full.finalised(30));
            }
            core.table().commit(change);
        }
        Instant now = clock.instant();
        Consumption years = Core.usage(
                () -> show("acme", Interval.MONTH, "Asia/Kathmandu", now.minus(Duration.ofDays(3 * 365)), now));
        assertThat(years.calls()).isLessThanOrEqualTo(2 + 3);
        assertThat(years.capacityUnits()).isBetween(550.0, 620.0);
    }

    @Test
    void showsTheLastThirtyDaysByDefault() {
        MetricsRange range = new MetricsRange(Interval.DAY, TimeZoneName.UTC, Optional.empty(), Optional.empty());
        List<MetricsWindow> windows = page(range, 1000, Optional.empty()).items();
        assertThat(windows).hasSize(30);
        assertThat(windows.getLast().end()).isAfter(clock.instant());
        assertThat(windows.getLast().start()).isBeforeOrEqualTo(clock.instant());
        assertThat(windows).allSatisfy(window -> assertThat(window.counters()).isEqualTo(Counters.ZERO));
    }

    @Test
    void pagesThroughWindows() {
        MetricsRange range = range(Interval.HOUR, "UTC", "2025-01-01", "2025-01-03");
        List<MetricsWindow> all = page(range, 1000, Optional.empty()).items();
        assertThat(all).hasSize(48);
        List<MetricsWindow> paged = Pages.items(7, page -> page(range, page));
        assertThat(paged).isEqualTo(all);
        assertThatThrownBy(() -> page(range, 7, Optional.of("-1"))).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void widensARangeToWholeWindowsAndKeepsItWithinBounds() {
        List<MetricsWindow> windows = page(
                        range(Interval.DAY, "UTC", "2025-01-01T23:59:59.999Z", "2025-01-02T00:00:00.001Z"),
                        10,
                        Optional.empty())
                .items();
        assertThat(windows)
                .extracting(MetricsWindow::start)
                .containsExactly(Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2025-01-02T00:00:00Z"));
        assertThat(page(
                                range(Interval.HOUR, "UTC", "2025-01-01T00:00:00Z", "2025-02-11T16:00:00Z"),
                                1000,
                                Optional.empty())
                        .items())
                .hasSize(1000);
        assertThatThrownBy(() -> page(
                        range(Interval.HOUR, "UTC", "2025-01-01", "2025-02-11T16:00:00.001Z"), 1, Optional.empty()))
                .isInstanceOf(RangeTooLarge.class);
        for (MetricsRange bad : List.of(
                range(Interval.DAY, "UTC", "2025-01-02", "2025-01-02"),
                range(Interval.DAY, "UTC", "2025-01-03", "2025-01-02"),
                range(Interval.DAY, "UTC", "1999-12-31", "2000-01-02"),
                range(Interval.DAY, "UTC", "2099-12-31", "2100-01-02"),
                range(Interval.DAY, "UTC", "+999999999-12-30", "+999999999-12-31"))) {
            assertThatThrownBy(() -> page(bad, 1, Optional.empty())).isInstanceOf(InvalidRequest.class);
        }
    }

    @Test
    void namesTheFaultsOfBothBounds() {
        assertThat(faults(range(Interval.DAY, "UTC", "1999-12-31", "2100-01-02")))
                .containsExactly(
                        new Refusal.Fault("?from", "must not be before 2000-01-01T00:00:00Z"),
                        new Refusal.Fault("?to", "must not be after 2100-01-01T00:00:00Z"));
        assertThat(faults(range(Interval.DAY, "UTC", "2100-01-01", "2000-01-01")))
                .containsExactly(
                        new Refusal.Fault("?from", "must be before 2100-01-01T00:00:00Z"),
                        new Refusal.Fault("?to", "must be after 2000-01-01T00:00:00Z"));
        // It is midnight in Berlin, an hour before.
        assertThat(faults(range(Interval.DAY, "Europe/Berlin", "2000-01-01", "2000-01-03")))
                .containsExactly(new Refusal.Fault("?from", "must not be before 2000-01-01T00:00:00Z"));
    }

    private List<Refusal.Fault> faults(MetricsRange range) {
        return catchThrowableOfType(InvalidRequest.class, () -> page(range, 1, Optional.empty()))
                .faults();
    }

    @Test
    void cannotSeeAnotherTenantsUsage() {
        core.ingest(List.of(report("other", clock.instant())));
        fold();
        assertThat(messages("acme")).isZero();
        assertThat(core.usage().days(core.scope("acme"), 0, 30_000)).isEmpty();
        assertThat(core.usage().days(core.scope("other"), 0, 30_000)).hasSize(1);
    }

    @Test
    void isFinalOnceNothingCanChangeIt() {
        Instant now = clock.instant();
        List<MetricsWindow> windows = show("acme", Interval.DAY, "UTC", now.minus(Duration.ofDays(40)), now);
        assertThat(windows)
                .allSatisfy(window ->
                        assertThat(window.isFinal()).isEqualTo(window.end().isBefore(now.minus(Duration.ofDays(35)))));
        assertThat(windows).extracting(MetricsWindow::isFinal).containsAll(Set.of(true, false));
    }

    /// Held against what ingest does with a report of the window's last moment.
    @Test
    void isOpenAsLongAsASampleOfItsLastMomentIsTaken() {
        Instant end = clock.instant().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(3));
        Instant last = end.minusMillis(1);
        clock.advance(Duration.between(clock.instant(), last.plus(Duration.ofDays(35))));
        assertThat(core.ingest(List.of(report("acme", last))))
                .containsExactly(ReportOutcome.of(ReportOutcome.Kind.COUNTED));
        assertThat(isFinal(end)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(core.ingest(List.of(report("acme", last))))
                .containsExactly(new ReportOutcome(ReportOutcome.Kind.TOO_OLD, 0));
        // Exactly 35 days after its end: the contract says "more".
        assertThat(isFinal(end)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(isFinal(end)).isTrue();
    }

    private boolean isFinal(Instant end) {
        List<MetricsWindow> windows = show("acme", Interval.DAY, "UTC", end.minus(Duration.ofDays(1)), end);
        assertThat(windows).hasSize(1);
        return windows.getFirst().isFinal();
    }

    private Report report(String tenant, Instant at) {
        return new Report(
                "id-" + ids.incrementAndGet(),
                new DomainPrefix(tenant),
                List.of(Sample.of(at, new Counters(1, 0, 10, 0, 0, 0, 0))));
    }

    private static Sample moved(Instant at, long connects, long disconnects) {
        return Sample.of(at, new Counters(1, 0, 10, 0, connects, disconnects, 0));
    }

    private static Row batchRow(String tenant, Optional<byte[]> delta) {
        Row.Builder row = Row.with().text(TenantDoors.TENANT, tenant);
        delta.ifPresent(bytes -> row.bytes("delta", bytes));
        return row.row();
    }

    /// A row that no fold can add to.
    private void plantBrokenDay() {
        core.table()
                .commit(Change.empty()
                        .with(Update.of(Keys.usageDay(core.scope("acme"), FoldUsage.day(clock.instant())))
                                .set("version", 1)
                                .set("day", FoldUsage.day(clock.instant()))
                                .set("usage", new byte[] {9})));
    }

    private List<UsageBatch> batches(int shard) {
        return core.usage().shard(shard, Pages.LARGEST).items().stream()
                .map(UsageBatch.class::cast)
                .toList();
    }

    private AggregateUsage.Aggregation fold() {
        AggregateUsage.Aggregation run = core.aggregateUsage().run(() -> true);
        assertThat(run.failures()).isEmpty();
        return run;
    }

    private long messages(String tenant) {
        return core.usage().days(core.scope(tenant), 0, 30_000).stream()
                .flatMap(day -> day.counters().values().stream())
                .mapToLong(Counters::messagesIn)
                .sum();
    }

    private List<MetricsWindow> show(String tenant, Interval interval, String zone, Instant from, Instant to) {
        return core.showMetrics()
                .run(
                        core.door(ada, tenant, Role.VIEWER),
                        new MetricsRange(
                                interval,
                                TimeZoneName.of(zone),
                                Optional.of(new Bound.At(from)),
                                Optional.of(new Bound.At(to))),
                        Pages.LARGEST)
                .items();
    }

    private Page<MetricsWindow> page(MetricsRange range, int limit, Optional<String> position) {
        return page(range, new PageRequest(limit, position));
    }

    private Page<MetricsWindow> page(MetricsRange range, PageRequest page) {
        return core.showMetrics().run(core.door(ada, "acme", Role.VIEWER), range, page);
    }

    private static MetricsRange range(Interval interval, String zone, String from, String to) {
        return new MetricsRange(
                interval, TimeZoneName.of(zone), Optional.of(Bound.of(from)), Optional.of(Bound.of(to)));
    }
}
