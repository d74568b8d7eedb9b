package dev.tenantry.operator;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Gate;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import java.util.Map;
import javax.inject.Inject;

/// Lets a tenant's people call from anywhere, for one that has locked itself out. Its allowlist stays as it is listed,
/// and is in force again with the next change to an entry of scope `api`.
public final class OpenApiToAll {

    private final TenantStore tenants;
    private final AuditStore audit;

    @Inject
    OpenApiToAll(TenantStore tenants, AuditStore audit) {
        this.tenants = tenants;
        this.audit = audit;
    }

    /// @param door of the operator
    /// @return whether there was anything to open
    /// @throws TenantNotFound if the tenant is unknown or deleted
    public Decision<Boolean> run(Door door) {
        TenantScope scope = door.open();
        if (!scope.found(Gate.HAS_API_ALLOWLIST).orElseThrow()) {
            return new Decision<>(false, Change.empty());
        }
        Change change = Change.in(scope);
        tenants.openApi(change, scope);
        audit.record(
                change,
                scope,
                AuditAction.TENANT_UPDATED,
                Event.changed(
                        scope.tenant().value(),
                        Map.of("apiAllowlistInForce", true),
                        Map.of("apiAllowlistInForce", false)));
        return new Decision<>(true, change);
    }
}
