package dev.tenantry.usage;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Drift;
import dev.tenantry.tenancy.TenantScope;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.inject.Inject;
import org.jspecify.annotations.Nullable;

/// Counts anew, from a tenant's days, what its summary says of them, and with how many chargers online each final day
/// began.
public final class RecountUsage {

    private final UsageStore usage;

    @Inject
    RecountUsage(UsageStore usage) {
        this.usage = usage;
    }

    /// Adds to a change that summary and final days say what there is where they said otherwise, if nothing was
    /// folded meanwhile: every fold moves the summary's version. One round trip, and one for each megabyte of days.
    public List<Drift> run(Change change, TenantScope scope) {
        UsageSummary said = usage.summaryNow(scope);
        YearMonth oldest = UsageSummary.oldestMonth(scope.now());
        List<Drift> drifts = new ArrayList<>();
        long base = 0;
        SortedMap<Long, Long> days = new TreeMap<>();
        SortedMap<YearMonth, UsageSummary.Month> months = new TreeMap<>();
        for (Iterator<UsageDay> all = usage.everyDay(scope).iterator(); all.hasNext(); ) {
            UsageDay day = all.next();
            LocalDate date = LocalDate.ofEpochDay(day.day());
            if (said.isFinal(day.day())) {
                if (!day.opening().equals(OptionalLong.of(base)) && drifts.size() < Drift.MOST_AT_ONCE) {
                    compare(drifts, "online when " + date + " began", day.opening(), OptionalLong.of(base));
                    usage.write(change, scope, day.finalised(base));
                }
                base = Counters.sum(base, day.sum());
            } else {
                days.put(day.day(), day.sum());
            }
            YearMonth month = YearMonth.from(date);
            if (!month.isBefore(oldest)) {
                for (Counters counters : day.counters().values()) {
                    months.put(
                            month,
                            months.getOrDefault(month, UsageSummary.Month.NONE).plus(counters));
                }
            }
        }
        compare(drifts, "online after the final days", said.base(), base);
        for (long day : keys(said.days(), days)) {
            compare(
                    drifts,
                    "connects minus disconnects on " + LocalDate.ofEpochDay(day),
                    said.days().get(day),
                    days.get(day));
        }
        SortedMap<YearMonth, UsageSummary.Month> saidMonths = said.months().tailMap(oldest);
        for (YearMonth month : keys(saidMonths, months)) {
            compare(drifts, "usage in " + month, saidMonths.get(month), months.get(month));
        }
        if (!drifts.isEmpty()) {
            // Also where a final day alone was wrong: by the summary's version the change knows that what was counted
            // holds.
            usage.write(
                    change,
                    scope,
                    new UsageSummary(said.version(), said.finalThrough(), base, days, months, said.foldedAt()));
        }
        return drifts;
    }

    private static void compare(List<Drift> drifts, String counter, @Nullable Object said, @Nullable Object counted) {
        if (!Objects.equals(said, counted)) {
            drifts.add(new Drift(counter, String.valueOf(said), String.valueOf(counted)));
        }
    }

    private static <T> SortedSet<T> keys(SortedMap<T, ?> said, SortedMap<T, ?> counted) {
        SortedSet<T> keys = new TreeSet<>(said.keySet());
        keys.addAll(counted.keySet());
        return keys;
    }
}
