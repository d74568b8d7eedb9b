package dev.tenantry.idempotency;

import java.util.Optional;

/// An answer as it was first given, to be given again.
///
/// @param bodyDigest what the request said, so that another request is not taken for the same
/// @param location   the `Location` header
/// @param etag       the `ETag` header
/// @param body       the answer's body
public record KeptAnswer(
        String bodyDigest, int status, Optional<String> location, Optional<String> etag, Optional<String> body) {}
