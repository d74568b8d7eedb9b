package dev.tenantry.tenants;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.identity.TenantId;
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

/// Founds a tenant; the founder is its first admin.
public final class CreateTenant {

    private final TenantDoors doors;
    private final TenantStore tenants;
    private final MemberStore members;
    private final AuditStore audit;
    private final RandomGenerator random;

    @Inject
    CreateTenant(
            TenantDoors doors, TenantStore tenants, MemberStore members, AuditStore audit, RandomGenerator random) {
        this.doors = doors;
        this.tenants = tenants;
        this.members = members;
        this.audit = audit;
        this.random = random;
    }

    /// @throws UnusableIdentity if the caller's token names no e-mail address
    public Decision<Tenant> run(Caller caller, NewTenant wanted) {
        String username = caller.email().orElseThrow(() -> new UnusableIdentity("email"));
        TenantId id = new TenantId(random.nextInt(1, Integer.MAX_VALUE));
        TenantScope scope = doors.founder(caller, wanted.domainPrefix(), id);
        Tenant tenant = new Tenant(
                id,
                wanted.name(),
                wanted.domainPrefix(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                scope.now(),
                scope.now(),
                1);
        Change change = Change.in(scope);
        tenants.create(change, scope, tenant);
        members.add(
                change,
                scope,
                new Member(caller.id(), username, caller.givenName(), caller.familyName(), Role.ADMIN, scope.now()));
        audit.record(
                change,
                scope,
                AuditAction.TENANT_CREATED,
                Event.created(
                        tenant.domainPrefix().value(),
                        Map.of(
                                "name", tenant.name().value(),
                                "domainPrefix", tenant.domainPrefix().value())));
        return new Decision<>(tenant, change);
    }
}
