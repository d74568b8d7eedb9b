package dev.tenantry.users;

import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Door;
import javax.inject.Inject;

/// Lists a tenant's people by user id.
public final class ListMembers {

    private final MemberStore members;

    @Inject
    ListMembers(MemberStore members) {
        this.members = members;
    }

    public Page<Member> run(Door door, PageRequest page) {
        return members.list(door.open(), page);
    }
}
