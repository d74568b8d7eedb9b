package dev.tenantry.operator;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.UserId;
import dev.tenantry.invites.InviteStore;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.stats.ShowStats;
import dev.tenantry.stats.Stats;
import dev.tenantry.tenancy.Gate;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenancy.TenantState;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantStore;
import java.util.Optional;
import javax.inject.Inject;

/// Shows the operator what there is to know of a tenant without looking at what is its people's.
public final class ShowAnyTenant {

    private final TenantDoors doors;
    private final TenantStore tenants;
    private final ShowStats stats;
    private final Summaries summaries;

    @Inject
    ShowAnyTenant(TenantDoors doors, TenantStore tenants, ShowStats stats, Summaries summaries) {
        this.doors = doors;
        this.tenants = tenants;
        this.stats = stats;
        this.summaries = summaries;
    }

    /// A tenant and what it has.
    ///
    /// @param details empty once it is purged
    public record Shown(TenantSummary summary, Optional<Details> details) {}

    /// What a tenant has.
    ///
    /// @param founder             who created it and whose limit it counts for; empty if that is nobody
    /// @param apiAllowlistInForce its people may call from some addresses only
    /// @param mailsToday          invites that it sent on this day in UTC
    public record Details(
            Tenant tenant, Optional<UserId> founder, boolean apiAllowlistInForce, int mailsToday, Stats stats) {}

    /// Two round trips, or three.
    ///
    /// @throws TenantNotFound if the tenant is unknown
    public Shown run(DomainPrefix prefix, String requestId) {
        TenantScope scope = doors.command(prefix, requestId, InviteStore.register());
        TenantSummary summary = summaries.of(scope);
        if (summary.state() == TenantState.PURGED) {
            return new Shown(summary, Optional.empty());
        }
        return new Shown(
                summary,
                Optional.of(new Details(
                        tenants.tenant(scope),
                        tenants.founder(scope),
                        scope.found(Gate.HAS_API_ALLOWLIST).orElseThrow(),
                        scope.found(InviteStore.register())
                                .map(register -> register.mailsToday(scope.now()))
                                .orElse(0),
                        stats.run(lookups -> doors.command(prefix, requestId, lookups)))));
    }
}
