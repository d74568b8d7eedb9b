package dev.tenantry.http;

import dev.tenantry.tenancy.Role;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The endpoints of one function, as the contract lists them. What answers one is made when it is asked for (a
/// `Provider`): an instance that has just started mostly answers one of them, and what the others need would have to be
/// loaded before.
public final class Routes {

    /// Answers one endpoint.
    @FunctionalInterface
    public interface Endpoint {
        Reply answer(Request request);
    }

    /// @param role the lowest that may pass; empty for any signed-in user, outside of any tenant
    record Route(String key, Optional<Role> role, Endpoint endpoint) {}

    private final Map<String, Route> routes = new LinkedHashMap<>();

    private Routes() {}

    public static Routes table() {
        return new Routes();
    }

    public Routes get(String path, Role role, Endpoint endpoint) {
        return add("GET", path, Optional.of(role), endpoint);
    }

    public Routes post(String path, Role role, Endpoint endpoint) {
        return add("POST", path, Optional.of(role), endpoint);
    }

    public Routes put(String path, Role role, Endpoint endpoint) {
        return add("PUT", path, Optional.of(role), endpoint);
    }

    public Routes delete(String path, Role role, Endpoint endpoint) {
        return add("DELETE", path, Optional.of(role), endpoint);
    }

    /// An endpoint outside of any tenant, for any signed-in user.
    public Routes get(String path, Endpoint endpoint) {
        return add("GET", path, Optional.empty(), endpoint);
    }

    /// An endpoint outside of any tenant, for any signed-in user.
    public Routes post(String path, Endpoint endpoint) {
        return add("POST", path, Optional.empty(), endpoint);
    }

    /// The routes as API Gateway names them, such as `GET /tenant/{tenant}`.
    public Set<String> keys() {
        return routes.keySet();
    }

    /// The lowest role that may use a route; empty for any signed-in user.
    public Optional<Role> role(String key) {
        return find(key).flatMap(Route::role);
    }

    Optional<Route> find(String key) {
        return Optional.ofNullable(routes.get(key));
    }

    private Routes add(String method, String path, Optional<Role> role, Endpoint endpoint) {
        String key = method + " " + path;
        if (role.isPresent() != path.startsWith("/tenant/{tenant}")) {
            throw new IllegalArgumentException(key + ": a role is what a tenant gives");
        }
        if (routes.put(key, new Route(key, role, endpoint)) != null) {
            throw new IllegalArgumentException(key + " is in the table twice");
        }
        return this;
    }
}
