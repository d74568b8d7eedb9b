package dev.tenantry.local.aws.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.template.JwtDefinition;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lets a request pass if it carries a token of the configured issuer for one of the configured audiences
/// (Amazon API Gateway Developer Guide, "Control access to HTTP APIs with JWT authorizers").
public final class JwtAuthorizer {

    private static final Pattern BEARER = Pattern.compile("(?:Bearer(?:\\s+|$))?(.*)", Pattern.CASE_INSENSITIVE);

    private final JwtDefinition definition;
    private final KeySource keys;
    private final Clock clock;

    /// @param keys the issuer's public keys
    public JwtAuthorizer(JwtDefinition definition, KeySource keys, Clock clock) {
        this.definition = definition;
        this.keys = keys;
        this.clock = clock;
    }

    /// What came of a request.
    public sealed interface Decision {

        /// Go on, as the bearer of these claims.
        record Allowed(Claims claims) implements Decision {}

        /// Answer this instead.
        record Refused(Response response) implements Decision {}
    }

    /// Looks at a request's `Authorization` header, which may be the bare token too.
    public Decision decide(Request request) {
        Matcher header = BEARER.matcher(
                request.headers().joined("authorization").orElse("").strip());
        String token = header.matches() ? header.group(1) : "";
        if (token.isEmpty()) {
            return refused("Bearer");
        }
        try {
            return new Decision.Allowed(verified(token));
        } catch (InvalidToken invalid) {
            return refused(
                    "Bearer scope=\"\" error=\"invalid_token\" error_description=\"" + invalid.getMessage() + "\"");
        }
    }

    private static Decision refused(String challenge) {
        return new Decision.Refused(
                Response.json(401, "{\"message\":\"Unauthorized\"}").with("www-authenticate", challenge));
    }

    private Claims verified(String token) throws InvalidToken {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            checkSignature(jwt);
            check(jwt.getJWTClaimsSet());
            return Claims.of(jwt.getPayload().toJSONObject());
        } catch (ParseException | JOSEException | NullPointerException malformed) {
            // The library trips over a header or payload that is JSON's null.
            throw new InvalidToken("the token is malformed");
        }
    }

    private void checkSignature(SignedJWT jwt) throws InvalidToken, JOSEException {
        // The algorithm is ours to say, never the token's: "none" and HMAC with the public key as the secret end here.
        if (!JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm())) {
            throw new InvalidToken("the token is not signed with RS256");
        }
        Optional<JWK> key = Optional.ofNullable(jwt.getHeader().getKeyID()).flatMap(keys::find);
        if (key.isEmpty() || !(key.get() instanceof RSAKey rsa)) {
            throw new InvalidToken("the token's key is not one of the issuer's");
        }
        JWSVerifier verifier = new RSASSAVerifier(rsa);
        if (!jwt.verify(verifier)) {
            throw new InvalidToken("the token's signature does not match");
        }
    }

    private void check(JWTClaimsSet claims) throws InvalidToken {
        Instant now = clock.instant();
        if (!definition.issuer().equals(claims.getIssuer())) {
            throw new InvalidToken("the token does not have a valid issuer");
        }
        if (audiences(claims).stream().noneMatch(definition.audiences()::contains)) {
            throw new InvalidToken("the token does not have a valid audience");
        }
        if (claims.getExpirationTime() == null
                || !claims.getExpirationTime().toInstant().isAfter(now)) {
            throw new InvalidToken("the token has expired");
        }
        if (claims.getNotBeforeTime() != null
                && claims.getNotBeforeTime().toInstant().isAfter(now)) {
            throw new InvalidToken("the token is not valid yet");
        }
        if (claims.getIssueTime() != null && claims.getIssueTime().toInstant().isAfter(now)) {
            throw new InvalidToken("the token was issued in the future");
        }
    }

    /// `client_id` counts only where there is no `aud`.
    private static List<String> audiences(JWTClaimsSet claims) {
        if (claims.getClaim("aud") != null) {
            return claims.getAudience();
        }
        return claims.getClaim("client_id") instanceof String clientId ? List.of(clientId) : List.of();
    }

    private static final class InvalidToken extends Exception {

        private static final long serialVersionUID = 1L;

        InvalidToken(String reason) {
            super(reason);
        }
    }
}
