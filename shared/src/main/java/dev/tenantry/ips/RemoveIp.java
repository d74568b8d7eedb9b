package dev.tenantry.ips;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.IpNotFound;
import dev.tenantry.refusal.Refusal.WouldLockOutCaller;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.text.PathId;
import java.util.Optional;
import javax.inject.Inject;

/// Takes an entry off a tenant's allowlist.
public final class RemoveIp {

    private final IpStore ips;
    private final AuditStore audit;

    @Inject
    RemoveIp(IpStore ips, AuditStore audit) {
        this.ips = ips;
        this.audit = audit;
    }

    /// @param named the path's word for the entry
    /// @throws IpNotFound         if there is no such entry, for example because it ran out
    /// @throws WouldLockOutCaller if the caller could not call from where they are any more
    public Decision<String> run(Door door, String named) {
        Optional<Long> id = PathId.inPath(named);
        if (id.isEmpty()) {
            // Nothing has such an id; but whether that is any of the caller's business, the door knows.
            door.open();
            throw new IpNotFound();
        }
        var lookup = IpStore.entry(id.get());
        TenantScope scope = door.open(IpStore.register(), lookup);
        IpRegister from = ips.register(scope);
        if (from.find(id.get(), scope.now()).isEmpty()) {
            throw new IpNotFound();
        }
        // In the register, but gone: a change happened while the two were read.
        IpEntry entry = scope.found(lookup).orElseThrow(Conflict::new);
        if (entry.scope() == IpScope.API) {
            from.without(entry.id()).requireLetsIn(scope);
        }
        Change change = Change.in(scope);
        ips.remove(change, scope, from, entry);
        audit.record(
                change, scope, AuditAction.IP_REMOVED, Event.removed(Long.toString(entry.id()), IpAudit.values(entry)));
        return new Decision<>(named, change);
    }
}
