package dev.tenantry.billing;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.upstream.Upstream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes the money. Each method returns by its deadline, or throws [UpstreamUnavailable].
public interface Payments {

    /// Who is asked.
    Upstream STRIPE = new Upstream("payment service", "Stripe");

    /// How long all that is asked for one request may take, however many questions and attempts it is, counted from
    /// when the request came. It leaves the storage its time within the five seconds that callers are promised.
    Duration TIME_LIMIT = Duration.ofMillis(4200);

    /// The customer that stands for a tenant, made if need be. However often it is called, also at once, also after
    /// a crash or a lost answer, it is the same one for each tenant.
    ///
    /// @param gone customers that were found deleted, in this order: it is none of them, and the same one for all
    ///             who know of the same last one
    CustomerId customer(TenantId tenant, DomainPrefix prefix, List<CustomerId> gone, Instant deadline);

    /// Opens a page on which a customer looks after payment means, invoices and subscription.
    ///
    /// @param returnUrl where the page leads back to
    /// @return the page's address, a short-lived secret; empty if the customer was deleted
    Optional<URI> portal(CustomerId customer, URI returnUrl, Instant deadline);

    /// Everything that is sold by subscription at this moment and has a number, the newest product first.
    ///
    /// @param numbered Stripe's ids of products that have one without saying so themselves
    List<Offer> offers(Set<String> numbered, Instant deadline);

    /// Opens a page on which a customer pays for the first time, and closes the customer's older ones: of several
    /// that are opened at once, one stays open.
    ///
    /// @param operation names what is asked for: whoever repeats it gets the same page
    Checkout checkout(CustomerId customer, Order order, String operation, Instant deadline);

    /// All subscriptions that a customer has or had, as they are now, the newest first; none if it was deleted and
    /// they with it.
    List<BilledSubscription> subscriptions(CustomerId customer, Instant deadline);

    /// The product with that id; empty if there is none, or if it is not for us to read.
    Optional<Product> product(String id, Instant deadline);
}
