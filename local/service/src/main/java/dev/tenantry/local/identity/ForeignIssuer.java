package dev.tenantry.local.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.gateway.KeySource;
import dev.tenantry.local.aws.gateway.PublishedKeys;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.Site;
import java.time.Clock;

/// Another issuer, whose tokens are taken instead of this service's own (`JWT_ISSUER`). Nothing here issues any then.
public final class ForeignIssuer implements IdentityProvider {

    private final String issuer;
    private final KeySource keys;

    private ForeignIssuer(String issuer, KeySource keys) {
        this.issuer = issuer;
        this.keys = keys;
    }

    /// Reads its metadata and its keys.
    ///
    /// @throws CannotStart if it can't be reached, or says that it is another
    public static ForeignIssuer of(String issuer, Clock clock) {
        return new ForeignIssuer(issuer, PublishedKeys.of(issuer, clock));
    }

    @Override
    public KeySource keys() {
        return keys;
    }

    @Override
    public Site.Plan on(Site.Plan plan) {
        Paths.ALL.forEach(path -> plan.get(path, this::elsewhere).post(path, this::elsewhere));
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
