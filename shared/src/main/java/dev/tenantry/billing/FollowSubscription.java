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
        // The tenant's customer, which is another than the event's once that one was deleted.
        CustomerId customer = new CustomerId(tenants.tenant(scope).stripeCustomerId().orElseThrow());
        tenants.keepCustomer(change, scope, customer.value());
        Outcome outcome = mirror.run(change, scope, customer, scope.now().plus(PATIENCE));
        if (outcome.isDone()) {
            // The event's id joins this change: a delivery that comes at the same time fails its condition and looks again.
            events.done(change, scope, event);
        }
        return new Decision<>(outcome, change);
    }

    private static Decision<Outcome> nothing(Outcome outcome) {
        return new Decision<>(outcome, Change.empty());
    }
}
