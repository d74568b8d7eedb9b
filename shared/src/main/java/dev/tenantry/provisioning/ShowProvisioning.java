package dev.tenantry.provisioning;

import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.profiles.ProvisioningWindowStore;
import dev.tenantry.tenancy.Door;
import java.util.Optional;
import javax.inject.Inject;

/// Shows whether provisioning mode is on.
public final class ShowProvisioning {

    /// The version of being off.
    private static final long OFF = 0;

    private final ProvisioningWindowStore provisioning;

    @Inject
    ShowProvisioning(ProvisioningWindowStore provisioning) {
        this.provisioning = provisioning;
    }

    /// The window that is open, if there is one.
    public Optional<ProvisioningWindow> run(Door door) {
        return provisioning.open(door.open(ProvisioningWindowStore.window()));
    }

    /// The entity tag's version: which window is open, as it was last changed. Chargers that register in it leave
    /// it the same one.
    public static long version(Optional<ProvisioningWindow> window) {
        return window.isPresent() ? window.get().version() : OFF;
    }
}
