package dev.tenantry.functions.tenants;

import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;

/// The Lambda function of tenants.
public final class TenantsHandler extends ApiFunction {

    private final TenantsComponent component;

    public TenantsHandler() {
        this(Settings.fromEnvironment());
    }

    public TenantsHandler(Settings settings) {
        this(DaggerTenantsComponent.factory().create(settings));
    }

    private TenantsHandler(TenantsComponent component) {
        super(component.context(), component.routes().table());
        this.component = component;
    }

    @Override
    protected void primeOthers() {
        component.nameServers().prepare();
    }

    @Override
    protected String primingBody(String routeKey) {
        return switch (routeKey) {
            case "POST /tenant" -> "{\"name\":\"Primed\",\"domainPrefix\":\"primed\"}";
            case "PUT /tenant/{tenant}" -> "{\"name\":\"Primed\"}";
            default -> super.primingBody(routeKey);
        };
    }
}
