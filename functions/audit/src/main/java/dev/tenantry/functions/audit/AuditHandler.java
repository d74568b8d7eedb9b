package dev.tenantry.functions.audit;

import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;

/// The Lambda function of the audit trail.
public final class AuditHandler extends ApiFunction {

    public AuditHandler() {
        this(Settings.fromEnvironment());
    }

    public AuditHandler(Settings settings) {
        this(DaggerAuditComponent.factory().create(settings));
    }

    private AuditHandler(AuditComponent component) {
        super(component.context(), component.routes().table());
    }
}
