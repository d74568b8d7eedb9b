package dev.tenantry.usage;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Correction;
import dev.tenantry.storage.Drift;
import dev.tenantry.tenancy.TenantScope;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Compares how many chargers are online in the windows with how many there are, and has as many come or go now as the
/// windows are wrong by: since when they are nobody knows.
public final class RecountOnline {

    private final UsageStore usage;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    RecountOnline(UsageStore usage, Clock clock, RandomGenerator random) {
        this.usage = usage;
        this.clock = clock;
        this.random = random;
    }

    /// One round trip, and one for each megabyte of usage that waits in the tenant's shard.
    ///
    /// @param online  how many chargers are online by what is counted elsewhere, read before
    /// @param unmoved adds to a change that this still holds: who comes or goes meanwhile moves it
    public List<Correction> run(TenantScope scope, long online, Consumer<Change> unmoved) {
        UsageSummary summary = usage.summaryNow(scope);
        long shown = Counters.sum(summary.openingOf(Long.MAX_VALUE), usage.onlineWaiting(scope));
        Optional<Drift> drift = Drift.of("online in the windows", shown, online);
        if (drift.isEmpty()) {
            return List.of();
        }
        Change change = Change.in(scope);
        unmoved.accept(change);
        usage.insistOn(change, scope, summary);
        UsageDelta delta = new UsageDelta(
                Collections.emptySortedMap(), new TreeMap<>(Collections.singletonMap(clock.millis(), online - shown)));
        change.with(UsageStore.put(UsageBatch.of(
                UsageStore.shard(scope.tenant()), clock.millis(), random.nextLong(), scope.tenant(), delta)));
        return List.of(new Correction("online in the windows", List.of(drift.get()), change, false));
    }
}
