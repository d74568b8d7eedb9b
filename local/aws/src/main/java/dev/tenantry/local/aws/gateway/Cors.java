package dev.tenantry.local.aws.gateway;

import dev.tenantry.local.aws.http.Fields;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.template.CorsDefinition;
import java.util.List;
import java.util.Optional;

/// What the gateway does about CORS when an API has a CORS configuration
/// (Amazon API Gateway Developer Guide, "Configure CORS for HTTP APIs").
final class Cors {

    private static final String ANY = "*";

    private final CorsDefinition definition;

    Cors(CorsDefinition definition) {
        this.definition = definition;
    }

    /// Whether a browser asks if it may send another request (Fetch standard, "CORS-preflight request").
    static boolean isPreflight(Request request) {
        return request.method().equals("OPTIONS")
                && request.headers().joined("origin").isPresent()
                && request.headers().joined("access-control-request-method").isPresent();
    }

    /// The gateway's own answer to a preflight request. It grants nothing to a foreign origin or method.
    Response preflight(Request request) {
        Response answer = Response.of(204);
        Optional<String> origin = allowedOrigin(request);
        String method =
                request.headers().joined("access-control-request-method").orElse("");
        if (origin.isEmpty() || !allows(definition.allowMethods(), method)) {
            return answer;
        }
        answer = withOrigin(answer, origin.get())
                .with("access-control-allow-methods", String.join(",", definition.allowMethods()));
        if (!definition.allowHeaders().isEmpty()) {
            answer = answer.with("access-control-allow-headers", String.join(",", definition.allowHeaders()));
        }
        if (definition.maxAge().isPresent()) {
            answer = answer.with(
                    "access-control-max-age",
                    Long.toString(definition.maxAge().get().toSeconds()));
        }
        return answer;
    }

    /// A function's answer with the configured headers. Those that the function sent itself are dropped.
    Response decorate(Request request, Response response) {
        Response answer = withoutCorsHeaders(response);
        Optional<String> origin = allowedOrigin(request);
        if (origin.isEmpty()) {
            return answer;
        }
        answer = withOrigin(answer, origin.get());
        return definition.exposeHeaders().isEmpty()
                ? answer
                : answer.with("access-control-expose-headers", String.join(",", definition.exposeHeaders()));
    }

    private Optional<String> allowedOrigin(Request request) {
        return request.headers()
                .joined("origin")
                .filter(origin -> allows(definition.allowOrigins(), origin))
                .map(origin -> definition.allowOrigins().contains(ANY) ? ANY : origin);
    }

    private Response withOrigin(Response response, String origin) {
        Response answer = response.with("access-control-allow-origin", origin);
        return definition.allowCredentials() ? answer.with("access-control-allow-credentials", "true") : answer;
    }

    private static Response withoutCorsHeaders(Response response) {
        Fields kept = response.headers();
        for (String name : response.headers().asMap().keySet()) {
            kept = name.startsWith("access-control-") ? kept.without(name) : kept;
        }
        return new Response(response.status(), kept, response.body());
    }

    private static boolean allows(List<String> allowed, String value) {
        return allowed.contains(ANY) || allowed.contains(value);
    }
}
