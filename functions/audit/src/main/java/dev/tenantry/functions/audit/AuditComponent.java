package dev.tenantry.functions.audit;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiContext;
import dev.tenantry.wiring.CoreModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface AuditComponent {

    ApiContext context();

    AuditRoutes routes();

    @Component.Factory
    interface Factory {
        AuditComponent create(@BindsInstance Settings settings);
    }
}
