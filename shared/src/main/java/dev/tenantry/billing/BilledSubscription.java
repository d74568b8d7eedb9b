package dev.tenantry.billing;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A subscription as Stripe has it at this moment.
///
/// @param id               Stripe's own
/// @param status           in Stripe's words
/// @param createdAt        when it was made at Stripe
/// @param currentPeriodEnd until when it is paid for; the earliest, if its items have several
/// @param quantity         of all its items together; what is metered has none
/// @param productId        Stripe's id of the product of its first item
public record BilledSubscription(
        String id,
        String status,
        Instant createdAt,
        boolean cancelAtPeriodEnd,
        Optional<Instant> currentPeriodEnd,
        long quantity,
        String productId) {

    /// The one that counts comes first. What entitles goes before what may again (`unpaid`, `paused`), and that
    /// before what never will; then the newer before the older. The id makes it a total order, so that everyone
    /// chooses alike.
    private static final Comparator<BilledSubscription> MOST_TELLING_FIRST = Comparator.comparingInt(
                    BilledSubscription::remoteness)
            .thenComparing(BilledSubscription::createdAt, Comparator.reverseOrder())
            .thenComparing(BilledSubscription::id);

    /// Which of a customer's subscriptions is the tenant's. It is chosen from all of them, whatever an event was
    /// about: so an event for another one changes nothing.
    ///
    /// @return empty if none of them has begun
    static Optional<BilledSubscription> current(List<BilledSubscription> all) {
        return all.stream()
                .filter(subscription ->
                        SubscriptionStatus.ofStripe(subscription.status()).isPresent())
                .min(MOST_TELLING_FIRST);
    }

    /// Nothing entitles, and something may do so in a status that we do not know: then we know nothing. Nothing
    /// that is on record ever becomes `incomplete` again, so that is as strange.
    ///
    /// @param onRecord Stripe's id of the tenant's subscription so far
    static boolean isUnclear(List<BilledSubscription> all, Optional<String> onRecord) {
        return all.stream().noneMatch(subscription -> subscription.remoteness() == 0)
                && all.stream()
                        .filter(subscription -> SubscriptionStatus.ofStripe(subscription.status())
                                .isEmpty())
                        .anyMatch(strange -> !strange.status().equals(SubscriptionStatus.STRIPES_INCOMPLETE)
                                || onRecord.filter(strange.id()::equals).isPresent());
    }

    private int remoteness() {
        return switch (status) {
            case "active", "trialing", "past_due" -> 0;
            case "unpaid", "paused" -> 1;
            default -> 2;
        };
    }
}
