package dev.tenantry.functions.metrics;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.http.Desk;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface MetricsComponent {

    Desk desk();

    MetricsRoutes routes();

    @Component.Factory
    interface Factory {
        MetricsComponent create(@BindsInstance Settings settings);
    }
}
