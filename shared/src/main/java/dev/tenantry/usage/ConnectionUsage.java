package dev.tenantry.usage;

import dev.tenantry.identity.Digest;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Put;
import dev.tenantry.tenancy.TenantScope;
import java.time.Clock;
import java.util.Optional;
import javax.inject.Inject;

/// Puts into a tenant's usage who came and went, in the change that says so of a charger: both happen, or neither
/// (docs/adr/0032).
public final class ConnectionUsage {

    /// So much of one batch is written again with each event: with the rest of its row less than a kilobyte.
    static final int MOST_BYTES = 640;

    /// How long chargers share one batch: about as long as it waits to be folded.
    static final int MINUTES = 5;

    /// Minutes before and after a batch's own whose events it takes. With these it has no more minutes than a
    /// change has room for, however many events meet there.
    private static final int MINUTES_BEFORE = 2;

    private static final int MINUTES_AFTER = 4;

    private final UsageStore usage;
    private final Clock clock;

    @Inject
    ConnectionUsage(UsageStore usage, Clock clock) {
        this.usage = usage;
        this.clock = clock;
    }

    /// What chargers share that come or go within the same five minutes.
    ///
    /// @param batch  to read along at the door
    /// @param minute since the epoch, from which they share it
    public record SharedUsage(Lookup<SharedBatch> batch, long minute) {

        /// Whether all of it is about minutes that the batch takes; a late event's is not.
        private boolean takes(UsageDelta delta) {
            long first = (minute - MINUTES_BEFORE) * UsageTime.MINUTE_MILLIS;
            long end = (minute + MINUTES + MINUTES_AFTER) * UsageTime.MINUTE_MILLIS;
            long quarter = UsageTime.QUARTER_MILLIS;
            return delta.connectionEvents().keySet().stream().allMatch(at -> at >= first && at < end)
                    && delta.quarters().keySet().stream()
                            .allMatch(it -> (it + 1) * quarter > first && it * quarter < end);
        }
    }

    /// What some of a tenant's chargers share that come or go now.
    ///
    /// @param part which of them
    public SharedUsage shared(int part) {
        long minute = UsageTime.minute(clock.millis()) / MINUTES * MINUTES;
        return new SharedUsage(UsageStore.shared(part, minute), minute);
    }

    /// Adds to a change what it changes of who came, went and was online.
    ///
    /// @param shared what was read along; empty if nothing was
    /// @param event  names the change: no other one of the tenant has that name
    public void add(
            Change change, TenantScope scope, Optional<SharedUsage> shared, ConnectionChanges changes, String event) {
        UsageDelta delta =
                changes.delta(scope.now().minus(IngestReports.MAX_AGE).toEpochMilli());
        if (delta.days().isEmpty()) {
            return;
        }
        long mark = Digest.number(event);
        if (shared.isEmpty() || !shared.get().takes(delta)) {
            change.with(put(scope, mark, delta));
            return;
        }
        Key key = shared.get().batch().key(scope);
        Optional<SharedBatch> read;
        try {
            read = scope.found(shared.get().batch());
        } catch (RuntimeException e) {
            // The aggregation finds the row that can't be read, and tells of it. No charger must wait for that.
            change.with(put(scope, mark, delta));
            return;
        }
        if (read.isPresent() && read.get().bytes() + delta.packed().length > MOST_BYTES) {
            // What is there gets a row of its own, so that this one stays small.
            change.with(put(scope, read.get().mark(), read.get().delta()));
            usage.begin(change, key, scope.tenant(), read.get(), delta, mark);
        } else {
            usage.append(change, key, scope.tenant(), delta, mark);
        }
    }

    private static Put put(TenantScope scope, long mark, UsageDelta delta) {
        return UsageStore.put(UsageBatch.of(
                UsageStore.shard(scope.tenant()), scope.now().toEpochMilli(), mark, scope.tenant(), delta));
    }
}
