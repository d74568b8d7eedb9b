package dev.tenantry.billing;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.config.Settings;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Row.Absent;
import dev.tenantry.tenancy.Actor;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantDoors.Billed;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.text.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Takes over what a customer's subscription has become at Stripe. The event only says that it is time to look.
///
/// The row is read first and Stripe is asked after that; the row is written only if it is still the one that was read. So of
/// two that look at once, the second to write looks again, and the last to write has looked last.
public final class FollowSubscription {

    /// What came of an event.
    public enum Outcome {
        /// What is shown of the subscription is another now.
        CHANGED,
        /// It was so already.
        UNCHANGED,
        /// No subscription of the customer's has begun.
        NOTHING_YET,
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

    private static final String ACTOR = "stripe";

    private final TenantDoors doors;
    private final TenantStore tenants;
    private final SubscriptionStore subscriptions;
    private final StripeEventStore events;
    private final AuditStore audit;
    private final Payments payments;
    private final Map<String, Integer> products;

    @Inject
    FollowSubscription(
            TenantDoors doors,
            TenantStore tenants,
            SubscriptionStore subscriptions,
            StripeEventStore events,
            AuditStore audit,
            Payments payments,
            Settings settings) {
        this.doors = doors;
        this.tenants = tenants;
        this.subscriptions = subscriptions;
        this.events = events;
        this.audit = audit;
        this.payments = payments;
        this.products = settings.stripe().products();
    }

    /// @throws UpstreamUnavailable if Stripe can't be asked; it will deliver the event again
    public Decision<Outcome> run(StripeEvent event, String requestId) {
        if (!event.concernsSubscriptions() || event.customer().isEmpty()) {
            return nothing(Outcome.UNINTERESTING);
        }
        CustomerId customer = event.customer().get();
        Optional<Billed> billed =
                doors.billed(customer.value(), new Actor(ACTOR, Optional.empty(), requestId), StripeEventStore.key(event));
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
        return follow(event, customer, scope);
    }

    private Decision<Outcome> follow(StripeEvent event, CustomerId customer, TenantScope scope) {
        Optional<Subscription> from = subscriptions.find(scope);
        Change change = Change.in(scope);
        // The event's id joins this change: a delivery that comes at the same time fails its condition and looks again.
        events.done(change, scope, event);
        Instant deadline = scope.now().plus(PATIENCE);
        List<BilledSubscription> all = payments.subscriptions(customer, deadline);
        Optional<BilledSubscription> current = BilledSubscription.current(all);
        if (current.isEmpty()) {
            return new Decision<>(Outcome.NOTHING_YET, change);
        }
        Product product = payments.product(current.get().productId(), deadline);
        Subscription looked = subscription(tenants.tenant(scope), current.get(), product, scope.now());
        if (from.isEmpty()) {
            subscriptions.add(change, scope, looked);
            record(change, scope, Optional.empty(), looked);
            return new Decision<>(Outcome.CHANGED, change);
        }
        boolean same = looked.shows(from.get());
        // The revision goes up although nothing else does: whoever looked before us and has yet to write must look again.
        subscriptions.update(change, scope, from.get(), after(from.get(), looked, same));
        if (!same) {
            record(change, scope, from, looked);
        }
        return new Decision<>(same ? Outcome.UNCHANGED : Outcome.CHANGED, change);
    }

    private Subscription subscription(Tenant tenant, BilledSubscription billed, Product product, Instant now) {
        return new Subscription(
                tenant.id(),
                Optional.ofNullable(products.get(product.id())).or(product::tenantry).orElse(0),
                product.name(),
                SubscriptionStatus.ofStripe(billed.status()).orElseThrow(),
                billed.quantity(),
                billed.id(),
                billed.cancelAtPeriodEnd(),
                billed.currentPeriodEnd(),
                billed.createdAt(),
                now,
                1,
                1);
    }

    private static Subscription after(Subscription from, Subscription looked, boolean same) {
        return new Subscription(
                looked.tenantId(),
                looked.productId(),
                looked.productName(),
                looked.status(),
                looked.quantity(),
                looked.stripeSubscriptionId(),
                looked.cancelAtPeriodEnd(),
                looked.currentPeriodEnd(),
                looked.createdAt(),
                same ? from.updatedAt() : looked.updatedAt(),
                same ? from.version() : from.version() + 1,
                from.revision() + 1);
    }

    private void record(Change change, TenantScope scope, Optional<Subscription> from, Subscription to) {
        audit.record(
                change,
                scope,
                AuditAction.SUBSCRIPTION_CHANGED,
                new Event(
                        Integer.toString(to.id()),
                        from.map(FollowSubscription::values),
                        Optional.of(values(to))));
    }

    private static Map<String, Object> values(Subscription subscription) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("stripeSubscriptionId", subscription.stripeSubscriptionId());
        values.put("status", subscription.status().text());
        values.put("productId", subscription.productId());
        values.put("productName", subscription.productName());
        values.put("quantity", subscription.quantity());
        values.put("cancelAtPeriodEnd", subscription.cancelAtPeriodEnd());
        values.put(
                "currentPeriodEnd",
                subscription.currentPeriodEnd().<Object>map(Timestamp::of).orElse(Absent.NULL));
        return values;
    }

    private static Decision<Outcome> nothing(Outcome outcome) {
        return new Decision<>(outcome, Change.empty());
    }
}
