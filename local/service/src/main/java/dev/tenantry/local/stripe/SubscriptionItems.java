package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What subscriptions are made of (Stripe API reference, "Subscription Items"): prices, quantities, and periods as the
/// prices' intervals have them. Not thread-safe: [StripeAccount] has the lock.
final class SubscriptionItems {

    /// Most items of a subscription (Stripe, "Subscriptions with multiple products").
    private static final int MOST_ITEMS = 20;

    private final StripeObjects objects;
    private final StripeShop shop;

    SubscriptionItems(StripeObjects objects, StripeShop shop) {
        this.objects = objects;
        this.shop = shop;
    }

    /// Whether an item of that subscription has the price of this id.
    static boolean have(ObjectNode subscription, String price) {
        for (JsonNode item : subscription.at("/items/data")) {
            if (item.at("/price/id").asText().equals(price)) {
                return true;
            }
        }
        return false;
    }

    /// An entry with an id changes that item, one without adds another; items that are not named stay.
    void edit(ObjectNode subscription, List<Form> entries) {
        ArrayNode items = (ArrayNode) subscription.at("/items/data");
        for (Form entry : entries) {
            entry.only("id", "price", "quantity", "metadata", "deleted");
            if (entry.has("id")) {
                change(items, entry);
            } else {
                add(subscription, items, entry);
            }
        }
        if (items.isEmpty()) {
            throw StripeError.invalid("items", "A subscription must have at least one active plan.");
        }
        String currency = consistent(items, SubscriptionBook.isFlexible(subscription), "items");
        String before = subscription.path("currency").textValue();
        if (before != null && !before.equals(currency)) {
            throw StripeError.refused("The price specified only supports `" + currency
                    + "`. This doesn't match the expected currency: `" + before + "`.");
        }
        subscription.put("currency", currency);
    }

    private void add(ObjectNode subscription, ArrayNode items, Form entry) {
        entry.required("price");
        if (entry.flag("deleted").orElse(false)) {
            throw StripeError.invalid(entry.name("deleted"), "Only an item with an id can be deleted.");
        }
        ObjectNode price = shop.recurringPrice(entry);
        ObjectNode added = Json.object()
                .put("id", StripeObjects.id("si"))
                .put("object", "subscription_item")
                .putNull("billing_thresholds")
                .put("created", objects.now())
                .put("current_period_end", 0)
                .put("current_period_start", 0);
        added.putArray("discounts");
        added.set("metadata", entry.metadata(Json.object()));
        added.set("price", price.deepCopy());
        if (!StripeShop.isMetered(price)) {
            added.put("quantity", 1);
        }
        added.put("subscription", subscription.path("id").asText());
        quantity(added, entry);
        beginPeriod(added);
        // What has the interval of another item has its period as well.
        for (JsonNode other : items) {
            if (interval(other).equals(interval(added))) {
                added.set("current_period_start", other.get("current_period_start"));
                added.set("current_period_end", other.get("current_period_end"));
            }
        }
        items.add(added);
    }

    private void change(ArrayNode items, Form entry) {
        String id = entry.required("id");
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).path("id").asText().equals(id)) {
                if (entry.flag("deleted").orElse(false)) {
                    items.remove(i);
                    return;
                }
                ObjectNode item = (ObjectNode) items.get(i);
                String before = interval(item);
                if (entry.has("price")) {
                    ObjectNode price = shop.recurringPrice(entry);
                    item.set("price", price.deepCopy());
                    if (StripeShop.isMetered(price)) {
                        item.remove("quantity");
                    } else if (!item.has("quantity")) {
                        item.put("quantity", 1);
                    }
                }
                quantity(item, entry);
                if (entry.has("metadata")) {
                    item.set("metadata", entry.metadata(item.path("metadata")));
                }
                if (!interval(item).equals(before)) {
                    beginPeriod(item);
                }
                return;
            }
        }
        throw StripeError.missing("subscription item", id, entry.name("id"));
    }

    private static void quantity(ObjectNode item, Form entry) {
        Optional<Long> quantity = entry.number("quantity");
        if (quantity.isPresent() && StripeShop.isMetered((ObjectNode) item.get("price"))) {
            throw StripeError.invalid(
                    entry.name("quantity"),
                    "A metered price takes no quantity: " + item.at("/price/id").asText() + ".");
        }
        quantity.ifPresent(number -> item.put("quantity", number));
    }

    private static String interval(JsonNode item) {
        return item.at("/price/recurring/interval").asText() + item.at("/price/recurring/interval_count");
    }

    /// Has the periods of all items of one begin now.
    void begin(ObjectNode subscription) {
        subscription.at("/items/data").forEach(item -> beginPeriod((ObjectNode) item));
    }

    /// A period that begins now and lasts as long as the price says.
    private void beginPeriod(ObjectNode item) {
        long count = item.at("/price/recurring/interval_count").asLong();
        ZonedDateTime start = Instant.ofEpochSecond(objects.now()).atZone(ZoneOffset.UTC);
        ZonedDateTime end = switch (item.at("/price/recurring/interval").asText()) {
            case "day" -> start.plusDays(count);
            case "week" -> start.plusWeeks(count);
            case "year" -> start.plusYears(count);
            default -> start.plusMonths(count);
        };
        item.put("current_period_start", start.toEpochSecond()).put("current_period_end", end.toEpochSecond());
    }

    /// Whether one subscription can have all of these.
    ///
    /// @param items     each with its price
    /// @param flexible  by the subscription's billing mode
    /// @param parameter what the request calls them
    /// @return their currency
    /// @throws StripeError if it can't
    static String consistent(ArrayNode items, boolean flexible, String parameter) {
        if (items.size() > MOST_ITEMS) {
            throw StripeError.invalid(parameter, "A subscription has at most " + MOST_ITEMS + " items.");
        }
        Set<String> prices = new HashSet<>();
        Set<String> currencies = new TreeSet<>();
        Set<String> intervals = new TreeSet<>();
        for (JsonNode item : items) {
            String price = item.at("/price/id").asText();
            if (!prices.add(price)) {
                throw StripeError.invalid(
                        parameter, "Cannot add multiple subscription items with the same price: " + price + ".");
            }
            currencies.add(item.at("/price/currency").asText());
            intervals.add(interval(item));
        }
        if (currencies.size() > 1) {
            throw StripeError.invalid(
                    parameter, "All prices on a subscription must have the same currency: " + currencies + ".");
        }
        if (intervals.size() > 1 && !flexible) {
            throw StripeError.invalid(
                    parameter,
                    "Prices on a subscription must have the same interval, unless its billing_mode is flexible.");
        }
        return currencies.iterator().next();
    }

    /// The items of one.
    ObjectNode list(Form form) {
        form.only(StripeObjects.with(StripeAnswers.PAGE, "subscription"));
        List<ObjectNode> items = new ArrayList<>();
        objects.named("subscription", form, "subscription")
                .at("/items/data")
                .forEach(item -> items.add((ObjectNode) item));
        return StripeAnswers.page("/v1/subscription_items", items, form);
    }
}
