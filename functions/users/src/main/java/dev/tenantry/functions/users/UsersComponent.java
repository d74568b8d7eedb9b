package dev.tenantry.functions.users;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiContext;
import dev.tenantry.wiring.CoreModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface UsersComponent {

    ApiContext context();

    UsersRoutes routes();

    @Component.Factory
    interface Factory {
        UsersComponent create(@BindsInstance Settings settings);
    }
}
