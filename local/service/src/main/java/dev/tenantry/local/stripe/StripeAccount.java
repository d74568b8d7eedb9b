package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an account at Stripe holds: customers, products, prices, subscriptions and portal sessions, in the words of
/// Stripe's API. Guarded by its own lock: one thing happens after another, as behind one account at Stripe.
final class StripeAccount {

    /// The product that is there from the beginning.
    static final String PRODUCT = "prod_local";

    static final String PRICE = "price_local";

    /// What Stripe calls the statuses of a subscription (Stripe API reference, "The Subscription object").
    static final Set<String> STATUSES = Set.of(
            "active", "trialing", "past_due", "canceled", "unpaid", "incomplete", "incomplete_expired", "paused");

    /// A search sees what is older than this. Stripe says that it is usually less than a minute ("Search": data
    /// freshness), so nobody may count on less.
    private static final Duration SEARCH_DELAY = Duration.ofMinutes(1);

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Pattern CLAUSE = Pattern.compile("metadata\\['([^']+)'\\]:'([^']*)'");

    /// Most items of a subscription (Stripe, "Subscriptions with multiple products").
    private static final int MOST_ITEMS = 20;

    private final StripeObjects objects;
    private final StripeAnswers answers;

    /// @param file keeps the account from one start to the next
    StripeAccount(Clock clock, Optional<Path> file) {
        this.objects = new StripeObjects(clock, file);
        this.answers = new StripeAnswers(objects);
        if (objects.find(PRODUCT).isEmpty()) {
            ObjectNode metadata = Json.object().put("tenantry_product_id", "1");
            objects.add(PRODUCT, "product")
                    .put("active", true)
                    .put("name", "Charge points")
                    .set("metadata", metadata);
            addPrice(PRICE, PRODUCT, "licensed");
            objects.save();
        }
    }

    /// Deletes a customer: its id is remembered, what it subscribed to has ended (Stripe API reference, "Delete a
    /// customer").
    synchronized ObjectNode deleteCustomer(String id) {
        livingCustomer(id);
        for (ObjectNode subscription : newestFirst("subscription")) {
            if (subscription.path("customer").asText().equals(id) && !isOver(subscription)) {
                setStatus(subscription.path("id").asText(), "canceled");
            }
        }
        ObjectNode deleted =
                Json.object().put("id", id).put("object", "customer").put("deleted", true);
        objects.put(deleted);
        return saved(deleted);
    }

    /// A customer with whom something can still be done.
    private ObjectNode livingCustomer(String id) {
        ObjectNode customer = get("customer", id);
        if (isDeleted(customer)) {
            throw StripeError.missing("customer", id);
        }
        return customer;
    }

    static boolean isDeleted(JsonNode customer) {
        return customer.path("deleted").asBoolean();
    }

    /// What has ended at Stripe stays so.
    static boolean isOver(JsonNode subscription) {
        String status = subscription.path("status").asText();
        return status.equals("canceled") || status.equals("incomplete_expired");
    }

    synchronized ObjectNode createCustomer(Form form) {
        ObjectNode customer = objects.add(StripeObjects.id("cus"), "customer");
        for (String name : List.of("name", "email", "description")) {
            customer.put(name, form.text(name).orElse(null));
        }
        customer.set("metadata", form.map("metadata"));
        return saved(customer);
    }

    /// A customer under an id of the caller's choice, with an active subscription.
    synchronized void subscribe(String customer, long quantity) {
        if (objects.find(customer).isEmpty()) {
            objects.add(customer, "customer").set("metadata", Json.object());
            createSubscription(Form.parse("customer=" + customer + "&items[0][quantity]=" + quantity));
        }
    }

    synchronized ObjectNode createProduct(Form form) {
        ObjectNode product = objects.add(form.text("id").orElseGet(() -> StripeObjects.id("prod")), "product")
                .put("active", true)
                .put("name", required(form, "name"));
        product.set("metadata", form.map("metadata"));
        return saved(product);
    }

    synchronized ObjectNode createPrice(Form form) {
        String usage = form.map("recurring").path("usage_type").asText("licensed");
        return saved(addPrice(
                StripeObjects.id("price"),
                get("product", required(form, "product")).path("id").asText(),
                usage));
    }

    /// A price for each item of a subscription, which may have each price only once.
    synchronized String price(int item) {
        String id = item == 0 ? PRICE : PRICE + "_" + (item + 1);
        if (objects.find(id).isEmpty()) {
            saved(addPrice(id, PRODUCT, "licensed"));
        }
        return id;
    }

    synchronized ObjectNode createSession(Form form, String pages) {
        ObjectNode session = objects.add(StripeObjects.id("bps"), "billing_portal.session")
                .put(
                        "customer",
                        livingCustomer(required(form, "customer")).path("id").asText())
                .put("return_url", form.text("return_url").orElse(null))
                .put("configuration", "bpc_local");
        return session.put("url", pages + "/p/session/" + session.path("id").asText());
    }

    synchronized ObjectNode createSubscription(Form form) {
        String customer = livingCustomer(required(form, "customer")).path("id").asText();
        if (form.list("items").isEmpty()) {
            throw StripeError.invalid("Missing required param: items.");
        }
        checkItems(form);
        ObjectNode subscription = objects.add(StripeObjects.id("sub"), "subscription")
                .put("customer", customer)
                .put("status", form.text("trial_period_days").isPresent() ? "trialing" : "active")
                .put("start_date", objects.now())
                .put("currency", "eur")
                .put("collection_method", "charge_automatically")
                .putNull("cancel_at")
                .putNull("canceled_at")
                .putNull("ended_at");
        subscription.set("items", StripeAnswers.list("/v1/subscription_items", List.of()));
        subscription.set("metadata", form.map("metadata"));
        return saved(change(subscription, form));
    }

    synchronized ObjectNode updateSubscription(String id, Form form) {
        ObjectNode subscription = get("subscription", id);
        checkItems(form);
        return saved(change(subscription, form));
    }

    /// Before anything is made or changed.
    private void checkItems(Form form) {
        Set<String> prices = new HashSet<>();
        List<JsonNode> items = form.list("items");
        if (items.size() > MOST_ITEMS) {
            throw StripeError.invalid("A subscription has at most " + MOST_ITEMS + " items.");
        }
        for (JsonNode item : items) {
            String id = item.path("price").asText(PRICE);
            if (!prices.add(id)) {
                throw StripeError.invalid("Cannot add multiple subscription items with the same price: " + id + ".");
            }
            boolean metered = isMetered(get("price", id));
            if (item.has("quantity") && metered) {
                throw StripeError.invalid("A metered price takes no quantity: " + id + ".");
            }
            if (item.has("quantity") && !item.path("quantity").asText().matches("[0-9]{1,9}")) {
                throw StripeError.invalid(
                        "Invalid integer: " + item.path("quantity").asText() + ".");
            }
        }
    }

    private static boolean isMetered(ObjectNode price) {
        return price.at("/recurring/usage_type").asText().equals("metered");
    }

    synchronized ObjectNode cancelSubscription(String id) {
        return setStatus(id, "canceled");
    }

    /// What only time and payments do at Stripe.
    synchronized ObjectNode setStatus(String id, String status) {
        ObjectNode subscription = get("subscription", id).put("status", status);
        if (isOver(subscription)) {
            subscription.put("canceled_at", objects.now()).put("ended_at", objects.now());
        } else {
            subscription.putNull("canceled_at").putNull("ended_at");
        }
        return saved(subscription);
    }

    private ObjectNode change(ObjectNode subscription, Form form) {
        subscription.put(
                "cancel_at_period_end",
                form.text("cancel_at_period_end")
                        .map(Boolean::parseBoolean)
                        .orElse(subscription.path("cancel_at_period_end").asBoolean()));
        form.text("cancel_at").ifPresent(at -> subscription.put("cancel_at", at.isEmpty() ? null : Long.valueOf(at)));
        List<JsonNode> wanted = form.list("items");
        if (!wanted.isEmpty()) {
            ArrayNode items = ((ObjectNode) subscription.get("items")).putArray("data");
            for (JsonNode item : wanted) {
                ObjectNode price = get("price", item.path("price").asText(PRICE));
                ObjectNode added = items.addObject()
                        .put("id", StripeObjects.id("si"))
                        .put("object", "subscription_item")
                        .put("created", objects.now())
                        .put("current_period_start", objects.now())
                        .put(
                                "current_period_end",
                                item.path("current_period_end").asLong(objects.now() + MONTH.toSeconds()))
                        .put("subscription", subscription.path("id").asText());
                added.set("price", price.deepCopy());
                added.set("metadata", Json.object());
                if (!isMetered(price)) {
                    added.put("quantity", item.path("quantity").asLong(1));
                }
            }
        }
        return subscription;
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
        List<ObjectNode> items = new ArrayList<>();
        get("subscription", required(form, "subscription"))
                .at("/items/data")
                .forEach(item -> items.add((ObjectNode) item));
        return StripeAnswers.page("/v1/subscription_items", items, form);
    }

    /// Subscriptions, the newest first.
    synchronized ObjectNode listSubscriptions(Form form) {
        form.text("customer").ifPresent(this::livingCustomer);
        String status = form.text("status").orElse("");
        List<ObjectNode> all = new ArrayList<>();
        for (ObjectNode object : newestFirst("subscription")) {
            boolean ofCustomer = form.text("customer")
                    .map(customer -> customer.equals(object.path("customer").asText()))
                    .orElse(true);
            String actual = object.path("status").asText();
            boolean inStatus =
                    status.isEmpty() ? !actual.equals("canceled") : status.equals("all") || status.equals(actual);
            if (ofCustomer && inStatus) {
                all.add(object);
            }
        }
        return StripeAnswers.page("/v1/subscriptions", all, form);
    }

    synchronized ObjectNode listCustomers(Form form) {
        return StripeAnswers.page("/v1/customers", livingCustomers(), form);
    }

    /// Customers by metadata, as far as the search knows of them by now.
    synchronized ObjectNode searchCustomers(Form form) {
        Map<String, String> wanted = new LinkedHashMap<>();
        Matcher clause = CLAUSE.matcher(required(form, "query"));
        while (clause.find()) {
            wanted.put(clause.group(1), clause.group(2));
        }
        if (wanted.isEmpty()) {
            throw StripeError.invalid("Only metadata['key']:'value' is served locally.");
        }
        long known = objects.now() - SEARCH_DELAY.toSeconds();
        return StripeAnswers.found(
                "/v1/customers/search",
                livingCustomers().stream()
                        .filter(customer -> customer.path("created").asLong() <= known)
                        .filter(customer -> wanted.entrySet().stream()
                                .allMatch(entry -> customer.path("metadata")
                                        .path(entry.getKey())
                                        .asText()
                                        .equals(entry.getValue())))
                        .toList());
    }

    private List<ObjectNode> livingCustomers() {
        return newestFirst("customer").stream()
                .filter(customer -> !isDeleted(customer))
                .toList();
    }

    /// All of a kind, for tests and pages.
    synchronized List<ObjectNode> newestFirst(String type) {
        return objects.newestFirst(type);
    }

    private ObjectNode addPrice(String id, String product, String usage) {
        ObjectNode price = objects.add(id, "price")
                .put("product", product)
                .put("active", true)
                .put("currency", "eur")
                .put("unit_amount", 900)
                .put("billing_scheme", "per_unit")
                .put("type", "recurring");
        price.putObject("recurring")
                .put("interval", "month")
                .put("interval_count", 1)
                .put("usage_type", usage);
        price.putObject("metadata");
        return price;
    }

    private ObjectNode saved(ObjectNode object) {
        objects.save();
        return object;
    }

    private static String required(Form form, String name) {
        return form.text(name).orElseThrow(() -> StripeError.invalid("Missing required param: " + name + "."));
    }
}
