package dev.tenantry.local.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Optional;

/// The RSA key that signs this run's tokens. Made anew at each start: tokens of an earlier run are worth nothing.
public final class SigningKey {

    private final RSAKey key;

    private SigningKey(RSAKey key) {
        this.key = key;
    }

    /// A new key.
    public static SigningKey generate() {
        try {
            return new SigningKey(new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate());
        } catch (JOSEException noRsa) {
            throw new IllegalStateException("This JDK can't make RSA keys.", noRsa);
        }
    }

    /// The public half, as an identity provider publishes it.
    public JWKSet published() {
        return new JWKSet(key.toPublicJWK());
    }

    /// The claims of a token that this key has signed, expired or not; empty for any other.
    Optional<JWTClaimsSet> verified(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            return JWSAlgorithm.RS256.equals(jwt.getHeader().getAlgorithm()) && jwt.verify(new RSASSAVerifier(key))
                    ? Optional.of(jwt.getJWTClaimsSet())
                    : Optional.empty();
        } catch (ParseException | JOSEException malformed) {
            return Optional.empty();
        }
    }

    /// A token of these claims, RS256.
    public String sign(JWTClaimsSet claims) {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException unusable) {
            throw new IllegalStateException("The signing key does not sign.", unusable);
        }
        return token.serialize();
    }
}
