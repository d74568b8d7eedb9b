package dev.tenantry.functions.fallback;

import java.util.List;
import java.util.Map;

/// The paths of the API and their methods. A test holds them against `template.yaml`.
final class Paths {

    static final Map<String, List<String>> METHODS = Map.ofEntries(
            Map.entry("/tenant", List.of("GET", "POST")),
            Map.entry("/tenant/{tenant}", List.of("GET", "PUT", "DELETE")),
            Map.entry("/tenant/{tenant}/domain", List.of("POST")),
            Map.entry("/tenant/{tenant}/user", List.of("GET", "PUT")),
            Map.entry("/tenant/{tenant}/user/{userId}", List.of("PUT", "DELETE")),
            Map.entry("/tenant/{tenant}/invite", List.of("GET", "POST")),
            Map.entry("/tenant/{tenant}/invite/{inviteId}", List.of("DELETE")),
            Map.entry("/invite/accept", List.of("POST")),
            Map.entry("/tenant/{tenant}/ips", List.of("GET", "POST")),
            Map.entry("/tenant/{tenant}/ips/{ipId}", List.of("PUT", "DELETE")),
            Map.entry("/tenant/{tenant}/profile", List.of("GET", "POST")),
            Map.entry("/tenant/{tenant}/profile/{profileId}", List.of("GET", "PUT", "DELETE")),
            Map.entry("/tenant/{tenant}/stats", List.of("GET")),
            Map.entry("/tenant/{tenant}/metrics", List.of("GET")),
            Map.entry("/tenant/{tenant}/subscription", List.of("GET")),
            Map.entry("/product", List.of("GET")),
            Map.entry("/tenant/{tenant}/billing", List.of("GET")),
            Map.entry("/tenant/{tenant}/billing/checkout", List.of("POST")),
            Map.entry("/stripe/webhook", List.of("POST")),
            Map.entry("/tenant/{tenant}/charger", List.of("GET", "POST", "PUT")),
            Map.entry("/tenant/{tenant}/charger/{chargerId}", List.of("GET", "PUT", "DELETE")),
            Map.entry("/tenant/{tenant}/refusal", List.of("GET")),
            Map.entry("/tenant/{tenant}/provision", List.of("GET", "POST", "PUT", "DELETE")),
            Map.entry("/tenant/{tenant}/audit", List.of("GET")));

    private Paths() {}
}
