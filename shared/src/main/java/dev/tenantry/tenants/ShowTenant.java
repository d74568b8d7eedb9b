package dev.tenantry.tenants;

import dev.tenantry.tenancy.Door;
import javax.inject.Inject;

/// Shows a tenant to one of its members.
public final class ShowTenant {

    private final TenantStore tenants;

    @Inject
    ShowTenant(TenantStore tenants) {
        this.tenants = tenants;
    }

    public Tenant run(Door door) {
        return tenants.tenant(door.open());
    }
}
