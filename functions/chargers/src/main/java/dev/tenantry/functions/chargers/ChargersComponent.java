package dev.tenantry.functions.chargers;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiContext;
import dev.tenantry.profiles.PasswordCheck;
import dev.tenantry.wiring.CoreModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface ChargersComponent {

    ApiContext context();

    ChargersRoutes routes();

    PasswordCheck passwords();

    @Component.Factory
    interface Factory {
        ChargersComponent create(@BindsInstance Settings settings);
    }
}
