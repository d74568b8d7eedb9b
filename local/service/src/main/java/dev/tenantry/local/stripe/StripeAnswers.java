package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How Stripe shows objects: expanded as the request asks for it, in lists, and these in pages.
final class StripeAnswers {

    /// What every list takes.
    static final List<String> PAGE = List.of("limit", "starting_after", "ending_before", "expand");

    /// Stripe API reference, "Expanding responses".
    private static final int MOST_LEVELS = 4;

    private static final int LARGEST_PAGE = 100;

    /// How many of its items come with a subscription.
    private static final int EMBEDDED_ITEMS = 10;

    /// What is an id unless somebody asks for more, by type (Stripe API reference, "Expandable").
    private static final Map<String, Set<String>> EXPANDABLE = Map.of(
            "subscription", Set.of("customer", "default_payment_method", "latest_invoice", "schedule", "test_clock"),
            "price", Set.of("product"),
            "product", Set.of("default_price", "tax_code"),
            "checkout.session", Set.of("customer", "payment_intent", "subscription"),
            "billing_portal.session", Set.of("configuration"));

    private final StripeObjects objects;

    StripeAnswers(StripeObjects objects) {
        this.objects = objects;
    }

    /// A copy of an object, for an answer.
    ///
    /// @throws StripeError if the form asks to expand too deep, or what is no other object's id
    ObjectNode show(ObjectNode object, Form form) {
        ObjectNode shown = object.deepCopy();
        List<String> paths = form.list("expand");
        cut(shown, paths.stream().anyMatch(path -> (path + ".").matches("(data[.])?line_items[.].*")));
        for (String path : paths) {
            List<String> levels = List.of(path.split("[.]", -1));
            if (levels.size() > MOST_LEVELS) {
                throw StripeError.invalid(
                        "expand",
                        "You cannot expand more than " + MOST_LEVELS + " levels of a property. Property: " + path);
            }
            expand(shown, levels, path);
        }
        return shown;
    }

    /// A subscription comes with the first of its items only, a Checkout session with its lines on demand.
    private void cut(JsonNode shown, boolean withLines) {
        shown.path("data").forEach(one -> cut(one, withLines));
        String type = shown.path("object").asText();
        if (shown instanceof ObjectNode item && (type.equals("subscription_item") || type.equals("item"))) {
            // A price can change in what is not its amount, and is what it is now wherever it is shown.
            item.set(
                    "price", objects.get("price", item.at("/price/id").asText()).deepCopy());
        } else if (type.equals("subscription")) {
            cut(shown.path("items"), withLines);
            ObjectNode items = (ObjectNode) shown.path("items");
            ArrayNode data = (ArrayNode) items.path("data");
            items.put("has_more", data.size() > EMBEDDED_ITEMS);
            items.put("total_count", data.size());
            while (data.size() > EMBEDDED_ITEMS) {
                data.remove(data.size() - 1);
            }
        } else if (shown instanceof ObjectNode session && type.equals("checkout.session")) {
            cut(session.path("line_items"), withLines);
            if (!withLines) {
                session.remove("line_items");
            }
        }
    }

    private void expand(JsonNode node, List<String> levels, String path) {
        if (node.isArray()) {
            node.forEach(item -> expand(item, levels, path));
        } else if (node instanceof ObjectNode object && !levels.isEmpty()) {
            String property = levels.getFirst();
            JsonNode value = object.path(property);
            List<String> deeper = levels.subList(1, levels.size());
            if (value.isContainerNode() ? deeper.isEmpty() && !isOnDemand(object, property) : !isId(object, property)) {
                throw unexpandable(object, property, path);
            }
            if (value.isTextual()) {
                ObjectNode other = objects.find(value.asText()).orElseThrow(() -> unexpandable(object, property, path));
                object.set(property, other.deepCopy());
                cut(object.get(property), false);
            }
            expand(object.get(property), deeper, path);
        }
    }

    private static StripeError unexpandable(ObjectNode object, String property, String path) {
        boolean inside = object.path("object").asText().equals("list")
                && object.path("data").path(0).has(property);
        return StripeError.invalid(
                "expand",
                "This property cannot be expanded (" + path + ")."
                        + (inside ? " You may want to try expanding 'data." + path + "' instead." : ""));
    }

    /// Whether that property is another object's id, or null for there is none.
    private static boolean isId(ObjectNode object, String property) {
        return EXPANDABLE.getOrDefault(object.path("object").asText(), Set.of()).contains(property);
    }

    private static boolean isOnDemand(ObjectNode object, String property) {
        return object.path("object").asText().equals("checkout.session") && property.equals("line_items");
    }

    /// The page of all these that the form asks for.
    ///
    /// @throws StripeError if there is no such page
    static ObjectNode page(String url, List<ObjectNode> all, Form form) {
        int limit = limit(form);
        Optional<String> before = form.text("ending_before");
        Optional<String> after = form.text("starting_after");
        if (before.isPresent() && after.isPresent()) {
            throw StripeError.invalid("You can only specify one of these parameters: ending_before, starting_after.");
        }
        if (before.isPresent()) {
            int end = position(all, before.get(), "ending_before");
            int start = Math.max(0, end - limit);
            return list(url, all.subList(start, end)).put("has_more", start > 0);
        }
        int start = after.map(id -> position(all, id, "starting_after") + 1).orElse(0);
        int end = Math.min(all.size(), start + limit);
        return list(url, all.subList(start, end)).put("has_more", end < all.size());
    }

    private static int limit(Form form) {
        long limit = form.number("limit").orElse(10L);
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw StripeError.invalid("limit", "Invalid limit: must be between 1 and " + LARGEST_PAGE + ".");
        }
        return (int) limit;
    }

    private static int position(List<ObjectNode> all, String id, String parameter) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).path("id").asText().equals(id)) {
                return i;
            }
        }
        String type = all.isEmpty() ? "object" : all.getFirst().path("object").asText();
        throw StripeError.missing(type.replace('_', ' '), id, parameter);
    }

    /// These and no more.
    static ObjectNode list(String url, List<ObjectNode> items) {
        ObjectNode list = Json.object().put("object", "list").put("url", url).put("has_more", false);
        ArrayNode data = list.putArray("data");
        items.forEach(item -> data.add(item.deepCopy()));
        return list;
    }

    /// The page of what a search found that the form asks for. A page is named by how many come before it.
    ///
    /// @throws StripeError if there is no such page
    static ObjectNode found(String url, List<ObjectNode> all, Form form) {
        long start = form.number("page").orElse(0L);
        if (start > all.size()) {
            throw StripeError.invalid("page", "Invalid page: " + start + ".");
        }
        int end = (int) Math.min(all.size(), start + limit(form));
        ObjectNode result = Json.object()
                .put("object", "search_result")
                .put("url", url)
                .put("has_more", end < all.size())
                .put("next_page", end < all.size() ? Integer.toString(end) : null);
        ArrayNode data = result.putArray("data");
        all.subList((int) start, end).forEach(object -> data.add(object.deepCopy()));
        return result;
    }
}
