package dev.tenantry.stats;

import dev.tenantry.chargers.ChargerStore;
import dev.tenantry.invites.InviteStore;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Drift;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.DomainPrefix;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.usage.RecountUsage;
import dev.tenantry.users.MemberStore;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;

/// Counts anew what a tenant's counters count, tells where they are wrong and mends them (docs/adr/0019). It writes by itself,
/// one change for each kind of thing: they have nothing to do with each other.
public final class RepairCounters {

    /// How often a count is taken that changes meet.
    private static final int TRIES = 10;

    private final TenantDoors doors;
    private final Table table;
    private final MemberStore members;
    private final InviteStore invites;
    private final ProfileStore profiles;
    private final ChargerStore chargers;
    private final RecountUsage usage;

    @Inject
    RepairCounters(
            TenantDoors doors,
            Table table,
            MemberStore members,
            InviteStore invites,
            ProfileStore profiles,
            ChargerStore chargers,
            RecountUsage usage) {
        this.doors = doors;
        this.table = table;
        this.members = members;
        this.invites = invites;
        this.profiles = profiles;
        this.chargers = chargers;
        this.usage = usage;
    }

    /// Counts by reading, once and conditional on nothing having changed meanwhile.
    @FunctionalInterface
    private interface Recount {
        List<Drift> run(Change change, TenantScope scope);
    }

    /// Reads every row of what is counted: one round trip for each megabyte of them.
    ///
    /// @return what was wrong and is right now; empty if nothing was
    /// @throws TenantNotFound if the tenant is unknown or deleted
    /// @throws Unavailable    if there is no end to changes
    public List<Drift> run(DomainPrefix tenant) {
        List<Drift> mended = new ArrayList<>();
        mended.addAll(mend(tenant, members::recount));
        mended.addAll(mend(tenant, invites::recount));
        mended.addAll(mend(tenant, profiles::recount));
        mended.addAll(mend(tenant, chargers::recount));
        mended.addAll(mend(
                tenant,
                (change, scope) -> profiles.recountChargers(change, scope, () -> chargers.countByProfile(scope))));
        mended.addAll(mend(tenant, usage::run));
        return mended;
    }

    private List<Drift> mend(DomainPrefix tenant, Recount recount) {
        List<Drift> mended = new ArrayList<>();
        List<Drift> some;
        do {
            some = mendOnce(tenant, recount);
            mended.addAll(some);
        } while (some.size() >= Drift.MOST_AT_ONCE);
        return mended;
    }

    private List<Drift> mendOnce(DomainPrefix tenant, Recount recount) {
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                TenantScope scope = doors.repair(tenant);
                Change change = Change.in(scope);
                List<Drift> drifts = recount.run(change, scope);
                table.commit(change);
                return drifts;
            } catch (Conflict e) {
                // Something changed while it was counted: the count means nothing.
            }
        }
        throw new Unavailable("too many conflicting changes");
    }
}
