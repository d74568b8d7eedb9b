package dev.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import dev.tenantry.usage.ReportOutcome.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Reports in: which of them count, and what becomes of the others.
class IngestReportsTest extends TwoTenants {

    private final AtomicInteger ids = new AtomicInteger();

    @Test
    void saysWhatBecameOfEachReport() {
        core.commit(core.deleteTenant().run(core.door(otto, "other", Role.ADMIN), Precondition.NONE));
        Instant now = clock.instant();
        Report good = report("acme", now);
        List<Report> delivery = List.of(
                good,
                report("nobody", now),
                good,
                report("other", now),
                report("acme", now.minus(Duration.ofDays(35))),
                report("acme", now, now, now.minus(Duration.ofDays(35)).minusMillis(1), now),
                report("acme", now.plus(Duration.ofMinutes(5))),
                report("acme", now, now.plus(Duration.ofMinutes(5)).plusMillis(1)));
        assertThat(core.ingest(delivery))
                .containsExactly(
                        ReportOutcome.of(Kind.COUNTED),
                        ReportOutcome.of(Kind.UNKNOWN_TENANT),
                        ReportOutcome.of(Kind.DUPLICATE),
                        ReportOutcome.of(Kind.DELETED_TENANT),
                        ReportOutcome.of(Kind.COUNTED),
                        new ReportOutcome(Kind.TOO_OLD, 2),
                        ReportOutcome.of(Kind.COUNTED),
                        new ReportOutcome(Kind.IN_FUTURE, 1));
        assertThat(kinds(good)).containsExactly(Kind.DUPLICATE);
        // Nothing of what was refused for one sample.
        assertThat(messages("acme")).isEqualTo(3);
    }

    /// What a delivery has of a deleted tenant need not come again.
    @Test
    void isDoneWithWhatIsCountedOrNobodys() {
        assertThat(Kind.values())
                .filteredOn(Kind::isDone)
                .containsExactly(Kind.COUNTED, Kind.DUPLICATE, Kind.DELETED_TENANT);
    }

    @Test
    void countsAllSamplesOfAReportEachAtItsTime() {
        Instant now = clock.instant();
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < Report.MAX_SAMPLES; i++) {
            samples.add(Sample.of(now.minusMillis(i * 301_000L), new Counters(1, 2, 3, i, 0, 0, 4)));
        }
        assertThat(kinds(new Report("large", acme.domainPrefix(), samples))).containsExactly(Kind.COUNTED);
        List<UsageDay> days = days("acme");
        assertThat(days).hasSize(36);
        assertThat(sum(days, Counters::messagesIn)).isEqualTo(10_000);
        assertThat(sum(days, Counters::bytesOut)).isEqualTo(10_000L * 9_999 / 2);
        for (UsageDay day : days) {
            long from = day.day() * UsageTime.DAY_MILLIS;
            long expected = samples.stream()
                    .mapToLong(sample -> sample.at().toEpochMilli())
                    .filter(at -> at >= from && at < from + UsageTime.DAY_MILLIS)
                    .count();
            assertThat(sum(List.of(day), Counters::messagesIn)).isEqualTo(expected);
        }
    }

    @Test
    void takesNoReportWithoutSamplesNorOneWithTooMany() {
        Sample sample = Sample.of(clock.instant(), Counters.ZERO);
        for (int size : new int[] {0, Report.MAX_SAMPLES + 1}) {
            assertThatThrownBy(() -> new Report("1", acme.domainPrefix(), Collections.nCopies(size, sample)))
                    .isInstanceOf(InvalidValue.class);
        }
        for (Counters online : List.of(new Counters(0, 0, 0, 0, 1, 0, 0), new Counters(0, 0, 0, 0, 0, 1, 0))) {
            assertThatThrownBy(() ->
                            new Report("1", acme.domainPrefix(), List.of(sample, Sample.of(clock.instant(), online))))
                    .isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void isInConflictWithWhatSaysSomethingElseUnderItsName() {
        Instant now = clock.instant();
        Report first = new Report("1", acme.domainPrefix(), List.of(wallbox(now, "W1", 1), wallbox(now, "W2", 2)));
        assertThat(kinds(first)).containsExactly(Kind.COUNTED);
        for (List<Sample> other : List.of(
                List.of(wallbox(now, "W1", 1)),
                List.of(wallbox(now, "W2", 2), wallbox(now, "W1", 1)),
                List.of(wallbox(now, "W1", 1), wallbox(now, "W3", 2)),
                List.of(wallbox(now, "W1", 1), wallbox(now, "W2", 3)),
                List.of(wallbox(now, "W1", 1), wallbox(now.minusMillis(1), "W2", 2)),
                List.of(
                        wallbox(now, "W1", 1),
                        Sample.of(now, wallbox(now, "", 2).counters())),
                List.of(wallbox(now, "W1", 1), wallbox(now, "W2", 2), wallbox(now, "W2", 2)))) {
            assertThat(kinds(new Report("1", acme.domainPrefix(), other))).containsExactly(Kind.CONFLICT);
        }
        assertThat(kinds(first)).containsExactly(Kind.DUPLICATE);
        assertThat(kinds(new Report("1", other.domainPrefix(), first.samples())))
                .containsExactly(Kind.COUNTED);
        assertThat(messages("acme")).isEqualTo(3);
    }

    @Test
    void tellsAConflictWithinADeliveryWhicheverWasSeenBefore() {
        Report one = numbered("1", 1);
        Report two = numbered("1", 2);
        assertThat(kinds(one, two, one, two))
                .containsExactly(Kind.COUNTED, Kind.CONFLICT, Kind.DUPLICATE, Kind.CONFLICT);
        // The one that is there decides, not the one that comes first.
        assertThat(kinds(two, one, two)).containsExactly(Kind.CONFLICT, Kind.DUPLICATE, Kind.CONFLICT);
        assertThat(messages("acme")).isEqualTo(1);
    }

    /// A conflict is no news of the storage, and costs no read.
    @Test
    void takesADeliveryInOneRoundTripForItsTenantsAndOneForEachBatch() {
        Report[] delivery =
                IntStream.range(0, 96).mapToObj(i -> numbered("" + i, i)).toArray(Report[]::new);
        assertThat(Core.roundTrips(() -> kinds(delivery))).isEqualTo(2);
        assertThat(Core.roundTrips(() -> kinds(numbered("3", 9)))).isEqualTo(2);
        // The summary, the day, the batch.
        assertThat(Core.roundTrips(this::fold)).isEqualTo(UsageStore.SHARDS + 2);
    }

    @Test
    void putsOneBatchForEachTenantAndDeliveryAsFarAsItFits() {
        List<Report> delivery = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            delivery.add(report("acme", clock.instant().minusMillis(i)));
            delivery.add(report(i % 8 == 0 ? "other" : "acme", clock.instant().minusMillis(i)));
        }
        assertThat(core.ingest(delivery)).containsOnly(ReportOutcome.of(Kind.COUNTED));
        List<UsageBatch> all = new ArrayList<>();
        for (int shard = 0; shard < UsageStore.SHARDS; shard++) {
            List<UsageBatch> batches = core.usage().shard(shard, Pages.LARGEST).items().stream()
                    .map(UsageBatch.class::cast)
                    .toList();
            // Who sends much is spread.
            assertThat(batches).extracting(UsageBatch::tenant).doesNotHaveDuplicates();
            all.addAll(batches);
        }
        assertThat(all).hasSize(8 + 1);
        assertThat(messages("acme")).isEqualTo(750);
        assertThat(messages("other")).isEqualTo(50);
    }

    @Test
    void leavesToTheQueueWhatTheStorageDidNotTake() {
        Report report = report("acme", clock.instant());
        faulty.next("transactWriteItems", Fault.LOST_ANSWER);
        assertThat(kinds(report)).containsExactly(Kind.NOT_NOW);
        assertThat(kinds(report)).containsExactly(Kind.DUPLICATE);
        assertThat(messages("acme")).isEqualTo(1);
    }

    @Test
    void leavesToTheQueueWhatRepeatsWhatItDidNotTake() {
        Report report = numbered("1", 1);
        Report other = numbered("1", 2);
        faulty.next("transactWriteItems", Fault.OUT_OF_REACH);
        assertThat(kinds(report, report, other)).containsExactly(Kind.NOT_NOW, Kind.NOT_NOW, Kind.NOT_NOW);
        assertThat(kinds(report, report, other)).containsExactly(Kind.COUNTED, Kind.DUPLICATE, Kind.CONFLICT);
        assertThat(kinds(report, report)).containsExactly(Kind.DUPLICATE, Kind.DUPLICATE);
    }

    @Test
    void saysWhyItLeavesSomethingToTheQueue() {
        assertThat(failures(Fault.OUT_OF_REACH)).singleElement().asString().contains("out of reach");
        assertThat(failures(Collections.nCopies(4, Fault.CONFLICT).toArray(Fault[]::new)))
                .containsExactly("too many conflicting changes");
        assertThat(failures(Collections.nCopies(3, Fault.CONFLICT).toArray(Fault[]::new)))
                .isEmpty();
        List<Report> two = List.of(report("acme", clock.instant()), report("other", clock.instant()));
        Queue<String> reasons = new ConcurrentLinkedQueue<>();
        assertThat(core.ingestReports().run(two, () -> false, failure -> reasons.add(((Unavailable) failure).reason())))
                .containsOnly(ReportOutcome.of(Kind.NOT_NOW));
        assertThat(reasons).containsOnly("time was up");
        // What is all that there is to do is done, not weighed.
        assertThat(core.ingestReports().run(two.subList(0, 1), () -> false, failure -> reasons.add("none")))
                .containsExactly(ReportOutcome.of(Kind.COUNTED));
        assertThat(reasons).doesNotContain("none");
    }

    /// Two reports under one name, each delivered to several instances: one of them counts, and all know which.
    @Test
    void letsOneOfTwoReportsCountThatRaceUnderOneName() throws InterruptedException {
        for (int round = 0; round < 12; round++) {
            Report one = numbered("race-" + round, 1);
            Report two = numbered("race-" + round, 1_000_000);
            long before = messages("acme");
            List<Object> kinds =
                    Race.run(8, i -> () -> kinds(i % 2 == 0 ? one : two).getFirst());
            assertThat(kinds).containsOnlyOnce(Kind.COUNTED);
            int winner = kinds.indexOf(Kind.COUNTED) % 2;
            for (int i = 0; i < kinds.size(); i++) {
                if (kinds.get(i) != Kind.COUNTED) {
                    assertThat(kinds.get(i)).isEqualTo(i % 2 == winner ? Kind.DUPLICATE : Kind.CONFLICT);
                }
            }
            assertThat(messages("acme") - before).isEqualTo(winner == 0 ? 1 : 1_000_000);
        }
    }

    private List<String> failures(Fault... faults) {
        List<String> reasons = new ArrayList<>();
        faulty.next("transactWriteItems", faults);
        core.ingestReports()
                .run(
                        List.of(report("acme", clock.instant())),
                        () -> true,
                        failure -> reasons.add(((Unavailable) failure).reason()));
        return reasons;
    }

    private List<Kind> kinds(Report... reports) {
        return core.ingest(List.of(reports)).stream().map(ReportOutcome::kind).toList();
    }

    private Report report(String tenant, Instant... times) {
        return new Report(
                "id-" + ids.incrementAndGet(),
                new DomainPrefix(tenant),
                List.of(times).stream()
                        .map(at -> Sample.of(at, new Counters(1, 0, 10, 0, 0, 0, 0)))
                        .toList());
    }

    private Report numbered(String id, long messages) {
        return new Report(id, acme.domainPrefix(), List.of(wallbox(clock.instant(), "W", messages)));
    }

    private static Sample wallbox(Instant at, String charger, long messages) {
        return new Sample(at, Optional.of(charger), new Counters(messages, 0, 0, 0, 0, 0, 0));
    }

    private void fold() {
        assertThat(core.aggregateUsage().run(() -> true).failures()).isEmpty();
    }

    private List<UsageDay> days(String tenant) {
        fold();
        return core.usage().days(core.scope(tenant), 0, 30_000);
    }

    private long messages(String tenant) {
        return sum(days(tenant), Counters::messagesIn);
    }

    private static long sum(List<UsageDay> days, ToLongFunction<Counters> counter) {
        return days.stream()
                .flatMap(day -> day.counters().values().stream())
                .mapToLong(counter)
                .sum();
    }
}
