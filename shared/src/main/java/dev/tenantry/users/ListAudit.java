package dev.tenantry.users;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.identity.UserId;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.inject.Inject;

/// Lists a tenant's audit trail, newest first. It is here, and not beside the trail, for the names of the people in it.
public final class ListAudit {

    private final AuditStore audit;
    private final MemberStore members;

    @Inject
    ListAudit(AuditStore audit, MemberStore members) {
        this.audit = audit;
        this.members = members;
    }

    /// @param from inclusive; empty for the beginning
    /// @param to   exclusive; empty for no end
    /// @param actorId who acted; a page may have few entries, or none, although the list goes on
    public Page<NamedEntry> run(
            Door door,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<AuditAction> action,
            Optional<String> actorId,
            PageRequest page) {
        TenantScope scope = door.open();
        Page<AuditEntry> entries = audit.list(scope, from, to, action, actorId, page);
        Set<UserId> people = entries.items().stream()
                .flatMap(entry -> person(entry).stream())
                .collect(Collectors.toSet());
        Map<UserId, Member> found = members.find(scope, people);
        return entries.map(entry -> new NamedEntry(
                entry,
                person(entry).flatMap(id -> Optional.ofNullable(found.get(id))).flatMap(Member::name)));
    }

    private static Optional<UserId> person(AuditEntry entry) {
        return UserId.of(entry.actorId()).filter(UserId::isPerson);
    }
}
