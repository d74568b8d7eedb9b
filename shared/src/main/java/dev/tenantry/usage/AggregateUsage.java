package dev.tenantry.usage;

import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Pause;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.DomainPrefix;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantDoors;
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
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Goes through all lanes and folds what is there, tenant by tenant. It writes by itself, one change for each tenant
/// and some parcels: what fails for one has nothing to do with the others.
public final class AggregateUsage {

    /// Parcels read at once: so many that those of each tenant in the lane fill its changes, be there dozens of
    /// tenants.
    static final int PAGE = 5000;

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
    /// @param parcels    that were folded
    /// @param lagSeconds age of the oldest parcel that was found; empty unless all lanes were seen, since the
    ///                   oldest could lie in another one, and nothing found would look like nothing to find
    /// @param failures   tenants whose usage stays where it is until the next run, and why
    /// @param setAside   what can't be read and was taken out of its lane, and why
    /// @param stuck      what can't be read and lies where it lay, and why it did not let itself be set aside
    /// @param cutShort   why not all lanes were seen; empty if they were
    public record Run(
            int parcels,
            OptionalLong lagSeconds,
            Map<DomainPrefix, RuntimeException> failures,
            Map<String, RuntimeException> setAside,
            Map<String, RuntimeException> stuck,
            Optional<String> cutShort) {

        /// All lanes were seen.
        public boolean isComplete() {
            return cutShort.isEmpty();
        }
    }

    /// Folds what there is, and gives days their final form. An idle run costs one round trip for each of the 64
    /// lanes; for each tenant and some 90 parcels there are two more, and once a day three for each tenant that has
    /// usage.
    ///
    /// @param timeIsLeft asked before each change: there is time for one more
    public Run run(BooleanSupplier timeIsLeft) {
        Course course = new Course(timeIsLeft);
        // Runs that are cut short begin elsewhere each time, and two at once are rarely in the same lane.
        int start = random.nextInt(UsageStore.LANES);
        for (int i = 0; i < UsageStore.LANES && !course.isOver(); i++) {
            course.follow((start + i) % UsageStore.LANES);
        }
        Optional<String> cutShort = course.cutShort();
        if (cutShort.isEmpty()) {
            // Not before all lanes were seen: what waits in another one could be of the days that become final, after
            // days without aggregation.
            course.finaliseDays();
        }
        return new Run(
                course.folded,
                cutShort.isEmpty() ? OptionalLong.of(course.lagMillis / 1000) : OptionalLong.empty(),
                course.failures,
                course.setAside,
                course.stuck,
                cutShort);
    }

    /// One run.
    private final class Course {

        private final BooleanSupplier timeIsLeft;
        private final Map<DomainPrefix, RuntimeException> failures = new LinkedHashMap<>();
        private final Map<String, RuntimeException> setAside = new LinkedHashMap<>();
        private final Map<String, RuntimeException> stuck = new LinkedHashMap<>();
        private final Map<Integer, String> unreadLanes = new LinkedHashMap<>();
        private final Set<DomainPrefix> withDaysDue = new LinkedHashSet<>();
        private int folded;
        private long lagMillis;
        private boolean isTimeUp;

        Course(BooleanSupplier timeIsLeft) {
            this.timeIsLeft = timeIsLeft;
        }

        boolean isOver() {
            isTimeUp = isTimeUp || !timeIsLeft.getAsBoolean();
            return isTimeUp;
        }

        /// The first lane's reason stands for all: mostly it is one outage.
        Optional<String> cutShort() {
            Optional<String> unread = unreadLanes.entrySet().stream()
                    .map(lane -> "lane " + lane.getKey() + " could not be read: " + lane.getValue())
                    .findFirst();
            return unread.or(() -> isTimeUp ? Optional.of(TIME_WAS_UP) : Optional.empty());
        }

        void follow(int lane) {
            Optional<String> position = Optional.empty();
            do {
                Page<LaneRow> page;
                try {
                    page = usage.lane(lane, new PageRequest(PAGE, position));
                } catch (Unavailable e) {
                    // What lies in other lanes may be within reach.
                    unreadLanes.put(lane, e.reason());
                    return;
                }
                Map<DomainPrefix, List<Parcel>> byTenant = new LinkedHashMap<>();
                for (LaneRow row : page.items()) {
                    switch (row) {
                        case Parcel parcel -> {
                            lagMillis = Math.max(lagMillis, clock.millis() - parcel.putAtMillis());
                            byTenant.computeIfAbsent(parcel.tenant(), _ -> new ArrayList<>())
                                    .add(parcel);
                        }
                        case LaneRow.Spoilt spoilt -> setAside(spoilt);
                    }
                }
                byTenant.forEach(this::fold);
                position = page.next();
            } while (position.isPresent() && !isOver());
        }

        /// So that nobody's usage waits behind it, and every run need not read it again.
        private void setAside(LaneRow.Spoilt spoilt) {
            Change change = Change.empty();
            usage.setAside(change, spoilt);
            try {
                table.commit(change);
                setAside.put(spoilt.lane() + "#" + spoilt.position(), spoilt.why());
            } catch (Conflict e) {
                // Another run has done it.
            } catch (RuntimeException e) {
                // It stays where it is, and every run tells of it. The others must not wait for it.
                stuck.put(spoilt.lane() + "#" + spoilt.position(), e);
            }
        }

        private void fold(DomainPrefix tenant, List<Parcel> parcels) {
            if (failures.containsKey(tenant)) {
                return;
            }
            try {
                Door door = doors.schedule(tenant);
                for (int done = 0; done < parcels.size() && !isOver(); ) {
                    List<Parcel> some = parcels.subList(done, done + fitting(parcels, done));
                    foldAll(door, some);
                    done += some.size();
                }
            } catch (RuntimeException e) {
                // Whatever it is, it is this tenant's: the others must not wait for it. The run tells of it.
                failures.put(tenant, e);
            }
        }

        private void foldAll(Door door, List<Parcel> parcels) {
            List<Parcel> left = parcels;
            // Each try and each half can take as long as any change.
            for (int tries = 1; !left.isEmpty() && (tries == 1 || !isOver()); tries++) {
                try {
                    Decision<FoldUsage.Folded> decision = fold.run(door, left);
                    if (decision.result().bytes() > MOST_BYTES && left.size() > 1) {
                        foldAll(door, left.subList(0, left.size() / 2));
                        if (!isOver()) {
                            foldAll(door, left.subList(left.size() / 2, left.size()));
                        }
                        return;
                    }
                    table.commit(decision.change());
                    folded += left.size();
                    if (FinaliseUsage.isDue(decision.result().ledger(), clock.instant())) {
                        withDaysDue.add(left.getFirst().tenant());
                    }
                    return;
                } catch (Conflict e) {
                    if (tries == TRIES) {
                        throw new Unavailable("too many conflicting changes");
                    }
                    // Another run is at work here. Perhaps it has folded some of them.
                    Pause.afterConflict(tries, random);
                    left = usage.stillThere(left);
                }
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

    /// How many parcels, from one on, fit into a change with the rows that they touch; at least one.
    private static int fitting(List<Parcel> parcels, int from) {
        Set<Long> days = new HashSet<>();
        Set<Long> minutes = new HashSet<>();
        int count = 0;
        for (Parcel parcel : parcels.subList(from, parcels.size())) {
            days.addAll(parcel.tally().days());
            minutes.addAll(parcel.tally().minutes());
            if (count > 0 && days.size() + minutes.size() + count + 2 > MOST_ROWS) {
                break;
            }
            count++;
        }
        return count;
    }
}
