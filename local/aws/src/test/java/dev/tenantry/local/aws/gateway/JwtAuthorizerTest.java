package dev.tenantry.local.aws.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.tenantry.local.aws.gateway.JwtAuthorizer.Decision;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.template.JwtDefinition;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Amazon API Gateway Developer Guide, "Control access to HTTP APIs with JWT authorizers" and "Troubleshooting issues
/// with HTTP API JWT authorizers".
class JwtAuthorizerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ISSUER = "http://127.0.0.1:8080/issuer";

    private static final RSAKey KEY = newKey();
    private static final RSAKey FOREIGN_KEY = newKey();

    private final JwtAuthorizer authorizer = new JwtAuthorizer(
            new JwtDefinition(ISSUER, List.of("first", "second")),
            keyId -> Optional.ofNullable(new JWKSet(KEY.toPublicJWK()).getKeyByKeyId(keyId)),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(strings = {"Bearer ", "bearer ", ""})
    void takesATokenWithAndWithoutBearer(String prefix) {
        assertThat(decide(prefix + token(claims -> claims))).isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void handsOverTheClaims() {
        Decision decision = decide("Bearer " + token(claims -> claims.claim("email_verified", true)));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Allowed.class,
                        allowed -> assertThat(allowed.claims().values())
                                .containsEntry("sub", "someone")
                                .containsEntry("email_verified", "true")
                                .containsEntry(
                                        "exp", Long.toString(NOW.plusSeconds(60).getEpochSecond())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer "})
    void asksForATokenWhereThereIsNone(String header) {
        assertThat(refusal(header).headers().joined("www-authenticate")).contains("Bearer");
    }

    @Test
    void saysWhatIsWrongAsTheServiceDoes() {
        Response refusal = refusal("Bearer " + token(claims -> claims.audience("third")));
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.body().text()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(refusal.headers().joined("www-authenticate"))
                .contains("Bearer scope=\"\" error=\"invalid_token\""
                        + " error_description=\"the token does not have a valid audience\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "Bearer x.y.z",
                "Basic dXNlcjpwYXNz",
                "Bearer a b",
                "Bearer ....",
                "Bearer bnVsbA.e30.e30",
                "Bearer bnVsbA.bnVsbA.bnVsbA"
            })
    void refusesWhatIsNoToken(String header) {
        assertThat(refusal(header).status()).isEqualTo(401);
    }

    @Test
    void refusesAnUnsignedToken() {
        assertRefused(new PlainJWT(claims(it -> it)).serialize(), "malformed");
    }

    @Test
    void refusesAnHmacWithThePublicKeyAsItsSecret() throws JOSEException {
        byte[] publicKey = KEY.toRSAPublicKey().getEncoded();
        assertRefused(sign(JWSAlgorithm.HS256, new MACSigner(publicKey), claims(it -> it)), "not signed with RS256");
    }

    @Test
    void refusesAnotherRsaAlgorithm() throws JOSEException {
        assertRefused(sign(JWSAlgorithm.RS512, new RSASSASigner(KEY), claims(it -> it)), "not signed with RS256");
    }

    @Test
    void refusesAForeignKeyOfTheSameName() throws JOSEException {
        assertRefused(
                sign(JWSAlgorithm.RS256, new RSASSASigner(FOREIGN_KEY), claims(it -> it)), "signature does not match");
    }

    @Test
    void refusesAKeyThatIsNotPublished() throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k2").build(), claims(it -> it));
        token.sign(new RSASSASigner(KEY));
        assertRefused(token.serialize(), "key is not one of the issuer's");
    }

    @Test
    void refusesATokenThatNamesNoKey() throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims(it -> it));
        token.sign(new RSASSASigner(KEY));
        assertRefused(token.serialize(), "key is not one of the issuer's");
    }

    @Test
    void refusesAKeyThatTheTokenBringsAlong() throws JOSEException {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("k1")
                .jwk(FOREIGN_KEY.toPublicJWK())
                .build();
        SignedJWT token = new SignedJWT(header, claims(it -> it));
        token.sign(new RSASSASigner(FOREIGN_KEY));
        assertRefused(token.serialize(), "signature does not match");
    }

    @Test
    void refusesATamperedPayload() {
        String[] parts = token(it -> it).split("[.]", -1);
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("someone", "somebody");
        parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(UTF_8));
        assertRefused(String.join(".", parts), "signature does not match");
    }

    @Test
    void refusesAStrippedSignature() {
        String[] parts = token(it -> it).split("[.]", -1);
        assertThat(refusal("Bearer " + parts[0] + "." + parts[1] + ".").status())
                .isEqualTo(401);
    }

    @Test
    void refusesAnotherIssuer() {
        assertRefused(token(claims -> claims.issuer(ISSUER + "/")), "valid issuer");
    }

    @Test
    void takesOneOfSeveralAudiences() {
        assertThat(decide(token(claims -> claims.audience(List.of("third", "second")))))
                .isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void looksAtTheClientIdWhereThereIsNoAudience() {
        assertThat(decide(token(claims -> claims.audience((String) null).claim("client_id", "first"))))
                .isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void ignoresTheClientIdWhereThereIsAnAudience() {
        assertRefused(token(claims -> claims.audience("third").claim("client_id", "first")), "valid audience");
    }

    @Test
    void refusesAnExpiredToken() {
        assertRefused(token(claims -> claims.expirationTime(Date.from(NOW))), "expired");
    }

    @Test
    void refusesATokenWithoutExpiry() {
        assertRefused(token(claims -> claims.expirationTime(null)), "expired");
    }

    @Test
    void refusesATokenThatIsNotValidYet() {
        assertRefused(token(claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(1)))), "not valid yet");
    }

    @Test
    void refusesATokenIssuedInTheFuture() {
        assertRefused(token(claims -> claims.issueTime(Date.from(NOW.plusSeconds(1)))), "issued in the future");
    }

    private void assertRefused(String token, String reason) {
        Response refusal = refusal("Bearer " + token);
        assertThat(refusal.status()).isEqualTo(401);
        assertThat(refusal.headers().joined("www-authenticate").orElseThrow()).contains(reason);
    }

    private Response refusal(String header) {
        Decision decision = decide(header);
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).response();
    }

    private Decision decide(String header) {
        return authorizer.decide(Requests.with(Map.of("Authorization", List.of(header))));
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("k1").generate();
        } catch (JOSEException noRsa) {
            throw new AssertionError(noRsa);
        }
    }

    private static String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        try {
            return sign(JWSAlgorithm.RS256, new RSASSASigner(KEY), claims(change));
        } catch (JOSEException unusable) {
            throw new AssertionError(unusable);
        }
    }

    private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        return change.apply(new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience("first")
                        .subject("someone")
                        .issueTime(Date.from(NOW))
                        .expirationTime(Date.from(NOW.plusSeconds(60))))
                .build();
    }

    private static String sign(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID("k1").build(), claims);
        token.sign(signer);
        return token.serialize();
    }
}
