package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.stripe.StripeEvents.Cause;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// What an account at Stripe holds: customers, products, prices, subscriptions, sessions and events, in the words of
/// Stripe's API. Guarded by its own lock: one thing happens after another, as behind one account at Stripe.
final class StripeAccount {

    /// The product that is there from the beginning.
    static final String PRODUCT = "prod_local";

    static final String PRICE = "price_local";

    /// A plan that is paid for a year, and cheaper.
    static final String YEARLY = "prod_local_yearly";

    static final String YEARLY_PRICE = "price_local_yearly";

    /// An add-on, which has no number in the API.
    static final String SUPPORT = "prod_local_support";

    static final String SUPPORT_PRICE = "price_local_support";

    private final StripeObjects objects;
    private final StripeAnswers answers;
    private final StripeEvents events;
    private final StripeShop shop;
    private final CustomerBook customers;
    private final SubscriptionBook book;
    private final SubscriptionItems items;
    private final CheckoutDesk checkouts;
    private final PortalDesk portal;

    /// @param file keeps the account from one start to the next
    StripeAccount(Clock clock, Optional<Path> file) {
        this.objects = new StripeObjects(clock, file);
        this.answers = new StripeAnswers(objects);
        this.events = new StripeEvents(objects, answers);
        this.shop = new StripeShop(objects, events);
        this.customers = new CustomerBook(objects, events);
        this.items = new SubscriptionItems(objects, shop);
        this.book = new SubscriptionBook(objects, items);
        this.checkouts = new CheckoutDesk(objects, events, shop);
        this.portal = new PortalDesk(objects, events);
        if (objects.find(PRODUCT).isEmpty()) {
            events.unheard(() -> {
                stock();
                return PRODUCT;
            });
            objects.save();
        }
    }

    /// What a shop needs to open. The first product is listed last, as the oldest.
    private void stock() {
        sell(SUPPORT, "Premium support", "Somebody answers within the hour.", Map.of());
        price(SUPPORT_PRICE, SUPPORT, 4900, "month", Map.of());
        sell(YEARLY, "Charge points, paid yearly", "Ten months' price for twelve.", Map.of("tenantry_product_id", "2"));
        price(
                YEARLY_PRICE,
                YEARLY,
                9000,
                "year",
                Map.of("tenantry_min_quantity", "10", "tenantry_max_quantity", "500"));
        sell(PRODUCT, "Charge points", "Each charge point, paid monthly.", Map.of("tenantry_product_id", "1"));
        price(PRICE, PRODUCT, 900, "month", Map.of());
        portal.configure(true);
    }

    private void sell(String id, String name, String description, Map<String, String> metadata) {
        ObjectNode form = Json.object().put("id", id).put("name", name).put("description", description);
        metadata.forEach(form.putObject("metadata")::put);
        shop.createProduct(new Form(form, ""));
    }

    /// A price under an id that can be remembered.
    private void price(String id, String product, long cents, String interval, Map<String, String> metadata) {
        ObjectNode form =
                Json.object().put("product", product).put("currency", "eur").put("unit_amount", Long.toString(cents));
        form.putObject("recurring").put("interval", interval);
        metadata.forEach(form.putObject("metadata")::put);
        ObjectNode price = shop.createPrice(new Form(form, ""));
        objects.remove(price.path("id").asText());
        objects.put(price.put("id", id));
        if (objects.get("product", product).path("default_price").isNull()) {
            objects.get("product", product).put("default_price", id);
        }
    }

    /// Has everything that happens from now on told to somebody, in this order.
    synchronized void tell(Consumer<ObjectNode> listener) {
        events.tell(listener);
    }

    /// Does what a request asks for: what happens then happens by that request, and is kept.
    synchronized <T> T by(Cause cause, Supplier<T> action) {
        events.because(cause);
        try {
            return action.get();
        } finally {
            events.because(Cause.NONE);
            objects.save();
        }
    }

    /// Deletes a customer: its id is remembered, what it subscribed to has ended (Stripe API reference, "Delete a
    /// customer").
    synchronized ObjectNode deleteCustomer(String id, Form form) {
        form.only();
        return deleteCustomer(id);
    }

    synchronized ObjectNode deleteCustomer(String id) {
        ObjectNode customer = customers.living(id);
        for (ObjectNode subscription : newestFirst("subscription")) {
            if (subscription.path("customer").asText().equals(id) && !SubscriptionBook.isOver(subscription)) {
                end(subscription, "cancellation_requested");
            }
        }
        return saved(customers.delete(customer));
    }

    synchronized ObjectNode createCustomer(Form form) {
        return saved(customers.create(form));
    }

    synchronized ObjectNode updateCustomer(String id, Form form) {
        return saved(customers.update(id, form));
    }

    /// A customer under an id of the caller's choice, with an active subscription.
    synchronized void subscribe(String customer, long quantity) {
        if (objects.find(customer).isEmpty()) {
            objects.put(objects.make(customer, "customer").set("metadata", Json.object()));
            createSubscription(Form.parse(
                    "customer=" + customer + "&items[0][price]=" + PRICE + "&items[0][quantity]=" + quantity));
        }
    }

    StripeShop shop() {
        return shop;
    }

    synchronized ObjectNode createProduct(Form form) {
        return saved(shop.createProduct(form));
    }

    synchronized ObjectNode createPrice(Form form) {
        return saved(shop.createPrice(form));
    }

    /// A price for each item of a subscription, which may have each price only once.
    synchronized String price(int item) {
        String id = item == 0 ? PRICE : PRICE + "_" + (item + 1);
        if (objects.find(id).isEmpty()) {
            events.unheard(() -> {
                price(id, PRODUCT, 900, "month", Map.of());
                return id;
            });
            objects.save();
        }
        return id;
    }

    /// Has it that the portal's settings were saved, or never were.
    synchronized void configurePortal(boolean configured) {
        portal.configure(configured);
        objects.save();
    }

    PortalDesk portal() {
        return portal;
    }

    synchronized ObjectNode createSession(Form form, String pages) {
        return saved(portal.open(customers.living(form), form, pages));
    }

    CheckoutDesk checkouts() {
        return checkouts;
    }

    synchronized ObjectNode createCheckout(Form form, String pages) {
        String customer = customers.living(form);
        ObjectNode session = checkouts.create(customer, form, pages);
        requireOneCurrency(customer, session);
        objects.put(session);
        return saved(session);
    }

    synchronized ObjectNode expireCheckout(String id) {
        ObjectNode session = checkouts.get(id);
        checkouts.expire(session);
        return saved(session);
    }

    /// Somebody pays on a Checkout page.
    ///
    /// @throws StripeError if it can't be paid for any more
    synchronized ObjectNode pay(String id) {
        ObjectNode session = checkouts.get(id);
        if (!CheckoutDesk.isOpen(session)) {
            throw StripeError.refused(
                    "This Checkout Session is " + session.path("status").asText() + ".");
        }
        Form order = checkouts.order(session);
        customers.living(order);
        ObjectNode subscription = createSubscription(order);
        checkouts.paid(session, subscription.path("id").asText());
        events.happened("checkout.session.completed", session);
        return saved(session);
    }

    synchronized ObjectNode createSubscription(Form form) {
        String customer = customers.living(form);
        ObjectNode subscription = book.create(customer, form);
        requireOneCurrency(customer, subscription);
        objects.put(subscription);
        customers.pays(customer, subscription.path("currency").asText());
        events.happened("customer.subscription.created", subscription);
        return saved(subscription);
    }

    /// A customer has one currency at a time: of subscriptions that have not ended, and of pages on which somebody
    /// can subscribe (Stripe, "Multi-currency customers").
    private void requireOneCurrency(String customer, ObjectNode wanted) {
        String currency = wanted.path("currency").asText();
        Stream.concat(
                        objects.newestFirst("subscription").stream()
                                .filter(one -> one.path("customer").asText().equals(customer)
                                        && !SubscriptionBook.isOver(one)),
                        checkouts.open(customer).stream())
                .map(one -> one.path("currency").asText())
                .filter(other -> !other.equals(currency))
                .findFirst()
                .ifPresent(other -> {
                    throw StripeError.refused("You cannot combine currencies on a single customer. This customer has an"
                            + " active subscription, subscription schedule, discount, quote, invoice item or active"
                            + " subscription mode checkout session with currency " + other + ".");
                });
    }

    synchronized ObjectNode updateSubscription(String id, Form form) {
        ObjectNode after = get("subscription", id).deepCopy();
        ObjectNode before = after.deepCopy();
        book.update(after, form);
        objects.put(after);
        events.changed("customer.subscription.updated", before, after);
        return saved(after);
    }

    /// @throws StripeError if there is none, or none any more
    synchronized ObjectNode cancelSubscription(String id, Form form) {
        form.only("cancellation_details", "expand");
        ObjectNode subscription = get("subscription", id);
        if (SubscriptionBook.isOver(subscription)) {
            throw StripeError.missing("subscription", id);
        }
        book.update(subscription, form);
        return saved(end(subscription, "cancellation_requested"));
    }

    private ObjectNode end(ObjectNode subscription, String reason) {
        book.cancel(subscription, reason);
        events.happened("customer.subscription.deleted", subscription);
        return subscription;
    }

    /// What only time and payments do at Stripe. Nobody is told of it here.
    synchronized ObjectNode setStatus(String id, String status) {
        ObjectNode subscription = get("subscription", id);
        book.setStatus(subscription, status);
        return saved(subscription);
    }

    /// The same for the end of an item's period.
    synchronized ObjectNode setPeriodEnd(String id, int item, long end) {
        ObjectNode subscription = get("subscription", id);
        ((ObjectNode) subscription.at("/items/data/" + item)).put("current_period_end", end);
        return saved(subscription);
    }

    /// Does something that nobody is told of, and makes one event of it.
    ///
    /// @param type of the event, by what was there before, if anything was, and what is there now
    synchronized ObjectNode withheld(Optional<String> id, Supplier<String> action, UnaryOperator<String> type) {
        Optional<ObjectNode> before = id.map(known -> get("subscription", known).deepCopy());
        String changed = events.unheard(action);
        ObjectNode after = get("subscription", changed);
        Optional<ObjectNode> previous = before.map(was -> StripeEvents.difference(was, after));
        ObjectNode event = events.withheld(type.apply(after.path("status").asText()), after, previous);
        objects.save();
        return event;
    }

    /// @throws StripeError if there is none
    synchronized ObjectNode get(String type, String id) {
        return objects.get(type, id);
    }

    /// A copy, for an answer.
    synchronized ObjectNode show(ObjectNode object, Form form) {
        return answers.show(object, form);
    }

    /// The items of a subscription.
    synchronized ObjectNode listItems(Form form) {
        return items.list(form);
    }

    /// Subscriptions, the newest first.
    synchronized ObjectNode listSubscriptions(Form form) {
        if (form.has("customer")) {
            customers.living(form);
        }
        return book.list(form);
    }

    synchronized ObjectNode listEvents(Form form) {
        return events.list(form);
    }

    synchronized ObjectNode listCustomers(Form form) {
        return customers.list(form);
    }

    /// Customers by metadata, name or address, as far as the search knows of them by now.
    synchronized ObjectNode searchCustomers(Form form) {
        return customers.search(form);
    }

    /// All of a kind, for tests and pages.
    synchronized List<ObjectNode> newestFirst(String type) {
        return objects.newestFirst(type);
    }

    private ObjectNode saved(ObjectNode object) {
        objects.save();
        return object;
    }
}
