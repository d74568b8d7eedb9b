package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.billing.Offer;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.local.aws.http.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;

/// What a developer wants of a tenant's subscription (docs/billing.md), put into the parameters of Stripe's API.
final class SubscriptionOrder {

    private static final Set<String> FIELDS = new TreeSet<>(Set.of(
            "tenant",
            "status",
            "quantity",
            "subscription",
            "new",
            "cancelAtPeriodEnd",
            "cancelAt",
            "trialEnd",
            "collectionPaused",
            "billingMode",
            "items",
            "payload",
            "deliver"));

    private static final Set<String> ITEM_FIELDS = new TreeSet<>(Set.of("price", "quantity", "currentPeriodEnd"));

    /// What Stripe takes for the time of an end.
    private static final Set<String> WORDS = Set.of("min_period_end", "max_period_end");

    private SubscriptionOrder() {}

    /// Finds everything that is wrong with it.
    ///
    /// @param faults to add to, by JSON Pointer
    static void check(JsonNode json, Map<String, String> faults) {
        if (DomainPrefix.inPath(json.path("tenant").asText()).isEmpty()) {
            faults.put("/tenant", "Must be the domain prefix of a tenant.");
        }
        if (!SubscriptionBook.STATUSES.contains(status(json))) {
            faults.put(
                    "/status",
                    "Must be one of Stripe's statuses: " + String.join(", ", new TreeSet<>(SubscriptionBook.STATUSES))
                            + ".");
        }
        checkQuantity(json, "", faults);
        for (String name : List.of("new", "cancelAtPeriodEnd", "collectionPaused", "deliver")) {
            if (json.has(name) && !json.path(name).isBoolean()) {
                faults.put("/" + name, "Must be true or false.");
            }
        }
        checkWord(json, "billingMode", List.of("classic", "flexible"), faults);
        checkWord(json, "payload", List.of("snapshot", "thin"), faults);
        if (!json.path("cancelAt").isNull()
                && !WORDS.contains(json.path("cancelAt").asText())) {
            checkTime(json, "", "cancelAt", faults);
        }
        if (!json.path("trialEnd").isNull()) {
            checkTime(json, "", "trialEnd", faults);
        }
        if (json.has("items")
                && (!json.path("items").isArray() || json.path("items").isEmpty())) {
            faults.put("/items", "Must be an array such as [{\"quantity\":3},{\"quantity\":4}].");
        }
        checkNames(json, FIELDS, "", faults);
        for (int i = 0; i < json.path("items").size(); i++) {
            JsonNode item = json.path("items").path(i);
            if (!item.isObject()) {
                faults.put("/items/" + i, "Must be an object such as {\"quantity\":3}.");
            }
            checkQuantity(item, "/items/" + i, faults);
            checkTime(item, "/items/" + i, "currentPeriodEnd", faults);
            checkNames(item, ITEM_FIELDS, "/items/" + i, faults);
        }
    }

    private static void checkQuantity(JsonNode in, String at, Map<String, String> faults) {
        JsonNode quantity = in.path("quantity");
        if (!quantity.isMissingNode()
                && (!quantity.isIntegralNumber() || quantity.longValue() < 0 || quantity.longValue() > Offer.MOST)) {
            faults.put(at + "/quantity", "Must be a whole number from 0 to " + Offer.MOST + ".");
        }
    }

    private static void checkWord(JsonNode in, String name, List<String> words, Map<String, String> faults) {
        if (in.has(name) && !words.contains(in.path(name).asText())) {
            faults.put("/" + name, "Must be one of " + String.join(", ", words) + ".");
        }
    }

    private static void checkTime(JsonNode in, String at, String name, Map<String, String> faults) {
        if (!in.has(name)) {
            return;
        }
        try {
            var _ = Instant.parse(in.path(name).asText());
        } catch (DateTimeParseException e) {
            faults.put(at + "/" + name, "Must be a time such as 2026-12-31T23:59:59Z.");
        }
    }

    private static void checkNames(JsonNode in, Set<String> known, String at, Map<String, String> faults) {
        in.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                faults.put(at + "/" + name, "Is not a known field; use " + String.join(", ", known) + ".");
            }
        });
    }

    /// Stripe's word for the status.
    static String status(JsonNode json) {
        String status = json.path("status").asText("active");
        // The API's own word, for which Stripe has several.
        return status.equals("expired") ? "unpaid" : status;
    }

    /// The parameters that Stripe's API has for it.
    ///
    /// @param existing what is changed; something new is made if empty
    /// @param prices   the price of an item that names none, by its number from 0
    static Form form(JsonNode json, String customer, Optional<ObjectNode> existing, IntFunction<String> prices) {
        ObjectNode form = Json.object();
        if (existing.isEmpty()) {
            form.put("customer", customer);
            if (json.has("billingMode")) {
                form.putObject("billing_mode")
                        .put("type", json.path("billingMode").asText());
            }
        }
        if (json.has("cancelAtPeriodEnd")) {
            form.put("cancel_at_period_end", json.path("cancelAtPeriodEnd").asText());
        }
        if (json.has("cancelAt")) {
            form.put("cancel_at", time(json.path("cancelAt")));
        }
        if (json.has("trialEnd")) {
            form.put("trial_end", json.path("trialEnd").isNull() ? "now" : time(json.path("trialEnd")));
        }
        ObjectNode items = form.putObject("items");
        if (json.has("items")) {
            for (JsonNode item : json.path("items")) {
                String price = item.has("price") ? item.path("price").asText() : prices.apply(items.size());
                ObjectNode wanted =
                        items.putObject(Integer.toString(items.size())).put("price", price);
                existing.flatMap(known -> item(known, price)).ifPresent(id -> wanted.put("id", id));
                if (item.has("quantity")) {
                    wanted.put("quantity", item.path("quantity").asText());
                }
            }
            existing.ifPresent(known -> withoutOthers(known, items));
        } else if (existing.isEmpty()) {
            items.putObject("0")
                    .put("price", StripeAccount.PRICE)
                    .put("quantity", json.path("quantity").asText("1"));
        } else if (json.has("quantity")) {
            items.putObject("0")
                    .put("id", existing.get().at("/items/data/0/id").asText())
                    .put("quantity", json.path("quantity").asText());
        } else {
            form.remove("items");
        }
        return new Form(form, "");
    }

    /// The item of a subscription that has a price, which it has once.
    private static Optional<String> item(ObjectNode subscription, String price) {
        for (JsonNode item : subscription.at("/items/data")) {
            if (item.at("/price/id").asText().equals(price)) {
                return Optional.of(item.path("id").asText());
            }
        }
        return Optional.empty();
    }

    private static void withoutOthers(ObjectNode subscription, ObjectNode wanted) {
        List<String> kept = wanted.findValuesAsText("id");
        for (JsonNode item : subscription.at("/items/data")) {
            String id = item.path("id").asText();
            if (!kept.contains(id)) {
                wanted.putObject(Integer.toString(wanted.size())).put("id", id).put("deleted", "true");
            }
        }
    }

    /// As Stripe's API takes it; nothing for null, and Stripe's own words as they are.
    private static String time(JsonNode time) {
        if (time.isNull()) {
            return "";
        }
        return WORDS.contains(time.asText()) ? time.asText() : Long.toString(seconds(time));
    }

    static long seconds(JsonNode time) {
        return Instant.parse(time.asText()).getEpochSecond();
    }
}
