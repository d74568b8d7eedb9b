package dev.tenantry.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

public class ProvisioningWindowStoreTest {

    private final TestClock clock = new TestClock();
    private final Core core = Core.over(dynamoDb(), clock);

    protected DynamoDbClient dynamoDb() {
        return DynamoDbLocal.client();
    }

    @BeforeEach
    void foundTenants() {
        core.tenant("acme", People.named("ada"));
        core.tenant("other", People.named("otto"));
    }

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

        assertThat(core.provisioning().open(scope("acme"))).isEmpty();
        assertThatCode(() -> guard("acme", 7)).doesNotThrowAnyException();
    }

    /// Between a look at the window and the change may lie the check of a password.
    @Test
    void givesNoPlaceInAWindowThatIsOverByNow() {
        ProvisioningWindow window = open("acme", 7, clock.instant().plusSeconds(10));
        TenantScope scope = scope("acme");
        Change tooLate = Change.empty();
        core.provisioning().takePlace(tooLate, scope, window, window.validUntil());
        Change inTime = Change.empty();
        core.provisioning().takePlace(inTime, scope, window, window.validUntil().minusMillis(1));

        assertThatThrownBy(() -> core.table().commit(tooLate)).isInstanceOf(Conflict.class);
        core.table().commit(inTime);
    }

    @Test
    void cannotChangeAnotherTenantsWindow() {
        ProvisioningWindow theirs = open("other", 7, clock.instant().plusSeconds(10));
        TenantScope scope = scope("acme");
        Change stop = Change.empty();
        core.provisioning().stop(stop, scope, theirs);
        Change takePlace = Change.empty();
        core.provisioning().takePlace(takePlace, scope, theirs, clock.instant());

        assertThatThrownBy(() -> core.table().commit(stop)).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> core.table().commit(takePlace)).isInstanceOf(Conflict.class);
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
        TenantScope scope = scope(tenant);
        Change change = Change.empty();
        core.provisioning().guardNobodyGets(change, scope, profileId);
        core.table().commit(change);
    }

    private ProvisioningWindow open(String tenant, long profileId, Instant validUntil) {
        TenantScope scope = scope(tenant);
        ProvisioningWindow window = new ProvisioningWindow(
                profileId + 100, profileId, clock.instant(), validUntil, "ada", Optional.empty(), 0);
        Change change = Change.empty();
        core.provisioning().start(change, scope, window);
        core.table().commit(change);
        return window;
    }

    private TenantScope scope(String tenant) {
        return core.scope(tenant, ProvisioningWindowStore.window());
    }
}
