package dev.tenantry.functions.billing;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiContext;
import dev.tenantry.wiring.CoreModule;
import dev.tenantry.wiring.StripeModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = {CoreModule.class, StripeModule.class})
interface BillingComponent {

    ApiContext context();

    Settings settings();

    BillingRoutes routes();

    @Component.Factory
    interface Factory {
        BillingComponent create(@BindsInstance Settings settings);
    }
}
