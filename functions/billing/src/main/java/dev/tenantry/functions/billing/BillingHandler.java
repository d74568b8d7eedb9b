package dev.tenantry.functions.billing;

import dev.tenantry.billing.Payments;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;

/// The Lambda function of everything that asks Stripe on somebody's behalf.
public final class BillingHandler extends ApiFunction {

    private final Payments payments;

    public BillingHandler() {
        this(Settings.fromEnvironment());
    }

    public BillingHandler(Settings settings) {
        this(DaggerBillingComponent.factory().create(settings));
    }

    private BillingHandler(BillingComponent component) {
        super(component.context(), component.routes().table());
        this.payments = component.payments();
    }

    /// The list of products would ask Stripe, with a key that a snapshot must not hold.
    @Override
    protected boolean isPrimed(String routeKey) {
        return !routeKey.equals("GET " + BillingRoutes.PRODUCTS);
    }

    @Override
    protected void primeOthers() {
        payments.prepare();
    }
}
