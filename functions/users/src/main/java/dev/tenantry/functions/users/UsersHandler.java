package dev.tenantry.functions.users;

import dev.tenantry.config.Settings;
import dev.tenantry.http.ApiFunction;

/// The Lambda function of a tenant's people.
public final class UsersHandler extends ApiFunction {

    public UsersHandler() {
        this(Settings.fromEnvironment());
    }

    public UsersHandler(Settings settings) {
        this(DaggerUsersComponent.factory().create(settings));
    }

    private UsersHandler(UsersComponent component) {
        super(component.context(), component.routes().table());
    }
}
