package dev.tenantry.functions.billing;

import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;

/// The Lambda function of everything that asks Stripe on somebody's behalf.
public final class BillingHandler extends ApiFunction {

    private final String returnUrl;

    public BillingHandler() {
        this(Settings.fromEnvironment());
    }

    public BillingHandler(Settings settings) {
        this(DaggerBillingComponent.factory().create(settings));
    }

    private BillingHandler(BillingComponent component) {
        super(component.context(), component.routes().table());
        // Without portals there is nowhere to come back to, and nothing of it to prime.
        this.returnUrl =
                component.settings().portalOrigins().stream().findFirst().orElse("") + "/";
    }

    @Override
    protected String primingBody(String routeKey) {
        return "{\"productId\":1,\"quantity\":1,\"returnUrl\":\"" + returnUrl + "\"}";
    }
}
