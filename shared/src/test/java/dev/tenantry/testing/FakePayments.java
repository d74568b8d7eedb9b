package dev.tenantry.testing;

import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.Checkout;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.Offer;
import dev.tenantry.billing.Order;
import dev.tenantry.billing.Payments;
import dev.tenantry.billing.Product;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Keeps the books that Stripe would, or fails when it is told to.
public final class FakePayments implements Payments {

    private final Map<CustomerId, List<BilledSubscription>> subscriptions = new ConcurrentHashMap<>();
    private final Map<String, Product> products = new ConcurrentHashMap<>();
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private final Set<CustomerId> deleted = ConcurrentHashMap.newKeySet();
    private final List<Instant> deadlines = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger countdown = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final List<URI> returnUrls = new CopyOnWriteArrayList<>();
    private final List<Offer> offers = new CopyOnWriteArrayList<>();
    private final Map<String, URI> checkouts = new ConcurrentHashMap<>();
    private final Set<String> declined = ConcurrentHashMap.newKeySet();
    private final AtomicInteger offerLooks = new AtomicInteger();
    private volatile boolean isInOtherCurrency;
    private volatile Runnable afterLook = () -> {};
    private volatile Runnable afterCheckout = () -> {};

    @Override
    public CustomerId customer(TenantId tenant, DomainPrefix prefix, List<CustomerId> gone, Instant deadline) {
        ask(deadline);
        CustomerId first = new CustomerId("cus_" + tenant.value());
        return gone.isEmpty() ? first : new CustomerId(gone.getLast() + "_next");
    }

    @Override
    public Optional<URI> portal(CustomerId customer, URI returnUrl, Instant deadline) {
        ask(deadline);
        if (deleted.contains(customer)) {
            return Optional.empty();
        }
        returnUrls.add(returnUrl);
        return Optional.of(URI.create("https://billing.example.com/" + customer + "/" + returnUrls.size()));
    }

    @Override
    public List<BilledSubscription> subscriptions(CustomerId customer, Instant deadline) {
        ask(deadline);
        looks.incrementAndGet();
        List<BilledSubscription> seen = subscriptions(customer);
        afterLook.run();
        return seen;
    }

    @Override
    public List<Offer> offers(Set<String> numbered, Instant deadline) {
        ask(deadline);
        offerLooks.incrementAndGet();
        return List.copyOf(offers);
    }

    /// The same page for the same order under the same name, as Stripe has it.
    @Override
    public Checkout checkout(CustomerId customer, Order order, String operation, Instant deadline) {
        ask(deadline);
        if (deleted.contains(customer)) {
            return new Checkout.CustomerGone();
        }
        if (isInOtherCurrency) {
            return new Checkout.OtherCurrency();
        }
        if (offers.stream()
                .filter(offer -> !declined.contains(offer.stripeProductId()))
                .noneMatch(offer -> offer.price().id().equals(order.stripePriceId()))) {
            return new Checkout.Declined("as told");
        }
        afterCheckout.run();
        return new Checkout.Open(checkouts.computeIfAbsent(
                operation + " " + order,
                _ -> URI.create("https://checkout.example.com/" + customer + "/" + (checkouts.size() + 1))));
    }

    @Override
    public Optional<Product> product(String id, Instant deadline) {
        ask(deadline);
        return unreadable.contains(id)
                ? Optional.empty()
                : Optional.of(products.getOrDefault(id, new Product(id, "Product " + id, Optional.empty())));
    }

    /// What a customer has subscribed to at this moment.
    public List<BilledSubscription> subscriptions(CustomerId customer) {
        return List.copyOf(subscriptions.getOrDefault(customer, List.of()));
    }

    /// Makes or replaces a subscription.
    public void put(CustomerId customer, BilledSubscription subscription) {
        subscriptions.compute(customer, (_, known) -> {
            List<BilledSubscription> all = new CopyOnWriteArrayList<>(known == null ? List.of() : known);
            all.removeIf(other -> other.id().equals(subscription.id()));
            // As Stripe lists them: the newest first.
            all.addFirst(subscription);
            return all;
        });
    }

    public void put(Product product) {
        products.put(product.id(), product);
    }

    /// Sells these from now on, the newest first.
    public void sell(Offer... newOffers) {
        offers.clear();
        offers.addAll(List.of(newOffers));
    }

    /// Refuses to sell a product, although it is offered.
    public void decline(String product) {
        declined.add(product);
    }

    /// Has it that customers have something in another currency than everything that is sold.
    public void beInOtherCurrency() {
        isInOtherCurrency = true;
    }

    /// How often it was asked what is sold.
    public int offerLooks() {
        return offerLooks.get();
    }

    /// The orders that pages were opened for, each once.
    public int checkouts() {
        return checkouts.size();
    }

    /// Keeps a product from being read.
    public void hide(String product) {
        unreadable.add(product);
    }

    /// Lets a product be read again.
    public void reveal(String product) {
        unreadable.remove(product);
    }

    /// Deletes a customer and all that it subscribed to.
    public void delete(CustomerId customer) {
        deleted.add(customer);
        subscriptions.remove(customer);
    }

    /// Until when the questions so far could be answered, in their order.
    public List<Instant> deadlines() {
        return deadlines;
    }

    /// Lets the next so many questions fail.
    public void failNext(int times) {
        failures.set(times);
    }

    /// Lets the question after the next so many fail.
    public void failAfter(int answers) {
        countdown.set(answers + 1);
    }

    /// What happens between a look at a customer's subscriptions and the answer.
    public void afterLook(Runnable action) {
        afterLook = action;
    }

    /// What happens between the opening of a page to pay on and the answer.
    public void afterCheckout(Runnable action) {
        afterCheckout = action;
    }

    /// How often a customer's subscriptions were asked for.
    public int looks() {
        return looks.get();
    }

    /// Where the portals opened lead back to.
    public List<URI> returnUrls() {
        return returnUrls;
    }

    private void ask(Instant deadline) {
        deadlines.add(deadline);
        if (countdown.getAndUpdate(left -> Math.max(0, left - 1)) == 1) {
            throw new UpstreamUnavailable("payment service", "as told");
        }
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new UpstreamUnavailable("payment service", "as told");
        }
    }
}
