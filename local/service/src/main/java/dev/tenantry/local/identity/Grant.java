package dev.tenantry.local.identity;

import java.time.Instant;
import java.util.Optional;

/// What a person let a client know.
///
/// @param sessionId  the sign-in that it came of, and ends with
/// @param signedInAt when the person said who they are
/// @param nonce      what the client wants to find in its first ID token
record Grant(
        String clientId, Person person, Scopes scopes, String sessionId, Instant signedInAt, Optional<String> nonce) {}
