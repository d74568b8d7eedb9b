package dev.tenantry.chargers;

import dev.tenantry.identity.TenantId;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import javax.inject.Inject;

/// Lists a tenant's chargers.
public final class ListChargers {

    private final TenantStore tenants;
    private final ChargerStore chargers;

    @Inject
    ListChargers(TenantStore tenants, ChargerStore chargers) {
        this.tenants = tenants;
        this.chargers = chargers;
    }

    /// A charger, and whose it is.
    public record Listed(TenantId tenant, Charger charger) {}

    public Page<Listed> run(Door door, PageRequest page) {
        TenantScope scope = door.open();
        TenantId tenant = tenants.tenant(scope).id();
        return chargers.list(scope, page).map(charger -> new Listed(tenant, charger));
    }
}
