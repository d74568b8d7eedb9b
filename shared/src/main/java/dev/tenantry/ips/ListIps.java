package dev.tenantry.ips;

import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Door;
import javax.inject.Inject;

/// Lists a tenant's allowlist by id, without the entries that have run out.
public final class ListIps {

    private final IpStore ips;

    @Inject
    ListIps(IpStore ips) {
        this.ips = ips;
    }

    public Page<IpEntry> run(Door door, PageRequest page) {
        return ips.list(door.open(), page);
    }
}
