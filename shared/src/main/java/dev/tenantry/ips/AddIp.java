package dev.tenantry.ips;

import dev.tenantry.addresses.Allowlist;
import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.DuplicateIp;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.refusal.Refusal.PermanentEntryNeeded;
import dev.tenantry.refusal.Refusal.WouldLockOutCaller;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import javax.inject.Inject;

/// Adds an entry to a tenant's allowlist.
public final class AddIp {

    /// Most entries of a tenant, those of all scopes together.
    public static final int MAX_ENTRIES = 200;

    private final IpStore ips;
    private final AuditStore audit;

    @Inject
    AddIp(IpStore ips, AuditStore audit) {
        this.ips = ips;
        this.audit = audit;
    }

    /// @throws InvalidRequest       if the entry would have run out already
    /// @throws DuplicateIp          if the scope has the same block already
    /// @throws LimitReached         if there are [#MAX_ENTRIES]
    /// @throws PermanentEntryNeeded if the entry runs out, and no other one of its scope stays
    /// @throws WouldLockOutCaller   if the caller could not call from where they are any more
    public Decision<IpEntry> run(Door door, NewIp wanted) {
        TenantScope scope = door.open(IpStore.register());
        if (!Allowlist.isLive(wanted.expiresAt(), scope.now())) {
            throw new InvalidRequest("/expiresAt", "must be in the future");
        }
        IpRegister from = ips.register(scope);
        from.find(wanted.block(), wanted.scope(), scope.now()).ifPresent(line -> {
            throw new DuplicateIp(line.block().value(), line.scope().text(), line.id());
        });
        if (from.live(scope.now()).size() >= MAX_ENTRIES) {
            throw new LimitReached("allowlist entries", MAX_ENTRIES);
        }
        IpEntry entry = new IpEntry(
                from.lastId() + 1,
                wanted.block(),
                wanted.description(),
                wanted.scope(),
                wanted.expiresAt(),
                scope.actor().id(),
                scope.now(),
                1);
        if (entry.expiresAt().isPresent()) {
            from.requirePermanent(entry.scope());
        }
        if (entry.scope() == IpScope.API) {
            from.with(entry).requireLetsIn(scope);
        }
        Change change = Change.in(scope);
        ips.add(change, scope, from, entry);
        audit.record(
                change, scope, AuditAction.IP_ADDED, Event.created(Long.toString(entry.id()), IpAudit.values(entry)));
        return new Decision<>(entry, change);
    }
}
