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
import java.util.Optional;
import java.util.regex.Pattern;
import javax.inject.Inject;

/// Takes a pending or expired invite back.
public final class RevokeInvite {

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,14}");

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
        if (!ID.matcher(named).matches()) {
            door.open();
            throw new InviteNotFound();
        }
        long id = Long.parseLong(named);
        Lookup<Invite> lookup = InviteStore.invite(id);
        Lookup<ClosedInvite> closed = InviteStore.closed(id);
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
