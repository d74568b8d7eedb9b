package dev.tenantry.profiles;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.Optional;
import javax.inject.Inject;

/// The row of a tenant's provisioning window. A window that has run out stays until the next one takes its place;
/// whoever reads it compares its end with the clock.
public final class ProvisioningWindowStore {

    private static final String ID = "id";
    private static final String PROFILE_ID = "profileId";
    private static final String STARTED_AT = "startedAt";

    /// In milliseconds since the epoch, so that conditions can compare it.
    private static final String VALID_UNTIL = "validUntil";

    private static final String STARTED_BY = "startedBy";
    private static final String MAX_CHARGERS = "maxChargers";
    private static final String REGISTERED_COUNT = "registeredCount";
    /// Absent as long as nobody changed the window.
    private static final String EDITION = "edition";

    private static final Lookup<ProvisioningWindow> WINDOW =
            Lookup.of(Keys::provisioning, ProvisioningWindowStore::read);

    @Inject
    ProvisioningWindowStore() {}

    /// The window to read along at the door.
    public static Lookup<?> window() {
        return WINDOW;
    }

    /// The window that is open, if it was read along.
    public Optional<ProvisioningWindow> open(TenantScope scope) {
        return scope.found(WINDOW).filter(window -> window.isOpen(scope.now()));
    }

    /// Adds a window to a change. It takes the place of the one that is there, if that still is the one that was
    /// read.
    public void start(Change change, TenantScope scope, ProvisioningWindow window) {
        Update update = Update.of(Keys.provisioning(scope));
        // The number that it has taken by now does not matter: those chargers stay, and the new window counts from 0.
        scope.found(WINDOW).ifPresentOrElse(before -> update.is(ID, before.id()), () -> update.isAbsent(ID));
        update.set(ID, window.id())
                .set(PROFILE_ID, window.profileId())
                .set(STARTED_AT, window.startedAt())
                .set(VALID_UNTIL, window.validUntil().toEpochMilli())
                .set(STARTED_BY, window.startedBy())
                .set(REGISTERED_COUNT, window.registeredCount())
                .remove(EDITION);
        window.maxChargers().ifPresentOrElse(max -> update.set(MAX_CHARGERS, max), () -> update.remove(MAX_CHARGERS));
        change.with(update);
    }

    /// Adds to a change that the window is open until another time and takes another number, if it still is that
    /// one and nobody else changed it. How many it has taken is not touched.
    public void change(Change change, TenantScope scope, ProvisioningWindow from, ProvisioningWindow to) {
        Update update = unchanged(scope, from)
                .set(VALID_UNTIL, to.validUntil().toEpochMilli())
                .set(EDITION, to.edition());
        to.maxChargers().ifPresentOrElse(max -> update.set(MAX_CHARGERS, max), () -> update.remove(MAX_CHARGERS));
        change.with(update);
    }

    private static Update unchanged(TenantScope scope, ProvisioningWindow window) {
        return Update.of(Keys.provisioning(scope)).is(ID, window.id()).isVersion(EDITION, window.edition());
    }

    /// Adds to a change that the window is no more, if it still is that one.
    public void stop(Change change, TenantScope scope, ProvisioningWindow window) {
        change.with(Delete.of(Keys.provisioning(scope)).is(ID, window.id()));
    }

    /// Adds to a change that one more charger registers in the window. If it is another one by now, was changed or
    /// stopped, is full or is over, the change meets a conflict.
    ///
    /// @param now asked as late as can be: between a look at the window and the change may lie the check of a
    ///            password
    public void takePlace(Change change, TenantScope scope, ProvisioningWindow window, Instant now) {
        Update update = unchanged(scope, window)
                .isAtLeast(VALID_UNTIL, now.toEpochMilli() + 1)
                .add(REGISTERED_COUNT, 1);
        if (window.maxChargers().isPresent()) {
            update.isAtMost(REGISTERED_COUNT, window.maxChargers().get() - 1);
        }
        change.with(update);
    }

    /// Adds to a change that it only happens while no open window gives new chargers that profile. Else the change
    /// meets a conflict.
    public void guardNobodyGets(Change change, TenantScope scope, long profileId) {
        change.with(Check.that(Keys.provisioning(scope))
                .isAbsentOrOtherOrOver(
                        PROFILE_ID, profileId, VALID_UNTIL, scope.now().toEpochMilli()));
    }

    private static ProvisioningWindow read(Row row) {
        return new ProvisioningWindow(
                row.number(ID),
                row.number(PROFILE_ID),
                row.instant(STARTED_AT),
                Instant.ofEpochMilli(row.number(VALID_UNTIL)),
                row.text(STARTED_BY),
                row.has(MAX_CHARGERS) ? Optional.of(row.number(MAX_CHARGERS)) : Optional.empty(),
                row.number(REGISTERED_COUNT),
                row.has(EDITION) ? row.number(EDITION) : 0);
    }
}
