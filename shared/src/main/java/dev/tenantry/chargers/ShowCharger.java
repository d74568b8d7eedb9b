package dev.tenantry.chargers;

import dev.tenantry.chargers.ChargersById.Found;
import dev.tenantry.refusal.Refusal.ChargerNotFound;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenants.TenantStore;
import java.util.List;
import javax.inject.Inject;

/// Shows a charger.
public final class ShowCharger {

    private final TenantStore tenants;
    private final ChargersById chargers;

    @Inject
    ShowCharger(TenantStore tenants, ChargersById chargers) {
        this.tenants = tenants;
        this.chargers = chargers;
    }

    /// @param named the path's word for the charger
    /// @throws ChargerNotFound if there is no such charger
    public ShownCharger run(Door door, String named) {
        Found found = chargers.open(door, List.of(named), List.of());
        return new ShownCharger(
                tenants.tenant(found.scope()).id(), found.chargers().getFirst());
    }
}
