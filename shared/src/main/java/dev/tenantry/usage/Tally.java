package dev.tenantry.usage;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What some samples of a tenant come to, as exact as usage is ever asked for.
///
/// @param quarters what is counted, by quarter hour since the epoch
/// @param moments  how many more chargers are online, by millisecond since the epoch; none is 0
record Tally(SortedMap<Long, Counters> quarters, SortedMap<Long, Long> moments) {

    Tally {
        quarters = Collections.unmodifiableSortedMap(new TreeMap<>(quarters));
        moments = Collections.unmodifiableSortedMap(new TreeMap<>(moments));
    }

    static Tally of(Collection<Sample> samples) {
        SortedMap<Long, Counters> quarters = new TreeMap<>();
        SortedMap<Long, Long> moments = new TreeMap<>();
        for (Sample sample : samples) {
            quarters.merge(Time.quarter(sample.at()), sample.counters(), Counters::plus);
            move(moments, sample.at().toEpochMilli(), sample.delta());
        }
        return new Tally(quarters, moments);
    }

    /// What the samples of all parcels come to.
    static Tally sum(Collection<Parcel> parcels) {
        SortedMap<Long, Counters> quarters = new TreeMap<>();
        SortedMap<Long, Long> moments = new TreeMap<>();
        for (Parcel parcel : parcels) {
            parcel.tally().quarters.forEach((quarter, counters) -> quarters.merge(quarter, counters, Counters::plus));
            parcel.tally().moments.forEach((moment, delta) -> move(moments, moment, delta));
        }
        return new Tally(quarters, moments);
    }

    /// The days that it is about.
    SortedSet<Long> days() {
        SortedSet<Long> days = new TreeSet<>();
        quarters.keySet().forEach(quarter -> days.add(Time.dayOf(quarter)));
        moments.keySet().forEach(moment -> days.add(Math.floorDiv(moment, Time.DAY_MILLIS)));
        return days;
    }

    /// The minutes since the epoch in which chargers came or went.
    SortedSet<Long> minutes() {
        SortedSet<Long> minutes = new TreeSet<>();
        moments.keySet().forEach(moment -> minutes.add(Time.minute(moment)));
        return minutes;
    }

    /// The same, but for chargers that came or went before a day: they do when it begins. The counters stay where
    /// they are.
    Tally movedTo(long day) {
        long start = day * Time.DAY_MILLIS;
        SortedMap<Long, Long> later = new TreeMap<>(moments.tailMap(start));
        moments.headMap(start).values().forEach(delta -> move(later, start, delta));
        return new Tally(quarters, later);
    }

    byte[] packed() {
        Packed.Writer out = new Packed.Writer();
        out.unsigned(quarters.size());
        long last = 0;
        for (SortedMap.Entry<Long, Counters> quarter : quarters.entrySet()) {
            out.signed(quarter.getKey() - last);
            last = quarter.getKey();
            quarter.getValue().write(out);
        }
        last = 0;
        for (SortedMap.Entry<Long, Long> moment : moments.entrySet()) {
            out.signed(moment.getKey() - last);
            last = moment.getKey();
            out.signed(moment.getValue());
        }
        return out.bytes();
    }

    static Tally unpacked(byte[] bytes) {
        Packed.Reader in = new Packed.Reader(bytes);
        SortedMap<Long, Counters> quarters = new TreeMap<>();
        long last = 0;
        for (long left = in.unsigned(); left > 0; left--) {
            last += in.signed();
            quarters.put(last, Counters.read(in));
        }
        SortedMap<Long, Long> moments = new TreeMap<>();
        last = 0;
        while (in.hasMore()) {
            last += in.signed();
            moments.put(last, in.signed());
        }
        return new Tally(quarters, moments);
    }

    private static void move(SortedMap<Long, Long> moments, long moment, long delta) {
        long sum = moments.getOrDefault(moment, 0L) + delta;
        if (sum == 0) {
            moments.remove(moment);
        } else {
            moments.put(moment, sum);
        }
    }
}
