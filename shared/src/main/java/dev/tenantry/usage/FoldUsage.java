package dev.tenantry.usage;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.inject.Inject;

/// Counts parcels of one tenant into its days and takes them out of their lane, in one change (docs/adr/0018).
public final class FoldUsage {

    /// So many days after its end nothing is put in at its place any more: parcels that waited for that long count, but the
    /// chargers that they tell of come and go with the latest final day.
    static final int SETTLED_DAYS = 90;

    private final UsageStore usage;

    @Inject
    FoldUsage(UsageStore usage) {
        this.usage = usage;
    }

    /// What a change holds.
    ///
    /// @param ledger the tenant's, as the change leaves it
    /// @param bytes  size of the rows to be written, about
    record Folded(Ledger ledger, int bytes) {}

    /// @param parcels of the door's tenant; together with the rows that they touch at most 100
    Decision<Folded> run(Door door, List<Parcel> parcels) {
        Tally tally = new Tally(new TreeMap<>(), new TreeMap<>());
        for (Parcel parcel : parcels) {
            tally = tally.plus(parcel.tally());
        }
        List<Lookup<?>> lookups = new ArrayList<>();
        lookups.add(UsageStore.ledger());
        tally.days().forEach(day -> lookups.add(UsageStore.day(day)));
        tally.minutes().forEach(minute -> lookups.add(UsageStore.moments(minute)));
        TenantScope scope = door.open(lookups.toArray(Lookup<?>[]::new));

        Ledger ledger = scope.found(UsageStore.ledger()).orElse(Ledger.NONE);
        long lastSettled = Math.max(ledger.finalThrough(), day(scope.now()) - SETTLED_DAYS - 1);
        SortedMap<Long, UsageDay> now = new TreeMap<>();
        for (long day : tally.days()) {
            now.put(day, scope.found(UsageStore.day(day)).orElseGet(() -> UsageDay.none(day)));
        }
        tally.quarters()
                .forEach((quarter, counters) -> now.computeIfPresent(
                        Time.dayOf(quarter), (_, known) -> known.plus(quarter, counters)));

        Change change = Change.empty();
        int bytes = 0;
        for (long minute : tally.minutes()) {
            long day = Math.floorDiv(minute, Time.MINUTES_A_DAY);
            if (day > lastSettled) {
                Moments moments = scope.found(UsageStore.moments(minute))
                        .orElse(Moments.NONE)
                        .plus(tally.moments()
                                .subMap(minute * Time.MINUTE_MILLIS, (minute + 1) * Time.MINUTE_MILLIS));
                bytes += usage.write(change, scope, minute, moments);
                now.computeIfPresent(day, (_, known) -> known.with(minute, moments.steps()));
            }
        }
        SortedMap<Long, Long> sums = new TreeMap<>();
        for (UsageDay day : now.values()) {
            bytes += usage.write(change, scope, day);
            if (!ledger.isFinal(day.day())) {
                sums.put(day.day(), day.sum());
            }
        }
        Ledger after = ledger.plus(tally, tally.deltaThrough(lastSettled), sums, scope.now());
        usage.write(change, scope, after);
        parcels.forEach(parcel -> usage.remove(change, parcel));
        return new Decision<>(new Folded(after, bytes), change);
    }

    /// The day of an instant in UTC, since the epoch.
    static long day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC).toEpochDay();
    }
}
