package dev.tenantry.billing;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.TenantSuspended;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.text.Absent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Gives a tenant its customer at Stripe, once, and with it what that customer has subscribed to: as long as no tenant
/// had the customer, its events were nobody's.
///
/// Asking Stripe is an effect, and a decision may run twice; it may, because Stripe makes one customer for a tenant
/// however often it is asked ([Payments#customer]).
public final class AssignCustomer {

    private final TenantStore tenants;
    private final AuditStore audit;
    private final Payments payments;
    private final MirrorSubscription mirror;

    @Inject
    AssignCustomer(TenantStore tenants, AuditStore audit, Payments payments, MirrorSubscription mirror) {
        this.tenants = tenants;
        this.audit = audit;
        this.payments = payments;
        this.mirror = mirror;
    }

    /// @param scope has read the subscription along
    /// @param gone  customers found deleted at Stripe, the tenant's first: another one then replaces it
    /// @throws TenantSuspended if it would be the tenant's first, or another one, and the tenant is suspended
    /// @return the tenant's customer; the change is empty if it has had one already
    public Decision<AssignedCustomer> run(TenantScope scope, List<CustomerId> gone, Instant deadline) {
        Tenant tenant = tenants.tenant(scope);
        Optional<CustomerId> assigned = tenant.stripeCustomerId().map(CustomerId::new);
        if (assigned.isPresent() && gone.isEmpty()) {
            return new Decision<>(new AssignedCustomer(assigned.get(), Optional.empty()), Change.empty());
        }
        // Only here: whoever pays already gets to the portal of a suspended tenant, too.
        scope.requireActive();
        CustomerId customer = payments.customer(tenant.id(), tenant.domainPrefix(), gone, deadline);
        Change change = Change.in(scope);
        tenants.assignCustomer(change, scope, tenant, customer.value());
        audit.record(
                change,
                scope,
                AuditAction.TENANT_UPDATED,
                Event.changed(
                        scope.tenant().value(),
                        Map.of(
                                "stripeCustomerId",
                                assigned.<Object>map(CustomerId::value).orElse(Absent.NULL)),
                        Map.of("stripeCustomerId", customer.value())));
        Mirrored adopted = mirror.run(change, scope, customer, deadline);
        return new Decision<>(new AssignedCustomer(customer, Optional.of(adopted)), change);
    }
}
