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

    /// A search sees what is older than this. Stripe says that it is usually less than a minute ("Search": data freshness), so
    /// nobody may count on less.
    private static final Duration SEARCH_DELAY = Duration.ofMinutes(1);

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Pattern CLAUSE = Pattern.compile("metadata\\['([^']+)'\\]:'([^']*)'");
    private static final int MOST_LEVELS = 4;
    private static final int LARGEST_PAGE = 100;

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
                id("price"), get("product", required(form, "product")).path("id").asText(), usage));
    }

    synchronized ObjectNode createSession(Form form, String pages) {
        ObjectNode session = add(id("bps"), "billing_portal.session")
                .put("customer", get("customer", required(form, "customer")).path("id").asText())
                .put("return_url", form.text("return_url").orElse(null))
                .put("configuration", "bpc_local");
        return session.put("url", pages + "/p/session/" + session.path("id").asText());
    }

    synchronized ObjectNode createSubscription(Form form) {
        String customer = get("customer", required(form, "customer")).path("id").asText();
        ObjectNode subscription = add(id("sub"), "subscription")
                .put("customer", customer)
                .put("status", form.text("trial_period_days").isPresent() ? "trialing" : "active")
                .put("start_date", now())
                .put("currency", "eur")
                .put("collection_method", "charge_automatically")
                .putNull("canceled_at")
                .putNull("ended_at");
        subscription.set("items", list("/v1/subscription_items", List.of()));
        subscription.set("metadata", form.map("metadata"));
        return saved(change(subscription, form));
    }

    synchronized ObjectNode updateSubscription(String id, Form form) {
        return saved(change(get("subscription", id), form));
    }

    synchronized ObjectNode cancelSubscription(String id) {
        return setStatus(id, "canceled");
    }

    /// What only time and payments do at Stripe.
    synchronized ObjectNode setStatus(String id, String status) {
        ObjectNode subscription = get("subscription", id).put("status", status);
        boolean ended = status.equals("canceled") || status.equals("incomplete_expired");
        if (ended) {
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
        subscription.put("cancel_at", form.text("cancel_at").map(Long::valueOf).orElse(null));
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
                        .put("current_period_end", item.path("current_period_end").asLong(now() + MONTH.toSeconds()))
                        .put("subscription", subscription.path("id").asText());
                added.set("price", price.deepCopy());
                added.set("metadata", Json.object());
                if (!price.at("/recurring/usage_type").asText().equals("metered")) {
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
        for (JsonNode path : form.list("expand")) {
            String[] levels = path.asText().split("[.]", -1);
            if (levels.length > MOST_LEVELS) {
                throw StripeError.invalid(
                        "You cannot expand more than " + MOST_LEVELS + " levels of a property. Property: " + path.asText());
            }
            expand(shown, levels, 0);
        }
        return shown;
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

    /// Subscriptions, the newest first.
    synchronized ObjectNode listSubscriptions(Form form) {
        String status = form.text("status").orElse("");
        List<ObjectNode> all = new ArrayList<>();
        for (ObjectNode object : newestFirst("subscription")) {
            boolean ofCustomer = form.text("customer")
                    .map(customer -> customer.equals(object.path("customer").asText()))
                    .orElse(true);
            String actual = object.path("status").asText();
            boolean inStatus = status.isEmpty()
                    ? !actual.equals("canceled")
                    : status.equals("all") || status.equals(actual);
            if (ofCustomer && inStatus) {
                all.add(object);
            }
        }
        return page("/v1/subscriptions", all, form);
    }

    synchronized ObjectNode listCustomers(Form form) {
        return page("/v1/customers", newestFirst("customer"), form);
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
        for (ObjectNode customer : newestFirst("customer")) {
            boolean known = customer.path("created").asLong() <= now() - SEARCH_DELAY.toSeconds();
            boolean matches = wanted.entrySet().stream()
                    .allMatch(entry -> customer.path("metadata").path(entry.getKey()).asText().equals(entry.getValue()));
            if (known && matches) {
                data.add(customer.deepCopy());
            }
        }
        return result;
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
        price.putObject("recurring").put("interval", "month").put("interval_count", 1).put("usage_type", usage);
        price.putObject("metadata");
        return price;
    }

    private ObjectNode add(String id, String type) {
        ObjectNode object =
                Json.object().put("id", id).put("object", type).put("created", now()).put("livemode", false);
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
        return form.text(name)
                .orElseThrow(() -> StripeError.invalid("Missing required param: " + name + "."));
    }

    private void load(Path from) {
        try {
            JsonNode saved = Json.parse(Files.readString(from))
                    .orElseThrow(() -> new IOException(from + " is no JSON"));
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
