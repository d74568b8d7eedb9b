package dev.tenantry.billing;

import java.util.Locale;

/// What came of an event of Stripe's, or of a look at a customer without one.
public enum Outcome {
    /// What is shown of the subscription is another now.
    CHANGED,
    /// It was so already.
    UNCHANGED,
    /// No subscription of the customer's has begun.
    NOTHING_YET,
    /// What Stripe has is on record, changed or not, but for the product's name and number: Stripe does not let it
    /// be read.
    PRODUCT_UNREADABLE,
    /// Nothing entitles, and something has a status that we do not know. What is on record stays as it is.
    STATUS_UNKNOWN,
    /// The event was acted upon before.
    REPEATED,
    /// An event that has no say in subscriptions.
    UNINTERESTING,
    /// An event of a subscription that names no customer, because it has the thin payload style or its subscription
    /// belongs to no customer: nobody can tell whose it is.
    NO_CUSTOMER,
    /// No tenant has this customer.
    UNKNOWN_CUSTOMER,
    /// The customer's tenant was deleted, and nothing changes in a deleted tenant.
    DELETED_TENANT;

    /// The outcome's name in the log, such as `nothing_yet`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The event has done what it can. One that has not may be sent again once the reason is gone.
    boolean isDone() {
        return this != PRODUCT_UNREADABLE && this != STATUS_UNKNOWN;
    }
}
