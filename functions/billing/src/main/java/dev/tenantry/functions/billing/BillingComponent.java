package dev.tenantry.functions.billing;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.billing.Payments;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.config.StripeModule;
import dev.tenantry.http.Desk;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = {CoreModule.class, StripeModule.class})
interface BillingComponent {

    Desk desk();

    Payments payments();

    BillingRoutes routes();

    @Component.Factory
    interface Factory {
        BillingComponent create(@BindsInstance Settings settings);
    }
}
