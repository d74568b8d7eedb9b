package dev.tenantry.billing;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Actor;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantDoors.Billed;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;

/// Takes over what a customer's subscription has become at Stripe. The event only says that it is time to look
/// ([MirrorSubscription]).
public final class FollowSubscription {

    private final TenantDoors doors;
    private final TenantStore tenants;
    private final StripeEventStore events;
    private final MirrorSubscription mirror;

    @Inject
    FollowSubscription(TenantDoors doors, TenantStore tenants, StripeEventStore events, MirrorSubscription mirror) {
        this.doors = doors;
        this.tenants = tenants;
        this.events = events;
        this.mirror = mirror;
    }

    /// @param received when the event came
    /// @throws UpstreamUnavailable if Stripe can't be asked in time; it will deliver the event again
    public Decision<Followed> run(StripeEvent event, String requestId, Instant received) {
        if (event.lacksItsCustomer()) {
            return nothing(Outcome.NO_CUSTOMER, Optional.empty());
        }
        if (!event.concernsSubscriptions() || event.customer().isEmpty()) {
            return nothing(Outcome.UNINTERESTING, Optional.empty());
        }
        Actor stripe = new Actor(MirrorSubscription.ACTOR, Optional.empty(), requestId);
        Optional<Billed> billed = doors.billed(event.customer().get().value(), stripe, StripeEventStore.key(event));
        if (billed.isEmpty()) {
            return nothing(Outcome.UNKNOWN_CUSTOMER, Optional.empty());
        }
        Optional<DomainPrefix> tenant = Optional.of(billed.get().tenant());
        if (events.isDone(billed.get().alongside())) {
            return nothing(Outcome.REPEATED, tenant);
        }
        TenantScope scope;
        try {
            scope = billed.get().door().open(SubscriptionStore.subscription());
        } catch (TenantNotFound e) {
            return nothing(Outcome.DELETED_TENANT, tenant);
        }
        return follow(event, scope, received.plus(Payments.TIME_LIMIT))
                .map(seen -> new Followed(seen.outcome(), tenant, seen.several()));
    }

    private Decision<Mirrored> follow(StripeEvent event, TenantScope scope, Instant deadline) {
        Change change = Change.in(scope);
        // The tenant's customer, which is another than the event's once that one was deleted.
        CustomerId customer =
                new CustomerId(tenants.tenant(scope).stripeCustomerId().orElseThrow());
        tenants.keepCustomer(change, scope, customer.value());
        Mirrored seen = mirror.run(change, scope, customer, deadline);
        if (seen.outcome().isDone()) {
            // The event's id joins this change: a delivery that comes at the same time fails its condition and looks
            // again.
            events.done(change, event);
        }
        return new Decision<>(seen, change);
    }

    private static Decision<Followed> nothing(Outcome outcome, Optional<DomainPrefix> tenant) {
        return new Decision<>(Followed.unseen(outcome, tenant), Change.empty());
    }
}
