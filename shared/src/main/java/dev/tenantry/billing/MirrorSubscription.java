package dev.tenantry.billing;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.config.Settings;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.subscriptions.Subscription;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Actor;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.text.Absent;
import dev.tenantry.text.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Looks at what a tenant's customer has subscribed to at Stripe, and adds to a change that the tenant's row says the
/// same.
///
/// The row was read before Stripe is asked, and it is written only if it is still the one that was read, even where
/// there was none and nothing is found. So of two that look at once, the second to write looks again, and the last to
/// write has looked last.
final class MirrorSubscription {

    /// Whom the audit trail names for what became of a subscription, whoever made us look.
    static final String ACTOR = "stripe";

    private final TenantStore tenants;
    private final SubscriptionStore subscriptions;
    private final AuditStore audit;
    private final Payments payments;
    private final Settings settings;

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
        this.settings = settings;
    }

    /// @param scope has read the subscription's row along
    /// @throws UpstreamUnavailable if Stripe can't be asked
    Mirrored run(Change change, TenantScope scope, CustomerId customer, Instant deadline) {
        Optional<Subscription> from = subscriptions.find(scope);
        List<BilledSubscription> all = payments.subscriptions(customer, deadline);
        boolean allOver = BilledSubscription.areOver(all);
        if (BilledSubscription.isUnclear(all, from.map(Subscription::stripeSubscriptionId))) {
            subscriptions.looked(change, scope, Optional.empty(), subscriptions.goesOn(scope));
            return new Mirrored(Outcome.STATUS_UNKNOWN, false, allOver);
        }
        ProductLooks looks = new ProductLooks(payments, settings.stripe().products(), from, deadline);
        Optional<BilledSubscription> current = BilledSubscription.current(all, looks::hasNumber);
        if (current.isPresent()) {
            // Also where it is not the one that is shown: the tenant pays for it as well.
            boolean goesOn = all.stream().anyMatch(BilledSubscription::goesOn);
            Outcome outcome = take(change, scope, from, subscription(scope, current.get(), looks), goesOn);
            return new Mirrored(
                    looks.isComplete() ? outcome : Outcome.PRODUCT_UNREADABLE,
                    BilledSubscription.entitling(all).size() > 1,
                    allOver);
        }
        if (from.isPresent()) {
            // What is on record and no longer at Stripe, with its customer or for another reason, is over.
            return new Mirrored(take(change, scope, from, from.get().ended(scope.now()), false), false, allOver);
        }
        subscriptions.looked(change, scope, Optional.empty(), false);
        return new Mirrored(Outcome.NOTHING_YET, false, allOver);
    }

    private Outcome take(
            Change change, TenantScope scope, Optional<Subscription> from, Subscription seen, boolean goesOn) {
        Subscription to = from.map(seen::following).orElse(seen);
        subscriptions.looked(change, scope, Optional.of(to), goesOn);
        if (from.isPresent() && seen.shows(from.get())) {
            return Outcome.UNCHANGED;
        }
        record(change, scope, from, to);
        return Outcome.CHANGED;
    }

    private Subscription subscription(TenantScope scope, BilledSubscription billed, ProductLooks looks) {
        List<BilledSubscription.Item> items = billed.shown(looks::hasNumber);
        String product = items.isEmpty() ? "" : items.getFirst().productId();
        return new Subscription(
                tenants.tenant(scope).id(),
                looks.number(product),
                looks.name(product),
                product,
                billed.status().orElseThrow(),
                items.stream().mapToLong(BilledSubscription.Item::quantity).sum(),
                billed.id(),
                billed.state(),
                billed.createdAt(),
                scope.now(),
                1);
    }

    private void record(Change change, TenantScope scope, Optional<Subscription> from, Subscription to) {
        audit.record(
                change,
                scope,
                new Actor(ACTOR, Optional.empty(), scope.actor().requestId()),
                AuditAction.SUBSCRIPTION_CHANGED,
                new Event(Integer.toString(to.id()), from.map(MirrorSubscription::values), Optional.of(values(to))));
    }

    private static Map<String, Object> values(Subscription subscription) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("stripeSubscriptionId", subscription.stripeSubscriptionId());
        values.put("status", subscription.status().text());
        values.put("productId", subscription.productId());
        values.put("productName", subscription.productName());
        values.put("quantity", subscription.quantity());
        values.put("stripeStatus", subscription.state().status());
        values.put("cancelAtPeriodEnd", subscription.state().cancelAtPeriodEnd());
        values.put("currentPeriodEnd", time(subscription.state().currentPeriodEnd()));
        values.put("cancelAt", time(subscription.state().cancelAt()));
        values.put("trialEnd", time(subscription.state().trialEnd()));
        values.put("collectionPaused", subscription.state().collectionPaused());
        return values;
    }

    private static Object time(Optional<Instant> instant) {
        return instant.<Object>map(Timestamp::of).orElse(Absent.NULL);
    }
}
