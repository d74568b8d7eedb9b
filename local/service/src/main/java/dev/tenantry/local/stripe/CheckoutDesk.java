package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.billing.Offer;
import dev.tenantry.local.aws.http.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where customers pay for the first time (Stripe API reference, "Checkout Sessions"), for subscriptions only. Not
/// thread-safe: [StripeAccount] has the lock.
final class CheckoutDesk {

    private static final String SESSION = "checkout.session";

    private static final long OPEN = Duration.ofHours(24).toSeconds();

    private final StripeObjects objects;
    private final StripeEvents events;
    private final StripeShop shop;

    CheckoutDesk(StripeObjects objects, StripeEvents events, StripeShop shop) {
        this.objects = objects;
        this.events = events;
        this.shop = shop;
    }

    /// One that is not there yet.
    ///
    /// @param customer who pays
    /// @param pages    where pages are served
    ObjectNode create(String customer, Form form, String pages) {
        form.only(
                "mode",
                "customer",
                "client_reference_id",
                "line_items",
                "success_url",
                "cancel_url",
                "metadata",
                "subscription_data",
                "locale",
                "expand");
        form.required("mode");
        if (form.oneOf("mode", List.of("payment", "setup", "subscription"))
                .filter("subscription"::equals)
                .isEmpty()) {
            throw StripeError.invalid("mode", "Only the mode `subscription` is served locally.");
        }
        url(form, "success_url", form.required("success_url"));
        form.text("cancel_url").ifPresent(url -> url(form, "cancel_url", url));
        Form subscription =
                form.form("subscription_data").only("metadata", "trial_period_days", "billing_mode", "description");
        boolean flexible = SubscriptionBook.wantsFlexible(subscription);
        subscription.text("description");
        subscription.metadata(Json.object());
        boolean trial = trial(subscription);
        String id = StripeObjects.id("cs_test");
        ArrayNode lines = lines(form, trial);
        SubscriptionItems.consistent(lines, flexible, "line_items");
        long total = 0;
        for (JsonNode line : lines) {
            total += line.path("amount_total").asLong();
        }
        ObjectNode session = objects.make(id, SESSION)
                .putNull("after_expiration")
                .putNull("allow_promotion_codes")
                .put("amount_subtotal", total)
                .put("amount_total", total);
        session.put("cancel_url", form.text("cancel_url").orElse(null))
                .put("client_reference_id", form.text("client_reference_id").orElse(null))
                .put("currency", lines.get(0).path("currency").asText())
                .put("customer", customer)
                .putNull("customer_account")
                .putNull("customer_email")
                .put("expires_at", objects.now() + OPEN)
                .put("locale", form.text("locale").orElse(null));
        session.set("metadata", form.metadata(Json.object()));
        session.put("mode", "subscription").putNull("payment_intent");
        session.putArray("payment_method_types").add("card");
        session.put("payment_status", "unpaid")
                .put("status", "open")
                .putNull("subscription")
                .put("success_url", form.required("success_url"))
                .put("ui_mode", "hosted_page")
                .put("url", pages + "/c/pay/" + id);
        List<ObjectNode> items = new ArrayList<>();
        lines.forEach(line -> items.add((ObjectNode) line));
        session.set("line_items", StripeAnswers.list("/v1/checkout/sessions/" + id + "/line_items", items));
        // What the subscription is made of once it is paid for; no answer of Stripe's has it.
        objects.put(Json.object()
                .put("id", orderOf(id))
                .put("object", "local.checkout_order")
                .set("subscription_data", form.form("subscription_data").root().deepCopy()));
        return session;
    }

    /// What Stripe leads back to.
    private static void url(Form form, String name, String text) {
        try {
            URI url = new URI(text.replace("{CHECKOUT_SESSION_ID}", "id"));
            if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
                return;
            }
        } catch (URISyntaxException e) {
            // It is none.
        }
        throw StripeError.invalid(form.name(name), "Not a valid URL");
    }

    /// Whether nothing is due at first.
    private static boolean trial(Form subscription) {
        Optional<Long> days = subscription.number("trial_period_days");
        if (days.filter(number -> number < 1 || number > SubscriptionBook.LONGEST_TRIAL)
                .isPresent()) {
            throw StripeError.invalid(
                    subscription.name("trial_period_days"),
                    "Invalid trial_period_days: must be 1 to " + SubscriptionBook.LONGEST_TRIAL + ".");
        }
        return days.isPresent();
    }

    private static String orderOf(String session) {
        return session + "_order";
    }

    private ArrayNode lines(Form form, boolean trial) {
        List<Form> entries = form.forms("line_items");
        if (entries.isEmpty()) {
            throw StripeError.required("line_items");
        }
        ArrayNode lines = Json.array();
        for (Form entry : entries) {
            entry.only("price", "quantity");
            entry.required("price");
            ObjectNode price = shop.recurringPrice(entry);
            Optional<Long> quantity = entry.number("quantity");
            if (StripeShop.isMetered(price) == quantity.isPresent()) {
                throw StripeError.invalid(
                        entry.at(),
                        quantity.isPresent()
                                ? "A metered price takes no quantity."
                                : "Quantity is required. Add `quantity` to `" + entry.at() + "`");
            }
            if (quantity.filter(number -> number < 1 || number > Offer.MOST).isPresent()) {
                throw StripeError.invalid(entry.name("quantity"), "Invalid quantity: must be 1 to " + Offer.MOST + ".");
            }
            // What is due today.
            long amount = trial ? 0 : price.path("unit_amount").asLong() * quantity.orElse(0L);
            ObjectNode line = Json.object()
                    .put("id", StripeObjects.id("li"))
                    .put("object", "item")
                    .put("amount_discount", 0)
                    .put("amount_subtotal", amount)
                    .put("amount_tax", 0)
                    .put("amount_total", amount)
                    .put("currency", price.path("currency").asText())
                    .put(
                            "description",
                            objects.get("product", price.path("product").asText())
                                    .path("name")
                                    .asText());
            line.set("price", price.deepCopy());
            line.put("quantity", quantity.orElse(null));
            lines.add(line);
        }
        return lines;
    }

    ObjectNode get(String id) {
        letExpire();
        return objects.get(SESSION, id);
    }

    /// The customer's that can still be paid on.
    List<ObjectNode> open(String customer) {
        letExpire();
        return objects.newestFirst(SESSION).stream()
                .filter(session ->
                        isOpen(session) && session.path("customer").asText().equals(customer))
                .toList();
    }

    /// What has its time behind it expires as soon as anybody asks.
    private void letExpire() {
        for (ObjectNode session : objects.newestFirst(SESSION)) {
            if (isOpen(session) && session.path("expires_at").asLong() <= objects.now()) {
                end(session);
            }
        }
    }

    private void end(ObjectNode session) {
        session.put("status", "expired").putNull("url");
        events.happened("checkout.session.expired", session);
    }

    static boolean isOpen(ObjectNode session) {
        return session.path("status").asText().equals("open");
    }

    /// The parameters of the subscription that somebody who pays gets.
    Form order(ObjectNode session) {
        ObjectNode form = objects.get(
                        "local.checkout_order", orderOf(session.path("id").asText()))
                .path("subscription_data")
                .deepCopy();
        form.put("customer", session.path("customer").asText());
        ObjectNode items = form.putObject("items");
        session.at("/line_items/data").forEach(line -> {
            ObjectNode item = items.putObject(Integer.toString(items.size()))
                    .put("price", line.at("/price/id").asText());
            if (line.path("quantity").isNumber()) {
                item.put("quantity", line.path("quantity").asText());
            }
        });
        return new Form(form, "");
    }

    void paid(ObjectNode session, String subscription) {
        session.put("status", "complete")
                .put("payment_status", session.path("amount_total").asLong() == 0 ? "no_payment_required" : "paid")
                .put("subscription", subscription)
                .putNull("url");
    }

    /// @throws StripeError if it is over already
    void expire(ObjectNode session) {
        if (!isOpen(session)) {
            throw StripeError.refused("Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout"
                    + " Session has a status of " + session.path("status").asText() + ".");
        }
        end(session);
    }

    ObjectNode list(Form form) {
        form.only(StripeObjects.with(StripeAnswers.PAGE, "customer", "status", "subscription"));
        form.oneOf("status", List.of("complete", "expired", "open"));
        for (String filter : List.of("customer", "subscription")) {
            if (form.has(filter)) {
                objects.named(filter, form, filter);
            }
        }
        letExpire();
        return StripeAnswers.page(
                "/v1/checkout/sessions", objects.filtered(SESSION, form, "customer", "status", "subscription"), form);
    }

    ObjectNode listLines(String id, Form form) {
        form.only(StripeAnswers.PAGE);
        List<ObjectNode> lines = new ArrayList<>();
        get(id).at("/line_items/data").forEach(line -> lines.add((ObjectNode) line));
        return StripeAnswers.page("/v1/checkout/sessions/" + id + "/line_items", lines, form);
    }
}
