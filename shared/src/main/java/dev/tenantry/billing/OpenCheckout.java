package dev.tenantry.billing;

import dev.tenantry.config.Settings;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.AlreadySubscribed;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.OtherCurrency;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Decision;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.inject.Inject;

/// Opens a page of Stripe's on which an admin subscribes to something for the tenant. What is bought there arrives by
/// event like everything else.
public final class OpenCheckout {

    private final AssignCustomer assign;
    private final Payments payments;
    private final Catalogue catalogue;
    private final PortalOrigins origins;

    @Inject
    OpenCheckout(AssignCustomer assign, Payments payments, Catalogue catalogue, Settings settings) {
        this.assign = assign;
        this.payments = payments;
        this.catalogue = catalogue;
        this.origins = new PortalOrigins(settings.portalOrigins());
    }

    /// A URL to lead back to.
    ///
    /// @throws InvalidValue if it is on none of the deployment's own origins
    public URI returnUrl(String text) {
        return origins.url(text);
    }

    /// @param operation names what is asked for: the same for whoever repeats it, and then it is the same page
    /// @param received  when the request came
    /// @throws InvalidRequest      if there is no such product, or not so many of it at once
    /// @throws AlreadySubscribed   while there is a subscription that Stripe has not ended
    /// @throws OtherCurrency       if something that the tenant has at Stripe is in another currency
    /// @throws UpstreamUnavailable if Stripe fails or takes too long
    public Decision<OpenedCheckout> run(Door door, NewCheckout wanted, String operation, Instant received) {
        TenantScope scope = door.open(SubscriptionStore.subscription());
        Instant deadline = received.plus(Payments.TIME_LIMIT);
        Order order = order(scope, wanted, catalogue.offers(deadline));
        boolean fresh = false;
        List<CustomerId> gone = new ArrayList<>();
        Decision<AssignedCustomer> customer = unsubscribed(scope, gone, deadline);
        // A customer that was deleted is replaced, and what is remembered of a price that was archived asked for
        // again. The deadline ends it.
        while (true) {
            CustomerId id = customer.result().id();
            switch (payments.checkout(id, order, operation, deadline)) {
                case Checkout.Open open -> {
                    // Somebody may have paid on an older page just before it was closed. Now none is left to pay on
                    // but this one, whose address nobody has yet.
                    requireNone(id, deadline);
                    return customer.map(assigned -> new OpenedCheckout(open.url(), assigned.adopted()));
                }
                case Checkout.CustomerGone _ -> {
                    gone.add(id);
                    customer = unsubscribed(scope, gone, deadline);
                }
                case Checkout.OtherCurrency _ -> throw new OtherCurrency();
                case Checkout.Declined declined -> {
                    if (fresh) {
                        throw Payments.STRIPE.unavailable(
                                "refuses to sell at its own price " + order.stripePriceId() + ": " + declined.reason(),
                                true);
                    }
                    order = order(scope, wanted, catalogue.fresh(deadline));
                    fresh = true;
                }
            }
        }
    }

    /// The tenant's customer, who has subscribed to nothing. What is on record may be older than what was bought a
    /// moment ago, so Stripe is asked, once: who is given a customer looks by that.
    private Decision<AssignedCustomer> unsubscribed(TenantScope scope, List<CustomerId> gone, Instant deadline) {
        Decision<AssignedCustomer> customer = assign.run(scope, gone, deadline);
        Optional<Mirrored> looked = customer.result().adopted();
        if (looked.isEmpty()) {
            requireNone(customer.result().id(), deadline);
        } else if (!looked.get().allOver()) {
            throw new AlreadySubscribed();
        }
        return customer;
    }

    private void requireNone(CustomerId customer, Instant deadline) {
        if (!BilledSubscription.areOver(payments.subscriptions(customer, deadline))) {
            throw new AlreadySubscribed();
        }
    }

    private static Order order(TenantScope scope, NewCheckout wanted, List<NumberedOffer> offers) {
        Offer offer = offers.stream()
                .filter(candidate -> candidate.id() == wanted.productId())
                .findFirst()
                .orElseThrow(
                        () -> new InvalidRequest("/productId", "must be the id of a product that GET /product lists"))
                .offer();
        try {
            long quantity = offer.quantities()
                    .checked(wanted.quantity().orElse(offer.quantities().min()));
            return new Order(scope.tenant(), offer.price().id(), quantity, wanted.returnUrl());
        } catch (InvalidValue e) {
            throw new InvalidRequest("/quantity", String.valueOf(e.getMessage()));
        }
    }
}
