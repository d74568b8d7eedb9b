package dev.tenantry.tenancy;

import dev.tenantry.addresses.Allowlist;
import dev.tenantry.identity.TenantId;
import dev.tenantry.identity.UserId;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The facts that let a person in: the tenant is there and not deleted, they have a role in it, and its allowlist has
/// their address if it has any.
public final class Gate {

    /// Attribute of a tenant's row: its number.
    public static final String ID = "id";

    /// Attribute of a tenant's row and of its gates: when it was deleted; absent while it lives.
    public static final String DELETED_AT = "deletedAt";

    /// Attribute of a tenant's row and of its gates: since when the operator has it suspended; absent while they
    /// have not.
    public static final String SUSPENDED_AT = "suspendedAt";

    /// Attribute of a tenant's row: since when its rows are being removed; absent while they are not. From then on
    /// nothing brings the tenant back.
    public static final String PURGING_SINCE = "purgingSince";

    /// Attribute of a tenant's row: since when nothing but this row is left of it, which is the claim to its
    /// prefix.
    public static final String PURGED_AT = "purgedAt";

    /// Attribute of a member's row: their role.
    public static final String ROLE = "role";

    /// Attribute of a tenant's row: the blocks that its people may call from; absent if that is anywhere. It stands
    /// here, in the row that every door reads, besides its place in the allowlist.
    private static final String API_ALLOWLIST = "apiAllowlist";

    /// Over how many rows it is spread whether a tenant is open. Transactions conflict over a row even if both only
    /// check it, so one row would be where all of a tenant's changes wait for each other (docs/adr/0035). All of
    /// these fit into the change that closes the tenant.
    private static final int GATES = 32;

    /// Attributes of a tenant's row: until when, in milliseconds since the epoch, only this request may begin a
    /// change.
    private static final String HELD_UNTIL = "heldUntil";

    private static final String HELD_BY = "heldBy";

    /// Longer than changes that have begun take to end, and short enough to wait for if whoever holds it dies.
    private static final Duration HOLD = Duration.ofSeconds(2);

    private Gate() {}

    /// Has a tenant's people begin no other change for a moment, while they go on reading: a change that closes all
    /// gates finds them free then, however many write. To be made before that one; what it makes of the tenant's
    /// row is no part of its version.
    public static Change hold(TenantScope scope) {
        return Change.empty()
                .with(Update.of(Keys.tenant(scope))
                        .exists()
                        .isAbsent(DELETED_AT)
                        .set(HELD_UNTIL, scope.now().plus(HOLD).toEpochMilli())
                        .set(HELD_BY, scope.actor().requestId()));
    }

    /// What a change for which the tenant was held says in its row: that it is held no more.
    public static Update release(Update tenant) {
        return tenant.remove(HELD_UNTIL).remove(HELD_BY);
    }

    /// Adds to a change that the tenant is closed to its people's changes: whatever was decided while it was open,
    /// and is not made by then, is not made. The part that says so in the tenant's row is for the change to add.
    ///
    /// @param fact why, as the attribute of the tenant's row
    public static void close(Change change, TenantScope scope, String fact, Instant since) {
        for (int number = 0; number < GATES; number++) {
            change.with(Update.of(Keys.gate(scope, number)).set(fact, since));
        }
    }

    /// Adds to a change that what closed the tenant does so no more; the part that says so in the tenant's row is
    /// for the change to add.
    ///
    /// @param fact as for [#close]
    public static void open(Change change, TenantScope scope, String fact) {
        for (int number = 0; number < GATES; number++) {
            change.with(Update.of(Keys.gate(scope, number)).remove(fact));
        }
    }

    /// Lets in only who calls from an address on this list, from the moment the change happens; everyone if the
    /// list is empty.
    public static void admit(Change change, TenantScope scope, Allowlist allowlist) {
        Update tenant =
                Update.of(Keys.tenant(scope)).exists().isAbsent(DELETED_AT).isAbsent(SUSPENDED_AT);
        change.with(allowlist.isEmpty() ? tenant.remove(API_ALLOWLIST) : tenant.set(API_ALLOWLIST, allowlist.values()));
    }

    /// Lets in everyone, wherever they call from, from the moment the change happens.
    public static void admitEveryone(Change change, TenantScope scope) {
        change.with(Update.of(Keys.tenant(scope)).exists().isAbsent(DELETED_AT).remove(API_ALLOWLIST));
    }

    /// Whether the tenant's people may call from some addresses only, as far as the door has read.
    public static final Lookup<Boolean> HAS_API_ALLOWLIST =
            Lookup.maybe(Keys::tenant, row -> Optional.of(row.has(API_ALLOWLIST)));

    /// Adds to a change that it only happens while the tenant is there, not deleted and not suspended: for scopes
    /// that do not insist on it by themselves.
    public static void insistOnActive(Change change, TenantScope scope) {
        change.with(stillActive(scope));
    }

    static boolean admits(Row tenant, String ip, Instant now) {
        // Most tenants have no such list: nothing of what reads one is loaded for them.
        return !tenant.has(API_ALLOWLIST)
                || Allowlist.of(tenant.values(API_ALLOWLIST).orElseThrow()).allows(ip, now);
    }

    static boolean isOpen(Row tenant) {
        return !tenant.isEmpty() && !tenant.has(DELETED_AT);
    }

    static boolean isSuspended(Row tenant) {
        return tenant.has(SUSPENDED_AT);
    }

    /// How a tenant is, by its row.
    static TenantState stateOf(Row tenant) {
        if (tenant.has(PURGED_AT)) {
            return TenantState.PURGED;
        }
        if (tenant.has(PURGING_SINCE)) {
            return TenantState.PURGING;
        }
        if (tenant.has(DELETED_AT)) {
            return TenantState.DELETED;
        }
        return isSuspended(tenant) ? TenantState.SUSPENDED : TenantState.ACTIVE;
    }

    static TenantId idOf(Row tenant) {
        return new TenantId((int) tenant.number(ID));
    }

    static Role roleOf(Row member) {
        return Role.of(member.text(ROLE));
    }

    /// Whether nobody but somebody else may begin a change.
    static boolean isHeld(Row tenant, Actor actor, Instant now) {
        return tenant.has(HELD_UNTIL)
                && tenant.number(HELD_UNTIL) > now.toEpochMilli()
                && !tenant.text(HELD_BY).equals(actor.requestId());
    }

    static Check stillOpen(TenantScope scope) {
        return Check.that(Keys.tenant(scope)).exists().isAbsent(DELETED_AT);
    }

    static Check notPurged(TenantScope scope) {
        return Check.that(Keys.tenant(scope)).isAbsent(PURGING_SINCE).isAbsent(PURGED_AT);
    }

    static Check stillActive(TenantScope scope) {
        return stillOpen(scope).isAbsent(SUSPENDED_AT);
    }

    /// The same for one of many people: each looks at one gate, and most find it free. Gates of an open tenant are
    /// not there.
    static Check stillActive(TenantScope scope, UserId user) {
        return Check.that(Keys.gate(scope, Math.floorMod(user.value().hashCode(), GATES)))
                .isAbsent(DELETED_AT)
                .isAbsent(SUSPENDED_AT)
                .coveredBy(Keys.tenant(scope));
    }

    static Check stillHolds(TenantScope scope, UserId user, Role role) {
        return Check.that(Keys.member(scope, user)).is(ROLE, role.text());
    }
}
