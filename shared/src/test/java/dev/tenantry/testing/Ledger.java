package dev.tenantry.testing;

import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.Payments;
import dev.tenantry.billing.Product;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.tenancy.DomainPrefix;
import dev.tenantry.tenancy.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps the books that Stripe would, or fails when it is told to.
public final class Ledger implements Payments {

    private final Map<TenantId, CustomerId> customers = new ConcurrentHashMap<>();
    private final Map<CustomerId, List<BilledSubscription>> subscriptions = new ConcurrentHashMap<>();
    private final Map<String, Product> products = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final List<URI> returnUrls = new CopyOnWriteArrayList<>();
    private volatile Runnable afterLook = () -> {};

    @Override
    public CustomerId customer(TenantId tenant, DomainPrefix prefix, Instant deadline) {
        failIfTold();
        return customers.computeIfAbsent(tenant, id -> new CustomerId("cus_" + id.value()));
    }

    @Override
    public URI portal(CustomerId customer, URI returnUrl, Instant deadline) {
        failIfTold();
        returnUrls.add(returnUrl);
        return URI.create("https://billing.example.com/" + customer + "/" + returnUrls.size());
    }

    @Override
    public List<BilledSubscription> subscriptions(CustomerId customer, Instant deadline) {
        failIfTold();
        looks.incrementAndGet();
        List<BilledSubscription> seen = List.copyOf(subscriptions.getOrDefault(customer, List.of()));
        afterLook.run();
        return seen;
    }

    @Override
    public Product product(String id, Instant deadline) {
        failIfTold();
        return products.getOrDefault(id, new Product(id, "Product " + id, Optional.empty()));
    }

    /// Makes or replaces a subscription.
    public void put(CustomerId customer, BilledSubscription subscription) {
        subscriptions.compute(customer, (_, known) -> {
            List<BilledSubscription> all = new CopyOnWriteArrayList<>(known == null ? List.of() : known);
            all.removeIf(other -> other.id().equals(subscription.id()));
            all.add(subscription);
            return all;
        });
    }

    public void put(Product product) {
        products.put(product.id(), product);
    }

    /// Lets the next so many questions fail.
    public void failNext(int times) {
        failures.set(times);
    }

    /// What happens between a look at a customer's subscriptions and the answer.
    public void afterLook(Runnable action) {
        afterLook = action;
    }

    /// How often a customer's subscriptions were asked for.
    public int looks() {
        return looks.get();
    }

    /// Where the portals opened lead back to.
    public List<URI> returnUrls() {
        return returnUrls;
    }

    private void failIfTold() {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new UpstreamUnavailable("payment service", "as told");
        }
    }
}
