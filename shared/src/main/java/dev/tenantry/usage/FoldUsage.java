package dev.tenantry.usage;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
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

    /// So many days after its end no charger comes or goes on a day any more, be it final or not. Where a parcel
    /// waited for longer, they do when the first later day begins.
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

    /// One round trip. Where a parcel waited until its day was final, one more, and one for each final day that had
    /// no usage.
    ///
    /// @param parcels of the door's tenant; with the rows that they touch, and two more, at most 100
    /// @throws Conflict if another change came between two round trips
    Decision<Folded> run(Door door, List<Parcel> parcels) {
        Tally tally = Tally.sum(parcels);
        TenantScope scope = open(door, tally);
        Ledger ledger = scope.found(UsageStore.ledger()).orElse(Ledger.NONE);
        long settled = Math.max(ledger.finalThrough(), day(scope.now()) - SETTLED_DAYS - 1);
        // What is online when a final day begins is written into it. Had its chargers come and gone afterwards, the
        // next day would not begin as it ends, and a window would depend on where the query begins.
        Tally placed = tally.movedTo(settled + 1);
        if (!placed.equals(tally)) {
            scope = open(door, placed);
            if (scope.found(UsageStore.ledger()).orElse(Ledger.NONE).version() != ledger.version()) {
                throw new Conflict();
            }
        }
        SortedMap<Long, UsageDay> now = new TreeMap<>();
        for (long day : placed.days()) {
            UsageDay known = scope.found(UsageStore.day(day)).orElseGet(() -> UsageDay.none(day));
            boolean isNewButFinal = ledger.isFinal(day) && !known.isFinal();
            now.put(day, isNewButFinal ? known.finalised(usage.onlineBefore(scope, day)) : known);
        }
        placed.quarters()
                .forEach((quarter, counters) ->
                        now.computeIfPresent(Time.dayOf(quarter), (_, known) -> known.plus(quarter, counters)));

        Change change = Change.empty();
        int bytes = 0;
        for (long minute : placed.minutes()) {
            Moments moments = scope.found(UsageStore.moments(minute))
                    .orElse(Moments.NONE)
                    .plus(placed.moments().subMap(minute * Time.MINUTE_MILLIS, (minute + 1) * Time.MINUTE_MILLIS));
            bytes += usage.write(change, scope, minute, moments);
            now.computeIfPresent(
                    Math.floorDiv(minute, Time.MINUTES_A_DAY), (_, known) -> known.with(minute, moments.steps()));
        }
        SortedMap<Long, Long> sums = new TreeMap<>();
        for (UsageDay day : now.values()) {
            bytes += usage.write(change, scope, day);
            if (!ledger.isFinal(day.day())) {
                sums.put(day.day(), day.sum());
            }
        }
        Ledger after = ledger.plus(placed, sums, scope.now());
        usage.write(change, scope, after);
        parcels.forEach(parcel -> usage.remove(change, parcel));
        return new Decision<>(new Folded(after, bytes), change);
    }

    private static TenantScope open(Door door, Tally tally) {
        List<Lookup<?>> lookups = new ArrayList<>();
        lookups.add(UsageStore.ledger());
        tally.days().forEach(day -> lookups.add(UsageStore.day(day)));
        tally.minutes().forEach(minute -> lookups.add(UsageStore.moments(minute)));
        return door.open(lookups.toArray(Lookup<?>[]::new));
    }

    /// The day of an instant in UTC, since the epoch.
    static long day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC).toEpochDay();
    }
}
