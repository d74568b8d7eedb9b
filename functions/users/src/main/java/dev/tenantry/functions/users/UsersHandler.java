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

    @Override
    protected String primingBody(String routeKey) {
        return switch (routeKey) {
            case "PUT /tenant/{tenant}/user" ->
                "[{\"id\":\"00000000-0000-4000-8000-000000000002\",\"role\":\"viewer\"}]";
            case "PUT /tenant/{tenant}/user/{userId}" -> "{\"role\":\"viewer\"}";
            default -> super.primingBody(routeKey);
        };
    }
}
