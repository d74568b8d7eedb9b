package dev.tenantry.users;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.refusal.Refusal.UserNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;

/// Gives some of a tenant's people other roles: all of them or none, judged by how things stand afterwards.
public final class ChangeRoles {

    /// Most people in one change: with their headcount, the audit entry (twice) and two guards it stays within the
    /// 100 rows of a DynamoDB transaction.
    public static final int MAX_PEOPLE = 90;

    private final MemberStore members;
    private final AuditStore audit;

    @Inject
    ChangeRoles(MemberStore members, AuditStore audit) {
        this.members = members;
        this.audit = audit;
    }

    /// Who has the wanted role already is left alone.
    ///
    /// @param wanted at most [#MAX_PEOPLE], nobody twice
    /// @return the people named, in the order they were named
    /// @throws UserNotFound if some are no members, naming all of those
    /// @throws LastAdmin    if no admin would be left
    public Decision<List<Member>> run(Door door, List<RoleChange> wanted) {
        List<Lookup<Member>> lookups =
                wanted.stream().map(change -> MemberStore.member(change.user())).toList();
        TenantScope scope = door.open(lookups.toArray(Lookup<?>[]::new));

        List<Member> before = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            String userId = wanted.get(i).user().value();
            scope.found(lookups.get(i)).ifPresentOrElse(before::add, () -> unknown.add(userId));
        }
        if (!unknown.isEmpty()) {
            throw new UserNotFound(unknown);
        }

        Change change = Change.in(scope);
        List<Member> after = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        Headcount delta = Headcount.ZERO;
        for (int i = 0; i < wanted.size(); i++) {
            Member from = before.get(i);
            Member to = from.role() == wanted.get(i).role()
                    ? from
                    : from.with(wanted.get(i).role(), scope.now());
            after.add(to);
            if (to.role() != from.role()) {
                members.changeRole(change, scope, from, to);
                delta = delta.plus(from.role(), -1).plus(to.role(), 1);
                events.add(Event.changed(
                        from.userId().value(),
                        Map.of("role", from.role().text()),
                        Map.of("role", to.role().text())));
            }
        }
        members.count(change, scope, delta);
        audit.record(change, scope, AuditAction.USER_ROLE_CHANGED, events);
        return new Decision<>(after, change);
    }
}
