package dev.tenantry.tenants;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.SubscriptionActive;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.storage.Table;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Gate;
import dev.tenantry.tenancy.TenantScope;
import java.util.Map;
import javax.inject.Inject;

/// Deletes a tenant: it answers to nobody from then on, and its prefix is never given out again. Its rows stay until
/// its retention ends, so that an operator can restore it.
public final class DeleteTenant {

    private final TenantStore tenants;
    private final SubscriptionStore subscriptions;
    private final AuditStore audit;
    private final Table table;

    @Inject
    DeleteTenant(TenantStore tenants, SubscriptionStore subscriptions, AuditStore audit, Table table) {
        this.tenants = tenants;
        this.subscriptions = subscriptions;
        this.audit = audit;
        this.table = table;
    }

    /// @return the tenant as it was until now, and its deletion at the scope's time
    /// @throws SubscriptionActive if somebody pays for any subscription, shown or not, and would go on paying
    /// @throws PreconditionFailed if the tenant has another version than the caller expects
    public Decision<TenantScope> run(Door door, Precondition precondition) {
        TenantScope scope = look(door, precondition);
        Tenant tenant = tenants.tenant(scope);
        // However many write: the change below needs a moment in which none of them does.
        table.commit(Gate.hold(scope));
        Change change = Change.in(scope);
        // Somebody may begin to pay at this very moment.
        subscriptions.unchanged(change, scope);
        tenants.delete(change, scope, tenant, scope.now());
        audit.record(
                change,
                scope,
                AuditAction.TENANT_DELETED,
                Event.removed(
                        scope.tenant().value(),
                        Map.of(
                                "name", tenant.name().value(),
                                "domainPrefix", tenant.domainPrefix().value())));
        return new Decision<>(scope, change);
    }

    /// Insists that the tenant can be deleted, and deletes nothing.
    ///
    /// @throws SubscriptionActive as [#run] does
    /// @throws PreconditionFailed as [#run] does
    public TenantScope look(Door door, Precondition precondition) {
        TenantScope scope = door.open(SubscriptionStore.subscription());
        precondition.require(tenants.tenant(scope).version());
        if (subscriptions.goesOn(scope)) {
            throw new SubscriptionActive();
        }
        return scope;
    }
}
