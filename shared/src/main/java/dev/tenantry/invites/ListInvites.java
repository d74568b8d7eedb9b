package dev.tenantry.invites;

import dev.tenantry.identity.UserId;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.users.Member;
import dev.tenantry.users.MemberStore;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;

/// Lists a tenant's open invites by id: those that wait, those that have run out, and those whose inviter is no admin
/// any more.
public final class ListInvites {

    private final InviteStore invites;
    private final MemberStore members;

    @Inject
    ListInvites(InviteStore invites, MemberStore members) {
        this.invites = invites;
        this.members = members;
    }

    /// Two round trips, and one more for each hundred people who sent them, besides the caller.
    public Page<ShownInvite> run(Door door, PageRequest page) {
        TenantScope scope = door.open();
        Page<Invite> listed = invites.list(scope, page);
        Set<UserId> inviters = new HashSet<>();
        listed.items().forEach(invite -> inviters.add(invite.invitedBy()));
        Map<UserId, Member> people = members.find(scope, inviters);
        return listed.map(invite -> new ShownInvite(
                invite,
                invite.status(
                        scope.now(),
                        invite.inviter().isStillAdmin(Optional.ofNullable(people.get(invite.invitedBy()))))));
    }
}
