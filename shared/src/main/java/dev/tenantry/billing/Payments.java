package dev.tenantry.billing;

import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.tenancy.DomainPrefix;
import dev.tenantry.tenancy.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/// Takes the money. Each method returns by its deadline, or throws [UpstreamUnavailable].
public interface Payments {

    /// The customer that stands for a tenant, made if need be. However often it is called, also at once, also after a crash
    /// or a lost answer, there is one for each tenant.
    CustomerId customer(TenantId tenant, DomainPrefix prefix, Instant deadline);

    /// Opens a page on which a customer looks after payment means, invoices and subscription.
    ///
    /// @param returnUrl where the page leads back to
    /// @return the page's address, a short-lived secret
    URI portal(CustomerId customer, URI returnUrl, Instant deadline);

    /// All subscriptions that a customer has or had, as they are now.
    List<BilledSubscription> subscriptions(CustomerId customer, Instant deadline);

    /// The product with that id.
    Product product(String id, Instant deadline);

    /// Gets ready to ask, without asking anybody anything.
    default void prepare() {}
}
