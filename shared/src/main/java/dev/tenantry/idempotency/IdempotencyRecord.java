package dev.tenantry.idempotency;

import java.util.Optional;

/// What is known of a request that came with an `Idempotency-Key` before.
public sealed interface IdempotencyRecord {

    /// What the request said, so that another request is not taken for the same.
    String bodyDigest();

    /// An answer as it was first given, to be given again.
    ///
    /// @param location the `Location` header
    /// @param etag     the `ETag` header
    /// @param body     the answer's body
    record Completed(
            String bodyDigest, int status, Optional<String> location, Optional<String> etag, Optional<String> body)
            implements IdempotencyRecord {}

    /// Its change was made, but what must follow before the answer is given (a mail, say) is still under way.
    record InProgress(String bodyDigest) implements IdempotencyRecord {}
}
