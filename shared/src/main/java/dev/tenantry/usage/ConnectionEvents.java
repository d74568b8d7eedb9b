package dev.tenantry.usage;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// When in one minute a tenant's chargers came and went: a late one can be put in at its place.
///
/// @param version 0 if there is no row yet
/// @param deltas  how many more chargers are online, by millisecond of the minute; none is 0
record ConnectionEvents(long version, SortedMap<Integer, Long> deltas) {

    /// With more events than that, none says more than [#MOST_OF_MANY]: at three bytes instead of up to ten for
    /// each, the row stays below 250 KB, and eight of them fit into a transaction. Nobody has a million chargers
    /// come in one millisecond and others in 20,000 more of the same minute.
    static final int MOST_EXACT = 20_000;

    static final long MOST_OF_MANY = (1 << 20) - 1;

    static final ConnectionEvents NONE = new ConnectionEvents(0, Collections.emptySortedMap());

    ConnectionEvents {
        deltas = Collections.unmodifiableSortedMap(new TreeMap<>(deltas));
    }

    /// With what happened at some more times of its minute, given by millisecond since the epoch.
    ConnectionEvents plus(SortedMap<Long, Long> connectionEvents) {
        SortedMap<Integer, Long> sums = new TreeMap<>(deltas);
        connectionEvents.forEach((at, delta) -> {
            int millis = (int) Math.floorMod(at, UsageTime.MINUTE_MILLIS);
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
        return new ConnectionEvents(version, sums);
    }

    OnlineDelta onlineDelta() {
        OnlineDelta composed = OnlineDelta.NONE;
        for (long delta : deltas.values()) {
            composed = composed.then(OnlineDelta.at(delta));
        }
        return composed;
    }

    byte[] packed() {
        VarInt.Writer out = new VarInt.Writer();
        int last = 0;
        for (SortedMap.Entry<Integer, Long> event : deltas.entrySet()) {
            out.unsigned(event.getKey() - last);
            last = event.getKey();
            out.signed(event.getValue());
        }
        return out.bytes();
    }

    static ConnectionEvents unpacked(long version, byte[] bytes) {
        VarInt.Reader in = new VarInt.Reader(bytes);
        SortedMap<Integer, Long> deltas = new TreeMap<>();
        int last = 0;
        while (in.hasMore()) {
            last += (int) in.unsigned();
            deltas.put(last, in.signed());
        }
        return new ConnectionEvents(version, deltas);
    }
}
