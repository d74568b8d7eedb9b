package dev.tenantry.billing;

import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Actor;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantDoors.Billed;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import java.time.Duration;
import java.util.Optional;
import javax.inject.Inject;

/// Takes over what a customer's subscription has become at Stripe. The event only says that it is time to look
/// ([MirrorSubscription]).
public final class FollowSubscription {

    /// What came of an event.
    public enum Outcome {
        /// What is shown of the subscription is another now.
        CHANGED,
        /// It was so already.
        UNCHANGED,
        /// No subscription of the customer's has begun.
        NOTHING_YET,
        /// What Stripe has is on record, changed or not, but for the product's name and number: Stripe does not let it be read.
        PRODUCT_UNREADABLE,
        /// The event was acted upon before.
        REPEATED,
        /// An event that has no say in subscriptions.
        UNINTERESTING,
        /// No tenant has this customer.
        UNKNOWN_CUSTOMER,
        /// The customer's tenant was deleted, and nothing changes in a deleted tenant.
        DELETED_TENANT
    }

    /// How long Stripe may take in one attempt.
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private final TenantDoors doors;
    private final TenantStore tenants;
    private final StripeEventStore events;
    private final MirrorSubscription mirror;

    @Inject
    FollowSubscription(
            TenantDoors doors, TenantStore tenants, StripeEventStore events, MirrorSubscription mirror) {
        this.doors = doors;
        this.tenants = tenants;
        this.events = events;
        this.mirror = mirror;
    }

    /// @throws UpstreamUnavailable if Stripe can't be asked; it will deliver the event again
    public Decision<Outcome> run(StripeEvent event, String requestId) {
        if (!event.concernsSubscriptions() || event.customer().isEmpty()) {
            return nothing(Outcome.UNINTERESTING);
        }
        Actor stripe = new Actor(MirrorSubscription.ACTOR, Optional.empty(), requestId);
        Optional<Billed> billed =
                doors.billed(event.customer().get().value(), stripe, StripeEventStore.key(event));
        if (billed.isEmpty()) {
            return nothing(Outcome.UNKNOWN_CUSTOMER);
        }
        if (events.isDone(billed.get().alongside())) {
            return nothing(Outcome.REPEATED);
        }
        TenantScope scope;
        try {
            scope = billed.get().door().open(SubscriptionStore.subscription());
        } catch (TenantNotFound e) {
            return nothing(Outcome.DELETED_TENANT);
        }
        return follow(event, scope);
    }

    private Decision<Outcome> follow(StripeEvent event, TenantScope scope) {
        Change change = Change.in(scope);
        // The event's id joins this change: a delivery that comes at the same time fails its condition and looks again.
        events.done(change, scope, event);
        // The tenant's customer, which is another than the event's once that one was deleted.
        CustomerId customer = new CustomerId(tenants.tenant(scope).stripeCustomerId().orElseThrow());
        return new Decision<>(mirror.run(change, scope, customer, scope.now().plus(PATIENCE)), change);
    }

    private static Decision<Outcome> nothing(Outcome outcome) {
        return new Decision<>(outcome, Change.empty());
    }
}
