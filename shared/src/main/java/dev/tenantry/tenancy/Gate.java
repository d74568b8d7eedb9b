package dev.tenantry.tenancy;

import dev.tenantry.storage.Check;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Row;

/// The two facts that let a person in: the tenant is there and not deleted, and they have a role in it.
public final class Gate {

    /// Attribute of a tenant's row: when it was deleted; absent while it lives.
    public static final String DELETED_AT = "deletedAt";

    /// Attribute of a member's row: their role.
    public static final String ROLE = "role";

    private Gate() {}

    static boolean isOpen(Row tenant) {
        return !tenant.isEmpty() && !tenant.has(DELETED_AT);
    }

    static Role roleOf(Row member) {
        return Role.of(member.text(ROLE));
    }

    static Check stillOpen(TenantScope scope) {
        return Check.that(Keys.tenant(scope)).exists().isAbsent(DELETED_AT);
    }

    static Check stillHolds(TenantScope scope, UserId user, Role role) {
        return Check.that(Keys.member(scope, user)).is(ROLE, role.text());
    }
}
