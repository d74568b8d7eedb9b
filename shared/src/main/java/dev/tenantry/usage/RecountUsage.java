package dev.tenantry.usage;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Correction;
import dev.tenantry.storage.Drift;
import dev.tenantry.tenancy.TenantScope;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.inject.Inject;

/// Counts anew, from a tenant's days, what its summary says of them, and with how many chargers online each final day
/// began.
public final class RecountUsage {

    /// Most final days that one change corrects: with the summary and the scope's guards they fit into a
    /// transaction.
    static final int MOST_DAYS = 80;

    private final UsageStore usage;

    @Inject
    RecountUsage(UsageStore usage) {
        this.usage = usage;
    }

    /// Summary and final days are corrected by one change, if nothing was folded meanwhile: every fold moves the
    /// summary's version. One round trip, and one for each megabyte of days.
    public List<Correction> run(TenantScope scope) {
        UsageSummary stored = usage.summaryNow(scope);
        YearMonth oldest = UsageSummary.oldestMonth(scope.now());
        Change change = Change.in(scope);
        List<Drift> drifts = new ArrayList<>();
        boolean isPartial = false;
        long base = 0;
        SortedMap<Long, Long> days = new TreeMap<>();
        SortedMap<YearMonth, UsageSummary.Month> months = new TreeMap<>();
        for (Iterator<UsageDay> all = usage.everyDay(scope).iterator(); all.hasNext(); ) {
            UsageDay day = all.next();
            LocalDate date = LocalDate.ofEpochDay(day.day());
            if (stored.isFinal(day.day())) {
                Optional<Drift> drift =
                        Drift.of("online when " + date + " began", day.opening(), OptionalLong.of(base));
                if (drift.isPresent() && drifts.size() < MOST_DAYS) {
                    drifts.add(drift.get());
                    usage.write(change, scope, day.finalised(base));
                } else if (drift.isPresent()) {
                    isPartial = true;
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
        Drift.of("online after the final days", stored.base(), base).ifPresent(drifts::add);
        for (long day : keys(stored.days(), days)) {
            String counter = "connects minus disconnects on " + LocalDate.ofEpochDay(day);
            Drift.of(counter, stored.days().get(day), days.get(day)).ifPresent(drifts::add);
        }
        SortedMap<YearMonth, UsageSummary.Month> storedMonths = stored.months().tailMap(oldest);
        for (YearMonth month : keys(storedMonths, months)) {
            Drift.of("usage in " + month, storedMonths.get(month), months.get(month))
                    .ifPresent(drifts::add);
        }
        if (drifts.isEmpty()) {
            return List.of();
        }
        // Also where a final day alone is wrong: by the summary's version the change knows that what was counted holds.
        usage.write(
                change,
                scope,
                new UsageSummary(stored.version(), stored.finalThrough(), base, days, months, stored.foldedAt()));
        return List.of(new Correction("usage", drifts, change, isPartial));
    }

    private static <T> SortedSet<T> keys(SortedMap<T, ?> stored, SortedMap<T, ?> counted) {
        SortedSet<T> keys = new TreeSet<>(stored.keySet());
        keys.addAll(counted.keySet());
        return keys;
    }
}
