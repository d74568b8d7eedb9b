package dev.tenantry.operator;

import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.TenantDoors;
import javax.inject.Inject;

/// Lists the tenants of a deployment by domain prefix, deleted ones among them, purged ones not.
public final class ListTenants {

    /// Most tenants on a page.
    public static final int LARGEST_PAGE = 100;

    private final TenantDoors doors;
    private final Summaries summaries;

    @Inject
    ListTenants(TenantDoors doors, Summaries summaries) {
        this.doors = doors;
        this.summaries = summaries;
    }

    /// Two round trips; each tenant costs one read unit.
    public Page<TenantSummary> run(PageRequest page, String requestId) {
        return doors.commands(page, requestId).map(summaries::of);
    }
}
