package dev.tenantry.functions.subscription;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiContext;
import dev.tenantry.wiring.CoreModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface SubscriptionComponent {

    ApiContext context();

    SubscriptionRoutes routes();

    @Component.Factory
    interface Factory {
        SubscriptionComponent create(@BindsInstance Settings settings);
    }
}
