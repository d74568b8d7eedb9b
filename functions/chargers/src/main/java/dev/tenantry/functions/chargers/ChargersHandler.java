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

    @Override
    protected String primingBody(String routeKey) {
        return switch (routeKey) {
            case "POST /tenant/{tenant}/charger" -> "{\"identity\":\"ENTERED\"}";
            case "PUT /tenant/{tenant}/charger" -> "[{\"id\":1,\"blocked\":true}]";
            case "PUT /tenant/{tenant}/charger/{chargerId}" -> "{\"blocked\":true}";
            case "PUT /tenant/{tenant}/provision" -> "{\"durationSeconds\":7200}";
            default -> super.primingBody(routeKey);
        };
    }
}
