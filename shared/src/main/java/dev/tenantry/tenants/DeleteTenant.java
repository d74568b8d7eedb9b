package dev.tenantry.tenants;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.SubscriptionActive;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.util.Map;
import javax.inject.Inject;

/// Deletes a tenant for good: it answers to nobody from then on, and its prefix is never given out again. Its rows
/// stay, so that an operator can still account for it.
public final class DeleteTenant {

    private final TenantStore tenants;
    private final SubscriptionStore subscriptions;
    private final AuditStore audit;

    @Inject
    DeleteTenant(TenantStore tenants, SubscriptionStore subscriptions, AuditStore audit) {
        this.tenants = tenants;
        this.subscriptions = subscriptions;
        this.audit = audit;
    }

    /// @throws SubscriptionActive if somebody pays for any subscription, shown or not, and would go on paying
    /// @throws PreconditionFailed if the tenant has another version than the caller expects
    public Decision<DomainPrefix> run(Door door, Precondition precondition) {
        TenantScope scope = door.open(SubscriptionStore.subscription());
        Tenant tenant = tenants.tenant(scope);
        precondition.require(tenant.version());
        if (subscriptions.goesOn(scope)) {
            throw new SubscriptionActive();
        }
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
        return new Decision<>(scope.tenant(), change);
    }
}
