package dev.tenantry.functions.subscription;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.http.Desk;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface SubscriptionComponent {

    Desk desk();

    SubscriptionRoutes routes();

    @Component.Factory
    interface Factory {
        SubscriptionComponent create(@BindsInstance Settings settings);
    }
}
