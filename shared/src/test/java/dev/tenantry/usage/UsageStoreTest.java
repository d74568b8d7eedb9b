package dev.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.storage.Keys;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.StoreTest;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

public class UsageStoreTest extends StoreTest {

    private static final long DAY = 20_500;
    private static final long MINUTE = DAY * 1440 + 77;
    private static final Counters COUNTERS = new Counters(1, 0, Long.MAX_VALUE, 128, 0, 16_384, 3);

    private final UsageStore usage = core.usage();

    @Test
    void keepsADayAsItIs() {
        write("acme", 0, OptionalLong.empty());
        assertThat(days("acme")).containsExactly(day(1, OptionalLong.empty()));
        // What was online may have been put wrong by a sample that never came.
        write("acme", 1, OptionalLong.of(-7));
        assertThat(days("acme")).containsExactly(day(2, OptionalLong.of(-7)));
        assertThat(core.find("acme", UsageStore.day(DAY))).contains(day(2, OptionalLong.of(-7)));
    }

    @Test
    void keepsAMinuteAndASummaryAsTheyAre() {
        UsageSummary summary = summary(0);
        core.commit(change -> usage.write(change, core.scope("acme"), MINUTE, connectionEvents(0)));
        core.commit(change -> usage.write(change, core.scope("acme"), summary));

        assertThat(core.find("acme", UsageStore.connectionEvents(MINUTE))).contains(connectionEvents(1));
        assertThat(core.find("acme", UsageStore.summary())).contains(summary(1));
    }

    @Test
    void readsTheDaysOfARangeAndTheLastOneBefore() {
        for (long day : new long[] {DAY, DAY + 2, DAY + 3}) {
            core.commit(change -> usage.write(
                    change,
                    core.scope("acme"),
                    UsageDay.none(day)
                            .plus(day * 96, COUNTERS)
                            .with(day * 1440, new OnlineDelta(2, 3))
                            .finalised(day)));
        }
        TenantScope scope = core.scope("acme");
        assertThat(usage.days(scope, DAY + 1, DAY + 3))
                .extracting(UsageDay::day)
                .containsExactly(DAY + 2, DAY + 3);
        assertThat(usage.days(scope, DAY - 9, DAY + 2))
                .extracting(UsageDay::day)
                .containsExactly(DAY, DAY + 2);
        assertThat(usage.onlineBefore(scope, DAY + 3)).isEqualTo(DAY + 2 + 2);
        assertThat(usage.onlineBefore(scope, DAY + 2)).isEqualTo(DAY + 2);
        assertThat(usage.onlineBefore(scope, DAY)).isZero();
    }

    @Test
    void cannotSeeAnotherTenantsUsage() {
        writeAll("other");

        assertOnlyOtherFinds(UsageStore.summary(), UsageStore.day(DAY), UsageStore.connectionEvents(MINUTE));
        assertOnlyOtherSees(List.of(), this::days);
        assertThat(days("other")).hasSize(1);
        assertOnlyOtherSees(0L, tenant -> usage.onlineBefore(core.scope(tenant), DAY + 1));
    }

    @Test
    void cannotChangeAnotherTenantsUsage() {
        writeAll("other");

        TenantScope scope = core.scope("acme");
        assertConflict(change -> usage.write(change, scope, day(1, OptionalLong.empty())));
        assertConflict(change -> usage.write(change, scope, MINUTE, connectionEvents(1)));
        assertConflict(change -> usage.write(change, scope, summary(1)));
        write("acme", 0, OptionalLong.empty());
        assertThat(days("other")).containsExactly(day(1, OptionalLong.of(5)));
    }

    @Test
    void changesOnlyWhatIsAsItWasRead() {
        writeAll("acme");

        TenantScope scope = core.scope("acme");
        for (long version : new long[] {0, 2}) {
            assertConflict(change -> usage.write(change, scope, day(version, OptionalLong.empty())));
            assertConflict(change -> usage.write(change, scope, MINUTE, connectionEvents(version)));
            assertConflict(change -> usage.write(change, scope, summary(version)));
        }
    }

    @Test
    void marksReportsAsSeenTogetherWithTheirBatchOrNotAtAll() {
        Report first = report("acme", "1");
        Report second = report("acme", "2");
        assertThat(usage.put(List.of(first), batch("acme", 1, first), clock.instant()))
                .isEmpty();

        assertThat(usage.put(List.of(first, second), batch("acme", 2, first, second), clock.instant()))
                .containsExactly(Map.entry(first, first.content()));
        assertThat(batches()).hasSize(1);
        assertThat(usage.put(List.of(second), batch("acme", 3, second), clock.instant()))
                .isEmpty();
        // The same id in another tenant is another report.
        Report theirs = report("other", "1");
        assertThat(usage.put(List.of(theirs), batch("other", 4, theirs), clock.instant()))
                .isEmpty();
        assertThat(batches())
                .extracting(UsageBatch::tenant)
                .extracting(DomainPrefix::value)
                .containsExactlyInAnyOrder("acme", "acme", "other");
        assertThat(batches())
                .allSatisfy(batch -> assertThat(batch.delta()).isEqualTo(UsageDelta.ofReports(List.of(first))));
    }

    /// The row that was there tells what the report says that counts.
    @Test
    void tellsWhatTheReportSaysThatWasSeen() {
        Report first = report("acme", "1");
        usage.put(List.of(first), batch("acme", 1, first), clock.instant());
        Report other =
                new Report("1", first.tenant(), List.of(Sample.of(clock.instant(), new Counters(9, 0, 0, 0, 0, 0, 0))));
        assertThat(usage.put(List.of(other), batch("acme", 2, other), clock.instant()))
                .containsExactly(Map.entry(other, first.content()));
    }

    @Test
    void pagesThroughAShardByAgeAndRemovesABatchOnce() {
        List<UsageBatch> put = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            UsageBatch batch = UsageBatch.of(
                    3,
                    clock.millis() + 7 - i,
                    i,
                    new DomainPrefix("acme"),
                    UsageDelta.ofReports(List.of(report("acme", "" + i))));
            core.commit(change -> change.with(UsageStore.put(batch)));
            put.addFirst(batch);
        }
        List<String> seen = Pages.items(3, page -> usage.shard(3, page)).stream()
                .map(ShardRow::position)
                .toList();
        assertThat(seen).isEqualTo(put.stream().map(UsageBatch::position).toList());

        core.commit(change -> usage.remove(change, put.getFirst()));
        assertConflict(change -> usage.remove(change, put.getFirst()));
        assertThat(usage.stillThere(put)).isEqualTo(put.subList(1, 7));
    }

    /// A report is taken until 35 days after its time, so long it must be known that it was counted.
    @Test
    void keepsWhatWasSeenForLongerThanSamplesAreTaken() {
        Instant now = clock.instant();
        for (Instant at : List.of(now.minus(IngestReports.MAX_AGE), now, now.plus(IngestReports.MAX_AHEAD))) {
            // Neither the first nor the last of its samples: the latest.
            Report report = new Report(
                    "at " + at,
                    new DomainPrefix("acme"),
                    List.of(
                            Sample.of(at.minusSeconds(5), Counters.ZERO),
                            Sample.of(at, Counters.ZERO),
                            Sample.of(at.minusSeconds(9), Counters.ZERO)));
            usage.put(List.of(report), batch("acme", at.getEpochSecond(), report), now);
            long expiresAt = core.table().read(Keys.seenReport(report.digest())).number("expiresAt");
            assertThat(Instant.ofEpochSecond(expiresAt))
                    .isAfter(at.plus(IngestReports.MAX_AGE))
                    .isAfter(now);
        }
    }

    /// Until its day is settled, somebody can still come or go in a minute at a moment between two others.
    @Test
    void keepsAMinuteUntilItsDayIsSettled() {
        core.commit(change -> usage.write(change, core.scope("acme"), MINUTE, connectionEvents(0)));
        long expiresAt = core.table()
                .read(Keys.connectionEvents(core.scope("acme"), MINUTE))
                .number("expiresAt");
        assertThat(expiresAt).isGreaterThanOrEqualTo((DAY + 1 + FoldUsage.SETTLED_DAYS) * 86_400);
    }

    private void writeAll(String tenant) {
        write(tenant, 0, OptionalLong.of(5));
        core.commit(change -> usage.write(change, core.scope(tenant), MINUTE, connectionEvents(0)));
        core.commit(change -> usage.write(change, core.scope(tenant), summary(0)));
    }

    private void write(String tenant, long version, OptionalLong opening) {
        core.commit(change -> usage.write(change, core.scope(tenant), day(version, opening)));
    }

    private List<UsageDay> days(String tenant) {
        return usage.days(core.scope(tenant), 0, 30_000);
    }

    private static UsageDay day(long version, OptionalLong opening) {
        UsageDay day = UsageDay.none(DAY)
                .plus(DAY * 96, COUNTERS)
                .plus(DAY * 96 + 95, new Counters(0, 1, 0, 0, 0, 0, 0))
                .with(MINUTE, new OnlineDelta(-3, 4))
                .with(DAY * 1440 + 1439, new OnlineDelta(2, 2));
        return new UsageDay(DAY, version, opening, day.counters(), day.onlineDeltas());
    }

    private static ConnectionEvents connectionEvents(long version) {
        TreeMap<Integer, Long> deltas = new TreeMap<>();
        deltas.put(0, -1L);
        deltas.put(17, 1_000_000_000_000L);
        deltas.put(59_999, -64L);
        return new ConnectionEvents(version, deltas);
    }

    private UsageSummary summary(long version) {
        TreeMap<Long, Long> days = new TreeMap<>();
        days.put(DAY, -3L);
        days.put(DAY + 40, 12L);
        return new UsageSummary(
                version,
                DAY - 1,
                -8,
                days,
                new TreeMap<>(
                        Collections.singletonMap(YearMonth.of(2026, 2), new UsageSummary.Month(Long.MAX_VALUE, 0))),
                Optional.of(clock.instant()));
    }

    private Report report(String tenant, String id) {
        return new Report(
                id, new DomainPrefix(tenant), List.of(Sample.of(clock.instant(), new Counters(1, 2, 3, 4, 0, 0, 7))));
    }

    private UsageBatch batch(String tenant, long chance, Report... reports) {
        Instant now = clock.instant();
        return UsageBatch.of(
                3, now.toEpochMilli(), chance, new DomainPrefix(tenant), UsageDelta.ofReports(List.of(reports)));
    }

    private List<UsageBatch> batches() {
        return usage.shard(3, Pages.LARGEST).items().stream()
                .map(UsageBatch.class::cast)
                .toList();
    }
}
