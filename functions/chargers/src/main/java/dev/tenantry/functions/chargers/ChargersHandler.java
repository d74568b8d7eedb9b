package dev.tenantry.functions.chargers;

import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;
import dev.tenantry.profiles.PasswordCheck;

/// The Lambda function of a tenant's chargers and of provisioning mode.
public final class ChargersHandler extends ApiFunction {

    private final PasswordCheck passwords;

    public ChargersHandler() {
        this(Settings.fromEnvironment());
    }

    public ChargersHandler(Settings settings) {
        this(DaggerChargersComponent.factory().create(settings));
    }

    private ChargersHandler(ChargersComponent component) {
        super(component.context(), component.routes().table());
        this.passwords = component.passwords();
    }

    /// One request can bring twenty passwords: its classes are loaded by then, and its loop is compiled.
    @Override
    protected void primeOthers() {
        passwords.prime();
    }
}
