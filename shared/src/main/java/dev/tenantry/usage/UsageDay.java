package dev.tenantry.usage;

import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// A tenant's usage on one day in UTC.
///
/// @param day      since the epoch
/// @param version  0 if there is no row yet
/// @param opening  how many chargers were online when it began; only of a day that nothing can change any more
/// @param counters what was counted, by quarter hour of the day
/// @param steps    how chargers came and went, by minute of the day; of a final day, by the first minute of each
///                 quarter hour
public record UsageDay(
        long day,
        long version,
        OptionalLong opening,
        SortedMap<Integer, Counters> counters,
        SortedMap<Integer, Steps> steps) {

    public UsageDay {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
        steps = Collections.unmodifiableSortedMap(new TreeMap<>(steps));
    }

    /// A day of which nothing is known yet.
    static UsageDay none(long day) {
        return new UsageDay(day, 0, OptionalLong.empty(), Collections.emptySortedMap(), Collections.emptySortedMap());
    }

    boolean isFinal() {
        return opening.isPresent();
    }

    /// Of one quarter hour of the day.
    public Counters counters(int quarter) {
        return counters.getOrDefault(quarter, Counters.ZERO);
    }

    /// Of one quarter hour of the day.
    public Steps steps(int quarter) {
        Steps composed = Steps.NONE;
        int first = quarter * Time.MINUTES_A_QUARTER;
        for (Steps minute : steps.subMap(first, first + Time.MINUTES_A_QUARTER).values()) {
            composed = composed.then(minute);
        }
        return composed;
    }

    /// How many more chargers were online at its end than when it began.
    public long sum() {
        long sum = 0;
        for (Steps minute : steps.values()) {
            sum = Counters.sum(sum, minute.sum());
        }
        return sum;
    }

    /// With more counted in one quarter hour since the epoch.
    UsageDay plus(long quarter, Counters more) {
        SortedMap<Integer, Counters> sums = new TreeMap<>(counters);
        sums.merge(Math.toIntExact(quarter - day * Time.QUARTERS_A_DAY), more, Counters::plus);
        return new UsageDay(day, version, opening, sums, steps);
    }

    /// With what is now known of one minute since the epoch.
    UsageDay with(long minute, Steps known) {
        SortedMap<Integer, Steps> all = new TreeMap<>(steps);
        int ofDay = Math.toIntExact(minute - day * Time.MINUTES_A_DAY);
        if (known.equals(Steps.NONE)) {
            all.remove(ofDay);
        } else {
            all.put(ofDay, known);
        }
        return new UsageDay(day, version, opening, counters, all);
    }

    /// As it stays: minutes are composed into quarter hours.
    UsageDay finalised(long online) {
        SortedMap<Integer, Steps> composed = new TreeMap<>();
        for (int minute : steps.keySet()) {
            int quarter = minute / Time.MINUTES_A_QUARTER;
            composed.put(quarter * Time.MINUTES_A_QUARTER, steps(quarter));
        }
        return new UsageDay(day, version, OptionalLong.of(online), counters, composed);
    }

    byte[] packed() {
        Packed.Writer out = new Packed.Writer();
        out.unsigned(counters.size());
        int last = 0;
        for (SortedMap.Entry<Integer, Counters> quarter : counters.entrySet()) {
            out.unsigned(quarter.getKey() - last);
            last = quarter.getKey();
            quarter.getValue().write(out);
        }
        last = 0;
        for (SortedMap.Entry<Integer, Steps> minute : steps.entrySet()) {
            out.unsigned(minute.getKey() - last);
            last = minute.getKey();
            minute.getValue().write(out);
        }
        return out.bytes();
    }

    static UsageDay unpacked(long day, long version, OptionalLong opening, byte[] bytes) {
        Packed.Reader in = new Packed.Reader(bytes);
        SortedMap<Integer, Counters> counters = new TreeMap<>();
        int last = 0;
        for (long left = in.unsigned(); left > 0; left--) {
            last += (int) in.unsigned();
            counters.put(last, Counters.read(in));
        }
        SortedMap<Integer, Steps> steps = new TreeMap<>();
        last = 0;
        while (in.hasMore()) {
            last += (int) in.unsigned();
            steps.put(last, Steps.read(in));
        }
        return new UsageDay(day, version, opening, counters, steps);
    }
}
