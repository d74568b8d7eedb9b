package dev.tenantry.chargers;

import dev.tenantry.identity.TenantId;

/// A charger, and whose it is.
public record ShownCharger(TenantId tenantId, Charger charger) {

    /// The entity tag's version: of what can be edited, whatever its presence is.
    public long version() {
        return charger.edition();
    }
}
