package dev.tenantry.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Correction;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Drift;
import dev.tenantry.storage.Keys;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is said of a tenant's days is what the days say.
class RecountUsageTest extends TwoTenants {

    private static final DomainPrefix ACME = new DomainPrefix("acme");
    private static final int DAYS = 150;

    private final long today = FoldUsage.day(clock.instant());

    @BeforeEach
    void beBusy() {
        List<Sample> samples = new ArrayList<>();
        for (int age = 0; age <= DAYS; age++) {
            if (age % 17 != 4) {
                samples.add(sample(clock.instant().minus(Duration.ofDays(age)), age % 5, age % 3));
            }
        }
        // Like those that came day by day, each with usage of its own day.
        for (int age = DAYS; age >= 0; age -= 10) {
            int oldest = age;
            core.importUsage()
                    .run(
                            ACME,
                            samples.stream()
                                    .filter(sample -> Duration.between(sample.at(), clock.instant())
                                                            .toDays()
                                                    <= oldest
                                            && Duration.between(sample.at(), clock.instant())
                                                            .toDays()
                                                    > oldest - 10)
                                    .toList());
        }
        fold();
        // So many days become final in two runs.
        core.importUsage().run(ACME, List.of(sample(clock.instant(), 0, 0)));
        fold();
        assertThat(summary().finalThrough()).isEqualTo(today - 41);
    }

    @Test
    void findsNothingWhereAllIsRight() {
        UsageSummary before = summary();
        assertThat(repair()).isEmpty();
        assertThat(summary()).isEqualTo(before);
    }

    @Test
    void repairsEachNumberOfTheSummary() {
        UsageSummary right = summary();
        YearMonth month = right.months().lastKey();
        long day = right.days().lastKey();
        String date = LocalDate.ofEpochDay(day).toString();

        plant(new UsageSummary(
                right.version(),
                right.finalThrough(),
                right.base() + 3,
                right.days(),
                right.months(),
                right.foldedAt()));
        assertRepaired(right, "online after the final days");

        TreeMap<Long, Long> days = new TreeMap<>(right.days());
        days.merge(day, 1L, Long::sum);
        plantDays(days);
        assertRepaired(right, "connects minus disconnects on " + date);

        days.remove(day);
        plantDays(days);
        assertRepaired(right, "connects minus disconnects on " + date);

        days.putAll(right.days());
        days.put(day + 1, 0L);
        plantDays(days);
        assertRepaired(right, "connects minus disconnects on " + LocalDate.ofEpochDay(day + 1));

        TreeMap<YearMonth, UsageSummary.Month> months = new TreeMap<>(right.months());
        months.put(
                month,
                new UsageSummary.Month(
                        right.month(month).messages(), right.month(month).bytes() - 1));
        plantMonths(months);
        assertRepaired(right, "usage in " + month);

        months.put(
                month,
                new UsageSummary.Month(
                        right.month(month).messages() + 1, right.month(month).bytes()));
        plantMonths(months);
        assertRepaired(right, "usage in " + month);

        months.remove(month);
        plantMonths(months);
        assertRepaired(right, "usage in " + month);
    }

    @Test
    void repairsWithHowManyChargersFinalDaysBeganHoweverManyAreWrong() {
        UsageSummary right = summary();
        List<UsageDay> days = days();
        List<UsageDay> planted =
                days.stream().filter(UsageDay::isFinal).limit(90).toList();
        assertThat(planted).hasSizeGreaterThan(RecountUsage.MOST_DAYS);
        for (UsageDay day : planted) {
            UsageDay wrong = new UsageDay(
                    day.day(),
                    day.version(),
                    OptionalLong.of(day.opening().getAsLong() + 1),
                    day.counters(),
                    day.onlineDeltas());
            core.commit(change -> core.usage().write(change, core.scope("acme"), wrong));
        }
        assertThat(repair()).hasSize(planted.size());
        assertThat(repair()).isEmpty();
        for (int i = 0; i < days.size(); i++) {
            assertThat(days().get(i).opening()).isEqualTo(days.get(i).opening());
            assertThat(days().get(i).counters()).isEqualTo(days.get(i).counters());
        }
        assertThat(summary().base()).isEqualTo(right.base());
    }

    @Test
    void makesALostSummaryAnew() {
        UsageSummary right = summary();
        List<OptionalLong> openings = days().stream().map(UsageDay::opening).toList();
        core.table().commit(Change.empty().with(Delete.of(Keys.usageSummary(core.scope("acme")))));
        assertThat(repair()).isNotEmpty();
        assertThat(summary().openingOf(today)).isEqualTo(right.openingOf(today));
        assertThat(summary().months()).isEqualTo(right.months());
        // The days that it does not know to be final become so once more.
        for (int run = 0; run < 3; run++) {
            core.importUsage().run(ACME, List.of(sample(clock.instant(), 0, 0)));
            fold();
        }
        assertThat(summary().finalThrough()).isEqualTo(right.finalThrough());
        assertThat(summary().base()).isEqualTo(right.base());
        assertThat(days().stream().map(UsageDay::opening).toList()).isEqualTo(openings);
        assertThat(repair()).isEmpty();
    }

    /// The summary is of before a fold, the days of after it.
    @Test
    void takesNoFoldThatComesBetweenItsReadsForADrift() {
        core.importUsage().run(ACME, List.of(sample(clock.instant(), 7, 0)));
        AtomicBoolean happened = onceAt("query", "USAGE_DAY#", this::fold);
        assertThat(repair()).isEmpty();
        assertThat(happened).isTrue();
        assertThat(summary().openingOf(today + 1)).isEqualTo(sum());
    }

    @Test
    void countsAnewWhereAFoldComesBetweenCountAndRepair() {
        UsageSummary right = summary();
        plant(new UsageSummary(
                right.version(),
                right.finalThrough(),
                right.base() + 3,
                right.days(),
                right.months(),
                right.foldedAt()));
        core.importUsage().run(ACME, List.of(sample(clock.instant(), 7, 0)));
        AtomicBoolean happened = onceAt("transactWriteItems", "AttributeValue(S=USAGE)", this::fold);
        assertThat(repair()).extracting(Drift::counter).containsExactly("online after the final days");
        assertThat(happened).isTrue();
        assertThat(summary().openingOf(today + 1)).isEqualTo(sum());
        assertThat(summary().base()).isEqualTo(right.base());
    }

    /// Lets something happen just before the first call of an operation that names a key.
    private AtomicBoolean onceAt(String operation, String key, Runnable event) {
        AtomicBoolean happened = new AtomicBoolean();
        Fault fault = (request, call) -> {
            if (request.toString().contains(key) && happened.compareAndSet(false, true)) {
                event.run();
            }
            return call.happen();
        };
        faulty.next(operation, Collections.nCopies(100, fault).toArray(Fault[]::new));
        return happened;
    }

    private long sum() {
        return days().stream().mapToLong(UsageDay::sum).sum();
    }

    private void plantDays(TreeMap<Long, Long> days) {
        UsageSummary now = summary();
        plant(new UsageSummary(now.version(), now.finalThrough(), now.base(), days, now.months(), now.foldedAt()));
    }

    private void plantMonths(TreeMap<YearMonth, UsageSummary.Month> months) {
        UsageSummary now = summary();
        plant(new UsageSummary(now.version(), now.finalThrough(), now.base(), now.days(), months, now.foldedAt()));
    }

    private void plant(UsageSummary summary) {
        core.commit(change -> core.usage().write(change, core.scope("acme"), summary));
    }

    private void assertRepaired(UsageSummary right, String counter) {
        assertThat(repair()).extracting(Drift::counter).containsExactly(counter);
        UsageSummary repaired = summary();
        assertThat(new UsageSummary(
                        right.version(),
                        repaired.finalThrough(),
                        repaired.base(),
                        repaired.days(),
                        repaired.months(),
                        repaired.foldedAt()))
                .isEqualTo(right);
        assertThat(repair()).isEmpty();
    }

    private List<Drift> repair() {
        List<Drift> repaired = new ArrayList<>();
        for (boolean isMore = true; isMore; ) {
            isMore = false;
            try {
                for (Correction correction :
                        new RecountUsage(core.usage()).run(core.doors().repair(ACME))) {
                    core.table().commit(correction.change());
                    repaired.addAll(correction.drifts());
                    isMore |= correction.isPartial();
                }
            } catch (Conflict e) {
                isMore = true;
            }
        }
        return repaired;
    }

    private void fold() {
        assertThat(core.aggregateUsage().run(() -> true).failures()).isEmpty();
    }

    private Sample sample(Instant at, long connects, long disconnects) {
        return Sample.of(at, new Counters(1, 2, 30, 40, connects, disconnects, 0));
    }

    private List<UsageDay> days() {
        return core.usage().days(core.scope("acme"), 0, 30_000);
    }

    private UsageSummary summary() {
        return core.find("acme", UsageStore.summary()).orElse(UsageSummary.NONE);
    }
}
