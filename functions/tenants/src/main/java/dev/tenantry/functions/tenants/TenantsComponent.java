package dev.tenantry.functions.tenants;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.dns.NameServers;
import dev.tenantry.http.ApiContext;
import dev.tenantry.wiring.CoreModule;
import dev.tenantry.wiring.DnsModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = {CoreModule.class, DnsModule.class})
interface TenantsComponent {

    ApiContext context();

    NameServers nameServers();

    TenantsRoutes routes();

    @Component.Factory
    interface Factory {
        TenantsComponent create(@BindsInstance Settings settings);
    }
}
