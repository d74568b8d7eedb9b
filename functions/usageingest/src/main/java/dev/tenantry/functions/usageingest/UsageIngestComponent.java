package dev.tenantry.functions.usageingest;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventContext;
import dev.tenantry.usage.IngestReports;
import dev.tenantry.wiring.CoreModule;
import java.time.Clock;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface UsageIngestComponent {

    EventContext context();

    IngestReports ingest();

    Clock clock();

    @Component.Factory
    interface Factory {
        UsageIngestComponent create(@BindsInstance Settings settings);
    }
}
