package dev.tenantry.storage;

import dev.tenantry.refusal.Refusal.PreconditionFailed;
import java.util.Optional;
import java.util.Set;

/// Which versions of a resource the caller is ready to change (`If-Match`, RFC 9110 §13.1.1).
///
/// @param versions empty if any will do
public record Precondition(Optional<Set<Long>> versions) {

    public static final Precondition NONE = new Precondition(Optional.empty());

    /// @throws PreconditionFailed if the resource's version is none of these
    public void require(long version) {
        if (versions.isPresent() && !versions.get().contains(version)) {
            throw new PreconditionFailed();
        }
    }
}
