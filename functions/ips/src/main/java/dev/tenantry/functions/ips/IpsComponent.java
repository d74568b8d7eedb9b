package dev.tenantry.functions.ips;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.http.Desk;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface IpsComponent {

    Desk desk();

    IpsRoutes routes();

    @Component.Factory
    interface Factory {
        IpsComponent create(@BindsInstance Settings settings);
    }
}
