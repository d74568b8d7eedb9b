package dev.tenantry.invites;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.InviteAlreadyUsed;
import dev.tenantry.refusal.Refusal.InviteEmailMismatch;
import dev.tenantry.refusal.Refusal.InviteExpired;
import dev.tenantry.refusal.Refusal.InviteNotFound;
import dev.tenantry.refusal.Refusal.InviteRevoked;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantDoors.Invitation;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.users.Headcount;
import dev.tenantry.users.Member;
import dev.tenantry.users.MemberStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Lets somebody into a tenant who was invited: the invite is used up in the change that makes them a member.
public final class AcceptInvite {

    private final TenantDoors doors;
    private final InviteStore invites;
    private final MemberStore members;
    private final AuditStore audit;

    @Inject
    AcceptInvite(TenantDoors doors, InviteStore invites, MemberStore members, AuditStore audit) {
        this.doors = doors;
        this.invites = invites;
        this.members = members;
        this.audit = audit;
    }

    /// Who is a member already keeps their role, or gets the invite's if that is higher.
    ///
    /// @param token the token as it was sent
    /// @throws InviteNotFound      if no invite has it, or its tenant was deleted
    /// @throws InviteEmailMismatch if the caller's verified address is not the one invited
    /// @throws InviteExpired       if its time is up
    /// @throws InviteRevoked       if an admin took it back, or who sent it has ceased to be an admin
    /// @throws InviteAlreadyUsed   if it was accepted before
    public Decision<Acceptance> run(Caller caller, String token) {
        String digest = InviteToken.of(token).orElseThrow(InviteNotFound::new).digest();
        Invitation invitation = doors.invitee(caller, digest);
        Lookup<Invite> open = InviteStore.invite(invitation.inviteId());
        Lookup<ClosedInvite> closed = InviteStore.closed(invitation.inviteId());
        Lookup<Member> self = MemberStore.member(caller.id());
        // The token of a closed invite names nobody any more.
        Optional<Lookup<Member>> inviter = invitation.inviter().map(MemberStore::member);
        List<Lookup<?>> lookups = new ArrayList<>(List.of(open, closed, self));
        inviter.ifPresent(lookups::add);
        TenantScope scope = invitation.door().open(lookups.toArray(Lookup<?>[]::new));

        scope.found(closed).ifPresent(was -> refuse(was, digest));
        // A batch is no snapshot: an invite that is neither open nor closed was being closed while it was read.
        Invite invite = scope.found(open).orElseThrow(Conflict::new);
        if (!invite.tokenDigest().equals(digest)) {
            throw new InviteNotFound();
        }
        Optional<Member> sender = inviter.flatMap(scope::found);
        if (!invite.inviter().isStillAdmin(sender)) {
            throw new InviteRevoked();
        }
        if (invite.isExpired(scope.now())) {
            throw new InviteExpired();
        }

        Change change = Change.in(scope);
        invites.close(change, scope, invite, Invite.Status.ACCEPTED);
        Optional<Member> member = scope.found(self);
        if (!invite.invitedBy().equals(caller.id()) && !invite.inviter().isOperator()) {
            // Who accepts their own keeps the role they have, and it is that which their change is conditional on.
            members.guardAdmin(change, scope, sender.orElseThrow());
        }
        Role role =
                member.isPresent() ? raise(change, scope, member.get(), invite) : join(change, scope, caller, invite);
        return new Decision<>(new Acceptance(scope.tenant(), role), change);
    }

    private Role join(Change change, TenantScope scope, Caller caller, Invite invite) {
        members.add(
                change,
                scope,
                new Member(
                        caller.id(),
                        caller.email().orElseThrow(),
                        caller.givenName(),
                        caller.familyName(),
                        invite.role(),
                        scope.now()));
        audit.record(
                change,
                scope,
                AuditAction.USER_JOINED,
                Event.created(caller.id().value(), Map.of("role", invite.role().text())));
        return invite.role();
    }

    private Role raise(Change change, TenantScope scope, Member member, Invite invite) {
        Role invited = invite.role();
        if (member.role().includes(invited)) {
            // Decided on the role they have, so only while they have it.
            members.guardRole(change, scope, member);
            // Nothing changes but that the invite is used up, and no change goes untold.
            audit.record(
                    change,
                    scope,
                    AuditAction.INVITE_ACCEPTED,
                    Event.removed(Long.toString(invite.id()), CreateInvite.told(invite)));
            return member.role();
        }
        members.changeRole(change, scope, member, member.with(invited, scope.now()));
        members.count(change, scope, Headcount.move(member.role(), invited));
        audit.record(
                change,
                scope,
                AuditAction.USER_ROLE_CHANGED,
                Event.changed(
                        member.userId().value(), Map.of("role", member.role().text()), Map.of("role", invited.text())));
        return invited;
    }

    private static void refuse(ClosedInvite was, String digest) {
        if (!was.tokenDigest().equals(digest)) {
            throw new InviteNotFound();
        }
        throw was.accepted() ? new InviteAlreadyUsed() : new InviteRevoked();
    }
}
