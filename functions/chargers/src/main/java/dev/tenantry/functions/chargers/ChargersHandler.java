package dev.tenantry.functions.chargers;

import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;

/// The Lambda function of a tenant's chargers and of provisioning mode.
public final class ChargersHandler extends ApiFunction {

    public ChargersHandler() {
        this(Settings.fromEnvironment());
    }

    public ChargersHandler(Settings settings) {
        this(DaggerChargersComponent.factory().create(settings));
    }

    private ChargersHandler(ChargersComponent component) {
        super(component.context(), component.routes().table());
    }
}
