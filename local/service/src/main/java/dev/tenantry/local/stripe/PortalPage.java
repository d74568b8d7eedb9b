package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Response;

/// The page that stands in for Stripe's billing portal.
final class PortalPage {

    private PortalPage() {}

    static Response of(StripeAccount account, String sessionId) {
        ObjectNode session;
        try {
            session = account.get("billing_portal.session", sessionId);
        } catch (StripeError none) {
            return html(404, "<p>There is no such session, or the service has been restarted since.</p>");
        }
        String customer = session.path("customer").asText();
        StringBuilder rows = new StringBuilder();
        for (ObjectNode subscription : account.newestFirst("subscription")) {
            if (subscription.path("customer").asText().equals(customer)) {
                rows.append("<li>")
                        .append(escaped(subscription.path("id").asText()))
                        .append(": ")
                        .append(escaped(subscription.path("status").asText()))
                        .append("</li>");
            }
        }
        return html(
                200,
                "<p>This page stands in for Stripe's billing portal. Nobody pays on this machine: change a subscription with"
                        + " <code>POST /_local/stripe/subscription</code>.</p><p>Customer: " + escaped(customer)
                        + "</p><ul>" + rows + "</ul><p><a href=\""
                        + escaped(session.path("return_url").asText())
                        + "\">Back to the portal</a></p>");
    }

    private static Response html(int status, String body) {
        return Response.of(
                status,
                "text/html; charset=utf-8",
                Body.of("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Billing portal (local)</title>"
                        + "<h1>Billing portal</h1>" + body + "</html>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
