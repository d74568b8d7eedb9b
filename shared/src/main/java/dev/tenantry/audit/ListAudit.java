package dev.tenantry.audit;

import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Door;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;

/// Lists a tenant's audit trail, newest first.
public final class ListAudit {

    private final AuditStore audit;

    @Inject
    ListAudit(AuditStore audit) {
        this.audit = audit;
    }

    /// @param from inclusive; empty for the beginning
    /// @param to   exclusive; empty for no end
    /// @param actorId who acted; a page may have few entries, or none, although the list goes on
    public Page<AuditEntry> run(
            Door door,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<AuditAction> action,
            Optional<String> actorId,
            PageRequest page) {
        return audit.list(door.open(), from, to, action, actorId, page);
    }
}
