package dev.tenantry.usage;

import dev.tenantry.refusal.Refusal.TenantNotFound;
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

/// Counts batches of one tenant into its days and takes them out of their shard, in one change (docs/adr/0018).
public final class FoldUsage {

    /// So many days after its end no charger comes or goes on a day any more, be it final or not. Where a batch
    /// waited for longer, they do when the first later day begins.
    static final int SETTLED_DAYS = 90;

    private final UsageStore usage;

    @Inject
    FoldUsage(UsageStore usage) {
        this.usage = usage;
    }

    /// What a change holds.
    ///
    /// @param summary the tenant's, as the change leaves it
    /// @param bytes   size of the rows to be written, about
    record Folded(UsageSummary summary, int bytes) {}

    /// One round trip. Where a batch waited until its day was final, one more, and one for each final day that had
    /// no usage.
    ///
    /// @param batches of the door's tenant; with the rows that they touch, and two more, at most 100
    /// @throws Conflict       if another change came between two round trips
    /// @throws TenantNotFound if the tenant is purged: then there is nothing to count them into
    Decision<Folded> run(Door door, List<UsageBatch> batches) {
        UsageDelta delta = UsageDelta.sum(batches);
        TenantScope scope = open(door, delta);
        if (scope.isBeyondRestoration()) {
            throw new TenantNotFound();
        }
        UsageSummary summary = scope.found(UsageStore.summary()).orElse(UsageSummary.NONE);
        long settled = Math.max(summary.finalThrough(), day(scope.now()) - SETTLED_DAYS - 1);
        // What is online when a final day begins is written into it. Had its chargers come and gone afterwards, the
        // next day would not begin as it ends, and a window would depend on where the query begins.
        UsageDelta placed = delta.movedTo(settled + 1);
        if (!placed.equals(delta)) {
            scope = open(door, placed);
            if (scope.found(UsageStore.summary()).orElse(UsageSummary.NONE).version() != summary.version()) {
                throw new Conflict();
            }
        }
        SortedMap<Long, UsageDay> now = new TreeMap<>();
        for (long day : placed.days()) {
            UsageDay known = scope.found(UsageStore.day(day)).orElseGet(() -> UsageDay.none(day));
            boolean isNewButFinal = summary.isFinal(day) && !known.isFinal();
            now.put(day, isNewButFinal ? known.finalised(usage.onlineBefore(scope, day)) : known);
        }
        placed.quarters()
                .forEach((quarter, counters) ->
                        now.computeIfPresent(UsageTime.dayOf(quarter), (_, known) -> known.plus(quarter, counters)));

        Change change = Change.in(scope);
        int bytes = 0;
        for (long minute : placed.minutes()) {
            ConnectionEvents connectionEvents = scope.found(UsageStore.connectionEvents(minute))
                    .orElse(ConnectionEvents.NONE)
                    .plus(placed.connectionEvents()
                            .subMap(minute * UsageTime.MINUTE_MILLIS, (minute + 1) * UsageTime.MINUTE_MILLIS));
            bytes += usage.write(change, scope, minute, connectionEvents);
            now.computeIfPresent(
                    Math.floorDiv(minute, UsageTime.MINUTES_A_DAY),
                    (_, known) -> known.with(minute, connectionEvents.onlineDelta()));
        }
        SortedMap<Long, Long> sums = new TreeMap<>();
        for (UsageDay day : now.values()) {
            bytes += usage.write(change, scope, day);
            if (!summary.isFinal(day.day())) {
                sums.put(day.day(), day.sum());
            }
        }
        UsageSummary after = summary.plus(placed, sums, scope.now());
        usage.write(change, scope, after);
        batches.forEach(batch -> usage.remove(change, batch));
        return new Decision<>(new Folded(after, bytes), change);
    }

    private static TenantScope open(Door door, UsageDelta delta) {
        List<Lookup<?>> lookups = new ArrayList<>();
        lookups.add(UsageStore.summary());
        delta.days().forEach(day -> lookups.add(UsageStore.day(day)));
        delta.minutes().forEach(minute -> lookups.add(UsageStore.connectionEvents(minute)));
        return door.open(lookups.toArray(Lookup<?>[]::new));
    }

    /// The day of an instant in UTC, since the epoch.
    static long day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC).toEpochDay();
    }
}
