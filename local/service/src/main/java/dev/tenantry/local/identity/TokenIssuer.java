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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Makes the tokens of local mode, and issues them to anyone for anyone.
final class TokenIssuer {

    private static final Duration LIFETIME = Duration.ofHours(1);

    /// What its tokens say with a meaning of its own, or what gateways read (RFC 7519, section 4.1).
    private static final Set<String> TAKEN = Set.of(
            "iss",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "token_use",
            "client_id",
            "scope",
            "azp",
            "auth_time",
            "sid",
            "nonce",
            "email",
            "email_verified",
            "name",
            "given_name",
            "family_name");

    private final SigningKey key;
    private final String issuer;
    private final String audience;
    private final String userIdClaim;
    private final Clock clock;

    /// @param issuer      the `iss` of its tokens
    /// @param audience    the `aud` of its tokens
    /// @param userIdClaim what else says the same as `sub`, for an API that tells people apart by it
    TokenIssuer(SigningKey key, String issuer, String audience, String userIdClaim, Clock clock) {
        this.key = key;
        this.issuer = issuer;
        this.audience = audience;
        this.userIdClaim = userIdClaim;
        this.clock = clock;
    }

    /// Whether a claim can tell people apart in its tokens.
    static boolean canTellPeopleApart(String claim) {
        return !TAKEN.contains(claim);
    }

    /// A token with the claims of an OpenID Connect ID token (OpenID Connect Core 1.0, sections 2 and 5.1).
    ///
    /// @param lifetime negative for a token that has expired
    String tokenFor(Person person, Duration lifetime) {
        return key.sign(claims(person, lifetime)
                .audience(audience)
                .claim("token_use", "id")
                .claim("email", person.email())
                .claim("email_verified", person.emailVerified())
                .claim("given_name", person.givenName())
                .claim("family_name", person.familyName())
                .build());
    }

    /// How long the tokens of a grant are valid.
    static Duration lifetime() {
        return LIFETIME;
    }

    /// What a client calls the API with (RFC 9068, section 2.2). It says who the person is, as the API has no other
    /// way to know.
    String accessToken(Grant grant, Scopes scopes) {
        JWTClaimsSet.Builder claims = claims(grant.person(), LIFETIME)
                .audience(audience)
                .claim("token_use", "access")
                .claim("client_id", grant.clientId())
                .claim("scope", scopes.text());
        grant.person().claims(scopes).forEach(claims::claim);
        return key.sign(claims.build());
    }

    /// What tells a client who has signed in (OpenID Connect Core 1.0, section 2). The client is its first audience
    /// and the API another one, so that the API takes it as well.
    ///
    /// @param nonce only of the token that comes for a code
    String idToken(Grant grant, Scopes scopes, Optional<String> nonce) {
        JWTClaimsSet.Builder claims = claims(grant.person(), LIFETIME)
                .audience(Stream.of(grant.clientId(), audience).distinct().toList())
                .claim("azp", grant.clientId())
                .claim("token_use", "id")
                .claim("auth_time", grant.signedInAt().getEpochSecond())
                .claim("sid", grant.sessionId());
        nonce.ifPresent(it -> claims.claim("nonce", it));
        grant.person().claims(scopes).forEach(claims::claim);
        return key.sign(claims.build());
    }

    /// The claims of a token of its own that has not expired.
    Optional<JWTClaimsSet> valid(String token) {
        return own(token)
                .filter(claims -> claims.getExpirationTime().toInstant().isAfter(clock.instant()));
    }

    /// The claims of a token of its own, expired or not.
    Optional<JWTClaimsSet> own(String token) {
        return key.verified(token);
    }

    private JWTClaimsSet.Builder claims(Person person, Duration lifetime) {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(person.sub())
                .claim(userIdClaim, person.sub())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)));
    }

    /// `POST /_local/token`. The body is read as JSON whatever its media type, so that plain `curl -d` does.
    Response token(Request request) {
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
