package dev.tenantry.local.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.util.List;
import java.util.Optional;

/// Says of whom an access token is (OpenID Connect Core 1.0, section 5.3).
final class UserInfoEndpoint implements Endpoint {

    private static final List<String> CLAIMS =
            List.of("sub", "name", "given_name", "family_name", "email", "email_verified");

    private final TokenIssuer tokens;

    UserInfoEndpoint(TokenIssuer tokens) {
        this.tokens = tokens;
    }

    @Override
    public Response answer(Request request) {
        String[] header = request.headers().joined("authorization").orElse("").split(" ", 2);
        if (header.length < 2 || !header[0].equalsIgnoreCase("Bearer")) {
            return refused("Bearer");
        }
        Optional<JWTClaimsSet> claims = tokens.valid(header[1].strip());
        return claims.isPresent() ? said(claims.get()) : refused("Bearer error=\"invalid_token\"");
    }

    private static Response said(JWTClaimsSet claims) {
        ObjectNode person = Json.object();
        for (String name : CLAIMS) {
            switch (claims.getClaim(name)) {
                case String text -> person.put(name, text);
                case Boolean truth -> person.put(name, truth);
                case null, default -> {}
            }
        }
        return Response.json(200, Json.text(person)).with("cache-control", "no-store");
    }

    /// RFC 6750, section 3.
    private static Response refused(String challenge) {
        return Response.json(401, "{\"error\":\"invalid_token\"}").with("www-authenticate", challenge);
    }
}
