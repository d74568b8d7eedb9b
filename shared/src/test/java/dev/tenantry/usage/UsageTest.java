package dev.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.metrics.Bound;
import dev.tenantry.metrics.Interval;
import dev.tenantry.metrics.MetricsRange;
import dev.tenantry.metrics.MetricsWindow;
import dev.tenantry.metrics.TimeZoneName;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.RangeTooLarge;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Precondition;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.DomainPrefix;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.FaultyDynamoDb;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/// Samples in, windows out.
class UsageTest {

    private final TestClock clock = new TestClock();
    private final FaultyDynamoDb faulty = new FaultyDynamoDb(DynamoDbLocal.client());
    private final Core core = Core.over(faulty.client(), DynamoDbLocal.newTable(DynamoDbLocal.client()), clock);
    private final Caller ada = People.named("ada");
    private final AtomicInteger ids = new AtomicInteger();

    @BeforeEach
    void foundTenants() {
        core.tenant("acme", ada);
        core.tenant("globex", People.named("otto"));
    }

    @Test
    void saysWhatBecameOfEachSample() {
        core.commit(core.deleteTenant().run(core.door(People.named("otto"), "globex", Role.ADMIN), Precondition.NONE));
        Instant now = clock.instant();
        Sample good = sample("acme", now);
        List<Sample> delivery = List.of(
                good,
                sample("nobody", now),
                good,
                sample("globex", now),
                sample("acme", now.minus(Duration.ofDays(35))),
                sample("acme", now.minus(Duration.ofDays(35)).minusMillis(1)),
                sample("acme", now.plus(Duration.ofMinutes(5))),
                sample("acme", now.plus(Duration.ofMinutes(5)).plusMillis(1)));
        assertThat(core.ingestSamples().run(delivery))
                .containsExactly(
                        Fate.COUNTED,
                        Fate.UNKNOWN_TENANT,
                        Fate.DUPLICATE,
                        Fate.UNKNOWN_TENANT,
                        Fate.COUNTED,
                        Fate.TOO_OLD,
                        Fate.COUNTED,
                        Fate.IN_FUTURE);
        assertThat(core.ingestSamples().run(List.of(good))).containsExactly(Fate.DUPLICATE);
        fold();
        assertThat(messages("acme")).isEqualTo(3);
    }

    @Test
    void countsTheSameIdInTwoTenantsTwice() {
        Sample sample = sample("acme", clock.instant());
        Sample other = new Sample(sample.id(), new DomainPrefix("globex"), sample.at(), sample.counters());
        assertThat(core.ingestSamples().run(List.of(sample, other))).containsOnly(Fate.COUNTED);
        fold();
        assertThat(messages("acme")).isEqualTo(1);
        assertThat(messages("globex")).isEqualTo(1);
    }

    @Test
    void takesADeliveryInOneRoundTripForItsTenantsAndOneForEachParcel() {
        List<Sample> delivery = new ArrayList<>();
        for (int i = 0; i < 96; i++) {
            delivery.add(sample("acme", clock.instant().minusMillis(i)));
        }
        assertThat(Core.usage(() -> core.ingestSamples().run(delivery)).calls()).isEqualTo(2);
        // The ledger, the day, the parcel.
        assertThat(Core.usage(this::fold).calls()).isEqualTo(UsageStore.LANES + 2);
    }

    @Test
    void spreadsABusyTenantOverLanes() {
        List<Sample> delivery = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            delivery.add(sample("acme", clock.instant().minusMillis(i)));
        }
        assertThat(core.ingestSamples().run(delivery)).containsOnly(Fate.COUNTED);
        int lanes = 0;
        for (int lane = 0; lane < UsageStore.LANES; lane++) {
            List<Parcel> parcels = core.usage().parcels(lane, new PageRequest(10, Optional.empty())).items();
            lanes += parcels.isEmpty() ? 0 : 1;
            assertThat(parcels.size()).isLessThanOrEqualTo(1);
        }
        assertThat(lanes).isEqualTo(5);
        fold();
        assertThat(messages("acme")).isEqualTo(400);
    }

    @Test
    void leavesToTheQueueWhatTheStorageDidNotTake() {
        Sample sample = sample("acme", clock.instant());
        faulty.next("transactWriteItems", (_, call) -> {
            call.happen();
            throw SdkClientException.create("the answer was lost");
        });
        assertThat(core.ingestSamples().run(List.of(sample))).containsExactly(Fate.NOT_NOW);
        assertThat(core.ingestSamples().run(List.of(sample))).containsExactly(Fate.DUPLICATE);
        fold();
        assertThat(messages("acme")).isEqualTo(1);
    }

    @Test
    void foldsTheOthersWhereOneTenantFails() {
        core.ingestSamples().run(List.of(sample("acme", clock.instant()), sample("globex", clock.instant())));
        Row broken = Row.with()
                .text("position", "0000000000000-0")
                .text(TenantDoors.TENANT, "acme")
                .bytes("tally", new byte[] {9})
                .row();
        int lane = Math.floorMod("acme".hashCode(), UsageStore.LANES);
        core.table().commit(Change.empty().with(Put.newRow(Keys.parcel(lane, "0000000000000-0"), broken)));

        AggregateUsage.Run run = core.aggregateUsage().run(() -> true);
        assertThat(run.failures()).containsOnlyKeys(new DomainPrefix("acme"));
        assertThat(run.lagSeconds()).isPositive();
        assertThat(messages("globex")).isEqualTo(1);
    }

    @Test
    void goesOnAtTheNextRunWhereTheTimeWasUp() {
        core.ingestSamples().run(List.of(sample("acme", clock.instant()), sample("globex", clock.instant())));
        assertThat(core.aggregateUsage().run(() -> false).isComplete()).isFalse();
        AtomicInteger asked = new AtomicInteger();
        for (int run = 0; run < 500 && messages("acme") + messages("globex") < 2; run++) {
            asked.set(0);
            core.aggregateUsage().run(() -> asked.getAndIncrement() < 40);
        }
        assertThat(messages("acme") + messages("globex")).isEqualTo(2);
    }

    @Test
    void neverReadsAgainWhatIsFolded() {
        core.ingestSamples().run(List.of(sample("acme", clock.instant())));
        fold();
        assertThat(Core.usage(this::fold).calls()).isEqualTo(UsageStore.LANES);
    }

    @Test
    void foldsWhatIsLeftOfATenantThatIsDeleted() {
        core.ingestSamples().run(List.of(sample("acme", clock.instant())));
        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));
        assertThat(core.aggregateUsage().run(() -> true).failures()).isEmpty();
        assertThat(core.aggregateUsage().run(() -> true).parcels()).isZero();
    }

    /// Chargers stay online from day to day, through final days, gaps and what comes late.
    @Test
    void knowsWhoIsOnlineThroughTheAges() {
        List<Sample> all = new ArrayList<>();
        for (int day = 0; day < 120; day++) {
            if (day % 7 != 3) {
                List<Sample> delivery = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    delivery.add(moved(clock.instant().minus(Duration.ofMinutes(i * 101L)), (day * 31 + i * 17) % 5, (day + i) % 4));
                }
                delivery.add(moved(clock.instant().minus(Duration.ofDays(30)).minusMillis(day), 2, 1));
                assertThat(core.ingestSamples().run(delivery)).containsOnly(Fate.COUNTED);
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
                List<MetricsWindow> windows = show("acme", Interval.DAY, "Asia/Kathmandu", begin, begin.plus(Duration.ofDays(length)));
                assertThat(windows)
                        .isEqualTo(windows.stream().map(window -> recount.window(window.start(), window.end())).toList());
            }
        }
        Ledger ledger = core.scope("acme", UsageStore.ledger()).found(UsageStore.ledger()).orElseThrow();
        assertThat(ledger.days()).hasSizeLessThan(43);
        assertThat(ledger.months()).hasSizeLessThan(4);
        assertThat(ledger.finalThrough()).isPositive();
    }

    @Test
    void readsADayForEachDayOfItsPageInTwoRoundTrips() {
        Instant now = clock.instant();
        for (int day = 0; day < 34; day++) {
            core.ingestSamples().run(List.of(sample("acme", now.minus(Duration.ofDays(day)))));
        }
        fold();
        assertThat(Core.usage(() -> show("acme", Interval.DAY, "UTC", now.minus(Duration.ofDays(92)), now)).calls())
                .isEqualTo(2);
        // Tenant, member, ledger; then the days of the page, all of which are small.
        assertThat(Core.usage(() -> show("acme", Interval.DAY, "UTC", now.minus(Duration.ofDays(92)), now))
                        .capacityUnits())
                .isLessThanOrEqualTo(4.0);
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
        List<MetricsWindow> paged = new ArrayList<>();
        Optional<String> position = Optional.empty();
        do {
            Page<MetricsWindow> page = page(range, 7, position);
            paged.addAll(page.items());
            position = page.next();
        } while (position.isPresent());
        assertThat(paged).isEqualTo(all);
        assertThatThrownBy(() -> page(range, 7, Optional.of("-1"))).isInstanceOf(InvalidRequest.class);
    }

    @Test
    void widensARangeToWholeWindowsAndKeepsItWithinBounds() {
        List<MetricsWindow> windows =
                page(range(Interval.DAY, "UTC", "2025-01-01T23:59:59.999Z", "2025-01-02T00:00:00.001Z"), 10, Optional.empty())
                        .items();
        assertThat(windows).extracting(MetricsWindow::start).containsExactly(
                Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2025-01-02T00:00:00Z"));
        assertThat(page(range(Interval.HOUR, "UTC", "2025-01-01T00:00:00Z", "2025-02-11T16:00:00Z"), 1000, Optional.empty()).items())
                .hasSize(1000);
        assertThatThrownBy(() -> page(range(Interval.HOUR, "UTC", "2025-01-01", "2025-02-11T16:00:00.001Z"), 1, Optional.empty()))
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
    void cannotSeeAnotherTenantsUsage() {
        core.ingestSamples().run(List.of(sample("globex", clock.instant())));
        fold();
        assertThat(messages("acme")).isZero();
        assertThat(core.usage().days(core.scope("acme"), 0, 30_000)).isEmpty();
        assertThat(core.usage().days(core.scope("globex"), 0, 30_000)).hasSize(1);
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

    private Sample sample(String tenant, Instant at) {
        return new Sample("id-" + ids.incrementAndGet(), new DomainPrefix(tenant), at, new Counters(1, 0, 10, 0, 0, 0, 0));
    }

    private Sample moved(Instant at, long connects, long disconnects) {
        return new Sample(
                "id-" + ids.incrementAndGet(),
                new DomainPrefix("acme"),
                at,
                new Counters(1, 0, 10, 0, connects, disconnects, 0));
    }

    private AggregateUsage.Run fold() {
        AggregateUsage.Run run = core.aggregateUsage().run(() -> true);
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
                        new PageRequest(1000, Optional.empty()))
                .items();
    }

    private Page<MetricsWindow> page(MetricsRange range, int limit, Optional<String> position) {
        return core.showMetrics().run(core.door(ada, "acme", Role.VIEWER), range, new PageRequest(limit, position));
    }

    private static MetricsRange range(Interval interval, String zone, String from, String to) {
        return new MetricsRange(
                interval, TimeZoneName.of(zone), Optional.of(Bound.of(from)), Optional.of(Bound.of(to)));
    }
}
