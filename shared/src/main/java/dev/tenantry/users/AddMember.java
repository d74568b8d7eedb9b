package dev.tenantry.users;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import java.util.Map;
import javax.inject.Inject;

/// Lets a person into a tenant.
public final class AddMember {

    private final MemberStore members;
    private final AuditStore audit;

    @Inject
    AddMember(MemberStore members, AuditStore audit) {
        this.members = members;
        this.audit = audit;
    }

    /// The change itself is refused with [AlreadyMember] if they are in.
    public Decision<Member> run(TenantScope scope, Caller person, String username, Role role) {
        Member member = new Member(person.id(), username, person.givenName(), person.familyName(), role, scope.now());
        Change change = Change.in(scope);
        members.add(change, scope, member);
        audit.record(
                change,
                scope,
                AuditAction.USER_JOINED,
                Event.created(member.userId().value(), Map.of("role", role.text())));
        return new Decision<>(member, change);
    }
}
