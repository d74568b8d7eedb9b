package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.billing.Offer;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.stripe.StripeEvents.Cause;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The pages that stand in for Stripe's own: the billing portal, and the one that customers pay on. What is done there
/// happens as it does at Stripe, and events tell of it.
final class StripePages {

    private static final String PORTAL = "/p/session/";
    private static final String CHECKOUT = "/c/pay/";

    /// Currencies whose smallest unit is not a hundredth (Stripe, "Supported currencies").
    private static final Map<String, Integer> DECIMALS = decimals();

    private final StripeAccount account;

    StripePages(StripeAccount account) {
        this.account = account;
    }

    private static Map<String, Integer> decimals() {
        Map<String, Integer> decimals = new HashMap<>();
        for (String none : "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" ", -1)) {
            decimals.put(none, 0);
        }
        for (String three : "bhd jod kwd omr tnd".split(" ", -1)) {
            decimals.put(three, 3);
        }
        return Map.copyOf(decimals);
    }

    static boolean isPage(String path) {
        return path.startsWith(PORTAL) || path.startsWith(CHECKOUT);
    }

    Response answer(Request request) {
        boolean post = request.method().equals("POST");
        String path = request.path();
        try {
            Form form = Form.parse(post ? request.body().text() : "");
            return path.startsWith(PORTAL)
                    ? portal(path.substring(PORTAL.length()), post, form)
                    : checkout(path.substring(CHECKOUT.length()), post, path);
        } catch (StripeError error) {
            return page(
                    "Stripe (local)",
                    "<p role=\"alert\">" + escaped(String.valueOf(error.getMessage())) + "</p><p><a href=\""
                            + escaped(path) + "\">Again</a></p>",
                    error.status());
        }
    }

    private Response checkout(String id, boolean post, String path) {
        if (post) {
            ObjectNode paid = account.by(Cause.NONE, () -> account.pay(id));
            return to(paid.path("success_url").asText().replace("{CHECKOUT_SESSION_ID}", id));
        }
        ObjectNode session =
                account.by(Cause.NONE, () -> account.checkouts().get(id).deepCopy());
        if (!CheckoutDesk.isOpen(session)) {
            return page(
                    "Checkout (local)",
                    "<p>This session is " + escaped(session.path("status").asText()) + ".</p>"
                            + back(session, "success_url"),
                    200);
        }
        StringBuilder lines = new StringBuilder();
        for (JsonNode line : session.at("/line_items/data")) {
            lines.append("<tr><td>")
                    .append(escaped(line.path("description").asText()))
                    .append("</td><td>")
                    .append(escaped(line.path("quantity").asText()))
                    .append(" × ")
                    .append(amount(
                            line.at("/price/unit_amount").asLong(),
                            line.path("currency").asText()))
                    .append(" each ")
                    .append(escaped(interval(line)))
                    .append("</td><td>")
                    .append(amount(
                            line.path("amount_total").asLong(),
                            line.path("currency").asText()))
                    .append("</td></tr>");
        }
        return page(
                "Checkout (local)",
                "<p>This page stands in for Stripe Checkout. Nobody pays on this machine.</p><table>" + lines
                        + "</table><p>Total: <strong>"
                        + amount(
                                session.path("amount_total").asLong(),
                                session.path("currency").asText())
                        + "</strong></p>" + button(path, "", "pay", "Pay") + back(session, "cancel_url"),
                200);
    }

    private Response portal(String id, boolean post, Form form) {
        ObjectNode session = account.get("billing_portal.session", id);
        String customer = session.path("customer").asText();
        if (post) {
            account.by(Cause.NONE, () -> changed(customer, form));
            return to(PORTAL + id);
        }
        StringBuilder rows = new StringBuilder();
        for (ObjectNode subscription : account.newestFirst("subscription")) {
            if (subscription.path("customer").asText().equals(customer)) {
                rows.append(
                        row(PORTAL + id, account.show(subscription, Form.parse("expand[]=items.data.price.product"))));
            }
        }
        return page(
                "Billing portal (local)",
                "<p>This page stands in for Stripe's billing portal. Nobody pays on this machine.</p><p>Customer: "
                        + escaped(customer) + "</p><ul>" + rows + "</ul>" + back(session, "return_url"),
                200);
    }

    /// What a customer may do to their own subscription.
    private ObjectNode changed(String customer, Form form) {
        String id = form.required("subscription");
        ObjectNode subscription = account.get("subscription", id);
        if (!subscription.path("customer").asText().equals(customer)) {
            throw StripeError.missing("subscription", id, "subscription");
        }
        return switch (form.required("action")) {
            case "quantity" ->
                account.updateSubscription(
                        id,
                        Form.parse("items[0][id]=" + form.required("item") + "&items[0][quantity]="
                                + form.number("quantity").orElseThrow(() -> StripeError.required("quantity"))));
            case "cancel" -> account.updateSubscription(id, PortalDesk.cancellation(subscription));
            case "renew" -> account.updateSubscription(id, PortalDesk.renewal(subscription));
            default -> throw StripeError.unknown("action");
        };
    }

    private static String row(String path, ObjectNode subscription) {
        String id = subscription.path("id").asText();
        StringBuilder row = new StringBuilder("<li id=\"" + escaped(id) + "\">" + escaped(id) + ": "
                + escaped(subscription.path("status").asText()));
        boolean ends = subscription.path("cancel_at").isNumber();
        if (ends && !SubscriptionBook.isOver(subscription)) {
            row.append(", ends on ")
                    .append(Instant.ofEpochSecond(subscription.path("cancel_at").asLong()));
        }
        if (SubscriptionBook.isOver(subscription)) {
            return row.append("</li>").toString();
        }
        for (JsonNode item : subscription.at("/items/data")) {
            if (item.has("quantity")) {
                row.append("<form method=\"post\" action=\"" + escaped(path) + "\">"
                        + hidden("subscription", id)
                        + hidden("item", item.path("id").asText())
                        + "<label>Quantity of "
                        + escaped(item.at("/price/product/name").asText())
                        + " <input name=\"quantity\" type=\"number\" min=\"1\" max=\"" + Offer.MOST
                        + "\" value=\""
                        + item.path("quantity").asLong() + "\"></label>"
                        + "<button name=\"action\" value=\"quantity\">Change quantity</button></form>");
            }
        }
        return row.append(
                        ends
                                ? button(path, id, "renew", "Don't cancel")
                                : button(path, id, "cancel", "Cancel subscription"))
                .append("</li>")
                .toString();
    }

    private static String button(String path, String subscription, String action, String words) {
        return "<form method=\"post\" action=\"" + escaped(path) + "\">"
                + (subscription.isEmpty() ? "" : hidden("subscription", subscription))
                + "<button name=\"action\" value=\"" + action + "\">" + escaped(words) + "</button></form>";
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + escaped(value) + "\">";
    }

    private static String back(ObjectNode session, String name) {
        return session.path(name).isTextual()
                ? "<p><a href=\"" + escaped(session.path(name).asText()) + "\">Back to the portal</a></p>"
                : "";
    }

    private static String interval(JsonNode line) {
        long count = line.at("/price/recurring/interval_count").asLong();
        String interval = line.at("/price/recurring/interval").asText();
        return count == 1 ? interval : count + " " + interval + "s";
    }

    private static String amount(long smallest, String currency) {
        return BigDecimal.valueOf(smallest, DECIMALS.getOrDefault(currency, 2)) + " "
                + escaped(currency.toUpperCase(Locale.ROOT));
    }

    private static Response to(String url) {
        return Response.of(303).with("location", url);
    }

    private static Response page(String title, String body, int status) {
        return Response.of(
                status,
                "text/html; charset=utf-8",
                Body.of(
                        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><title>"
                                + title + "</title><h1>" + title + "</h1>" + body + "</html>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
