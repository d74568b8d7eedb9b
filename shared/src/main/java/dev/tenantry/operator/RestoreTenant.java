package dev.tenantry.operator;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenancy.TenantState;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.text.Absent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Brings a deleted tenant back as it was when it was deleted, but for its custom domain, which it has to prove again.
public final class RestoreTenant {

    private final TenantDoors doors;
    private final TenantStore tenants;
    private final AuditStore audit;
    private final Summaries summaries;

    @Inject
    RestoreTenant(TenantDoors doors, TenantStore tenants, AuditStore audit, Summaries summaries) {
        this.doors = doors;
        this.tenants = tenants;
        this.audit = audit;
        this.summaries = summaries;
    }

    /// Nothing changes in a tenant that is not deleted.
    ///
    /// @throws TenantNotFound if the tenant is unknown
    /// @throws NotPossible    if it is purged, or its purge has begun
    public Decision<TenantSummary> run(DomainPrefix prefix, String requestId) {
        TenantScope scope = doors.command(prefix, requestId);
        TenantState state = scope.state();
        if (state == TenantState.PURGING || state == TenantState.PURGED) {
            throw new NotPossible(
                    "tenant_purged",
                    prefix + " is purged, or its purge has begun. Nothing brings it back but a backup of the table.");
        }
        if (state != TenantState.DELETED) {
            return new Decision<>(summaries.of(scope), Change.empty());
        }
        Tenant tenant = tenants.tenant(scope);
        Instant deletedAt = tenants.deletedAt(scope).orElseThrow();
        Change change = Change.in(scope);
        tenants.restore(change, scope, tenant, deletedAt);
        audit.record(
                change,
                scope,
                AuditAction.TENANT_RESTORED,
                Event.changed(
                        prefix.value(), Map.of("deletedAt", deletedAt.toString()), Map.of("deletedAt", Absent.NULL)));
        TenantState restored = scope.isSuspended() ? TenantState.SUSPENDED : TenantState.ACTIVE;
        return new Decision<>(summaries.of(scope, tenant, restored, Optional.empty()), change);
    }
}
