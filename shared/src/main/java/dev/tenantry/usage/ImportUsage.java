package dev.tenantry.usage;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.DomainPrefix;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Takes in usage of any age from whoever vouches that it is counted nowhere yet: for the operator's own tools. Nothing
/// is marked as seen; the next aggregation folds it. No aggregation may run meanwhile: it would make days final that
/// are not complete.
public final class ImportUsage {

    /// Days of one parcel at most, so that the change that folds it has room for its rows.
    private static final int MAX_DAYS = 20;

    private static final int PARCELS_AT_ONCE = 50;

    private final Table table;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    ImportUsage(Table table, Clock clock, RandomGenerator random) {
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    /// @param samples of the tenant; their ids say nothing here
    public void run(DomainPrefix tenant, List<Sample> samples) {
        List<Sample> byTime = new ArrayList<>(samples);
        byTime.sort(Comparator.comparing(Sample::at));
        List<Tally> tallies = new ArrayList<>();
        List<Sample> some = new ArrayList<>();
        Set<Long> minutes = new HashSet<>();
        Set<Long> days = new HashSet<>();
        for (Sample sample : byTime) {
            if (minutes.size() == IngestSamples.MAX_MINUTES || days.size() == MAX_DAYS) {
                tallies.add(Tally.of(some));
                some = new ArrayList<>();
                minutes.clear();
                days.clear();
            }
            if (sample.delta() != 0) {
                minutes.add(Time.minute(sample.at().toEpochMilli()));
            }
            days.add(Time.dayOf(Time.quarter(sample.at())));
            some.add(sample);
        }
        if (!some.isEmpty()) {
            tallies.add(Tally.of(some));
        }
        int lane = UsageStore.lane(tenant);
        for (int i = 0; i < tallies.size(); i += PARCELS_AT_ONCE) {
            Change change = Change.empty();
            for (Tally tally : tallies.subList(i, Math.min(i + PARCELS_AT_ONCE, tallies.size()))) {
                change.with(UsageStore.put(Parcel.of(lane, clock.millis(), random.nextLong(), tenant, tally)));
            }
            table.commit(change);
        }
    }
}
