package dev.tenantry.subscriptions;

import dev.tenantry.refusal.Refusal.SubscriptionNotFound;
import dev.tenantry.tenancy.Door;
import javax.inject.Inject;

/// Shows a tenant's subscription to one of its members, as Stripe last told of it. Stripe itself is not asked.
public final class ShowSubscription {

    private final SubscriptionStore subscriptions;

    @Inject
    ShowSubscription(SubscriptionStore subscriptions) {
        this.subscriptions = subscriptions;
    }

    /// @throws SubscriptionNotFound if the tenant never had one
    public Subscription run(Door door) {
        return subscriptions.find(door.open(SubscriptionStore.subscription())).orElseThrow(SubscriptionNotFound::new);
    }
}
