package dev.tenantry.tenants;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.identity.TenantId;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal.UnusableIdentity;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.users.Member;
import dev.tenantry.users.MemberStore;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Founds a tenant; the founder is its first admin. Whether they may is for whoever calls this to see.
public final class FoundTenant {

    private final TenantDoors doors;
    private final TenantStore tenants;
    private final MemberStore members;
    private final AuditStore audit;
    private final RandomGenerator random;

    @Inject
    FoundTenant(TenantDoors doors, TenantStore tenants, MemberStore members, AuditStore audit, RandomGenerator random) {
        this.doors = doors;
        this.tenants = tenants;
        this.members = members;
        this.audit = audit;
        this.random = random;
    }

    /// @param limit most tenants that the caller may have created, for whom this one counts; empty if it counts for
    ///              nobody
    /// @throws UnusableIdentity if the caller's token names no e-mail address
    public Decision<Tenant> run(Caller caller, NewTenant wanted, Optional<Integer> limit) {
        String username = caller.email().orElseThrow(() -> new UnusableIdentity("email"));
        TenantId id = TenantId.draw(random);
        TenantScope scope = doors.founder(caller, wanted.domainPrefix(), id);
        Change change = Change.in(scope);
        Tenant tenant = begin(change, scope, id, wanted, limit.map(_ -> caller.id()));
        limit.ifPresent(most -> tenants.count(change, caller.id(), most));
        members.add(
                change,
                scope,
                new Member(caller.id(), username, caller.givenName(), caller.familyName(), Role.ADMIN, scope.now()));
        return new Decision<>(tenant, change);
    }

    /// Adds to a change that a tenant begins, without anybody in it.
    ///
    /// @param founder for whom it counts; empty if it counts for nobody
    public Tenant begin(Change change, TenantScope scope, TenantId id, NewTenant wanted, Optional<UserId> founder) {
        Tenant tenant = Tenant.founded(id, wanted.name(), wanted.domainPrefix(), scope.now());
        tenants.create(change, scope, tenant, founder);
        audit.record(
                change,
                scope,
                AuditAction.TENANT_CREATED,
                Event.created(
                        tenant.domainPrefix().value(),
                        Map.of(
                                "name", tenant.name().value(),
                                "domainPrefix", tenant.domainPrefix().value())));
        return tenant;
    }
}
