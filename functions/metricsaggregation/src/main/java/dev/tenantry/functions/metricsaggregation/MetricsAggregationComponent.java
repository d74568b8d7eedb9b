package dev.tenantry.functions.metricsaggregation;

import dagger.BindsInstance;
import dagger.Component;
import dev.tenantry.config.CoreModule;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventDesk;
import dev.tenantry.stats.RepairCounters;
import dev.tenantry.usage.AggregateUsage;
import javax.inject.Singleton;

/// Wires the function.
@Singleton
@Component(modules = CoreModule.class)
interface MetricsAggregationComponent {

    EventDesk desk();

    AggregateUsage aggregate();

    RepairCounters repair();

    @Component.Factory
    interface Factory {
        MetricsAggregationComponent create(@BindsInstance Settings settings);
    }
}
