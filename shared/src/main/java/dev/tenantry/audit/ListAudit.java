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
    public Page<AuditEntry> run(
            Door door, Optional<Instant> from, Optional<Instant> to, Optional<AuditAction> action, PageRequest page) {
        return audit.list(door.open(), from, to, action, page);
    }
}
