package dev.tenantry.tenancy;

import dev.tenantry.addresses.Allowlist;
import dev.tenantry.identity.TenantId;
import dev.tenantry.identity.UserId;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Update;
import java.time.Instant;

/// The facts that let a person in: the tenant is there and not deleted, they have a role in it, and its allowlist has
/// their address if it has any.
public final class Gate {

    /// Attribute of a tenant's row: its number.
    public static final String ID = "id";

    /// Attribute of a tenant's row: when it was deleted; absent while it lives.
    public static final String DELETED_AT = "deletedAt";

    /// Attribute of a member's row: their role.
    public static final String ROLE = "role";

    /// Attribute of a tenant's row: the blocks that its people may call from; absent if that is anywhere. It stands
    /// here, in the row that every door reads, besides its place in the allowlist.
    private static final String API_ALLOWLIST = "apiAllowlist";

    private Gate() {}

    /// Lets in only who calls from an address on this list, from the moment the change happens; everyone if the
    /// list is empty.
    public static void admit(Change change, TenantScope scope, Allowlist allowlist) {
        Update tenant = Update.of(Keys.tenant(scope)).exists().isAbsent(DELETED_AT);
        change.with(allowlist.isEmpty() ? tenant.remove(API_ALLOWLIST) : tenant.set(API_ALLOWLIST, allowlist.values()));
    }

    /// Adds to a change that it only happens while the tenant is there and not deleted: for scopes that do not
    /// insist on it by themselves.
    public static void insistOnOpen(Change change, TenantScope scope) {
        change.with(stillOpen(scope));
    }

    static boolean admits(Row tenant, String ip, Instant now) {
        // Most tenants have no such list: nothing of what reads one is loaded for them.
        return !tenant.has(API_ALLOWLIST)
                || Allowlist.of(tenant.values(API_ALLOWLIST).orElseThrow()).allows(ip, now);
    }

    static boolean isOpen(Row tenant) {
        return !tenant.isEmpty() && !tenant.has(DELETED_AT);
    }

    static TenantId idOf(Row tenant) {
        return new TenantId((int) tenant.number(ID));
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
