package dev.tenantry.usage;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What some samples of a tenant come to, as exact as usage is ever asked for.
///
/// @param quarters         what is counted, by quarter hour since the epoch
/// @param connectionEvents how many more chargers are online, by millisecond since the epoch; none is 0
record UsageDelta(SortedMap<Long, Counters> quarters, SortedMap<Long, Long> connectionEvents) {

    UsageDelta {
        quarters = Collections.unmodifiableSortedMap(new TreeMap<>(quarters));
        connectionEvents = Collections.unmodifiableSortedMap(new TreeMap<>(connectionEvents));
    }

    static UsageDelta of(Collection<Sample> samples) {
        Sum sum = new Sum();
        samples.forEach(sum::add);
        return sum.delta();
    }

    /// What the samples of all reports come to.
    static UsageDelta ofReports(Collection<Report> reports) {
        Sum sum = new Sum();
        reports.forEach(report -> report.samples().forEach(sum::add));
        return sum.delta();
    }

    /// Adds up samples, most of which are of the same quarter hour as the one before.
    private static final class Sum {

        private final SortedMap<Long, Counters> quarters = new TreeMap<>();
        private final SortedMap<Long, Long> connectionEvents = new TreeMap<>();
        private long quarter;
        private Counters latest = Counters.ZERO;

        void add(Sample sample) {
            long its = UsageTime.quarter(sample.at());
            if (its != quarter) {
                keep();
                quarter = its;
            }
            latest = latest.plus(sample.counters());
            if (sample.delta() != 0) {
                move(connectionEvents, sample.at().toEpochMilli(), sample.delta());
            }
            quarters.putIfAbsent(its, Counters.ZERO);
        }

        private void keep() {
            quarters.computeIfPresent(quarter, (_, known) -> known.plus(latest));
            latest = Counters.ZERO;
        }

        UsageDelta delta() {
            keep();
            return new UsageDelta(quarters, connectionEvents);
        }
    }

    /// What all batches come to.
    static UsageDelta sum(Collection<UsageBatch> batches) {
        return together(batches.stream().map(UsageBatch::delta).toList());
    }

    /// What they come to together.
    static UsageDelta together(Collection<UsageDelta> deltas) {
        SortedMap<Long, Counters> quarters = new TreeMap<>();
        SortedMap<Long, Long> connectionEvents = new TreeMap<>();
        for (UsageDelta some : deltas) {
            some.quarters.forEach((quarter, counters) -> quarters.merge(quarter, counters, Counters::plus));
            some.connectionEvents.forEach((at, delta) -> move(connectionEvents, at, delta));
        }
        return new UsageDelta(quarters, connectionEvents);
    }

    /// The days that it is about.
    SortedSet<Long> days() {
        SortedSet<Long> days = new TreeSet<>();
        quarters.keySet().forEach(quarter -> days.add(UsageTime.dayOf(quarter)));
        connectionEvents.keySet().forEach(at -> days.add(Math.floorDiv(at, UsageTime.DAY_MILLIS)));
        return days;
    }

    /// The minutes since the epoch in which chargers came or went.
    SortedSet<Long> minutes() {
        SortedSet<Long> minutes = new TreeSet<>();
        connectionEvents.keySet().forEach(at -> minutes.add(UsageTime.minute(at)));
        return minutes;
    }

    /// The same, but for chargers that came or went before a day: they do when it begins. The counters stay where
    /// they are.
    UsageDelta movedTo(long day) {
        long start = day * UsageTime.DAY_MILLIS;
        SortedMap<Long, Long> later = new TreeMap<>(connectionEvents.tailMap(start));
        connectionEvents.headMap(start).values().forEach(delta -> move(later, start, delta));
        return new UsageDelta(quarters, later);
    }

    byte[] packed() {
        VarInt.Writer out = new VarInt.Writer();
        out.unsigned(quarters.size());
        long last = 0;
        for (SortedMap.Entry<Long, Counters> quarter : quarters.entrySet()) {
            out.signed(quarter.getKey() - last);
            last = quarter.getKey();
            quarter.getValue().write(out);
        }
        last = 0;
        for (SortedMap.Entry<Long, Long> event : connectionEvents.entrySet()) {
            out.signed(event.getKey() - last);
            last = event.getKey();
            out.signed(event.getValue());
        }
        return out.bytes();
    }

    static UsageDelta unpacked(byte[] bytes) {
        VarInt.Reader in = new VarInt.Reader(bytes);
        SortedMap<Long, Counters> quarters = new TreeMap<>();
        long last = 0;
        for (long left = in.unsigned(); left > 0; left--) {
            last += in.signed();
            quarters.put(last, Counters.read(in));
        }
        SortedMap<Long, Long> connectionEvents = new TreeMap<>();
        last = 0;
        while (in.hasMore()) {
            last += in.signed();
            connectionEvents.put(last, in.signed());
        }
        return new UsageDelta(quarters, connectionEvents);
    }

    private static void move(SortedMap<Long, Long> connectionEvents, long at, long delta) {
        long sum = connectionEvents.getOrDefault(at, 0L) + delta;
        if (sum == 0) {
            connectionEvents.remove(at);
        } else {
            connectionEvents.put(at, sum);
        }
    }
}
