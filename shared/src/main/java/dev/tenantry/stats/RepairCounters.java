package dev.tenantry.stats;

import dev.tenantry.chargers.ChargerStore;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.invites.InviteStore;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Correction;
import dev.tenantry.storage.Drift;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.usage.RecountOnline;
import dev.tenantry.usage.RecountUsage;
import dev.tenantry.users.MemberStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Counts anew what a tenant's counters count, tells where they are wrong and repairs them (docs/adr/0019). It writes
/// by itself, one change for each kind of thing, or for each row where there are many: they have nothing to do with
/// each other.
public final class RepairCounters {

    /// How often a count is taken that changes meet.
    private static final int TRIES = 14;

    private final TenantDoors doors;
    private final Table table;
    private final MemberStore members;
    private final InviteStore invites;
    private final ProfileStore profiles;
    private final ChargerStore chargers;
    private final RecountUsage usage;
    private final RecountOnline online;
    private final RandomGenerator random;

    @Inject
    RepairCounters(
            TenantDoors doors,
            Table table,
            MemberStore members,
            InviteStore invites,
            ProfileStore profiles,
            ChargerStore chargers,
            RecountUsage usage,
            RecountOnline online,
            RandomGenerator random) {
        this.doors = doors;
        this.table = table;
        this.members = members;
        this.invites = invites;
        this.profiles = profiles;
        this.chargers = chargers;
        this.usage = usage;
        this.online = online;
        this.random = random;
    }

    /// How a repair went.
    ///
    /// @param repaired   what was wrong and is right now
    /// @param notSettled counters, or kinds of them, of which nobody knows whether all are right, and why; those
    ///                   that were repaired before are in `repaired`
    public record Repair(List<Drift> repaired, Map<String, RuntimeException> notSettled) {}

    /// Reads what counters say, then counts.
    @FunctionalInterface
    private interface Recount {
        List<Correction> run(TenantScope scope);
    }

    /// Reads every row of what is counted: one round trip for each megabyte of them. What never comes to rest, or
    /// can't be read, holds up nothing else.
    ///
    /// @param timeIsLeft asked before each count
    /// @throws TenantNotFound if the tenant is unknown or deleted
    public Repair run(DomainPrefix tenant, BooleanSupplier timeIsLeft) {
        return run(tenant, false, timeIsLeft);
    }

    /// Tells where counters are wrong like [#run], and leaves them so.
    ///
    /// @throws TenantNotFound if the tenant is unknown or deleted
    public Repair look(DomainPrefix tenant, BooleanSupplier timeIsLeft) {
        return run(tenant, true, timeIsLeft);
    }

    private Repair run(DomainPrefix tenant, boolean isDryRun, BooleanSupplier timeIsLeft) {
        // A tenant that there is not is told of, however little time there is.
        doors.repair(tenant);
        Run run = new Run(tenant, isDryRun, timeIsLeft);
        run.repair("users", members::recount);
        run.repair("invites", invites::recount);
        run.repair("profiles", profiles::recount);
        run.repair("chargers", chargers::recount);
        run.repair(
                "chargers of profiles", scope -> profiles.recountChargers(scope, () -> chargers.countByProfile(scope)));
        run.repair("usage", usage::run);
        // After the counts that it is held against, and the sums that it goes by.
        run.repair("online in the windows", scope -> {
            ChargerStore.Online counted = chargers.online(scope);
            return online.run(scope, counted.online(), counted.unmoved());
        });
        return new Repair(run.repaired, run.notSettled);
    }

    /// One repair.
    private final class Run {

        private final DomainPrefix tenant;
        private final boolean isDryRun;
        private final BooleanSupplier timeIsLeft;
        private final List<Drift> repaired = new ArrayList<>();
        private final Map<String, RuntimeException> notSettled = new LinkedHashMap<>();

        Run(DomainPrefix tenant, boolean isDryRun, BooleanSupplier timeIsLeft) {
            this.tenant = tenant;
            this.isDryRun = isDryRun;
            this.timeIsLeft = timeIsLeft;
        }

        void repair(String kind, Recount recount) {
            try {
                settle(recount);
            } catch (TenantNotFound e) {
                throw e;
            } catch (RuntimeException e) {
                // Whatever it is, it is this kind's: the others must not wait for it. The repair tells of it.
                notSettled.put(kind, e);
            }
        }

        private void settle(Recount recount) {
            Set<String> moving = new HashSet<>();
            try {
                Backoff.forWork(random, TRIES).run(tries -> {
                    // What was at rest at an earlier count is settled, whatever moves at this one.
                    Set<String> toSettle = Set.copyOf(moving);
                    moving.clear();
                    moving.addAll(pass(recount, counter -> tries == 1 || toSettle.contains(counter)));
                    if (!moving.isEmpty()) {
                        throw new Conflict();
                    }
                });
            } catch (Unavailable e) {
                if (moving.isEmpty()) {
                    // A count was not finished.
                    throw e;
                }
                moving.forEach(counter -> notSettled.put(counter, e));
            }
        }

        /// Counts, and corrects what is wrong and at rest.
        ///
        /// @return the counters that changed while they were counted
        private Set<String> pass(Recount recount, Predicate<String> isToSettle) {
            Set<String> moving = new HashSet<>();
            boolean isMore;
            do {
                if (!timeIsLeft.getAsBoolean()) {
                    throw new Unavailable("time was up");
                }
                isMore = false;
                for (Correction correction : recount.run(doors.repair(tenant))) {
                    if (!isToSettle.test(correction.counter())) {
                        continue;
                    }
                    if (commit(correction)) {
                        isMore |= correction.isPartial() && !isDryRun;
                    } else {
                        moving.add(correction.counter());
                    }
                }
            } while (isMore && moving.isEmpty());
            return moving;
        }

        /// @return false if something changed while it was counted: then the count means nothing
        private boolean commit(Correction correction) {
            try {
                if (!isDryRun) {
                    table.commit(correction.change());
                }
                repaired.addAll(correction.drifts());
                return true;
            } catch (Conflict e) {
                return false;
            }
        }
    }
}
