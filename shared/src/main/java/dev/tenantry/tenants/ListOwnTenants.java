package dev.tenantry.tenants;

import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.TenantDoors;
import javax.inject.Inject;

/// Lists the tenants that a person belongs to, by domain prefix.
public final class ListOwnTenants {

    /// Most tenants on a page: each costs two read units.
    private static final int LARGEST_PAGE = 100;

    private final TenantDoors doors;
    private final TenantStore tenants;

    @Inject
    ListOwnTenants(TenantDoors doors, TenantStore tenants) {
        this.doors = doors;
        this.tenants = tenants;
    }

    public Page<OwnTenant> run(Caller caller, PageRequest page) {
        return doors.ownTenants(caller, new PageRequest(Math.min(page.limit(), LARGEST_PAGE), page.after()))
                .map(scope ->
                        new OwnTenant(scope.tenant(), tenants.tenant(scope).name(), scope.role()));
    }
}
