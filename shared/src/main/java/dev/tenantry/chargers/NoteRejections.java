package dev.tenantry.chargers;

import dev.tenantry.chargers.RecentRejection.Name;
import dev.tenantry.chargers.RejectionStore.Stored;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Deadline;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.inject.Inject;
import javax.inject.Singleton;

/// Takes note of chargers that were turned away, for their tenant to see. What this instance noted is merged in memory
/// and written down now and then, at a bounded cost whatever strangers send (docs/adr/0028). Whoever waits for the
/// broker's answer is never told of a failure, and is kept for a bounded time.
@Singleton
public final class NoteRejections {

    /// Tenants to remember something of. Those that nothing was noted of the longest are forgotten first.
    static final int MOST_TENANTS = 100;

    /// How long after the first call further ones may start.
    private static final Duration MOST_TIME = Duration.ofSeconds(3);

    /// After a failure nobody waits for a tenant's rows that are in trouble anyway,
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /// nor, for a moment, for a table that may be.
    private static final Duration SHORT_PAUSE = Duration.ofSeconds(1);

    private static final int MOST_TRIES = 3;

    /// How often this instance writes in the long run, of whichever tenants: a stranger who goes round more tenants
    /// than are remembered here finds each of them unwritten.
    private static final Duration INTERVAL = Duration.ofMillis(50);

    /// How often it may write at once after it has rested.
    static final int BURST = 100;

    private final TenantDoors doors;
    private final RejectionStore store;
    private final Table table;
    private final Clock clock;
    private final RandomGenerator random;

    /// The one that something was noted of last is the last one.
    private final Map<DomainPrefix, Noted> tenants = new LinkedHashMap<>();

    private Instant pausedUntil = Instant.EPOCH;

    /// Until when this instance's attempts so far use up what it allows itself for all tenants together.
    private Instant allowanceUsedUntil = Instant.EPOCH;

    @Inject
    NoteRejections(TenantDoors doors, RejectionStore store, Table table, Clock clock, RandomGenerator random) {
        this.doors = doors;
        this.store = store;
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    /// What this instance noted of one tenant and did not write down yet.
    private static final class Noted {
        private final Map<Name, RecentRejection> rejections = new LinkedHashMap<>();
        private boolean isBeingWritten;
        /// Until when this instance's attempts so far use up what it allows itself for this tenant.
        private Instant allowanceUsedUntil = Instant.EPOCH;
        private Instant pausedUntil = Instant.EPOCH;

        /// Whether there is nothing to remember of it.
        private boolean isIdle(Instant now) {
            return rejections.isEmpty()
                    && !isBeingWritten
                    && !allowanceUsedUntil.isAfter(now)
                    && !pausedUntil.isAfter(now);
        }

        private void add(RecentRejection rejection) {
            RecentRejection sum = rejections.merge(rejection.name(), rejection, RecentRejection::plus);
            // Those last noted are kept.
            rejections.remove(sum.name());
            rejections.put(sum.name(), sum);
            if (rejections.size() > RecentRejections.MOST) {
                rejections.remove(rejections.keySet().iterator().next());
            }
        }
    }

    /// Remembers that a charger was turned away. No round trip.
    ///
    /// @param rejection one that does not say whose it is (no such tenant, no identity, a connection's end) is for
    ///                  nobody to see
    public void note(ChargerEvent event, Rejection rejection) {
        Instant now = clock.instant();
        rejection.tenant().ifPresent(tenant -> {
            RecentRejection noted = RecentRejection.of(
                    new ChargePointIdentity(event.identity()), rejection.reason(), event.sourceIp(), now);
            synchronized (this) {
                Noted of = Optional.ofNullable(tenants.remove(tenant)).orElseGet(Noted::new);
                of.add(noted);
                tenants.put(tenant, of);
                if (tenants.size() > MOST_TENANTS) {
                    tenants.remove(tenants.keySet().iterator().next());
                }
            }
        });
    }

    /// Writes down what was noted, of tenants whose turn it is: two round trips for each, and none for others.
    /// Those come first that something was noted of last. What cannot be written is dropped.
    ///
    /// @param most tenants: whoever waits for the answer is kept for no more
    /// @return why, if something was dropped
    public Optional<RuntimeException> write(String requestId, int most) {
        return ScopedValue.where(Deadline.CURRENT, Deadline.within(MOST_TIME)).call(() -> {
            int written = 0;
            for (DomainPrefix tenant : latestFirst()) {
                if (Deadline.hasPassed() || written == most) {
                    break;
                }
                try {
                    written += write(tenant, requestId) ? 1 : 0;
                } catch (RuntimeException e) {
                    pause(tenant);
                    return Optional.of(e);
                }
            }
            return Optional.empty();
        });
    }

    /// @return whether it was its turn
    private boolean write(DomainPrefix tenant, String requestId) {
        boolean isTurn = false;
        for (Optional<List<RecentRejection>> taken = take(tenant); taken.isPresent(); taken = take(tenant)) {
            isTurn = true;
            boolean isWritten = false;
            try {
                isWritten = write(tenant, requestId, taken.get());
            } finally {
                release(tenant);
            }
            if (!isWritten) {
                giveBack(tenant, taken.get());
                break;
            }
        }
        return isTurn;
    }

    /// @return false if it is not this row's turn, or others were faster again and again
    private boolean write(DomainPrefix tenant, String requestId, List<RecentRejection> noted) {
        return Backoff.forWork(random, MOST_TRIES).retry(tries -> {
            try {
                TenantScope scope = doors.broker(tenant.value(), requestId).open(RejectionStore.recent());
                Stored from = store.stored(scope);
                if (!from.isDue(scope.now())) {
                    return false;
                }
                Change change = Change.in(scope);
                store.write(change, scope, from, from.recent().at(scope.now()).with(noted));
                table.commit(change);
                return true;
            } catch (Conflict e) {
                if (tries < MOST_TRIES) {
                    throw e;
                }
                return false;
            } catch (TenantNotFound e) {
                // Deleted meanwhile: nobody will look.
                return true;
            }
        });
    }

    private synchronized void pause(DomainPrefix tenant) {
        Instant now = clock.instant();
        pausedUntil = now.plus(SHORT_PAUSE);
        Noted noted = tenants.get(tenant);
        if (noted != null) {
            noted.pausedUntil = now.plus(PAUSE);
        }
    }

    private synchronized List<DomainPrefix> latestFirst() {
        Instant now = clock.instant();
        tenants.values().removeIf(noted -> noted.isIdle(now));
        return new ArrayList<>(tenants.keySet()).reversed();
    }

    /// What is to be written of a tenant now, and nobody else writes it until [#release].
    private synchronized Optional<List<RecentRejection>> take(DomainPrefix tenant) {
        Noted noted = tenants.get(tenant);
        Instant now = clock.instant();
        if (noted == null
                || noted.rejections.isEmpty()
                || noted.isBeingWritten
                || now.isBefore(pausedUntil)
                || now.isBefore(noted.pausedUntil)
                || isUsedUp(noted.allowanceUsedUntil, now, RejectionStore.INTERVAL, RejectionStore.BURST)
                || isUsedUp(allowanceUsedUntil, now, INTERVAL, BURST)) {
            return Optional.empty();
        }
        noted.isBeingWritten = true;
        noted.allowanceUsedUntil = later(noted.allowanceUsedUntil, now).plus(RejectionStore.INTERVAL);
        allowanceUsedUntil = later(allowanceUsedUntil, now).plus(INTERVAL);
        List<RecentRejection> taken = List.copyOf(noted.rejections.values());
        noted.rejections.clear();
        return Optional.of(taken);
    }

    private static boolean isUsedUp(Instant until, Instant now, Duration interval, int burst) {
        return until.isAfter(now.plus(interval.multipliedBy(burst - 1)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private synchronized void release(DomainPrefix tenant) {
        Noted noted = tenants.get(tenant);
        if (noted != null) {
            noted.isBeingWritten = false;
        }
    }

    private synchronized void giveBack(DomainPrefix tenant, List<RecentRejection> taken) {
        Noted noted = tenants.get(tenant);
        if (noted != null) {
            taken.forEach(noted::add);
        }
    }
}
