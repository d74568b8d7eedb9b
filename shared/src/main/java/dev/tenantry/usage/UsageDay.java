package dev.tenantry.usage;

import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// A tenant's usage on one day in UTC.
///
/// @param day          since the epoch
/// @param version      0 if there is no row yet
/// @param opening      how many chargers were online when it began; only of a day that nothing can change any more
/// @param counters     what was counted, by quarter hour of the day
/// @param onlineDeltas how chargers came and went, by minute of the day; of a final day, by the first minute of each
///                     quarter hour
public record UsageDay(
        long day,
        long version,
        OptionalLong opening,
        SortedMap<Integer, Counters> counters,
        SortedMap<Integer, OnlineDelta> onlineDeltas) {

    public UsageDay {
        counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
        onlineDeltas = Collections.unmodifiableSortedMap(new TreeMap<>(onlineDeltas));
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
    public OnlineDelta onlineDelta(int quarter) {
        OnlineDelta composed = OnlineDelta.NONE;
        int first = quarter * UsageTime.MINUTES_A_QUARTER;
        for (OnlineDelta minute :
                onlineDeltas.subMap(first, first + UsageTime.MINUTES_A_QUARTER).values()) {
            composed = composed.then(minute);
        }
        return composed;
    }

    /// How many more chargers were online at its end than when it began.
    public long sum() {
        long sum = 0;
        for (OnlineDelta minute : onlineDeltas.values()) {
            sum = Counters.sum(sum, minute.sum());
        }
        return sum;
    }

    /// With more counted in one quarter hour since the epoch.
    UsageDay plus(long quarter, Counters more) {
        SortedMap<Integer, Counters> sums = new TreeMap<>(counters);
        sums.merge(Math.toIntExact(quarter - day * UsageTime.QUARTERS_A_DAY), more, Counters::plus);
        return new UsageDay(day, version, opening, sums, onlineDeltas);
    }

    /// With what is now known of one minute since the epoch.
    UsageDay with(long minute, OnlineDelta known) {
        SortedMap<Integer, OnlineDelta> all = new TreeMap<>(onlineDeltas);
        int ofDay = Math.toIntExact(minute - day * UsageTime.MINUTES_A_DAY);
        if (known.equals(OnlineDelta.NONE)) {
            all.remove(ofDay);
        } else {
            all.put(ofDay, known);
        }
        return new UsageDay(day, version, opening, counters, all);
    }

    /// As it stays: minutes are composed into quarter hours.
    UsageDay finalised(long online) {
        SortedMap<Integer, OnlineDelta> composed = new TreeMap<>();
        for (int minute : onlineDeltas.keySet()) {
            int quarter = minute / UsageTime.MINUTES_A_QUARTER;
            composed.put(quarter * UsageTime.MINUTES_A_QUARTER, onlineDelta(quarter));
        }
        return new UsageDay(day, version, OptionalLong.of(online), counters, composed);
    }

    byte[] packed() {
        VarInt.Writer out = new VarInt.Writer();
        out.unsigned(counters.size());
        int last = 0;
        for (SortedMap.Entry<Integer, Counters> quarter : counters.entrySet()) {
            out.unsigned(quarter.getKey() - last);
            last = quarter.getKey();
            quarter.getValue().write(out);
        }
        last = 0;
        for (SortedMap.Entry<Integer, OnlineDelta> minute : onlineDeltas.entrySet()) {
            out.unsigned(minute.getKey() - last);
            last = minute.getKey();
            minute.getValue().write(out);
        }
        return out.bytes();
    }

    static UsageDay unpacked(long day, long version, OptionalLong opening, byte[] bytes) {
        VarInt.Reader in = new VarInt.Reader(bytes);
        SortedMap<Integer, Counters> counters = new TreeMap<>();
        int last = 0;
        for (long left = in.unsigned(); left > 0; left--) {
            last += (int) in.unsigned();
            counters.put(last, Counters.read(in));
        }
        SortedMap<Integer, OnlineDelta> onlineDeltas = new TreeMap<>();
        last = 0;
        while (in.hasMore()) {
            last += (int) in.unsigned();
            onlineDeltas.put(last, OnlineDelta.read(in));
        }
        return new UsageDay(day, version, opening, counters, onlineDeltas);
    }
}
