package dev.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Door;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// One change, and what comes between its reading and its writing.
class FoldUsageTest extends TwoTenants {

    private static final DomainPrefix ACME = new DomainPrefix("acme");
    private static final int SHARD = 7;

    private final FoldUsage fold = new FoldUsage(core.usage());
    private final Door door = core.doors().schedule(ACME);
    private final AtomicInteger ids = new AtomicInteger();

    /// DynamoDB reads each row of a batch when it pleases. DynamoDB Local reads them all at once, so what AWS may
    /// do is put together here: one row as it was before another fold, the others as they were after it.
    @ParameterizedTest
    @ValueSource(strings = {"USAGE_DAY#", "CONNECTION_EVENTS#", "USAGE"})
    void writesOverNoRowThatWasReadBeforeAnotherFold(String row) {
        Instant at = clock.instant();
        core.commit(fold.run(door, List.of(put(sample(at, 3, 0)))));
        UsageBatch mine = put(sample(at.plusMillis(1), 2, 0));
        UsageBatch another = put(sample(at.plusMillis(2), 0, 1));
        faulty.next("batchGetItem", (_, call) -> {
            BatchGetItemResponse before = (BatchGetItemResponse) call.happen();
            core.commit(fold.run(door, List.of(another)));
            return mixed(before, (BatchGetItemResponse) call.happen(), row);
        });

        assertConflict(fold.run(door, List.of(mine)));

        core.commit(fold.run(door, List.of(mine)));
        UsageDay day = day(FoldUsage.day(at));
        assertThat(day.sum()).isEqualTo(4);
        assertThat(day.counters().values()).extracting(Counters::messagesIn).containsExactly(3L);
        assertThat(day.onlineDeltas().values()).containsExactly(new OnlineDelta(4, 5));
        assertThat(summary().openingOf(FoldUsage.day(at) + 1)).isEqualTo(4);
    }

    @Test
    void foldsABatchOnceWhereTwoRunsHaveReadIt() {
        UsageBatch batch = put(sample(clock.instant(), 3, 0));
        var first = fold.run(door, List.of(batch));
        var second = fold.run(door, List.of(batch));
        core.commit(first);
        assertConflict(second);
        assertThat(core.aggregateUsage().run(() -> true).batches()).isZero();
        assertThat(summary().openingOf(FoldUsage.day(clock.instant()) + 1)).isEqualTo(3);
    }

    /// The days that are due are looked up first, and read then. What is folded in between can be of days before
    /// them.
    @Test
    void makesNoDayFinalOverAFoldThatItDidNotSee() {
        long last = FoldUsage.day(clock.instant()) - FinaliseUsage.DAYS - 1;
        core.commit(fold.run(door, List.of(put(sample(start(last), 3, 0)))));
        UsageBatch earlier = put(sample(start(last - 1), 2, 1));
        faulty.next("batchGetItem", (_, call) -> call.happen(), (_, call) -> {
            core.commit(fold.run(door, List.of(earlier)));
            return call.happen();
        });
        FinaliseUsage finalise = new FinaliseUsage(core.usage());
        assertThatThrownBy(() -> finalise.run(door)).isInstanceOf(Conflict.class);

        core.commit(finalise.run(door));
        assertThat(day(last - 1).opening()).hasValue(0);
        assertThat(day(last).opening()).hasValue(1);
        assertThat(summary().base()).isEqualTo(4);
    }

    /// It would not be there at the next run either. Silence would leave the tenant's days open for ever.
    @Test
    void saysSoWhereADayIsMissingThatTheSummaryNames() {
        Instant old = start(FoldUsage.day(clock.instant()) - FinaliseUsage.DAYS - 1);
        core.commit(fold.run(door, List.of(put(sample(old, 3, 0)))));
        core.table().commit(Change.empty().with(Delete.of(Keys.usageDay(core.scope("acme"), FoldUsage.day(old)))));
        put(sample(clock.instant(), 1, 0));
        AggregateUsage.Aggregation run = core.aggregateUsage().run(() -> true);
        assertThat(run.batches()).isEqualTo(1);
        assertThat(run.failures()).containsOnlyKeys(ACME);

        // The second, since none of those who came is a charger that there is.
        assertThat(core.repairCounters().run(ACME, () -> true).repaired())
                .extracting(drift -> drift.counter())
                .containsExactly(
                        "connects minus disconnects on " + LocalDate.ofEpochDay(FoldUsage.day(old)),
                        "online in the windows");
        put(sample(clock.instant(), 1, 0));
        assertThat(core.aggregateUsage().run(() -> true).failures()).isEmpty();
    }

    /// What was left behind can be of the very days that would become final.
    @Test
    void makesNoDayFinalOfATenantOfWhichSomethingIsLeftBehind() {
        long today = FoldUsage.day(clock.instant());
        long broken = today - 105;
        var key = Keys.usageDay(core.scope("acme"), broken);
        core.table()
                .commit(Change.empty()
                        .with(Update.of(key)
                                .set("version", 1)
                                .set("day", broken)
                                .set("usage", new byte[] {9})));
        // Too many days for one change, so that the second fails after the first has found days that are due.
        put(days(today - 79, today - 10));
        put(days(today - 109, today - 80));

        AggregateUsage.Aggregation run = core.aggregateUsage().run(() -> true);
        assertThat(run.batches()).isEqualTo(1);
        assertThat(run.failures()).containsOnlyKeys(ACME);
        assertThat(summary().finalThrough()).isNegative();

        core.table().commit(Change.empty().with(Delete.of(key)));
        assertThat(core.aggregateUsage().run(() -> true).failures()).isEmpty();
        assertThat(summary().finalThrough()).isPositive();
    }

    /// A transaction takes 4 MB.
    @Test
    void dividesWhatIsTooLargeForOneChange() {
        TreeMap<Integer, Long> storm = new TreeMap<>();
        for (int millis = 0; millis < ConnectionEvents.MOST_EXACT - 1; millis++) {
            storm.put(millis * 3, millis % 2 == 0 ? Long.MAX_VALUE : Long.MIN_VALUE);
        }
        long first = UsageTime.minute(clock.millis()) - 24;
        for (long minute = first; minute < first + 24; minute++) {
            long at = minute;
            core.commit(change -> core.usage().write(change, core.scope("acme"), at, new ConnectionEvents(0, storm)));
        }
        for (long part = 0; part < 3; part++) {
            put(LongStream.range(first + part * 8, first + part * 8 + 8)
                    .mapToObj(minute -> sample(Instant.ofEpochMilli(minute * 60_000 + 1), 1, 0))
                    .toArray(Sample[]::new));
        }
        List<Integer> sizes = new ArrayList<>();
        Fault weigh = (request, call) -> {
            sizes.add(bytes((TransactWriteItemsRequest) request));
            return call.happen();
        };
        faulty.next("transactWriteItems", weigh, weigh, weigh, weigh);
        AggregateUsage.Aggregation run = core.aggregateUsage().run(() -> true);

        assertThat(run.failures()).isEmpty();
        assertThat(run.batches()).isEqualTo(3);
        assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThan(3_100_000));
        assertThat(sizes.stream().mapToInt(size -> size).sum()).isGreaterThan(4_000_000);
    }

    private static int bytes(TransactWriteItemsRequest request) {
        int bytes = 0;
        for (TransactWriteItem item : request.transactItems()) {
            if (item.update() != null) {
                for (AttributeValue value :
                        item.update().expressionAttributeValues().values()) {
                    bytes += value.b() == null ? 0 : value.b().asByteArrayUnsafe().length;
                }
            }
        }
        return bytes;
    }

    private static SdkResponse mixed(BatchGetItemResponse before, BatchGetItemResponse after, String row) {
        Map.Entry<String, List<Map<String, AttributeValue>>> fresh =
                after.responses().entrySet().iterator().next();
        List<Map<String, AttributeValue>> old =
                before.responses().values().iterator().next();
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        for (Map<String, AttributeValue> item : fresh.getValue()) {
            String key = key(item);
            boolean isOld = row.endsWith("#") ? key.startsWith(row) : key.equals(row);
            items.add(
                    isOld
                            ? old.stream()
                                    .filter(it -> key(it).equals(key))
                                    .findFirst()
                                    .orElseThrow()
                            : item);
        }
        assertThat(items).isNotEqualTo(fresh.getValue());
        return after.toBuilder().responses(Map.of(fresh.getKey(), items)).build();
    }

    private static String key(Map<String, AttributeValue> item) {
        return item.getOrDefault("SK", AttributeValue.fromS("")).s();
    }

    private UsageBatch put(Sample... samples) {
        UsageBatch batch = UsageBatch.of(
                SHARD, clock.millis() + ids.incrementAndGet(), ids.get(), ACME, UsageDelta.of(Arrays.asList(samples)));
        core.table().commit(Change.empty().with(UsageStore.put(batch)));
        return batch;
    }

    private Sample[] days(long from, long to) {
        return IntStream.range(0, (int) (to - from + 1))
                .mapToObj(i -> sample(start(from + i), 0, 0))
                .toArray(Sample[]::new);
    }

    private Sample sample(Instant at, long connects, long disconnects) {
        return Sample.of(at, new Counters(1, 0, 10, 0, connects, disconnects, 0));
    }

    private static Instant start(long day) {
        return Instant.EPOCH.plus(Duration.ofDays(day));
    }

    private UsageDay day(long day) {
        return core.find("acme", UsageStore.day(day)).orElseThrow();
    }

    private UsageSummary summary() {
        return core.find("acme", UsageStore.summary()).orElse(UsageSummary.NONE);
    }
}
