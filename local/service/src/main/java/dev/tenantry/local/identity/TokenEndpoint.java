package dev.tenantry.local.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.identity.Grants.Renewable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Gives tokens for a code or a refresh token (RFC 6749, sections 4.1.3 and 6; OpenID Connect Core 1.0, sections 3.1.3
/// and 12). Its clients are public: they have no secret, and one that is sent counts for nothing.
final class TokenEndpoint implements Endpoint {

    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private final Grants grants;
    private final TokenIssuer issuer;

    TokenEndpoint(Grants grants, TokenIssuer issuer) {
        this.grants = grants;
        this.issuer = issuer;
    }

    @Override
    public Response answer(Request request) {
        try {
            Parameters parameters = Parameters.of(request);
            String grantType = parameters.get("grant_type").orElse("");
            return switch (grantType) {
                case "authorization_code" -> forCode(parameters);
                case "refresh_token" -> forRefreshToken(parameters);
                case "" ->
                    throw new OAuthError(
                            "invalid_request",
                            "grant_type is missing. Send a form (application/x-www-form-urlencoded) with"
                                    + " grant_type=authorization_code or grant_type=refresh_token.");
                default ->
                    throw new OAuthError(
                            "unsupported_grant_type", "grant_type must be authorization_code or refresh_token.");
            };
        } catch (OAuthError error) {
            return json(400, Json.object().put("error", error.code()).put("error_description", error.description()));
        }
    }

    private Response forCode(Parameters parameters) throws OAuthError {
        List<String> faults = missing(parameters, "code", "client_id", "redirect_uri", "code_verifier");
        if (parameters
                .get("code_verifier")
                .filter(it -> !VERIFIER.matcher(it).matches())
                .isPresent()) {
            faults.add("code_verifier must have 43 to 128 letters, digits and - . _ ~");
        }
        refuse(faults);
        Renewable renewable = grants.redeem(
                parameters.get("code").orElseThrow(),
                parameters.get("client_id").orElseThrow(),
                parameters.get("redirect_uri").orElseThrow(),
                parameters.get("code_verifier").orElseThrow());
        return tokens(renewable, renewable.grant().scopes(), renewable.grant().nonce());
    }

    private Response forRefreshToken(Parameters parameters) throws OAuthError {
        refuse(missing(parameters, "refresh_token", "client_id"));
        Optional<Scopes> scopes = parameters.get("scope").map(Scopes::of);
        Renewable renewable = grants.renew(
                parameters.get("refresh_token").orElseThrow(),
                parameters.get("client_id").orElseThrow(),
                scopes);
        return tokens(renewable, scopes.orElse(renewable.grant().scopes()), Optional.empty());
    }

    private Response tokens(Renewable renewable, Scopes scopes, Optional<String> nonce) {
        Grant grant = renewable.grant();
        ObjectNode answer = Json.object()
                .put("access_token", issuer.accessToken(grant, scopes))
                .put("token_type", "Bearer")
                .put("expires_in", TokenIssuer.lifetime().toSeconds())
                .put("refresh_token", renewable.refreshToken())
                .put("scope", scopes.text());
        if (scopes.has("openid")) {
            answer.put("id_token", issuer.idToken(grant, scopes, nonce));
        }
        return json(200, answer);
    }

    private static List<String> missing(Parameters parameters, String... names) {
        List<String> faults = new ArrayList<>();
        for (String name : names) {
            if (parameters.get(name).isEmpty()) {
                faults.add(name + " is missing.");
            } else if (parameters.isRepeated(name)) {
                faults.add(name + " is there twice; send it once.");
            }
        }
        return faults;
    }

    private static void refuse(List<String> faults) throws OAuthError {
        if (!faults.isEmpty()) {
            throw new OAuthError("invalid_request", String.join(" ", faults));
        }
    }

    private static Response json(int status, ObjectNode body) {
        return Response.json(status, Json.text(body)).with("cache-control", "no-store");
    }
}
