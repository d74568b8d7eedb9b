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
}
