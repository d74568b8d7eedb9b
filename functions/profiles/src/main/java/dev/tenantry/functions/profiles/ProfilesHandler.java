package dev.tenantry.functions.profiles;

import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;

/// The Lambda function of a tenant's charger profiles.
public final class ProfilesHandler extends ApiFunction {

    public ProfilesHandler() {
        this(Settings.fromEnvironment());
    }

    public ProfilesHandler(Settings settings) {
        this(DaggerProfilesComponent.factory().create(settings));
    }

    private ProfilesHandler(ProfilesComponent component) {
        super(component.context(), component.routes().table());
    }

    @Override
    protected String primingBody(String routeKey) {
        return switch (routeKey) {
            case "POST /tenant/{tenant}/profile" -> """
                {"displayName": "Primed", "description": "Primed", "cpmsUrl": "wss://cpms.example.com/primed",
                "heartbeatInterval": 60, "securityProfile": 2, "password": "primedprimedprimed",
                "configuration": {"MeterValueSampleInterval": "30"}}""";
            case "PUT /tenant/{tenant}/profile/{profileId}" -> "{\"displayName\":\"Primed\"}";
            default -> super.primingBody(routeKey);
        };
    }
}
