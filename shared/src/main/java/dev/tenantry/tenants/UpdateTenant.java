package dev.tenantry.tenants;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.text.Absent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;

/// Changes what a tenant is called and where its chargers may connect.
public final class UpdateTenant {

    private final TenantStore tenants;
    private final AuditStore audit;

    @Inject
    UpdateTenant(TenantStore tenants, AuditStore audit) {
        this.tenants = tenants;
        this.audit = audit;
    }

    /// An edit that changes nothing is no change: no audit entry, no new version.
    ///
    /// @throws PreconditionFailed if the tenant has another version than the caller expects
    public Decision<Tenant> run(Door door, TenantEdit edit, Precondition precondition) {
        TenantScope scope = door.open();
        Tenant from = tenants.tenant(scope);
        precondition.require(from.version());
        TenantName name = edit.name().orElse(from.name());
        Optional<CustomDomain> customDomain = edit.customDomain().applyTo(from.customDomain());
        if (name.equals(from.name()) && customDomain.equals(from.customDomain())) {
            return new Decision<>(from, Change.empty());
        }
        Tenant to = from.with(name, customDomain, scope.now());
        Change change = Change.in(scope);
        tenants.update(change, scope, from, to);
        audit.record(
                change,
                scope,
                AuditAction.TENANT_UPDATED,
                Event.changed(scope.tenant().value(), differing(from, to), differing(to, from)));
        return new Decision<>(to, change);
    }

    /// Those values of the one tenant that are others in the other.
    private static Map<String, Object> differing(Tenant one, Tenant other) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (!one.name().equals(other.name())) {
            values.put("name", one.name().value());
        }
        if (!one.customDomain().equals(other.customDomain())) {
            values.put(
                    "customDomain",
                    one.customDomain().<Object>map(CustomDomain::value).orElse(Absent.NULL));
        }
        return values;
    }
}
