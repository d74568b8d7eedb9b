package dev.tenantry.functions.tenants;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.http.Desk;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface TenantsComponent {

    Desk desk();

    TenantsRoutes routes();

    @Component.Factory
    interface Factory {
        TenantsComponent create(@BindsInstance Settings settings);
    }
}
