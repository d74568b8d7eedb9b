package dev.tenantry.functions.ips;

import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;

/// The Lambda function of a tenant's IP allowlist.
public final class IpsHandler extends ApiFunction {

    public IpsHandler() {
        this(Settings.fromEnvironment());
    }

    public IpsHandler(Settings settings) {
        this(DaggerIpsComponent.factory().create(settings));
    }

    private IpsHandler(IpsComponent component) {
        super(component.context(), component.routes().table());
    }

    @Override
    protected String primingBody(String routeKey) {
        return switch (routeKey) {
            case "POST /tenant/{tenant}/ips" ->
                "{\"ip\":\"198.51.100.0/24\",\"scope\":\"charger\",\"description\":\"Primed\"}";
            case "PUT /tenant/{tenant}/ips/{ipId}" -> "{\"description\":\"Primed\"}";
            default -> super.primingBody(routeKey);
        };
    }
}
