package dev.tenantry.invites;

import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Door;
import javax.inject.Inject;

/// Lists a tenant's pending and expired invites by id.
public final class ListInvites {

    private final InviteStore invites;

    @Inject
    ListInvites(InviteStore invites) {
        this.invites = invites;
    }

    public Page<Invite> run(Door door, PageRequest page) {
        return invites.list(door.open(), page);
    }
}
