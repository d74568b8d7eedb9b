package dev.tenantry.functions.fallback;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/// The paths of the API and their methods. A test holds them against `template.yaml`.
final class Paths {

    static final Map<String, List<String>> METHODS = Map.ofEntries(
            entry("/tenant", List.of("GET", "POST")),
            entry("/tenant/{tenant}", List.of("GET", "PUT", "DELETE")),
            entry("/tenant/{tenant}/user", List.of("GET", "PUT")),
            entry("/tenant/{tenant}/user/{userId}", List.of("PUT", "DELETE")),
            entry("/tenant/{tenant}/invite", List.of("GET", "POST")),
            entry("/tenant/{tenant}/invite/{inviteId}", List.of("DELETE")),
            entry("/invite/accept", List.of("POST")),
            entry("/tenant/{tenant}/ips", List.of("GET", "POST")),
            entry("/tenant/{tenant}/ips/{ipId}", List.of("DELETE")),
            entry("/tenant/{tenant}/charger", List.of("GET")),
            entry("/tenant/{tenant}/provision", List.of("GET", "POST", "DELETE")),
            entry("/tenant/{tenant}/audit", List.of("GET")));

    private Paths() {}
}
