package dev.tenantry.ips;

import dev.tenantry.addresses.Allowlist;
import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.IpNotFound;
import dev.tenantry.refusal.Refusal.PermanentEntryNeeded;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import javax.inject.Inject;

/// Changes what an entry of a tenant's allowlist is for, and when it runs out.
public final class UpdateIp {

    private final IpStore ips;
    private final AuditStore audit;

    @Inject
    UpdateIp(IpStore ips, AuditStore audit) {
        this.ips = ips;
        this.audit = audit;
    }

    /// An edit that changes nothing is no change: no audit entry, no new version. Nobody is locked out by one: whom
    /// the entry lets in, it lets in until a time to come.
    ///
    /// @param named the path's word for the entry
    /// @throws IpNotFound           if there is no such entry, for example because it ran out
    /// @throws PreconditionFailed   if the entry has another version than the caller expects
    /// @throws InvalidRequest       if the entry would have run out already
    /// @throws PermanentEntryNeeded if the entry is to run out, and no other one of its scope stays
    public Decision<IpEntry> run(Door door, String named, IpEdit edit, Precondition precondition) {
        NamedEntry found = NamedEntry.read(ips, door, named, precondition);
        TenantScope scope = found.scope();
        IpRegister register = found.register();
        IpEntry from = found.entry();
        IpEntry to = from.with(edit);
        if (to.description().equals(from.description()) && to.expiresAt().equals(from.expiresAt())) {
            return new Decision<>(from, Change.empty());
        }
        if (!Allowlist.isLive(to.expiresAt(), scope.now())) {
            throw new InvalidRequest("/expiresAt", "must be in the future");
        }
        if (to.expiresAt().isPresent() && !to.expiresAt().equals(from.expiresAt())) {
            register.without(to.id()).requirePermanent(to.scope());
        }
        Change change = Change.in(scope);
        ips.update(change, scope, register, from, to);
        audit.record(
                change,
                scope,
                AuditAction.IP_UPDATED,
                Event.changed(Long.toString(to.id()), IpAudit.differing(from, to), IpAudit.differing(to, from)));
        return new Decision<>(to, change);
    }
}
