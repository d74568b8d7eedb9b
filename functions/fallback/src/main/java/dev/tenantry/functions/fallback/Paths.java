package dev.tenantry.functions.fallback;

import java.util.List;
import java.util.Map;

/// The paths of the API and their methods. A test holds them against `template.yaml`.
final class Paths {

    static final Map<String, List<String>> METHODS = Map.of(
            "/tenant", List.of("GET", "POST"),
            "/tenant/{tenant}", List.of("GET", "PUT", "DELETE"),
            "/tenant/{tenant}/user", List.of("GET", "PUT"),
            "/tenant/{tenant}/user/{userId}", List.of("PUT", "DELETE"),
            "/tenant/{tenant}/invite", List.of("GET", "POST"),
            "/tenant/{tenant}/invite/{inviteId}", List.of("DELETE"),
            "/invite/accept", List.of("POST"),
            "/tenant/{tenant}/ips", List.of("GET", "POST"),
            "/tenant/{tenant}/ips/{ipId}", List.of("DELETE"),
            "/tenant/{tenant}/audit", List.of("GET"));

    private Paths() {}
}
