package dev.tenantry.local.aws.template;

import java.util.List;

/// The `JwtConfiguration` of the API's default authorizer.
///
/// @param issuer    the `iss` that a token must carry, exactly
/// @param audiences a token must name one of them
public record JwtDefinition(String issuer, List<String> audiences) {

    public JwtDefinition {
        audiences = List.copyOf(audiences);
    }
}
