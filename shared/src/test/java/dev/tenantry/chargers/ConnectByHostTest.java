package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.edit.Edit;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenants.CustomDomain;
import dev.tenantry.tenants.DomainProof;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantEdit;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectByHostTest extends TwoTenants {

    private static final String HOST = "chargers.volt.example";

    private final Broker broker = new Broker(core, clock);

    ConnectByHostTest() {
        open(ada, "acme");
        open(otto, "other");
    }

    @Test
    void findsTheTenantThatHasProvenTheHost() {
        prove(ada, "acme");

        Accepted accepted = connect("Chargers.VOLT.example:8443", "Wallbox-1");

        assertThat(accepted.registered()).isTrue();
        assertThat(broker.find("acme", "Wallbox-1").id()).isEqualTo(accepted.chargerId());
        assertThat(broker.list("other")).isEmpty();
        // By whichever way it comes, it is the same charger.
        assertThat(broker.connect("acme", "wallbox-1").chargerId()).isEqualTo(accepted.chargerId());
    }

    @Test
    void findsNobodyByAHostThatIsNotProven() {
        want(ada, "acme", Optional.of(HOST));
        for (String host : List.of(HOST, "acme.ocpp.example.com", "", "acme", "192.0.2.1", "x".repeat(100_000))) {
            reject(host);
        }
        assertThat(Core.roundTrips(() -> reject(HOST))).isEqualTo(1);
        assertThat(Core.roundTrips(() -> reject("[2001:db8::1]:443"))).isZero();
    }

    @Test
    void costsARoundTripMoreAtFirstSightOnly() {
        prove(ada, "acme");
        connect(HOST, "Wallbox-1");
        clock.advance(Duration.ofSeconds(1));
        int byTenant = Core.roundTrips(() -> broker.connect(broker.event("acme", "Wallbox-1", "c2")));
        clock.advance(Duration.ofSeconds(1));
        int byHost = Core.roundTrips(() -> connect(HOST, "Wallbox-1", "c3"));
        assertThat(byHost).isEqualTo(byTenant).isEqualTo(2);

        clock.advance(Duration.ofSeconds(1));
        Core another = Core.over(faulty.client(), core.tableName(), clock);
        another.insist(() -> another.connectCharger().run(broker.event("acme", "Wallbox-1", "c4"), Broker.NOTHING));
        clock.advance(Duration.ofSeconds(1));
        int firstSight = Core.roundTrips(() -> another.insist(() -> another.connectCharger()
                .run(another.locateCharger().run(broker.event("", "Wallbox-1", "c5"), HOST), Broker.NOTHING)));
        assertThat(firstSight).isEqualTo(3);
    }

    @Test
    void leadsNowhereOnceItIsGivenUp() {
        prove(ada, "acme");
        connect(HOST, "Wallbox-1");

        want(ada, "acme", Optional.empty());

        reject(HOST);
        reject(HOST);
    }

    @Test
    void leadsToItsNextOwnerOnceThatHasProvenIt() {
        prove(ada, "acme");
        connect(HOST, "Wallbox-1");
        want(ada, "acme", Optional.empty());
        prove(otto, "other");

        connect(HOST, "Wallbox-2");

        assertThat(broker.list("acme")).hasSize(1);
        assertThat(broker.find("other", "Wallbox-2").online()).isTrue();
    }

    @Test
    void leadsToItsNextOwnerWhenTheFirstWasDeleted() {
        prove(ada, "acme");
        connect(HOST, "Wallbox-1");
        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));
        reject(HOST);

        prove(otto, "other");

        connect(HOST, "Wallbox-3");
        assertThat(broker.find("other", "Wallbox-3").online()).isTrue();
    }

    @Test
    void goesByTheHostWhateverHappens() {
        prove(ada, "acme");
        connect(HOST, "Wallbox-1");
        broker.boot(locate(HOST, "Wallbox-1", "c"), Nameplate.NONE);
        broker.disconnect(locate(HOST, "Wallbox-1", "connection-Wallbox-1"));
        assertThat(broker.find("acme", "Wallbox-1").online()).isFalse();
    }

    @Test
    void registersNoChargerWithATenantThatHasLostTheHost() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            String identity = "Wallbox-" + round;
            // A moment has only so many audit ids.
            clock.advance(Duration.ofSeconds(1));
            prove(ada, "acme");
            connect(HOST, "known");
            want(ada, "acme", Optional.empty());
            prove(otto, "other");
            List<Object> outcomes = Race.run(4, i -> () -> connect(HOST, identity, "c" + i));

            assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Accepted.class));
            assertThat(broker.list("acme"))
                    .noneSatisfy(
                            charger -> assertThat(charger.identity().value()).isEqualTo(identity));
            want(otto, "other", Optional.empty());
        }
    }

    private Accepted connect(String host, String identity) {
        return connect(host, identity, "connection-" + identity);
    }

    private Accepted connect(String host, String identity, String connection) {
        return core.insist(() -> core.connectCharger()
                .run(core.locateCharger().run(broker.event("", identity, connection), host), Broker.NOTHING));
    }

    private ChargerEvent locate(String host, String identity, String connection) {
        return core.locateCharger().run(broker.event("", identity, connection), host);
    }

    private void reject(String host) {
        assertThatThrownBy(() -> connect(host, "Wallbox-1"))
                .isInstanceOfSatisfying(
                        Rejection.class,
                        rejection -> assertThat(rejection.reason()).isEqualTo(Reason.UNKNOWN_TENANT));
    }

    private void open(Caller caller, String tenant) {
        long profile = ProfileFixture.create(core, tenant, SecurityProfile.NONE);
        broker.provision(caller, tenant, Optional.of(profile), Optional.empty());
    }

    private Tenant want(Caller caller, String tenant, Optional<String> host) {
        Edit<CustomDomain> domain = host.<Edit<CustomDomain>>map(
                        name -> new Edit.Set<>(new CustomDomain("wss://" + name + "/")))
                .orElseGet(Edit.Clear::new);
        return core.insist(() -> core.updateTenant()
                .run(
                        core.door(caller, tenant, Role.ADMIN),
                        new TenantEdit(Optional.empty(), domain),
                        Precondition.NONE));
    }

    private void prove(Caller caller, String tenant) {
        DomainProof proof =
                want(caller, tenant, Optional.of(HOST)).domainProof().orElseThrow();
        core.dns().publish(proof.name(), proof.value());
        core.insist(() -> core.verifyDomain().run(core.door(caller, tenant, Role.ADMIN), clock.instant()));
    }
}
