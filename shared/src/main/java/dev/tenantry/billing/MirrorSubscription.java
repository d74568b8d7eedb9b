package dev.tenantry.billing;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.billing.FollowSubscription.Outcome;
import dev.tenantry.config.Settings;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Row.Absent;
import dev.tenantry.tenancy.Actor;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.text.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Looks at what a tenant's customer has subscribed to at Stripe, and adds to a change that the tenant's row says the same.
///
/// The row was read before Stripe is asked, and it is written only if it is still the one that was read. So of two that look
/// at once, the second to write looks again, and the last to write has looked last.
final class MirrorSubscription {

    /// Whom the audit trail names for what became of a subscription, whoever made us look.
    static final String ACTOR = "stripe";

    private final TenantStore tenants;
    private final SubscriptionStore subscriptions;
    private final AuditStore audit;
    private final Payments payments;
    private final Map<String, Integer> products;

    @Inject
    MirrorSubscription(
            TenantStore tenants,
            SubscriptionStore subscriptions,
            AuditStore audit,
            Payments payments,
            Settings settings) {
        this.tenants = tenants;
        this.subscriptions = subscriptions;
        this.audit = audit;
        this.payments = payments;
        this.products = settings.stripe().products();
    }

    /// @param scope has read the subscription's row along
    /// @throws UpstreamUnavailable if Stripe can't be asked
    Outcome run(Change change, TenantScope scope, CustomerId customer, Instant deadline) {
        Optional<Subscription> from = subscriptions.find(scope);
        Optional<BilledSubscription> current =
                BilledSubscription.current(payments.subscriptions(customer, deadline));
        if (current.isEmpty()) {
            // What is on record and no longer at Stripe, with its customer or for another reason, is over.
            return from.map(gone -> take(change, scope, from, gone.ended(scope.now())))
                    .orElse(Outcome.NOTHING_YET);
        }
        Optional<Product> product = payments.product(current.get().productId(), deadline);
        Outcome outcome = take(
                change, scope, from, subscription(tenants.tenant(scope), current.get(), product, scope.now()));
        return product.isPresent() ? outcome : Outcome.PRODUCT_UNREADABLE;
    }

    private Outcome take(Change change, TenantScope scope, Optional<Subscription> from, Subscription looked) {
        if (from.isEmpty()) {
            subscriptions.add(change, scope, looked);
            record(change, scope, Optional.empty(), looked);
            return Outcome.CHANGED;
        }
        boolean same = looked.shows(from.get());
        // The revision goes up although nothing else does: whoever looked before us and has yet to write must look again.
        subscriptions.update(change, scope, from.get(), after(from.get(), looked, same));
        if (!same) {
            record(change, scope, from, looked);
        }
        return same ? Outcome.UNCHANGED : Outcome.CHANGED;
    }

    /// That somebody pays must be known also where nobody may read what for: the product's id then stands for its name.
    private Subscription subscription(
            Tenant tenant, BilledSubscription billed, Optional<Product> product, Instant now) {
        return new Subscription(
                tenant.id(),
                Optional.ofNullable(products.get(billed.productId()))
                        .or(() -> product.flatMap(Product::tenantry))
                        .orElse(0),
                product.map(Product::name).orElse(billed.productId()),
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
                new Actor(ACTOR, Optional.empty(), scope.actor().requestId()),
                AuditAction.SUBSCRIPTION_CHANGED,
                new Event(
                        Integer.toString(to.id()),
                        from.map(MirrorSubscription::values),
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
}
