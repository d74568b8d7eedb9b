package dev.tenantry.functions.metricsaggregation;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventContext;
import dev.tenantry.usage.AggregateUsage;
import dev.tenantry.wiring.CoreModule;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface MetricsAggregationComponent {

    EventContext context();

    AggregateUsage aggregate();

    @Component.Factory
    interface Factory {
        MetricsAggregationComponent create(@BindsInstance Settings settings);
    }
}
