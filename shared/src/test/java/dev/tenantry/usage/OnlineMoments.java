package dev.tenantry.usage;

import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Rows;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// How many more chargers of a tenant are online from which millisecond on, as its rows have it.
public final class OnlineMoments {

    /// Minutes in a round trip: so many divide a day, and a hundred rows are the most.
    private static final int SOME = 90;

    private OnlineMoments() {}

    /// Of all minutes of days that have usage. A day knows nothing of a minute that changes no window, in which
    /// somebody goes and somebody else comes.
    public static SortedMap<Long, Long> of(Core core, String tenant) {
        SortedMap<Long, Long> moments = new TreeMap<>();
        TenantScope scope = core.scope(tenant);
        for (UsageDay day : core.usage().days(scope, 0, UsageStore.LAST_DAY)) {
            long midnight = day.day() * UsageTime.MINUTES_A_DAY;
            for (int first = 0; first < UsageTime.MINUTES_A_DAY; first += SOME) {
                read(core, scope, midnight + first, moments);
            }
        }
        return moments;
    }

    private static void read(Core core, TenantScope scope, long first, SortedMap<Long, Long> moments) {
        long[] minutes = LongStream.range(first, first + SOME).toArray();
        Rows rows = core.table()
                .read(LongStream.of(minutes)
                        .mapToObj(minute -> Keys.connectionEvents(scope, minute))
                        .toList());
        for (long minute : minutes) {
            Row row = rows.at(Keys.connectionEvents(scope, minute));
            if (!row.isEmpty()) {
                UsageStore.readConnectionEvents(row)
                        .deltas()
                        .forEach((millis, delta) -> moments.put(minute * UsageTime.MINUTE_MILLIS + millis, delta));
            }
        }
    }
}
