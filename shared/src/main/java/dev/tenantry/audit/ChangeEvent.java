package dev.tenantry.audit;

import static java.util.Objects.requireNonNull;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import java.time.Instant;

/// What everybody who listens may know of an audit entry: that it happened, to what, and by whom. It has no place for
/// values, nor for an address.
///
/// @param id       the entry's; among those of a tenant it grows with time
/// @param action   such as `charger.updated`
/// @param targetId as in the audit trail
/// @param actorId  as in the audit trail
public record ChangeEvent(
        long id,
        DomainPrefix tenant,
        TenantId tenantId,
        String action,
        String targetType,
        String targetId,
        String actorId,
        String requestId,
        Instant createdAt) {

    public ChangeEvent {
        // It is made of what a stream says that a row is.
        requireNonNull(action);
        requireNonNull(targetType);
        requireNonNull(targetId);
        requireNonNull(actorId);
        requireNonNull(requestId);
    }
}
