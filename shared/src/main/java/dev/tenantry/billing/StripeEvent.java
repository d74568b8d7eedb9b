package dev.tenantry.billing;

import java.util.Optional;

/// That something happened at Stripe, as Stripe has signed it. Only who is concerned is taken from it: what became of
/// the subscription is asked of Stripe, because events come late, twice and in any order.
///
/// @param id       the same in each delivery
/// @param type     such as `customer.subscription.updated`
/// @param customer whom it is about, if it names one
public record StripeEvent(String id, String type, Optional<CustomerId> customer) {

    /// What a subscription's event says of a customer, and this one does not: which tenant it concerns can't be
    /// told.
    boolean lacksItsCustomer() {
        return customer.isEmpty() && kind().startsWith("customer.subscription.");
    }

    /// It may change which subscription a customer has (Stripe API reference, "Types of events").
    boolean concernsSubscriptions() {
        return switch (kind()) {
            case "customer.subscription.created",
                    "customer.subscription.updated",
                    "customer.subscription.deleted",
                    "customer.subscription.paused",
                    "customer.subscription.resumed",
                    "customer.subscription.pending_update_applied",
                    "customer.subscription.pending_update_expired" -> true;
            default -> false;
        };
    }

    /// The type of a thin event about something of the first API has that API's name in front.
    private String kind() {
        return type.startsWith("v1.") ? type.substring("v1.".length()) : type;
    }
}
