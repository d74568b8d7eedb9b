package dev.tenantry.tenancy;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.TenantSuspended;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Proof that its holder may touch one tenant's data. Issued only by [TenantDoors]; stores make a tenant's keys from
/// it, so whoever has none can reach nothing.
public final class TenantScope {

    private final DomainPrefix tenant;
    private final Optional<TenantId> id;
    private final Actor actor;
    private final Instant now;
    private final Role role;
    private final List<Check> guards;
    private final Rows rows;
    private final boolean isHeld;

    TenantScope(DomainPrefix tenant, Actor actor, Instant now, Role role, List<Check> guards, Rows rows) {
        this(tenant, Optional.empty(), actor, now, role, guards, rows, false);
    }

    /// @param id     of a tenant whose row nobody can have read, since it is not there yet
    /// @param isHeld somebody else is about to close the tenant ([Gate#hold])
    TenantScope(
            DomainPrefix tenant,
            Optional<TenantId> id,
            Actor actor,
            Instant now,
            Role role,
            List<Check> guards,
            Rows rows,
            boolean isHeld) {
        this.tenant = tenant;
        this.id = id;
        this.actor = actor;
        this.now = now;
        this.role = role;
        this.guards = guards;
        this.rows = rows;
        this.isHeld = isHeld;
    }

    public DomainPrefix tenant() {
        return tenant;
    }

    /// The tenant's number.
    ///
    /// @throws IllegalStateException if the door did not read the tenant
    public TenantId id() {
        return id.isPresent() ? id.get() : Gate.idOf(rows.at(Keys.tenant(this)));
    }

    public Actor actor() {
        return actor;
    }

    /// When the holder came in, to the millisecond: the one time of everything that is decided with this scope.
    public Instant now() {
        return now;
    }

    /// What the holder may do here.
    public Role role() {
        return role;
    }

    /// Conditions on which this proof rests. A change made with it carries them along, so that it does not happen
    /// once they have ceased to hold.
    ///
    /// @throws Conflict if no change may begin for the moment; reading goes on
    public List<Check> guards() {
        if (isHeld) {
            throw new Conflict();
        }
        return guards;
    }

    /// Insists on a role that the door did not ask for.
    ///
    /// @throws InsufficientRole if the holder's role is lower
    public void require(Role needed) {
        if (!role.includes(needed)) {
            throw new InsufficientRole(needed.text());
        }
    }

    /// How the tenant is, as far as the door has read.
    ///
    /// @throws IllegalStateException if the door did not read the tenant
    public TenantState state() {
        return Gate.stateOf(rows.at(Keys.tenant(this)));
    }

    /// Whether the tenant's rows are gone for good or its purge has begun, as far as the door has read.
    public boolean isBeyondRestoration() {
        return state() == TenantState.PURGING || state() == TenantState.PURGED;
    }

    /// Whether the operator has suspended the tenant, as far as the door has read.
    public boolean isSuspended() {
        return Gate.isSuspended(rows.at(Keys.tenant(this)));
    }

    /// Insists that the tenant may be changed.
    ///
    /// @throws TenantSuspended if the operator has suspended it
    public void requireActive() {
        if (isSuspended()) {
            throw new TenantSuspended();
        }
    }

    /// Whether the door has read that row, asked for or not.
    public boolean hasRead(Lookup<?> lookup) {
        return rows.has(lookup.key(this));
    }

    /// What a lookup that was handed to the door found.
    ///
    /// @throws IllegalStateException if the door was not asked for it
    public <T> Optional<T> found(Lookup<T> lookup) {
        return lookup.read(rows.at(lookup.key(this)));
    }
}
