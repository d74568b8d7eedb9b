package dev.tenantry.usage;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// When in one minute a tenant's chargers came and went: a late one can be put in at its place.
///
/// @param version 0 if there is no row yet
/// @param deltas  how many more chargers are online, by millisecond of the minute; none is 0
record Moments(long version, SortedMap<Integer, Long> deltas) {

    /// With more moments than that, none says more than [#MOST_OF_MANY]: at three bytes instead of up to ten for
    /// each, the row stays below 250 KB, and eight of them fit into a transaction. Nobody has a million chargers
    /// come in one millisecond and others in 20,000 more of the same minute.
    static final int MOST_EXACT = 20_000;

    static final long MOST_OF_MANY = (1 << 20) - 1;

    static final Moments NONE = new Moments(0, Collections.emptySortedMap());

    Moments {
        deltas = Collections.unmodifiableSortedMap(new TreeMap<>(deltas));
    }

    /// With what happened at some more of its moments, given by millisecond since the epoch.
    Moments plus(SortedMap<Long, Long> moments) {
        SortedMap<Integer, Long> sums = new TreeMap<>(deltas);
        moments.forEach((moment, delta) -> {
            int millis = (int) Math.floorMod(moment, Time.MINUTE_MILLIS);
            long sum = Counters.sum(sums.getOrDefault(millis, 0L), delta);
            if (sum == 0) {
                sums.remove(millis);
            } else {
                sums.put(millis, sum);
            }
        });
        if (sums.size() > MOST_EXACT) {
            sums.replaceAll((_, sum) -> Math.clamp(sum, -MOST_OF_MANY, MOST_OF_MANY));
        }
        return new Moments(version, sums);
    }

    Steps steps() {
        Steps steps = Steps.NONE;
        for (long delta : deltas.values()) {
            steps = steps.then(Steps.at(delta));
        }
        return steps;
    }

    byte[] packed() {
        Packed.Writer out = new Packed.Writer();
        int last = 0;
        for (SortedMap.Entry<Integer, Long> moment : deltas.entrySet()) {
            out.unsigned(moment.getKey() - last);
            last = moment.getKey();
            out.signed(moment.getValue());
        }
        return out.bytes();
    }

    static Moments unpacked(long version, byte[] bytes) {
        Packed.Reader in = new Packed.Reader(bytes);
        SortedMap<Integer, Long> deltas = new TreeMap<>();
        int last = 0;
        while (in.hasMore()) {
            last += (int) in.unsigned();
            deltas.put(last, in.signed());
        }
        return new Moments(version, deltas);
    }
}
