package dev.tenantry.functions.webhook;

import dev.tenantry.billing.StripeEvent;
import dev.tenantry.config.Settings;
import dev.tenantry.http.WebhookFunction;

/// The Lambda function that Stripe calls.
public final class WebhookHandler extends WebhookFunction<StripeEvent> {

    public WebhookHandler() {
        this(Settings.fromEnvironment());
    }

    public WebhookHandler(Settings settings) {
        this(DaggerWebhookComponent.factory().create(settings));
    }

    private WebhookHandler(WebhookComponent component) {
        super(component.context(), "POST /stripe/webhook", component.receiver());
    }
}
