package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.addresses.SourceNetwork;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.StoreTest;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

public class WrongPasswordStoreTest extends StoreTest {

    private static final SourceNetwork DEPOT = SourceNetwork.of(Broker.DEPOT);
    private static final ChargePointIdentity WALLBOX = new ChargePointIdentity("Wallbox-1");

    private final WrongPasswordStore store = new WrongPasswordStore(core.table(), clock, new Random(1));

    @Test
    void countsWhatCame() {
        count("acme", WrongPasswords.NONE, WALLBOX);
        clock.advance(Duration.ofMillis(59_999));
        count("acme", found("acme"), new ChargePointIdentity("Wallbox-2"));

        WrongPasswords two = found("acme");
        assertThat(two.attempts()).hasSize(2);
        assertThat(two.latest()).isEqualTo(clock.instant());
        assertThat(two.version()).isEqualTo(2);
        // Well after it can matter, by DynamoDB's own clock.
        assertThat(faulty.client()
                        .scan(scan -> scan.tableName(core.tableName()))
                        .items())
                .filteredOn(item -> item.containsKey("attempts"))
                .singleElement()
                .extracting(item -> item.get("expiresAt"))
                .isEqualTo(AttributeValue.fromN(
                        Long.toString(clock.instant().plusSeconds(120).getEpochSecond() + 1)));
    }

    /// Whoever has many addresses makes many rows, and a partition bears a thousand writes a second. Nothing leads
    /// there, so nothing there tells whose it is.
    @Test
    void keepsOutOfTheTenantsPartition() {
        count("acme", WrongPasswords.NONE, WALLBOX);
        assertThat(faulty.client()
                        .scan(scan -> scan.tableName(core.tableName()))
                        .items())
                .filteredOn(item -> item.containsKey("attempts"))
                .singleElement()
                .satisfies(
                        item -> assertThat(item.toString()).doesNotContain("acme", "c000020a", "192.0.2", "TENANT#"));
    }

    @Test
    void countsWhatMeetsAnotherOneBesideIt() {
        count("acme", WrongPasswords.NONE, WALLBOX);
        count("acme", WrongPasswords.NONE, WALLBOX);
        WrongPasswords two = found("acme");
        count("acme", two, WALLBOX);
        count("acme", two, WALLBOX);
        assertThat(found("acme").attempts()).hasSize(4);
        // TTL took the row away meanwhile.
        count("other", two, WALLBOX);
        assertThat(found("other").attempts()).hasSize(1);
    }

    @Test
    void countsWhatWasUnderWayWhenItsChargerWasLockedOut() {
        for (int i = 0; i < 7; i++) {
            count("acme", WrongPasswords.NONE, WALLBOX);
        }
        assertThat(found("acme").attempts()).hasSize(7);
    }

    @Test
    void countsNothingOnceAllAreLockedOut() {
        for (int i = 0; i < 53; i++) {
            count("acme", WrongPasswords.NONE, WALLBOX);
        }
        WrongPasswords locked = found("acme");
        assertThat(locked.attempts()).hasSize(50);
        // That of the door.
        assertThat(Core.roundTrips(() -> count("acme", locked, WALLBOX))).isEqualTo(1);
        assertThat(found("acme")).isEqualTo(locked);
    }

    @Test
    void cannotSeeWhatCameForAnotherTenant() {
        count("other", WrongPasswords.NONE, WALLBOX);

        assertOnlyOtherFinds(WrongPasswordStore.from(DEPOT));
        assertOnlyOtherSees(WrongPasswords.NONE, this::found);
    }

    private void count(String tenant, WrongPasswords known, ChargePointIdentity identity) {
        store.count(core.scope(tenant), DEPOT, known, identity);
    }

    private WrongPasswords found(String tenant) {
        return store.found(core.scope(tenant, WrongPasswordStore.from(DEPOT)), DEPOT);
    }
}
