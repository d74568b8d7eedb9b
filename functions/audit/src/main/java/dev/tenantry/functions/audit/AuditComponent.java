package dev.tenantry.functions.audit;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.http.Desk;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface AuditComponent {

    Desk desk();

    AuditRoutes routes();

    @Component.Factory
    interface Factory {
        AuditComponent create(@BindsInstance Settings settings);
    }
}
