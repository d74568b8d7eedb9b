package dev.tenantry.invites;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.InviteAlreadyUsed;
import dev.tenantry.refusal.Refusal.InviteNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.text.PathId;
import java.util.Optional;
import javax.inject.Inject;

/// Takes a pending or expired invite back.
public final class RevokeInvite {

    private final InviteStore invites;
    private final AuditStore audit;

    @Inject
    RevokeInvite(InviteStore invites, AuditStore audit) {
        this.invites = invites;
        this.audit = audit;
    }

    /// @param named the path's word for the invite
    /// @throws InviteNotFound    if there is none, for example because it was revoked before
    /// @throws InviteAlreadyUsed if it was accepted
    public Decision<String> run(Door door, String named) {
        Optional<Long> id = PathId.inPath(named);
        if (id.isEmpty()) {
            door.open();
            throw new InviteNotFound();
        }
        Lookup<Invite> lookup = InviteStore.invite(id.get());
        Lookup<ClosedInvite> closed = InviteStore.closed(id.get());
        TenantScope scope = door.open(lookup, closed);
        if (scope.found(closed).filter(ClosedInvite::accepted).isPresent()) {
            throw new InviteAlreadyUsed();
        }
        Optional<Invite> found = scope.found(closed).isPresent() ? Optional.empty() : scope.found(lookup);
        Invite invite = found.orElseThrow(InviteNotFound::new);
        Change change = Change.in(scope);
        invites.close(change, scope, invite, Invite.Status.REVOKED);
        audit.record(change, scope, AuditAction.INVITE_REVOKED, Event.removed(named, CreateInvite.told(invite)));
        return new Decision<>(named, change);
    }
}
