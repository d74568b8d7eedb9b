package dev.tenantry.functions.profiles;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiContext;
import dev.tenantry.wiring.CoreModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface ProfilesComponent {

    ApiContext context();

    ProfilesRoutes routes();

    @Component.Factory
    interface Factory {
        ProfilesComponent create(@BindsInstance Settings settings);
    }
}
