package dev.tenantry.functions.users;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.http.Desk;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface UsersComponent {

    Desk desk();

    UsersRoutes routes();

    @Component.Factory
    interface Factory {
        UsersComponent create(@BindsInstance Settings settings);
    }
}
