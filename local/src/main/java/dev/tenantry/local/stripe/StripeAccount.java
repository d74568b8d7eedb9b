package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
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
    private static final int MOST_LEVELS = 4;
    private static final int LARGEST_PAGE = 100;

    /// Most items of a subscription (Stripe, "Subscriptions with multiple products").
    private static final int MOST_ITEMS = 20;

    /// How many of them come with it.
    private static final int EMBEDDED_ITEMS = 10;

    private final Clock clock;
    private final Optional<Path> file;
    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();

    /// @param file keeps the account from one start to the next
    StripeAccount(Clock clock, Optional<Path> file) {
        this.clock = clock;
        this.file = file;
        file.filter(Files::exists).ifPresent(this::load);
        if (!objects.containsKey(PRODUCT)) {
            ObjectNode metadata = Json.object().put("tenantry_product_id", "1");
            add(PRODUCT, "product")
                    .put("active", true)
                    .put("name", "Charge points")
                    .set("metadata", metadata);
            addPrice(PRICE, PRODUCT, "licensed");
            save();
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
        objects.put(id, deleted);
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
        ObjectNode customer = add(id("cus"), "customer");
        for (String name : List.of("name", "email", "description")) {
            customer.put(name, form.text(name).orElse(null));
        }
        customer.set("metadata", form.map("metadata"));
        return saved(customer);
    }

    /// A customer under an id of the caller's choice, with an active subscription.
    synchronized void subscribe(String customer, long quantity) {
        if (!objects.containsKey(customer)) {
            add(customer, "customer").set("metadata", Json.object());
            createSubscription(Form.parse("customer=" + customer + "&items[0][quantity]=" + quantity));
        }
    }

    synchronized ObjectNode createProduct(Form form) {
        ObjectNode product = add(form.text("id").orElseGet(() -> id("prod")), "product")
                .put("active", true)
                .put("name", required(form, "name"));
        product.set("metadata", form.map("metadata"));
        return saved(product);
    }

    synchronized ObjectNode createPrice(Form form) {
        String usage = form.map("recurring").path("usage_type").asText("licensed");
        return saved(addPrice(
                id("price"),
                get("product", required(form, "product")).path("id").asText(),
                usage));
    }

    /// A price for each item of a subscription, which may have each price only once.
    synchronized String price(int item) {
        String id = item == 0 ? PRICE : PRICE + "_" + (item + 1);
        return objects.containsKey(id)
                ? id
                : saved(addPrice(id, PRODUCT, "licensed")).path("id").asText();
    }

    synchronized ObjectNode createSession(Form form, String pages) {
        ObjectNode session = add(id("bps"), "billing_portal.session")
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
        ObjectNode subscription = add(id("sub"), "subscription")
                .put("customer", customer)
                .put("status", form.text("trial_period_days").isPresent() ? "trialing" : "active")
                .put("start_date", now())
                .put("currency", "eur")
                .put("collection_method", "charge_automatically")
                .putNull("cancel_at")
                .putNull("canceled_at")
                .putNull("ended_at");
        subscription.set("items", list("/v1/subscription_items", List.of()));
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
            subscription.put("canceled_at", now()).put("ended_at", now());
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
                        .put("id", id("si"))
                        .put("object", "subscription_item")
                        .put("created", now())
                        .put("current_period_start", now())
                        .put(
                                "current_period_end",
                                item.path("current_period_end").asLong(now() + MONTH.toSeconds()))
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
        ObjectNode object = objects.get(id);
        if (object == null || !object.path("object").asText().equals(type)) {
            throw StripeError.missing(type, id);
        }
        return object;
    }

    /// A copy, for an answer.
    synchronized ObjectNode show(ObjectNode object, Form form) {
        ObjectNode shown = object.deepCopy();
        cutItems(shown);
        for (JsonNode path : form.list("expand")) {
            String[] levels = path.asText().split("[.]", -1);
            if (levels.length > MOST_LEVELS) {
                throw StripeError.invalid("You cannot expand more than " + MOST_LEVELS
                        + " levels of a property. Property: " + path.asText());
            }
            expand(shown, levels, 0);
        }
        return shown;
    }

    /// A subscription comes with the first of its items only.
    private static void cutItems(JsonNode shown) {
        shown.path("data").forEach(StripeAccount::cutItems);
        if (shown.path("object").asText().equals("subscription")) {
            ObjectNode items = (ObjectNode) shown.path("items");
            ArrayNode data = (ArrayNode) items.path("data");
            items.put("has_more", data.size() > EMBEDDED_ITEMS);
            while (data.size() > EMBEDDED_ITEMS) {
                data.remove(data.size() - 1);
            }
        }
    }

    private void expand(JsonNode node, String[] levels, int level) {
        if (level == levels.length) {
            return;
        }
        if (node.isArray()) {
            node.forEach(item -> expand(item, levels, level));
        } else if (node instanceof ObjectNode object && object.has(levels[level])) {
            JsonNode next = object.get(levels[level]);
            if (next.isTextual() && objects.containsKey(next.asText())) {
                object.set(levels[level], objects.get(next.asText()).deepCopy());
            }
            expand(object.get(levels[level]), levels, level + 1);
        }
    }

    /// The items of a subscription.
    synchronized ObjectNode listItems(Form form) {
        List<ObjectNode> items = new ArrayList<>();
        get("subscription", required(form, "subscription"))
                .at("/items/data")
                .forEach(item -> items.add((ObjectNode) item));
        return page("/v1/subscription_items", items, form);
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
        return page("/v1/subscriptions", all, form);
    }

    synchronized ObjectNode listCustomers(Form form) {
        return page("/v1/customers", livingCustomers(), form);
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
        ObjectNode result = Json.object()
                .put("object", "search_result")
                .put("url", "/v1/customers/search")
                .put("has_more", false)
                .putNull("next_page");
        ArrayNode data = result.putArray("data");
        for (ObjectNode customer : livingCustomers()) {
            boolean known = customer.path("created").asLong() <= now() - SEARCH_DELAY.toSeconds();
            boolean matches = wanted.entrySet().stream()
                    .allMatch(entry -> customer.path("metadata")
                            .path(entry.getKey())
                            .asText()
                            .equals(entry.getValue()));
            if (known && matches) {
                data.add(customer.deepCopy());
            }
        }
        return result;
    }

    private List<ObjectNode> livingCustomers() {
        return newestFirst("customer").stream()
                .filter(customer -> !isDeleted(customer))
                .toList();
    }

    /// All of a kind, for tests and pages.
    synchronized List<ObjectNode> newestFirst(String type) {
        List<ObjectNode> all = new ArrayList<>(objects.values().stream()
                .filter(object -> object.path("object").asText().equals(type))
                .toList());
        return all.reversed();
    }

    private static ObjectNode page(String url, List<ObjectNode> all, Form form) {
        int limit = form.text("limit").map(Integer::parseInt).orElse(10);
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw StripeError.invalid("Invalid limit: must be between 1 and 100.");
        }
        int start = form.text("starting_after")
                .map(after -> {
                    for (int i = 0; i < all.size(); i++) {
                        if (all.get(i).path("id").asText().equals(after)) {
                            return i + 1;
                        }
                    }
                    throw StripeError.missing("object", after);
                })
                .orElse(0);
        int end = Math.min(all.size(), start + limit);
        return list(url, all.subList(start, end)).put("has_more", end < all.size());
    }

    private static ObjectNode list(String url, List<ObjectNode> items) {
        ObjectNode list = Json.object().put("object", "list").put("url", url).put("has_more", false);
        ArrayNode data = list.putArray("data");
        items.forEach(item -> data.add(item.deepCopy()));
        return list;
    }

    private ObjectNode addPrice(String id, String product, String usage) {
        ObjectNode price = add(id, "price")
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

    private ObjectNode add(String id, String type) {
        ObjectNode object = Json.object()
                .put("id", id)
                .put("object", type)
                .put("created", now())
                .put("livemode", false);
        objects.put(id, object);
        return object;
    }

    private ObjectNode saved(ObjectNode object) {
        save();
        return object;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    static String id(String prefix) {
        byte[] random = new byte[10];
        ThreadLocalRandom.current().nextBytes(random);
        return prefix + "_" + HexFormat.of().formatHex(random);
    }

    private static String required(Form form, String name) {
        return form.text(name).orElseThrow(() -> StripeError.invalid("Missing required param: " + name + "."));
    }

    private void load(Path from) {
        try {
            JsonNode saved =
                    Json.parse(Files.readString(from)).orElseThrow(() -> new IOException(from + " is no JSON"));
            saved.forEach(object -> objects.put(object.path("id").asText(), (ObjectNode) object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void save() {
        if (file.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.get().toAbsolutePath().getParent());
            Path next = file.get().resolveSibling(file.get().getFileName() + ".next");
            Files.writeString(next, Json.text(objects.values()));
            Files.move(next, file.get(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
