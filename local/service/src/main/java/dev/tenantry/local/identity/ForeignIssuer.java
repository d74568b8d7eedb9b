package dev.tenantry.local.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.gateway.KeySource;
import dev.tenantry.local.aws.gateway.PublishedKeys;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.Site;
import java.net.URI;
import java.time.Clock;
import java.util.List;

/// Another issuer, whose tokens are taken instead of this service's own (`JWT_ISSUER`). Nothing here issues any then.
public final class ForeignIssuer implements IdentityProvider {

    private final String issuer;
    private final KeySource keys;
    private final CrossOrigin crossOrigin;

    private ForeignIssuer(String issuer, KeySource keys, CrossOrigin crossOrigin) {
        this.issuer = issuer;
        this.keys = keys;
        this.crossOrigin = crossOrigin;
    }

    /// Reads its metadata and its keys.
    ///
    /// @param service       where this service answers
    /// @param portalOrigins whose browser code may read where tokens come from
    /// @throws CannotStart if it can't be reached, or says that it is another
    public static ForeignIssuer of(String issuer, URI service, List<String> portalOrigins, Clock clock) {
        Origins origins = new Origins(service.toString(), portalOrigins);
        return new ForeignIssuer(issuer, PublishedKeys.of(issuer, clock), new CrossOrigin(origins));
    }

    @Override
    public KeySource keys() {
        return keys;
    }

    @Override
    public Site.Plan on(Site.Plan plan) {
        Endpoint elsewhere = crossOrigin.around(this::elsewhere);
        Paths.ALL.forEach(
                path -> plan.get(path, elsewhere).post(path, elsewhere).options(path, crossOrigin::preflight));
        return plan.post("/_local/token", this::elsewhere);
    }

    private Response elsewhere(Request request) {
        ObjectNode problem = Json.object()
                .put("type", "about:blank")
                .put("title", "Conflict")
                .put("status", 409)
                .put(
                        "detail",
                        "Tokens come from " + issuer + ", as JWT_ISSUER says: sign in there. Start the service without"
                                + " JWT_ISSUER to have tokens from it.")
                .put("instance", request.path())
                .put("code", "issuer_elsewhere");
        return Response.of(409, "application/problem+json", Body.of(Json.text(problem)));
    }
}
