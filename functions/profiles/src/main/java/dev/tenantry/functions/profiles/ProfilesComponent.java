package dev.tenantry.functions.profiles;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.http.Desk;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface ProfilesComponent {

    Desk desk();

    ProfilesRoutes routes();

    @Component.Factory
    interface Factory {
        ProfilesComponent create(@BindsInstance Settings settings);
    }
}
