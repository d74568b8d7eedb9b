package dev.tenantry.testing;

import dev.tenantry.subscriptions.StripeState;
import java.time.Instant;
import java.util.Optional;

/// How subscriptions stand at Stripe, for tests that care for one thing about it.
public final class States {

    private States() {}

    /// One that nobody wants to end.
    public static StripeState of(String status) {
        return of(status, false, Optional.empty());
    }

    public static StripeState of(String status, boolean cancelAtPeriodEnd, Optional<Instant> currentPeriodEnd) {
        return new StripeState(status, cancelAtPeriodEnd, currentPeriodEnd, Optional.empty(), Optional.empty(), false);
    }

    /// An active one that ends by itself.
    public static StripeState endingAt(Instant cancelAt) {
        return new StripeState("active", false, Optional.empty(), Optional.of(cancelAt), Optional.empty(), false);
    }
}
