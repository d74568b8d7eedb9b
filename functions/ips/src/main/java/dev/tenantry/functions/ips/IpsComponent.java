package dev.tenantry.functions.ips;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiContext;
import dev.tenantry.wiring.CoreModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface IpsComponent {

    ApiContext context();

    IpsRoutes routes();

    @Component.Factory
    interface Factory {
        IpsComponent create(@BindsInstance Settings settings);
    }
}
