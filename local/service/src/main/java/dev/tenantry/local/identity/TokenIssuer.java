package dev.tenantry.local.identity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/// The identity provider of local mode: issues a token to anyone for anyone, and publishes what verifies it.
public final class TokenIssuer {

    private final SigningKey key;
    private final String issuer;
    private final String audience;
    private final Clock clock;

    /// @param issuer   the `iss` of its tokens, and the URL below which it publishes its metadata
    /// @param audience the `aud` of its tokens
    public TokenIssuer(SigningKey key, String issuer, String audience, Clock clock) {
        this.key = key;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /// A token with the claims of an OpenID Connect ID token (OpenID Connect Core 1.0, sections 2 and 5.1).
    ///
    /// @param lifetime negative for a token that has expired
    public String tokenFor(Person person, Duration lifetime) {
        Instant now = clock.instant();
        return key.sign(new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject(person.sub())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .claim("token_use", "id")
                .claim("email", person.email())
                .claim("email_verified", person.emailVerified())
                .claim("given_name", person.givenName())
                .claim("family_name", person.familyName())
                .build());
    }

    /// `POST /_local/token`. The body is read as JSON whatever its media type, so that plain `curl -d` does.
    public Response token(Request request) {
        try {
            TokenRequest asked = TokenRequest.parse(request.body());
            ObjectNode answer = Json.object()
                    .put("access_token", tokenFor(asked.person(), asked.lifetime()))
                    .put("token_type", "Bearer")
                    .put("expires_in", asked.lifetime().toSeconds());
            return Response.json(200, Json.text(answer)).with("cache-control", "no-store");
        } catch (TokenRequest.Faulty faulty) {
            return problem(faulty.faults());
        }
    }

    /// The provider's metadata (OpenID Connect Discovery 1.0, section 3).
    public Response configuration(Request request) {
        ObjectNode metadata = Json.object().put("issuer", issuer).put("jwks_uri", issuer + "/.well-known/jwks.json");
        metadata.putArray("response_types_supported").add("token");
        metadata.putArray("subject_types_supported").add("public");
        metadata.putArray("id_token_signing_alg_values_supported").add("RS256");
        return Response.json(200, Json.text(metadata));
    }

    /// The public keys (RFC 7517, section 5).
    public Response keys(Request request) {
        return Response.json(200, key.published().toString());
    }

    private static Response problem(Map<String, String> faults) {
        ObjectNode problem = Json.object()
                .put("type", "about:blank")
                .put("title", "Bad Request")
                .put("status", 400)
                .put(
                        "detail",
                        "No token was issued: the request is invalid. Send for example {\"email\":\"ada@example.com\"}.")
                .put("instance", "/_local/token")
                .put("code", "invalid_request");
        ArrayNode errors = problem.putArray("errors");
        faults.forEach(
                (pointer, message) -> errors.addObject().put("pointer", pointer).put("message", message));
        return Response.of(400, "application/problem+json", Body.of(Json.text(problem)));
    }
}
