package dev.tenantry.local.aws.gateway;

import dev.tenantry.local.aws.template.RouteDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Chooses a request's route: the most specific that matches, else `$default`, else none.
final class Routes {

    private final List<Route> routes = new ArrayList<>();
    private final Optional<RouteDefinition> fallback;

    Routes(List<RouteDefinition> definitions) {
        definitions.stream().filter(it -> !isDefault(it)).map(Route::of).forEach(routes::add);
        routes.sort(Route.MOST_SPECIFIC_FIRST);
        fallback = definitions.stream().filter(Routes::isDefault).findFirst();
    }

    /// A route that was chosen.
    ///
    /// @param pathParameters decoded
    record Match(RouteDefinition route, Map<String, String> pathParameters) {}

    /// @param path still percent-encoded
    Optional<Match> choose(String method, String path) {
        List<String> segments = Route.segmentsOf(path);
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(method, segments);
            if (variables.isPresent()) {
                return Optional.of(new Match(route.definition(), variables.get()));
            }
        }
        return fallback.map(route -> new Match(route, Map.of()));
    }

    private static boolean isDefault(RouteDefinition definition) {
        return definition.routeKey().equals("$default");
    }
}
