package dev.tenantry.operator;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Gate;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenancy.TenantState;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.text.Absent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Suspends a tenant, or lets it work again: what a suspended one has can be looked at, but not changed, and its
/// chargers may not connect. Those that are connected stay until the broker asks for them again.
public final class SuspendTenant {

    private final TenantStore tenants;
    private final AuditStore audit;
    private final Summaries summaries;
    private final Table table;

    @Inject
    SuspendTenant(TenantStore tenants, AuditStore audit, Summaries summaries, Table table) {
        this.table = table;
        this.tenants = tenants;
        this.audit = audit;
        this.summaries = summaries;
    }

    /// Nothing changes in a tenant that is suspended already.
    ///
    /// @param door of the operator
    /// @throws TenantNotFound if the tenant is unknown or deleted
    public Decision<TenantSummary> suspend(Door door) {
        TenantScope scope = door.open();
        if (!scope.isSuspended()) {
            // However many write: the change below needs a moment in which none of them does.
            table.commit(Gate.hold(scope));
        }
        return suspend(scope);
    }

    /// What [#suspend] would come to, without holding anybody up.
    public Decision<TenantSummary> look(Door door) {
        return suspend(door.open());
    }

    private Decision<TenantSummary> suspend(TenantScope scope) {
        return set(scope, Optional.of(tenants.tenant(scope).suspendedAt().orElse(scope.now())));
    }

    /// Nothing changes in a tenant that is not suspended.
    ///
    /// @param door of the operator
    /// @throws TenantNotFound if the tenant is unknown or deleted
    public Decision<TenantSummary> resume(Door door) {
        return set(door.open(), Optional.empty());
    }

    private Decision<TenantSummary> set(TenantScope scope, Optional<Instant> since) {
        Tenant from = tenants.tenant(scope);
        if (from.suspendedAt().equals(since)) {
            return new Decision<>(summaries.of(scope), Change.empty());
        }
        Tenant to = from.suspended(since, scope.now());
        Change change = Change.in(scope);
        tenants.suspend(change, scope, from, to);
        audit.record(
                change,
                scope,
                since.isPresent() ? AuditAction.TENANT_SUSPENDED : AuditAction.TENANT_RESUMED,
                Event.changed(scope.tenant().value(), told(from), told(to)));
        TenantState state = since.isPresent() ? TenantState.SUSPENDED : TenantState.ACTIVE;
        return new Decision<>(summaries.of(scope, to, state, Optional.empty()), change);
    }

    private static Map<String, Object> told(Tenant tenant) {
        return Map.of(
                "suspendedAt",
                tenant.suspendedAt().<Object>map(Instant::toString).orElse(Absent.NULL));
    }
}
