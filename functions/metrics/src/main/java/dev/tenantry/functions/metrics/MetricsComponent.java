package dev.tenantry.functions.metrics;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiContext;
import dev.tenantry.wiring.CoreModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface MetricsComponent {

    ApiContext context();

    MetricsRoutes routes();

    @Component.Factory
    interface Factory {
        MetricsComponent create(@BindsInstance Settings settings);
    }
}
