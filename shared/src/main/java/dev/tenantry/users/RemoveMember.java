package dev.tenantry.users;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.refusal.Refusal.UserNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Takes a person out of a tenant. Admins may remove anyone, everyone may remove themselves.
public final class RemoveMember {

    private final MemberStore members;
    private final AuditStore audit;

    @Inject
    RemoveMember(MemberStore members, AuditStore audit) {
        this.members = members;
        this.audit = audit;
    }

    /// @param named the path's word for the person
    /// @throws InsufficientRole if the caller is no admin and means somebody else
    /// @throws UserNotFound     if the person is no member, for example because they were removed before
    /// @throws LastAdmin        if no admin would be left
    public Decision<String> run(Door door, String named) {
        Optional<UserId> user = UserId.of(named);
        Optional<Lookup<Member>> lookup = user.map(MemberStore::member);
        TenantScope scope = door.open(lookup.stream().toArray(Lookup<?>[]::new));
        if (user.filter(id -> id.value().equals(scope.actor().id())).isEmpty()) {
            scope.require(Role.ADMIN);
        }
        Member member = lookup.flatMap(scope::found).orElseThrow(() -> new UserNotFound(List.of(named)));
        Change change = Change.in(scope);
        members.remove(change, scope, member);
        audit.record(
                change,
                scope,
                AuditAction.USER_REMOVED,
                Event.removed(
                        member.userId().value(), Map.of("role", member.role().text())));
        return new Decision<>(named, change);
    }
}
