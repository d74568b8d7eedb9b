package dev.tenantry.functions.metrics;

import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;

/// The Lambda function of a tenant's usage and statistics.
public final class MetricsHandler extends ApiFunction {

    public MetricsHandler() {
        this(Settings.fromEnvironment());
    }

    public MetricsHandler(Settings settings) {
        this(DaggerMetricsComponent.factory().create(settings));
    }

    private MetricsHandler(MetricsComponent component) {
        super(component.context(), component.routes().table());
    }
}
