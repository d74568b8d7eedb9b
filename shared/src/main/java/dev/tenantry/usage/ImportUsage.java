package dev.tenantry.usage;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Table;
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

    /// Days of one batch at most, so that the change that folds it has room for its rows.
    private static final int MAX_DAYS = 20;

    /// Most minutes of one batch in which chargers came or went, so that their rows, however big, fit into the
    /// transaction that folds it: eight of 250 KB, and 37 days of 40 KB.
    static final int MAX_MINUTES = 8;

    private static final int BATCHES_AT_ONCE = 50;

    private final Table table;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    ImportUsage(Table table, Clock clock, RandomGenerator random) {
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    /// @param samples of the tenant, which may say how many chargers came and went
    public void run(DomainPrefix tenant, List<Sample> samples) {
        List<Sample> byTime = new ArrayList<>(samples);
        byTime.sort(Comparator.comparing(Sample::at));
        List<UsageDelta> deltas = new ArrayList<>();
        List<Sample> some = new ArrayList<>();
        Set<Long> minutes = new HashSet<>();
        Set<Long> days = new HashSet<>();
        for (Sample sample : byTime) {
            if (minutes.size() == MAX_MINUTES || days.size() == MAX_DAYS) {
                deltas.add(UsageDelta.of(some));
                some = new ArrayList<>();
                minutes.clear();
                days.clear();
            }
            if (sample.delta() != 0) {
                minutes.add(UsageTime.minute(sample.at().toEpochMilli()));
            }
            days.add(UsageTime.dayOf(UsageTime.quarter(sample.at())));
            some.add(sample);
        }
        if (!some.isEmpty()) {
            deltas.add(UsageDelta.of(some));
        }
        int shard = UsageStore.shard(tenant);
        for (int i = 0; i < deltas.size(); i += BATCHES_AT_ONCE) {
            Change change = Change.empty();
            for (UsageDelta delta : deltas.subList(i, Math.min(i + BATCHES_AT_ONCE, deltas.size()))) {
                change.with(UsageStore.put(UsageBatch.of(shard, clock.millis(), random.nextLong(), tenant, delta)));
            }
            table.commit(change);
        }
    }
}
