package dev.tenantry.operator;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.SubscriptionActive;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenancy.TenantState;
import dev.tenantry.tenants.DeleteTenant;
import dev.tenantry.tenants.TenantStore;
import java.util.Optional;
import javax.inject.Inject;

/// Deletes a tenant as its own admins can: it can be restored until its retention ends.
public final class RemoveTenant {

    private final TenantDoors doors;
    private final TenantStore tenants;
    private final DeleteTenant delete;
    private final Summaries summaries;

    @Inject
    RemoveTenant(TenantDoors doors, TenantStore tenants, DeleteTenant delete, Summaries summaries) {
        this.doors = doors;
        this.tenants = tenants;
        this.delete = delete;
        this.summaries = summaries;
    }

    /// Nothing changes in a tenant that is deleted already.
    ///
    /// @throws TenantNotFound     if the tenant is unknown
    /// @throws SubscriptionActive if somebody pays for a subscription and would go on paying
    public Decision<TenantSummary> run(DomainPrefix prefix, String requestId) {
        TenantScope scope = doors.command(prefix, requestId);
        return isDeleted(scope)
                ? new Decision<>(summaries.of(scope), Change.empty())
                : delete.run(door(prefix, requestId), Precondition.NONE).map(this::deleted);
    }

    /// What [#run] would come to, without holding anybody up.
    ///
    /// @throws TenantNotFound     as [#run] does
    /// @throws SubscriptionActive as [#run] does
    public TenantSummary look(DomainPrefix prefix, String requestId) {
        TenantScope scope = doors.command(prefix, requestId);
        return isDeleted(scope)
                ? summaries.of(scope)
                : deleted(delete.look(door(prefix, requestId), Precondition.NONE));
    }

    private Door door(DomainPrefix prefix, String requestId) {
        return doors.operator(prefix, requestId);
    }

    private static boolean isDeleted(TenantScope scope) {
        return scope.state() != TenantState.ACTIVE && scope.state() != TenantState.SUSPENDED;
    }

    private TenantSummary deleted(TenantScope scope) {
        return summaries.of(scope, tenants.tenant(scope), TenantState.DELETED, Optional.of(scope.now()));
    }
}
