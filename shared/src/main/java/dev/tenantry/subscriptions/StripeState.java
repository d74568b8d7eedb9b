package dev.tenantry.subscriptions;

import java.time.Instant;
import java.util.Optional;

/// How a subscription stands at Stripe, in Stripe's words (Stripe API reference, "The Subscription object").
///
/// @param status            such as `trialing`
/// @param cancelAtPeriodEnd it ends with what is paid for by now
/// @param currentPeriodEnd  until when it is paid for; the earliest, if its items have several
/// @param cancelAt          when it ends by itself
/// @param trialEnd          when its trial ends or ended
/// @param collectionPaused  nobody is asked to pay at the moment
public record StripeState(
        String status,
        boolean cancelAtPeriodEnd,
        Optional<Instant> currentPeriodEnd,
        Optional<Instant> cancelAt,
        Optional<Instant> trialEnd,
        boolean collectionPaused) {

    /// It has an end, which comes without anybody's doing.
    public boolean endsByItself() {
        return cancelAtPeriodEnd || cancelAt.isPresent();
    }

    /// What is on record until an event makes us look again, of one whose customer Stripe has no longer.
    StripeState ended() {
        return new StripeState(
                SubscriptionStatus.STRIPES_CANCELED,
                cancelAtPeriodEnd,
                currentPeriodEnd,
                cancelAt,
                trialEnd,
                collectionPaused);
    }
}
