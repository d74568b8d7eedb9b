package dev.tenantry.usage;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.SideBySide;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import javax.inject.Inject;

/// Goes through all shards and folds what is there, tenant by tenant. It writes by itself, one change for each tenant
/// and some batches: what fails for one has nothing to do with the others.
public final class AggregateUsage {

    /// Batches read at once: so many that those of each tenant in the shard fill its changes, be there dozens of
    /// tenants.
    static final int PAGE = 5000;

    /// Shards that are begun at once. What is found in each is folded in its turn, from what was there when it was
    /// read: so few, that little is folded meanwhile, and that there is memory for them.
    private static final int AT_ONCE = SideBySide.WIDTH;

    /// Rows of one change; DynamoDB takes 100.
    private static final int MOST_ROWS = 95;

    /// Bytes of one change; DynamoDB takes 4 MB, keys and names included.
    private static final int MOST_BYTES = 3_000_000;

    private static final String TIME_WAS_UP = "time was up";

    /// How often a change that met another is decided anew.
    private static final int TRIES = 5;

    private final TenantDoors doors;
    private final UsageStore usage;
    private final FoldUsage fold;
    private final FinaliseUsage finalise;
    private final Table table;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    AggregateUsage(
            TenantDoors doors,
            UsageStore usage,
            FoldUsage fold,
            FinaliseUsage finalise,
            Table table,
            Clock clock,
            RandomGenerator random) {
        this.doors = doors;
        this.usage = usage;
        this.fold = fold;
        this.finalise = finalise;
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    /// How a run went.
    ///
    /// @param batches     that were folded
    /// @param lagSeconds  age of the oldest batch that was found; empty unless all shards were seen, since the
    ///                    oldest could lie in another one, and nothing found would look like nothing to find
    /// @param failures    tenants whose usage stays where it is until the next run, and why
    /// @param quarantined what can't be read and was taken out of its shard, and why
    /// @param stuck       what can't be read and lies where it lay, and why it could not be quarantined
    /// @param cutShort    why not all shards were seen; empty if they were
    public record Aggregation(
            int batches,
            OptionalLong lagSeconds,
            Map<DomainPrefix, RuntimeException> failures,
            Map<String, RuntimeException> quarantined,
            Map<String, RuntimeException> stuck,
            Optional<String> cutShort) {

        /// All shards were seen.
        public boolean isComplete() {
            return cutShort.isEmpty();
        }
    }

    /// Folds what there is, and gives days their final form. An idle run costs one round trip for each of the 16
    /// shards, five of them side by side; for each tenant and some 90 batches there are two more, and once a day
    /// three for each tenant that has usage.
    ///
    /// @param timeIsLeft asked before each change: there is time for one more
    public Aggregation run(BooleanSupplier timeIsLeft) {
        Run run = new Run(timeIsLeft);
        // Runs that are cut short begin elsewhere each time, and two at once are rarely in the same shard.
        int start = random.nextInt(UsageStore.SHARDS);
        for (int i = 0; i < UsageStore.SHARDS && !run.isOver(); i += AT_ONCE) {
            List<Integer> shards = IntStream.range(i, Math.min(i + AT_ONCE, UsageStore.SHARDS))
                    .mapToObj(shard -> (start + shard) % UsageStore.SHARDS)
                    .toList();
            run.follow(shards, SideBySide.map(shards, this::begin));
        }
        Optional<String> cutShort = run.cutShort();
        if (cutShort.isEmpty()) {
            // Not before all shards were seen: what waits in another one could be of the days that become final, after
            // days without aggregation.
            run.finaliseDays();
        }
        return new Aggregation(
                run.folded,
                cutShort.isEmpty() ? OptionalLong.of(run.lagMillis / 1000) : OptionalLong.empty(),
                run.failures,
                run.quarantined,
                run.stuck,
                cutShort);
    }

    /// A shard's first page, or what kept it from being read: said when it is its turn.
    private Supplier<Page<ShardRow>> begin(int shard) {
        try {
            Page<ShardRow> page = usage.shard(shard, new PageRequest(PAGE, Optional.empty()));
            return () -> page;
        } catch (Unavailable e) {
            return () -> {
                throw e;
            };
        }
    }

    /// One run.
    private final class Run {

        private final BooleanSupplier timeIsLeft;
        private final Map<DomainPrefix, RuntimeException> failures = new LinkedHashMap<>();
        private final Map<String, RuntimeException> quarantined = new LinkedHashMap<>();
        private final Map<String, RuntimeException> stuck = new LinkedHashMap<>();
        private final Map<Integer, String> unreadShards = new LinkedHashMap<>();
        private final Set<DomainPrefix> withDaysDue = new LinkedHashSet<>();
        private int folded;
        private long lagMillis;
        private boolean isTimeUp;

        Run(BooleanSupplier timeIsLeft) {
            this.timeIsLeft = timeIsLeft;
        }

        boolean isOver() {
            isTimeUp = isTimeUp || !timeIsLeft.getAsBoolean();
            return isTimeUp;
        }

        /// The first shard's reason stands for all: mostly it is one outage.
        Optional<String> cutShort() {
            Optional<String> unread = unreadShards.entrySet().stream()
                    .map(shard -> "shard " + shard.getKey() + " could not be read: " + shard.getValue())
                    .findFirst();
            return unread.or(() -> isTimeUp ? Optional.of(TIME_WAS_UP) : Optional.empty());
        }

        void follow(List<Integer> shards, List<Supplier<Page<ShardRow>>> begun) {
            for (int i = 0; i < shards.size() && !isOver(); i++) {
                follow(shards.get(i), begun.get(i));
            }
        }

        private void follow(int shard, Supplier<Page<ShardRow>> first) {
            Optional<String> position = Optional.empty();
            do {
                Page<ShardRow> page;
                try {
                    page = position.isEmpty() ? first.get() : usage.shard(shard, new PageRequest(PAGE, position));
                } catch (Unavailable e) {
                    // What lies in other shards may be within reach.
                    unreadShards.put(shard, e.reason());
                    return;
                }
                long now = clock.millis();
                Map<DomainPrefix, List<UsageBatch>> due = new LinkedHashMap<>();
                Map<DomainPrefix, List<UsageBatch>> growing = new LinkedHashMap<>();
                for (ShardRow row : page.items()) {
                    switch (row) {
                        case UsageBatch batch -> {
                            lagMillis = Math.max(lagMillis, now - batch.dueAtMillis());
                            (batch.growsAt(now) ? growing : due)
                                    .computeIfAbsent(batch.tenant(), _ -> new ArrayList<>())
                                    .add(batch);
                        }
                        case ShardRow.Unreadable unreadable -> {
                            if (!isOver()) {
                                quarantine(unreadable);
                            }
                        }
                    }
                }
                due.forEach((tenant, batches) -> fold(tenant, batches, this::foldAll));
                // At once, so that who is online shows. Where many come and go it waits for a run after that.
                growing.forEach((tenant, batches) -> fold(tenant, batches, this::foldOnce));
                position = page.next();
            } while (position.isPresent() && !isOver());
        }

        /// So that nobody's usage waits behind it, and every run need not read it again. Of a purged tenant
        /// nothing is kept.
        private void quarantine(ShardRow.Unreadable unreadable) {
            String place = unreadable.shard() + "#" + unreadable.position();
            try {
                Optional<TenantScope> owner =
                        unreadable.tenant().map(tenant -> doors.schedule(tenant).open());
                if (owner.filter(TenantScope::isBeyondRestoration).isPresent()) {
                    Change change = Change.empty();
                    usage.drop(change, unreadable);
                    table.commit(change);
                } else {
                    Change change = owner.map(Change::in).orElseGet(Change::empty);
                    usage.quarantine(change, unreadable);
                    table.commit(change);
                    quarantined.put(place, unreadable.why());
                }
            } catch (Conflict e) {
                // Another run has done it, or its tenant is purged by now: the next run sees.
            } catch (RuntimeException e) {
                // It stays where it is, and every run tells of it. The others must not wait for it.
                stuck.put(place, e);
            }
        }

        private void fold(DomainPrefix tenant, List<UsageBatch> batches, BiConsumer<Door, List<UsageBatch>> folding) {
            if (failures.containsKey(tenant)) {
                return;
            }
            try {
                Door door = doors.schedule(tenant);
                for (int done = 0; done < batches.size() && !isOver(); ) {
                    List<UsageBatch> some = batches.subList(done, done + fitting(batches, done));
                    folding.accept(door, some);
                    done += some.size();
                }
            } catch (TenantNotFound e) {
                drop(batches);
            } catch (Conflict e) {
                // Somebody adds to what was to be folded once.
            } catch (RuntimeException e) {
                // Whatever it is, it is this tenant's: the others must not wait for it. The run tells of it.
                failures.put(tenant, e);
            }
        }

        /// What is left of a purged tenant's.
        private void drop(List<UsageBatch> batches) {
            for (int done = 0; done < batches.size() && !isOver(); done += MOST_ROWS) {
                Change change = Change.empty();
                batches.subList(done, Math.min(done + MOST_ROWS, batches.size()))
                        .forEach(batch -> usage.drop(change, batch));
                table.commit(change);
            }
        }

        private void foldAll(Door door, List<UsageBatch> batches) {
            Backoff.forWork(random, TRIES).run(tries -> {
                if (tries == 1) {
                    foldOnce(door, batches);
                } else if (!isOver()) {
                    // Another run is at work here. Perhaps it has folded some of them.
                    foldOnce(door, usage.stillThere(batches));
                }
            });
        }

        private void foldOnce(Door door, List<UsageBatch> batches) {
            if (batches.isEmpty()) {
                return;
            }
            Decision<FoldUsage.Folded> decision = fold.run(door, batches);
            if (decision.result().bytes() > MOST_BYTES && batches.size() > 1) {
                foldAll(door, batches.subList(0, batches.size() / 2));
                // Each half can take as long as any change.
                if (!isOver()) {
                    foldAll(door, batches.subList(batches.size() / 2, batches.size()));
                }
                return;
            }
            table.commit(decision.change());
            folded += batches.size();
            if (FinaliseUsage.isDue(decision.result().summary(), clock.instant())) {
                withDaysDue.add(batches.getFirst().tenant());
            }
        }

        /// Of the tenants of which nothing was left behind.
        void finaliseDays() {
            withDaysDue.removeAll(failures.keySet());
            for (DomainPrefix tenant : withDaysDue) {
                if (isOver()) {
                    return;
                }
                try {
                    table.commit(finalise.run(doors.schedule(tenant)).change());
                } catch (Conflict e) {
                    // Somebody else is at it. If not, the run after the next fold will be.
                } catch (RuntimeException e) {
                    failures.put(tenant, e);
                }
            }
        }
    }

    /// How many batches, from one on, fit into a change with the rows that they touch; at least one.
    private static int fitting(List<UsageBatch> batches, int from) {
        Set<Long> days = new HashSet<>();
        Set<Long> minutes = new HashSet<>();
        int count = 0;
        for (UsageBatch batch : batches.subList(from, batches.size())) {
            days.addAll(batch.delta().days());
            minutes.addAll(batch.delta().minutes());
            if (count > 0 && days.size() + minutes.size() + count + 2 > MOST_ROWS) {
                break;
            }
            count++;
        }
        return count;
    }
}
