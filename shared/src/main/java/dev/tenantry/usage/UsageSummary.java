package dev.tenantry.usage;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What of a tenant's usage does not belong to a single day: how many chargers came and went on which day, so that the
/// number online can be told for any moment, and the sums of the latest months.
///
/// @param version      0 if there is no row yet
/// @param finalThrough the last day that is final, with all before it; before 1970 if none is
/// @param base         how many chargers were online at that day's end
/// @param days         of every later day that has usage, connects minus disconnects
/// @param months       sums of this month, the one before it and later ones, in UTC
/// @param foldedAt     when usage was last folded; empty if never
public record UsageSummary(
        long version,
        long finalThrough,
        long base,
        SortedMap<Long, Long> days,
        SortedMap<YearMonth, Month> months,
        Optional<Instant> foldedAt) {

    /// Of a tenant that never had usage.
    public static final UsageSummary NONE =
            new UsageSummary(0, -1, 0, Collections.emptySortedMap(), Collections.emptySortedMap(), Optional.empty());

    /// A month's sums.
    ///
    /// @param messages in both directions
    /// @param bytes    in both directions
    public record Month(long messages, long bytes) {

        static final Month NONE = new Month(0, 0);

        Month plus(Counters counters) {
            return new Month(Counters.sum(messages, counters.messages()), Counters.sum(bytes, counters.bytes()));
        }
    }

    public UsageSummary {
        days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
        months = Collections.unmodifiableSortedMap(new TreeMap<>(months));
    }

    /// How many chargers were online when a day began that is not final.
    public long openingOf(long day) {
        long online = base;
        for (long delta : days.headMap(day).values()) {
            online = Counters.sum(online, delta);
        }
        return online;
    }

    /// A month's sums.
    public Month month(YearMonth month) {
        return months.getOrDefault(month, Month.NONE);
    }

    /// With what some samples come to, folded now.
    ///
    /// @param sums of the days that changed and are not final, as they are now
    UsageSummary plus(UsageDelta delta, SortedMap<Long, Long> sums, Instant now) {
        SortedMap<Long, Long> allDays = new TreeMap<>(days);
        allDays.putAll(sums);
        SortedMap<YearMonth, Month> allMonths = new TreeMap<>(months);
        delta.quarters()
                .forEach((quarter, counters) -> allMonths.put(
                        monthOf(quarter),
                        allMonths.getOrDefault(monthOf(quarter), Month.NONE).plus(counters)));
        return new UsageSummary(
                version, finalThrough, base, allDays, allMonths.tailMap(oldestMonth(now)), Optional.of(now));
    }

    /// The first month whose sums are kept.
    static YearMonth oldestMonth(Instant now) {
        return YearMonth.from(now.atOffset(ZoneOffset.UTC)).minusMonths(1);
    }

    /// With all days up to one final.
    UsageSummary finalised(long day) {
        return new UsageSummary(version, day, openingOf(day + 1), days.tailMap(day + 1), months, foldedAt);
    }

    boolean isFinal(long day) {
        return day <= finalThrough;
    }

    private static YearMonth monthOf(long quarter) {
        return YearMonth.from(
                Instant.ofEpochMilli(quarter * UsageTime.QUARTER_MILLIS).atOffset(ZoneOffset.UTC));
    }
}
