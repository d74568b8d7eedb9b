package dev.tenantry.local.aws.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.aws.template.RouteDefinition;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Amazon API Gateway Developer Guide, "Create routes for HTTP APIs": the most specific match wins, in the order full
/// match, greedy path variable, `$default`.
class RoutesTest {

    private final Routes routes = routes(
            "$default",
            "ANY /{proxy+}",
            "GET /pets/{proxy+}",
            "GET /pets/{id}",
            "GET /pets/dog",
            "ANY /pets/dog",
            "GET /pets/{id}/toys");

    @ParameterizedTest
    @CsvSource({
        "GET, /pets/dog, GET /pets/dog",
        "PUT, /pets/dog, ANY /pets/dog",
        "GET, /pets/cat, GET /pets/{id}",
        "GET, /pets/cat/toys, GET /pets/{id}/toys",
        "GET, /pets/cat/food, GET /pets/{proxy+}",
        "PUT, /pets/cat, ANY /{proxy+}",
        "GET, /else, ANY /{proxy+}",
        "GET, /, $default",
    })
    void choosesTheMostSpecificRoute(String method, String path, String routeKey) {
        assertThat(routes.choose(method, path).map(match -> match.route().routeKey()))
                .contains(routeKey);
    }

    @Test
    void decodesPathVariables() {
        assertThat(parameters("GET", "/pets/a%20b%2Fc+d")).contains(Map.of("id", "a b/c+d"));
    }

    @Test
    void givesAGreedyVariableTheRestOfThePath() {
        assertThat(parameters("GET", "/pets/a/b%20c")).contains(Map.of("proxy", "a/b c"));
    }

    @Test
    void knowsNothingWithoutADefaultRoute() {
        assertThat(routes("GET /pets").choose("GET", "/cats")).isEmpty();
    }

    /// A path with a slash behind it is another one, and no route ends with a slash: API Gateway takes none that
    /// does.
    @Test
    void tellsAPathFromOneThatEndsWithASlash() {
        Routes hooks = routes("$default", "POST /hooks/webhook", "POST /hooks/{proxy+}");
        assertThat(hooks.choose("POST", "/hooks/webhook")
                        .map(match -> match.route().routeKey()))
                .contains("POST /hooks/webhook");
        assertThat(hooks.choose("POST", "/hooks/webhook/"))
                .hasValueSatisfying(
                        match -> assertThat(match.route().routeKey()).isEqualTo("POST /hooks/{proxy+}"))
                .hasValueSatisfying(match -> assertThat(match.pathParameters()).isEqualTo(Map.of("proxy", "webhook/")));
    }

    @Test
    void tellsMethodsApart() {
        assertThat(routes("GET /pets").choose("POST", "/pets")).isEmpty();
    }

    @Test
    void takesATrailingSlashForAnotherPath() {
        assertThat(routes("GET /pets").choose("GET", "/pets/")).isEmpty();
    }

    @Test
    void leavesNoVariableEmpty() {
        assertThat(routes("GET /pets/{id}", "PUT /pets/{proxy+}").choose("GET", "/pets/"))
                .isEmpty();
    }

    private Optional<Map<String, String>> parameters(String method, String path) {
        return routes.choose(method, path).map(Routes.Match::pathParameters);
    }

    private static Routes routes(String... keys) {
        return new Routes(
                Stream.of(keys).map(key -> new RouteDefinition(key, "F", false)).toList());
    }
}
