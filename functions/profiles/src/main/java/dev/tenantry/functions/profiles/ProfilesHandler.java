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
}
