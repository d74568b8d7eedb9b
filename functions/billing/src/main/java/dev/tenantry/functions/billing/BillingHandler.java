package dev.tenantry.functions.billing;

import dev.tenantry.billing.Payments;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;

/// The Lambda function of the billing portal.
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

    /// The first look into the portal gives the tenant its customer.
    @Override
    protected boolean changesThings() {
        return true;
    }

    @Override
    protected void primeOthers() {
        payments.prepare();
    }
}
