package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.util.List;

/// How Stripe shows objects: expanded as the request asks for it, in lists, and these in pages.
final class StripeAnswers {

    /// Stripe API reference, "Expanding responses".
    private static final int MOST_LEVELS = 4;

    private static final int LARGEST_PAGE = 100;

    /// How many of its items come with a subscription.
    private static final int EMBEDDED_ITEMS = 10;

    private final StripeObjects objects;

    StripeAnswers(StripeObjects objects) {
        this.objects = objects;
    }

    /// A copy of an object, for an answer.
    ///
    /// @throws StripeError if the form asks to expand too deep
    ObjectNode show(ObjectNode object, Form form) {
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
        shown.path("data").forEach(StripeAnswers::cutItems);
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
            if (next.isTextual()) {
                objects.find(next.asText()).ifPresent(named -> object.set(levels[level], named.deepCopy()));
            }
            expand(object.get(levels[level]), levels, level + 1);
        }
    }

    /// The page of all these that the form asks for.
    ///
    /// @throws StripeError if there is no such page
    static ObjectNode page(String url, List<ObjectNode> all, Form form) {
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

    /// These and no more.
    static ObjectNode list(String url, List<ObjectNode> items) {
        ObjectNode list = Json.object().put("object", "list").put("url", url).put("has_more", false);
        ArrayNode data = list.putArray("data");
        items.forEach(item -> data.add(item.deepCopy()));
        return list;
    }

    /// What a search found.
    static ObjectNode found(String url, List<ObjectNode> objects) {
        ObjectNode result = Json.object()
                .put("object", "search_result")
                .put("url", url)
                .put("has_more", false)
                .putNull("next_page");
        ArrayNode data = result.putArray("data");
        objects.forEach(object -> data.add(object.deepCopy()));
        return result;
    }
}
