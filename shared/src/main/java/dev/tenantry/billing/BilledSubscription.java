package dev.tenantry.billing;

import dev.tenantry.subscriptions.StripeState;
import dev.tenantry.subscriptions.SubscriptionStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A subscription as Stripe has it at this moment.
///
/// @param id        Stripe's own
/// @param state     in Stripe's words
/// @param createdAt when it was made at Stripe, to the second
/// @param items     in Stripe's order
public record BilledSubscription(String id, StripeState state, Instant createdAt, List<Item> items) {

    /// One of the things that it is made of.
    ///
    /// @param productId Stripe's id of the product
    /// @param quantity  0 for what is metered
    public record Item(String productId, long quantity) {}

    public BilledSubscription {
        items = List.copyOf(items);
    }

    /// One of a single item.
    public BilledSubscription(String id, StripeState state, Instant createdAt, long quantity, String productId) {
        this(id, state, createdAt, List.of(new Item(productId, quantity)));
    }

    /// Which of a customer's subscriptions is the tenant's. It is chosen from all of them, whatever an event was
    /// about: so an event for another one changes nothing. What entitles goes before what does not; of what
    /// entitles, a plan goes before an add-on, which has no number here; then the newest. Two of one second stay in
    /// Stripe's order.
    ///
    /// @param all       in Stripe's order, the newest first
    /// @param hasNumber whether a product has a number here; asked only where that decides something
    /// @return empty if none of them has begun
    static Optional<BilledSubscription> current(List<BilledSubscription> all, Predicate<String> hasNumber) {
        List<BilledSubscription> begun = all.stream()
                .filter(subscription -> subscription.status().isPresent())
                // Stable: of two that were made in one second, the first is still the first.
                .sorted(Comparator.comparing(BilledSubscription::createdAt).reversed())
                .toList();
        List<BilledSubscription> entitling = entitling(begun);
        if (entitling.size() < 2) {
            return entitling.stream().findFirst().or(() -> begun.stream().findFirst());
        }
        return entitling.stream()
                .filter(subscription -> subscription.items.stream().anyMatch(item -> hasNumber.test(item.productId())))
                .findFirst()
                .or(() -> Optional.of(entitling.getFirst()));
    }

    /// Those of them that entitle, in the order that they have.
    static List<BilledSubscription> entitling(List<BilledSubscription> all) {
        return all.stream().filter(BilledSubscription::entitles).toList();
    }

    /// Nothing entitles, and something may do so in a status that we do not know: then we know nothing. Nothing
    /// that is on record ever becomes `incomplete` again, so that is as strange.
    ///
    /// @param onRecord Stripe's id of the tenant's subscription so far
    static boolean isUnclear(List<BilledSubscription> all, Optional<String> onRecord) {
        return entitling(all).isEmpty()
                && all.stream()
                        .filter(subscription -> subscription.status().isEmpty())
                        .anyMatch(strange -> !strange.state().status().equals(SubscriptionStatus.STRIPES_INCOMPLETE)
                                || onRecord.filter(strange.id()::equals).isPresent());
    }

    /// Nobody pays for any of them, or ever will again.
    static boolean areOver(List<BilledSubscription> all) {
        return all.stream().allMatch(BilledSubscription::isOver);
    }

    /// Stripe has ended it for good. Whatever else it is, in whatever status, somebody may still pay for it.
    boolean isOver() {
        return switch (state.status()) {
            case "canceled", "incomplete_expired" -> true;
            default -> false;
        };
    }

    /// Somebody pays for it, and goes on paying until somebody ends it.
    boolean goesOn() {
        return entitles() && !state.endsByItself();
    }

    /// Those of its items that are shown: the ones whose product has a number here, for an add-on must neither
    /// stand for the plan nor add to its quantity; all of them where none has one.
    ///
    /// @param hasNumber asked only where that decides something
    List<Item> shown(Predicate<String> hasNumber) {
        if (items.stream().map(Item::productId).distinct().count() < 2) {
            return items;
        }
        List<Item> numbered =
                items.stream().filter(item -> hasNumber.test(item.productId())).toList();
        return numbered.isEmpty() ? items : numbered;
    }

    /// What it is good for; empty if it has not begun, or nobody here knows its status.
    Optional<SubscriptionStatus> status() {
        return SubscriptionStatus.ofStripe(state.status());
    }

    private boolean entitles() {
        return status().filter(SubscriptionStatus.ACTIVE::equals).isPresent();
    }
}
