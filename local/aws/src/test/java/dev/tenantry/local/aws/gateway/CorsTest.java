package dev.tenantry.local.aws.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.template.CorsDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Amazon API Gateway Developer Guide, "Configure CORS for HTTP APIs".
class CorsTest {

    private static final String PORTAL = "https://portal.example.com";

    private final Cors cors = new Cors(new CorsDefinition(
            List.of(PORTAL),
            List.of("GET", "POST"),
            List.of("authorization", "content-type"),
            List.of("etag", "link"),
            Optional.of(Duration.ofMinutes(10)),
            false));

    @Test
    void answersAPreflightRequestItself() {
        Response answer = cors.preflight(Requests.options(preflight(PORTAL, "POST")));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers().asMap())
                .isEqualTo(Map.of(
                        "access-control-allow-origin", List.of(PORTAL),
                        "access-control-allow-methods", List.of("GET,POST"),
                        "access-control-allow-headers", List.of("authorization,content-type"),
                        "access-control-max-age", List.of("600")));
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example.com, POST", "https://portal.example.com, DELETE", "null, POST"})
    void grantsNothingToAForeignOriginOrMethod(String origin, String method) {
        Response answer = cors.preflight(Requests.options(preflight(origin, method)));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers().asMap()).isEmpty();
    }

    @Test
    void decoratesAnAnswerForAnAllowedOrigin() {
        Response answer = cors.decorate(Requests.with(Map.of("Origin", List.of(PORTAL))), Response.of(200));
        assertThat(answer.headers().joined("access-control-allow-origin")).contains(PORTAL);
        assertThat(answer.headers().joined("access-control-expose-headers")).contains("etag,link");
        assertThat(answer.headers().joined("access-control-allow-credentials")).isEmpty();
    }

    @Test
    void decoratesNothingForAForeignOrigin() {
        Response answer =
                cors.decorate(Requests.with(Map.of("Origin", List.of("https://evil.example.com"))), Response.of(200));
        assertThat(answer.headers().asMap()).isEmpty();
    }

    /// The guide: "API Gateway ignores CORS headers returned from your backend integration."
    @Test
    void ignoresTheFunctionsOwnCorsHeaders() {
        Response own = Response.of(200).with("Access-Control-Allow-Origin", "*").with("etag", "\"1\"");
        assertThat(cors.decorate(Requests.with(Map.of()), own).headers().asMap())
                .isEqualTo(Map.of("etag", List.of("\"1\"")));
    }

    @Test
    void tellsAPreflightRequestFromAPlainOptions() {
        assertThat(Cors.isPreflight(Requests.options(preflight(PORTAL, "GET")))).isTrue();
        assertThat(Cors.isPreflight(Requests.options(Map.of("Origin", List.of(PORTAL)))))
                .isFalse();
    }

    @Test
    void grantsAnyOriginWhereTheTemplateSaysSo() {
        Cors open =
                new Cors(new CorsDefinition(List.of("*"), List.of("*"), List.of(), List.of(), Optional.empty(), false));
        Response answer = open.preflight(Requests.options(preflight("https://any.example.com", "PATCH")));
        assertThat(answer.headers().joined("access-control-allow-origin")).contains("*");
    }

    private static Map<String, List<String>> preflight(String origin, String method) {
        return Map.of("Origin", List.of(origin), "Access-Control-Request-Method", List.of(method));
    }
}
