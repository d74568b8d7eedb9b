package dev.tenantry.tenancy;

import dev.tenantry.identity.UserId;
import java.util.Optional;

/// A signed-in person, from the claims that the gateway verified and nothing else.
///
/// @param sourceIp  the address that the gateway saw
/// @param requestId the gateway's id of this request
public record Caller(
        UserId id,
        Optional<String> email,
        boolean emailVerified,
        String givenName,
        String familyName,
        String sourceIp,
        String requestId) {

    /// Whether the identity provider vouches for an address of theirs.
    public boolean isEmailVerified() {
        return emailVerified && email.isPresent();
    }

    public Actor actor() {
        return new Actor(id.value(), Optional.of(sourceIp), requestId);
    }
}
