package dev.tenantry.functions.usageingest;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventDesk;
import dev.tenantry.usage.IngestSamples;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface UsageIngestComponent {

    EventDesk desk();

    IngestSamples ingest();

    @Component.Factory
    interface Factory {
        UsageIngestComponent create(@BindsInstance Settings settings);
    }
}
