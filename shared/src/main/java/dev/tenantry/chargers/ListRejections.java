package dev.tenantry.chargers;

import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Door;
import javax.inject.Inject;

/// Lists which of a tenant's chargers were turned away lately, and why.
public final class ListRejections {

    private final RejectionStore rejections;

    @Inject
    ListRejections(RejectionStore rejections) {
        this.rejections = rejections;
    }

    /// One round trip. Newest first.
    public Page<RecentRejection> run(Door door, PageRequest page) {
        return rejections.list(door.open(RejectionStore.recent()), page);
    }
}
