package dev.tenantry.local.aws.gateway;

import com.nimbusds.jose.jwk.JWK;
import java.util.Optional;

/// Where an authorizer looks up the key that a token names.
@FunctionalInterface
public interface KeySource {

    /// The issuer's public key of this id (`kid`), empty if it has none.
    Optional<JWK> find(String keyId);
}
