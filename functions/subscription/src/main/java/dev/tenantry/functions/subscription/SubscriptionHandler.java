package dev.tenantry.functions.subscription;

import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;

/// The Lambda function of the subscription.
public final class SubscriptionHandler extends ApiFunction {

    public SubscriptionHandler() {
        this(Settings.fromEnvironment());
    }

    public SubscriptionHandler(Settings settings) {
        this(DaggerSubscriptionComponent.factory().create(settings));
    }

    private SubscriptionHandler(SubscriptionComponent component) {
        super(component.context(), component.routes().table());
    }
}
