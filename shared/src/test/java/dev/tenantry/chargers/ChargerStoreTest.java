package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.StoreTest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public class ChargerStoreTest extends StoreTest {

    private final Broker broker = new Broker(core, clock);

    @BeforeEach
    void openWindows() {
        for (String tenant : List.of("acme", "other")) {
            ProfileFixture.create(core, tenant, SecurityProfile.NONE);
            broker.provision(tenant.equals("acme") ? ada : otto, tenant, Optional.empty(), Optional.empty());
        }
    }

    @Test
    void keepsWhatAChargerSaysOfItself() {
        broker.connect("acme", "Wallbox-1");
        clock.advance(Duration.ofSeconds(5));
        Nameplate said = new Nameplate(Map.of(Field.CHARGE_POINT_MODEL, "Wallbox 22", Field.ICCID, "8931"));
        broker.boot(broker.event("acme", "Wallbox-1", "connection-Wallbox-1"), said);

        Charger charger = broker.find("acme", "Wallbox-1");
        assertThat(charger.nameplate()).isEqualTo(said);
        assertThat(charger.updatedAt()).isEqualTo(clock.instant());
        assertThat(charger.lastSeenAt()).contains(clock.instant());
        assertThat(charger.createdAt()).isBefore(charger.updatedAt());
    }

    @Test
    void forgetsNothingThatIsNotSaidAgain() {
        broker.connect("acme", "Wallbox-1");
        ChargerEvent event = broker.event("acme", "Wallbox-1", "c");
        broker.boot(event, new Nameplate(Map.of(Field.CHARGE_POINT_MODEL, "Wallbox 22", Field.ICCID, "8931")));
        broker.boot(event, new Nameplate(Map.of(Field.ICCID, "8932", Field.FIRMWARE_VERSION, "2")));

        assertThat(broker.find("acme", "Wallbox-1").nameplate())
                .isEqualTo(new Nameplate(Map.of(
                        Field.CHARGE_POINT_MODEL, "Wallbox 22", Field.ICCID, "8932", Field.FIRMWARE_VERSION, "2")));
    }

    @Test
    void updatesOnlyWhatItRead() {
        broker.connect("acme", "Wallbox-1");
        Charger seen = broker.find("acme", "Wallbox-1");
        clock.advance(Duration.ofSeconds(1));
        broker.connect(broker.event("acme", "Wallbox-1", "next"));

        assertConflict(change -> core.chargers().update(change, core.scope("acme"), seen, seen.seen(clock.instant())));
    }

    @Test
    void givesAnIdOutOncePerTenant() {
        broker.connect("acme", "Wallbox-1");
        Charger first = broker.find("acme", "Wallbox-1");
        Charger twin = ChargerFixture.charger(first.id(), "Wallbox-2", first.profileId(), clock.instant());

        assertConflict(change -> core.chargers().add(change, core.scope("acme"), List.of(twin)));
        core.commit(change -> core.chargers().add(change, core.scope("other"), List.of(twin)));
        assertThat(broker.find("other", "Wallbox-2").id()).isEqualTo(first.id());
    }

    @Test
    void listsByIdentityPageByPage() {
        for (String identity : List.of("b", "A", "C", "a-1", "d", "B-2")) {
            broker.connect("acme", identity);
        }

        List<Charger> listed = Pages.items(2, page -> core.chargers().list(core.scope("acme"), page));

        assertThat(listed)
                .extracting(charger -> charger.identity().value())
                .containsExactly("A", "a-1", "b", "B-2", "C", "d");
    }

    @Test
    void cannotSeeAnotherTenantsChargers() {
        ChargePointIdentity theirs = new ChargePointIdentity("Wallbox-1");
        broker.connect("other", "Wallbox-1");

        assertOnlyOtherSees(List.of(), broker::list);
        assertOnlyOtherSees(ChargerCounts.NONE, broker::counts);
        assertOnlyOtherSees(false, tenant -> core.chargers().isRegistered(core.scope(tenant), theirs));
        assertOnlyOtherSees(
                List.of(),
                tenant -> core.chargers()
                        .list(core.scope(tenant), ChargerFilter.ALL, new PageRequest(10, Optional.empty()))
                        .items());
        assertOnlyOtherSees(Map.of(), tenant -> core.chargers().read(core.scope(tenant), List.of(theirs)));
        assertOnlyOtherSees(ChargerCounts.NONE, tenant -> core.chargers().count(core.scope(tenant)));
        assertOnlyOtherFinds(
                ChargerStore.charger(theirs),
                ChargerStore.named(broker.find("other", "Wallbox-1").id()));
        assertThatThrownBy(() -> broker.boot(broker.event("acme", "Wallbox-1", "c"), Nameplate.NONE))
                .isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> broker.disconnect(broker.event("acme", "Wallbox-1", "connection-Wallbox-1")))
                .isInstanceOf(Rejection.class);
        assertThat(broker.counts("other").online()).isEqualTo(1);
    }

    @Test
    void cannotChangeAnotherTenantsChargers() {
        broker.connect("other", "Wallbox-1");
        Charger theirs = broker.find("other", "Wallbox-1");

        assertConflict(change -> core.chargers().update(change, core.scope("acme"), theirs, theirs));
        assertConflict(change -> core.chargers().remove(change, core.scope("acme"), theirs));
        // Of the same identity it is another one.
        broker.connect("acme", "Wallbox-1");
        broker.disconnect(broker.event("acme", "Wallbox-1", "connection-Wallbox-1"));
        assertThat(broker.list("other")).containsExactly(theirs);
        assertThat(broker.counts("other").online()).isEqualTo(1);
        assertThat(broker.counts("acme").online()).isZero();
    }

    @Test
    void spreadsTheCountsOverAllRows() {
        Set<Integer> rows = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            rows.add(ChargerStore.countRow(new ChargePointIdentity("CHARGER-" + i)));
        }
        assertThat(rows).hasSize(ChargerStore.COUNT_ROWS).allMatch(row -> row >= 0 && row < ChargerStore.COUNT_ROWS);
        // Fixed for ever: a charger that is counted elsewhere from tomorrow on leaves its count behind.
        assertThat(ChargerStore.countRow(new ChargePointIdentity("CHARGER-1")))
                .isEqualTo(ChargerStore.countRow(new ChargePointIdentity("charger-1")))
                .isEqualTo(14);
        assertThat(ChargerStore.countRow(new ChargePointIdentity("DEPOT-NORTH-01")))
                .isEqualTo(8);
        assertThat(ChargerStore.countRow(new ChargePointIdentity("*:=@.|+_-"))).isEqualTo(11);
    }

    @Test
    void keepsOfANameplateWhatIsOneLineAndNoLongerThan255Characters() {
        for (Field field : Field.values()) {
            assertThat(new Nameplate(Map.of(field, "1".repeat(254) + "🔌x")).value(field))
                    .contains("1".repeat(254) + "🔌");
        }
        assertThat(new Nameplate(Map.of(
                                Field.ICCID, " 12345678901234567890x ",
                                Field.IMSI, "\u0000\n",
                                Field.CHARGE_POINT_MODEL, "Wallbox\t22\ud83d"))
                        .values())
                .isEqualTo(Map.of(Field.ICCID, "12345678901234567890x", Field.CHARGE_POINT_MODEL, "Wallbox 22"));
    }

    @Test
    void keepsTheLongestNameplate() {
        Map<Field, String> longest = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            longest.put(field, "🔌".repeat(Nameplate.MAX_LENGTH));
        }
        broker.connect("acme", "Wallbox-1");
        broker.boot(broker.event("acme", "Wallbox-1", "c"), new Nameplate(longest));
        assertThat(broker.find("acme", "Wallbox-1").nameplate().values()).isEqualTo(longest);
    }

    @Test
    void takesSpacesInsideAnIdentity() {
        for (String identity : List.of("RDAM 123", "RDAM-123", "RDAM 12", "RDAM", "rdam  123")) {
            broker.connect(broker.event("acme", identity, "c"));
        }
        broker.connect(broker.event("acme", "rdam 123", "next"));

        assertThat(Pages.items(2, page -> core.chargers().list(core.scope("acme"), page)))
                .extracting(charger -> charger.identity().value())
                .containsExactly("RDAM", "rdam  123", "RDAM 12", "RDAM 123", "RDAM-123");
    }
}
