package dev.tenantry.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.storage.Conflict;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.StoreTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class ProvisioningWindowStoreTest extends StoreTest {

    @Test
    void tellsTheWindowAsLongAsItIsOpen() {
        Instant validUntil = clock.instant().plusSeconds(10);
        ProvisioningWindow window = open("acme", 7, validUntil);

        assertThat(core.provisioning().open(scope("acme"))).contains(window);
        clock.advance(Duration.ofMillis(9_999));
        assertThat(core.provisioning().open(scope("acme"))).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(core.provisioning().open(scope("acme"))).isEmpty();
    }

    @Test
    void cannotSeeAnotherTenantsWindow() {
        open("other", 7, clock.instant().plusSeconds(10));

        assertOnlyOtherSees(Optional.empty(), tenant -> core.provisioning().open(scope(tenant)));
        assertThatCode(() -> guard("acme", 7)).doesNotThrowAnyException();
    }

    /// Between a look at the window and the change may lie the check of a password.
    @Test
    void givesNoPlaceInAWindowThatIsOverByNow() {
        ProvisioningWindow window = open("acme", 7, clock.instant().plusSeconds(10));
        TenantScope scope = scope("acme");

        assertConflict(tooLate -> core.provisioning().takePlace(tooLate, scope, window, window.validUntil()));
        core.commit(inTime -> core.provisioning()
                .takePlace(inTime, scope, window, window.validUntil().minusMillis(1)));
    }

    @Test
    void cannotChangeAnotherTenantsWindow() {
        ProvisioningWindow theirs = open("other", 7, clock.instant().plusSeconds(10));
        TenantScope scope = scope("acme");

        assertConflict(change -> core.provisioning().stop(change, scope, theirs));
        assertConflict(change -> core.provisioning().takePlace(change, scope, theirs, clock.instant()));
        open("acme", 8, clock.instant().plusSeconds(20));
        assertThat(core.provisioning().open(scope("other"))).contains(theirs);
    }

    @Test
    void guardsTheProfileOfAnOpenWindow() {
        assertThatCode(() -> guard("acme", 7)).doesNotThrowAnyException();
        open("acme", 7, clock.instant().plusSeconds(10));

        assertThatThrownBy(() -> guard("acme", 7)).isInstanceOf(Conflict.class);
        assertThatCode(() -> guard("acme", 8)).doesNotThrowAnyException();
        clock.advance(Duration.ofMillis(9_999));
        assertThatThrownBy(() -> guard("acme", 7)).isInstanceOf(Conflict.class);
        clock.advance(Duration.ofMillis(1));
        assertThatCode(() -> guard("acme", 7)).doesNotThrowAnyException();
    }

    private void guard(String tenant, long profileId) {
        core.commit(change -> core.provisioning().guardNobodyGets(change, scope(tenant), profileId));
    }

    private ProvisioningWindow open(String tenant, long profileId, Instant validUntil) {
        ProvisioningWindow window = new ProvisioningWindow(
                profileId + 100, profileId, clock.instant(), validUntil, "ada", Optional.empty(), 0, 0);
        core.commit(change -> core.provisioning().start(change, scope(tenant), window));
        return window;
    }

    private TenantScope scope(String tenant) {
        return core.scope(tenant, ProvisioningWindowStore.window());
    }
}
