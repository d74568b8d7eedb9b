package dev.tenantry.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One line of a tenant's audit trail.
///
/// @param id        grows with time; below 2^53, so that every JSON reader keeps it exact (RFC 8259 §6)
/// @param actorId   a user's id, or `broker` or `stripe`
/// @param before    values that were; empty if the target came into being
/// @param after     values that are; empty if the target ceased to be
/// @param requestId the request that made the change; entries of one change share it
public record AuditEntry(
        long id,
        String action,
        String actorId,
        Optional<String> actorIp,
        String targetType,
        String targetId,
        Optional<Map<String, Object>> before,
        Optional<Map<String, Object>> after,
        String requestId,
        Instant createdAt) {}
