package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;

/// The billing portal's settings and sessions (Stripe API reference, "Customer portal"). Not thread-safe:
/// [StripeAccount] has the lock.
final class PortalDesk {

    private static final String CONFIGURATION = "billing_portal.configuration";

    /// The settings that are there from the beginning, as if somebody had saved them at Stripe.
    private static final String DEFAULT = "bpc_local";

    private final StripeObjects objects;
    private final StripeEvents events;

    PortalDesk(StripeObjects objects, StripeEvents events) {
        this.objects = objects;
        this.events = events;
    }

    /// Saves the settings, or has it that nobody ever did.
    void configure(boolean configured) {
        if (!configured) {
            objects.remove(DEFAULT);
        } else if (objects.find(DEFAULT).isEmpty()) {
            objects.put(configuration(DEFAULT).put("is_default", true));
        }
    }

    private ObjectNode configuration(String id) {
        ObjectNode configuration = objects.make(id, CONFIGURATION)
                .put("active", true)
                .putNull("application")
                .putNull("default_return_url");
        configuration.putObject("business_profile").putNull("headline");
        ObjectNode features = configuration.putObject("features");
        features.putObject("subscription_cancel").put("enabled", true).put("mode", "at_period_end");
        ObjectNode update = features.putObject("subscription_update").put("enabled", true);
        update.putArray("default_allowed_updates").add("quantity");
        configuration.put("is_default", false).set("metadata", Json.object());
        return configuration.put("updated", objects.now());
    }

    /// Further settings. What they allow is not up to them here, so they can't say.
    ObjectNode createConfiguration(Form form) {
        form.only("default_return_url", "metadata", "name", "expand");
        ObjectNode configuration = configuration(StripeObjects.id("bpc"));
        form.text("default_return_url").ifPresent(url -> configuration.put("default_return_url", url));
        configuration.put("name", form.text("name").orElse(null));
        configuration.set("metadata", form.metadata(Json.object()));
        objects.put(configuration);
        events.happened("billing_portal.configuration.created", configuration);
        return configuration;
    }

    ObjectNode updateConfiguration(String id, Form form) {
        form.only("active", "default_return_url", "metadata", "name", "expand");
        ObjectNode before = objects.get(CONFIGURATION, id);
        ObjectNode after = before.deepCopy();
        form.flag("active").ifPresent(active -> {
            if (!active && after.path("is_default").asBoolean()) {
                throw StripeError.invalid("active", "The default configuration can't be made inactive.");
            }
            after.put("active", active);
        });
        form.text("default_return_url").ifPresent(url -> after.put("default_return_url", url.isEmpty() ? null : url));
        form.text("name").ifPresent(name -> after.put("name", name));
        if (form.has("metadata")) {
            after.set("metadata", form.metadata(after.path("metadata")));
        }
        objects.put(after);
        events.changed("billing_portal.configuration.updated", before, after);
        return after;
    }

    ObjectNode listConfigurations(Form form) {
        form.only(StripeObjects.with(StripeAnswers.PAGE, "active", "is_default"));
        form.flag("active");
        form.flag("is_default");
        return StripeAnswers.page(
                "/v1/billing_portal/configurations",
                objects.filtered(CONFIGURATION, form, "active", "is_default"),
                form);
    }

    /// A session for a customer.
    ///
    /// @param pages where pages are served
    ObjectNode open(String customer, Form form, String pages) {
        form.only("customer", "return_url", "configuration", "locale", "expand");
        ObjectNode configuration = form.has("configuration")
                ? objects.named(CONFIGURATION, form, "configuration")
                : objects.find(DEFAULT)
                        .orElseThrow(() -> StripeError.refused(
                                "No configuration provided and your test mode default configuration has not been created."
                                        + " Provide a configuration or create your default by saving your customer portal"
                                        + " settings in test mode at"
                                        + " https://dashboard.stripe.com/test/settings/billing/portal."));
        if (!configuration.path("active").asBoolean()) {
            throw StripeError.refused("configuration", "The configuration is not active.");
        }
        String id = StripeObjects.id("bps");
        ObjectNode session = objects.make(id, "billing_portal.session")
                .put("configuration", configuration.path("id").asText())
                .put("customer", customer)
                .putNull("customer_account")
                .putNull("flow")
                .put("locale", form.text("locale").orElse(null))
                .putNull("on_behalf_of");
        session.put(
                "return_url",
                form.text("return_url")
                        .orElseGet(
                                () -> configuration.path("default_return_url").textValue()));
        session.put("url", pages + "/p/session/" + id);
        objects.put(session);
        return session;
    }

    /// What cancelling in the portal comes to: with flexible billing mode the latest item's end, else the period's.
    static Form cancellation(ObjectNode subscription) {
        return SubscriptionBook.isFlexible(subscription)
                ? new Form(Json.object().put("cancel_at", "max_period_end"), "")
                : new Form(Json.object().put("cancel_at_period_end", "true"), "");
    }

    /// What taking a cancellation back comes to.
    static Form renewal(ObjectNode subscription) {
        return subscription.path("cancel_at_period_end").asBoolean()
                ? new Form(Json.object().put("cancel_at_period_end", "false"), "")
                : new Form(Json.object().put("cancel_at", ""), "");
    }
}
