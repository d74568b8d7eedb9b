package dev.tenantry.ips;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.IpNotFound;
import dev.tenantry.refusal.Refusal.PermanentEntryNeeded;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.WouldLockOutCaller;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
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
    /// @throws IpNotFound           if there is no such entry, for example because it ran out
    /// @throws PreconditionFailed   if the entry has another version than the caller expects
    /// @throws WouldLockOutCaller   if the caller could not call from where they are any more
    /// @throws PermanentEntryNeeded if only entries that run out would be left in its scope, and they are not now
    public Decision<String> run(Door door, String named, Precondition precondition) {
        NamedEntry found = NamedEntry.read(ips, door, named, precondition);
        TenantScope scope = found.scope();
        IpRegister from = found.register();
        IpEntry entry = found.entry();
        IpRegister to = from.without(entry.id());
        if (entry.scope() == IpScope.API) {
            to.requireLetsIn(scope);
        }
        if (entry.expiresAt().isEmpty() && to.counts(entry.scope(), scope.now())) {
            to.requirePermanent(entry.scope());
        }
        Change change = Change.in(scope);
        ips.remove(change, scope, from, entry);
        audit.record(
                change, scope, AuditAction.IP_REMOVED, Event.removed(Long.toString(entry.id()), IpAudit.values(entry)));
        return new Decision<>(named, change);
    }
}
