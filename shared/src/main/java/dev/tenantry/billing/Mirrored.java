package dev.tenantry.billing;

import java.util.List;

/// What came of a look at what a tenant's customer has subscribed to.
///
/// @param several more than one of its subscriptions entitles, of which one is shown
/// @param allOver Stripe has ended all of them for good, or there are none
public record Mirrored(Outcome outcome, boolean several, boolean allOver) {

    /// Metric of more than one that entitles, which is well, and may be meant to be otherwise.
    public static final String SEVERAL = "severalSubscriptions";

    /// The metrics that such a look counts one for where no event led to it.
    public List<String> counts() {
        return several ? List.of(SEVERAL) : List.of();
    }
}
