package dev.tenantry.subscriptions;

import java.util.Locale;
import java.util.Optional;

/// What a subscription is good for.
public enum SubscriptionStatus {
    /// It entitles, be it paid, on trial, or with a payment that Stripe still tries to collect.
    ACTIVE,
    /// It was ended.
    CANCELED,
    /// It does not entitle, because it was never paid, no longer is, or is paused.
    EXPIRED;

    /// Stripe's word for a subscription whose first payment is still to come.
    public static final String STRIPES_INCOMPLETE = "incomplete";

    static final String STRIPES_CANCELED = "canceled";

    /// The status's name in the API and in the table, such as `active`.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What Stripe may call it, as far as that can be told from what is on record since before Stripe's word was
    /// kept.
    String stripes() {
        return switch (this) {
            case ACTIVE -> "active";
            case CANCELED -> STRIPES_CANCELED;
            case EXPIRED -> "unpaid";
        };
    }

    static SubscriptionStatus of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// What a status of Stripe's means here (Stripe API reference, "The Subscription object", `status`). Empty for
    /// `incomplete`, whose first payment is still to come, and for a status that Stripe has yet to invent: neither
    /// makes a subscription.
    public static Optional<SubscriptionStatus> ofStripe(String status) {
        return switch (status) {
            case "active", "trialing", "past_due" -> Optional.of(ACTIVE);
            case STRIPES_CANCELED -> Optional.of(CANCELED);
            case "unpaid", "incomplete_expired", "paused" -> Optional.of(EXPIRED);
            default -> Optional.empty();
        };
    }
}
