package dev.tenantry.usage;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an event changes of who came, went and was online, by millisecond since the epoch.
///
/// @param connects    connections that began and were not counted yet
/// @param disconnects ends of connections that were not counted yet
/// @param online      how many more are online from then on than were before; none is 0
public record ConnectionChanges(
        SortedMap<Long, Long> connects, SortedMap<Long, Long> disconnects, SortedMap<Long, Long> online) {

    public ConnectionChanges {
        connects = Collections.unmodifiableSortedMap(new TreeMap<>(connects));
        disconnects = Collections.unmodifiableSortedMap(new TreeMap<>(disconnects));
        online = Collections.unmodifiableSortedMap(new TreeMap<>(online));
    }

    /// Starts without any.
    public static Builder with() {
        return new Builder();
    }

    /// What they come to in usage.
    ///
    /// @param first what is older changes no window any more: its connections are not counted, and who is online
    ///              since is so from this instant on
    UsageDelta delta(long first) {
        SortedMap<Long, Counters> quarters = new TreeMap<>();
        connects.tailMap(first).forEach((at, count) -> add(quarters, at, new Counters(0, 0, 0, 0, count, 0, 0)));
        disconnects.tailMap(first).forEach((at, count) -> add(quarters, at, new Counters(0, 0, 0, 0, 0, count, 0)));
        Builder placed = with();
        online.forEach((at, delta) -> placed.online(Math.max(at, first), delta));
        return new UsageDelta(quarters, placed.online);
    }

    private static void add(SortedMap<Long, Counters> quarters, long at, Counters counters) {
        quarters.merge(Math.floorDiv(at, UsageTime.QUARTER_MILLIS), counters, Counters::plus);
    }

    /// Collects changes.
    public static final class Builder {

        private final SortedMap<Long, Long> connects = new TreeMap<>();
        private final SortedMap<Long, Long> disconnects = new TreeMap<>();
        private final SortedMap<Long, Long> online = new TreeMap<>();

        private Builder() {}

        public void connect(long at) {
            connects.merge(at, 1L, Long::sum);
        }

        public void disconnect(long at) {
            disconnects.merge(at, 1L, Long::sum);
        }

        /// @param delta how many more are online from then on
        public void online(long at, long delta) {
            if (online.merge(at, delta, Long::sum) == 0) {
                online.remove(at);
            }
        }

        public ConnectionChanges changes() {
            return new ConnectionChanges(connects, disconnects, online);
        }
    }
}
