package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.ProvisioningWindowStore;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;

/// What AWS does and DynamoDB Local never.
class ChargerFaultsTest extends TwoTenants {

    private final Broker broker = new Broker(core, clock);

    @BeforeEach
    void openAWindow() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        broker.provision(ada, "acme", Optional.empty(), Optional.of(1L));
    }

    @Test
    void registersOnceThoughTransactionsConflict() {
        faulty.next("transactWriteItems", Fault.CONFLICT, Fault.CONFLICT, Fault.CONFLICT);
        assertThat(broker.connect("acme", "Wallbox-1").registered()).isTrue();
        assertOne();
    }

    @Test
    void registersOnceThoughTheAnswerIsLost() {
        faulty.next("transactWriteItems", Fault.LOST_ANSWER);
        assertThatThrownBy(() -> broker.connect("acme", "Wallbox-1")).isInstanceOf(Unavailable.class);

        // The broker asks again, and the one place is this charger's already.
        assertThat(broker.connect("acme", "Wallbox-1").registered()).isFalse();
        assertOne();
    }

    @Test
    void letsNobodyInWhileTheTableIsOutOfReach() {
        faulty.next("batchGetItem", Fault.THROTTLED);
        assertThatThrownBy(() -> broker.connect("acme", "Wallbox-1")).isInstanceOf(Unavailable.class);
        faulty.next("transactWriteItems", Fault.THROTTLED);
        assertThatThrownBy(() -> broker.connect("acme", "Wallbox-1")).isInstanceOf(Unavailable.class);
        assertThat(broker.list("acme")).isEmpty();
    }

    @Test
    void countsADisconnectOnceThoughItsAnswerIsLost() {
        broker.connect("acme", "Wallbox-1");
        ChargerEvent event = broker.event("acme", "Wallbox-1", "connection-Wallbox-1");
        faulty.next("transactWriteItems", Fault.LOST_ANSWER);
        assertThatThrownBy(() -> broker.disconnect(event)).isInstanceOf(Unavailable.class);
        broker.disconnect(event);
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 1, 0));
        clock.advance(Duration.ofSeconds(1));
        faulty.next("transactWriteItems", Fault.CONFLICT);
        broker.connect(broker.event("acme", "Wallbox-1", "next"));
        assertThat(broker.counts("acme")).isEqualTo(broker.recounted("acme"));
    }

    @Test
    void sendsNobodyAwayFromAPlaceThatIsTheirs() {
        assertDecidedAnew(() -> {});
    }

    @Test
    void knowsWhoRegisteredRightBeforeTheWindowWasOver() {
        assertDecidedAnew(() -> clock.advance(Duration.ofHours(1)));
    }

    @Test
    void knowsWhoRegisteredRightBeforeTheWindowWasStopped() {
        assertDecidedAnew(() ->
                core.commit(core.stopProvisioning().run(core.door(ada, "acme", Role.USER), Precondition.NONE)));
    }

    @Test
    void asksNobodyForThePasswordOfALaterWindow() {
        assertDecidedAnew(() -> broker.provision(
                ada,
                "acme",
                Optional.of(ProfileFixture.create(core, "acme", SecurityProfile.BASIC, "correct horse battery")),
                Optional.empty()));
    }

    /// The batch reads the charger's row; then the charger registers over another connection, and that happens;
    /// then it reads the window.
    private void assertDecidedAnew(Runnable meanwhile) {
        var first = core.connectCharger().run(broker.event("acme", "Wallbox-1", "c"), Broker.NOTHING);
        faulty.next("batchGetItem", (request, call) -> {
            core.commit(first);
            meanwhile.run();
            var after = (BatchGetItemResponse) call.happen();
            var items = new ArrayList<>(after.responses().values().iterator().next());
            items.removeIf(item -> String.valueOf(item.get("SK")).contains("CHARGER#"));
            return after.toBuilder().responses(Map.of(core.tableName(), items)).build();
        });
        assertThatThrownBy(() -> core.connectCharger().run(broker.event("acme", "Wallbox-1", "d"), Broker.NOTHING))
                .isInstanceOf(Conflict.class);
        assertThat(broker.connect(broker.event("acme", "Wallbox-1", "d")).registered())
                .isFalse();
    }

    private void assertOne() {
        assertThat(broker.list("acme")).hasSize(1);
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 1, 1));
        assertThat(core.provisioning()
                        .open(core.scope("acme", ProvisioningWindowStore.window()))
                        .orElseThrow()
                        .registeredCount())
                .isEqualTo(1);
    }
}
