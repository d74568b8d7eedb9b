package dev.tenantry.chargers;

import dev.tenantry.identity.TenantId;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import javax.inject.Inject;

/// Lists a tenant's chargers, or some of them.
public final class ListChargers {

    private final TenantStore tenants;
    private final ChargerStore chargers;

    @Inject
    ListChargers(TenantStore tenants, ChargerStore chargers) {
        this.tenants = tenants;
        this.chargers = chargers;
    }

    /// A page reads a megabyte of chargers at most, and may have few of them, or none, although others follow.
    public Page<ShownCharger> run(Door door, ChargerFilter filter, PageRequest page) {
        TenantScope scope = door.open();
        TenantId tenant = tenants.tenant(scope).id();
        return chargers.list(scope, filter, page).map(charger -> new ShownCharger(tenant, charger));
    }
}
