package dev.tenantry.local.identity;

import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.util.Optional;

/// Lets browser code of the portals call what is no page (Fetch standard, "CORS protocol").
final class CrossOrigin {

    private final Origins origins;

    CrossOrigin(Origins origins) {
        this.origins = origins;
    }

    /// The same answers, readable for the portals.
    Endpoint around(Endpoint endpoint) {
        return request -> {
            Response answer = endpoint.answer(request).with("vary", "Origin");
            return known(request)
                    .map(origin -> answer.with("access-control-allow-origin", origin)
                            .with("access-control-expose-headers", "www-authenticate"))
                    .orElse(answer);
        };
    }

    /// What a browser asks before it sends a request with a token.
    Response preflight(Request request) {
        Response answer = Response.of(204).with("vary", "Origin");
        return known(request)
                .map(origin -> answer.with("access-control-allow-origin", origin)
                        .with("access-control-allow-methods", "GET,POST")
                        .with("access-control-allow-headers", "authorization,content-type")
                        .with("access-control-max-age", "600"))
                .orElse(answer);
    }

    private Optional<String> known(Request request) {
        return request.headers().joined("origin").filter(origins::isKnown);
    }
}
