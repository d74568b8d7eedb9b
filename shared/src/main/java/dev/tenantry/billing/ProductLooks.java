package dev.tenantry.billing;

import dev.tenantry.subscriptions.Subscription;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the products of one customer's subscriptions are called here. Each is asked for once, and only where its answer
/// decides something. That somebody pays must be known also where nobody may read what for: then a product is what it
/// was when it was last read, or else its id stands for its name.
final class ProductLooks {

    private final Payments payments;
    private final Map<String, Integer> configured;
    private final Optional<Subscription> onRecord;
    private final Instant deadline;
    private final Map<String, Optional<Product>> seen = new HashMap<>();

    /// @param configured numbers that go before those in Stripe's metadata
    ProductLooks(
            Payments payments, Map<String, Integer> configured, Optional<Subscription> onRecord, Instant deadline) {
        this.payments = payments;
        this.configured = configured;
        this.onRecord = onRecord;
        this.deadline = deadline;
    }

    boolean hasNumber(String productId) {
        return number(productId) > 0;
    }

    /// Its number in this API; 0 if nobody gave it one.
    int number(String productId) {
        Integer number = configured.get(productId);
        if (number != null) {
            return number;
        }
        Optional<Product> product = product(productId);
        return product.isPresent()
                ? product.get().tenantry().orElse(0)
                : known(productId).map(Subscription::productId).orElse(0);
    }

    String name(String productId) {
        return product(productId)
                .map(Product::name)
                .or(() -> known(productId).map(Subscription::productName))
                .orElse(productId);
    }

    /// Every product that was asked for could be read.
    boolean isComplete() {
        return seen.values().stream().allMatch(Optional::isPresent);
    }

    private Optional<Product> product(String id) {
        return seen.computeIfAbsent(id, unseen -> payments.product(unseen, deadline));
    }

    private Optional<Subscription> known(String productId) {
        return onRecord.filter(subscription -> subscription.stripeProductId().equals(productId));
    }
}
