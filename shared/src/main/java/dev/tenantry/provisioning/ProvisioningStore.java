package dev.tenantry.provisioning;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Row;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;

/// The row of a tenant's provisioning window. A window that is over stays until the next one takes its place.
public final class ProvisioningStore {

    private static final String PROFILE_ID = "profileId";

    /// In milliseconds since the epoch, so that conditions can compare it.
    private static final String VALID_UNTIL = "validUntil";

    private static final Lookup<Window> WINDOW = Lookup.of(Keys::provisioning, ProvisioningStore::read);

    @Inject
    ProvisioningStore() {}

    /// The window to read along at the door.
    public static Lookup<?> window() {
        return WINDOW;
    }

    /// The window that is open, if it was read along.
    public Optional<Window> open(TenantScope scope) {
        return scope.found(WINDOW).filter(window -> window.isOpen(scope.now()));
    }

    /// Adds to a change that it only happens while no open window gives new chargers that profile. Else the change meets a
    /// conflict.
    public void guardNobodyGets(Change change, TenantScope scope, long profileId) {
        change.with(Check.that(Keys.provisioning(scope))
                .isAbsentOrOtherOrOver(
                        PROFILE_ID, profileId, VALID_UNTIL, scope.now().toEpochMilli()));
    }

    private static Window read(Row row) {
        return new Window(row.number(PROFILE_ID), Instant.ofEpochMilli(row.number(VALID_UNTIL)));
    }
}
