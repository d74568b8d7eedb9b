package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.audit.AuditAction;
import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.storage.Consumption;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

class ConnectChargerTest extends TwoTenants {

    private static final String PASSWORD = "0123456789:abcdef";

    private final Broker broker = new Broker(core, clock);

    private long open(SecurityProfile security, Optional<Long> maxChargers) {
        long profile = security.needsPassword()
                ? ProfileFixture.create(core, "acme", security, PASSWORD)
                : ProfileFixture.create(core, "acme", security);
        broker.provision(ada, "acme", Optional.of(profile), maxChargers);
        return profile;
    }

    private void reject(Reason reason, ChargerEvent event, Credentials credentials) {
        assertThatThrownBy(() -> broker.connect(event, credentials))
                .isInstanceOf(Rejection.class)
                .extracting(e -> ((Rejection) e).reason())
                .isEqualTo(reason);
    }

    private void reject(Reason reason, String tenant, String identity) {
        reject(reason, broker.event(tenant, identity, "c"), Broker.NOTHING);
    }

    @Test
    void registersAnUnknownChargerWhileAWindowIsOpen() {
        long profile = open(SecurityProfile.NONE, Optional.empty());

        Accepted accepted = broker.connect("acme", "Wallbox-1");

        assertThat(accepted.registered()).isTrue();
        assertThat(accepted.profile().orElseThrow().id()).isEqualTo(profile);
        Charger charger = broker.find("acme", "Wallbox-1");
        assertThat(charger.id()).isEqualTo(accepted.chargerId()).isBetween(1L, (long) Integer.MAX_VALUE);
        assertThat(charger.profileId()).isEqualTo(profile);
        assertThat(charger.provisioned()).isTrue();
        assertThat(charger.online()).isTrue();
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 1, 1));
        assertThat(window().registeredCount()).isEqualTo(1);
        assertThat(chargerCountOf(profile)).isEqualTo(1);
    }

    @Test
    void isOnlyKnownUntilItConnectsIfSomebodyEnteredItByHand() {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        ChargerFixture.enter(core, "acme", ChargerFixture.charger(4711, "Wallbox-1", profile, clock.instant()));
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 0, 0));
        Charger entered = broker.find("acme", "Wallbox-1");
        assertThat(entered.provisioned()).isFalse();
        assertThat(entered.lastSeenAt()).isEmpty();

        // An end that is heard before may be of a connection that is only heard to begin later: nobody sees it till
        // then.
        broker.disconnect(broker.event("acme", "wallbox-1", "old"));
        broker.boot(broker.event("acme", "wallbox-1", "old"), Nameplate.NONE);
        Charger waiting = broker.find("acme", "Wallbox-1");
        assertThat(waiting.provisioned()).isFalse();
        assertThat(waiting.online()).isFalse();
        assertThat(waiting.lastSeenAt()).isEmpty();
        assertThat(waiting.edition()).isEqualTo(entered.edition());
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 0, 0)).isEqualTo(broker.recounted("acme"));

        Accepted accepted = broker.connect("acme", "wallbox-1");
        assertThat(accepted.chargerId()).isEqualTo(4711);
        assertThat(accepted.registered()).isFalse();
        Charger connected = broker.find("acme", "Wallbox-1");
        assertThat(connected.provisioned()).isTrue();
        assertThat(connected.online()).isTrue();
        assertThat(connected.edition()).isEqualTo(entered.edition());
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 1, 1)).isEqualTo(broker.recounted("acme"));

        broker.disconnect(broker.event("acme", "wallbox-1", "connection-wallbox-1"));
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 1, 0));
    }

    @Test
    void turnsABlockedChargerAwayBeforeItLooksAtCredentials() {
        long profile = open(SecurityProfile.BASIC, Optional.empty());
        ChargerFixture.enter(
                core,
                "acme",
                ChargerFixture.blocked(ChargerFixture.charger(4711, "Wallbox-1", profile, clock.instant())));

        reject(Reason.CHARGER_BLOCKED, "acme", "Wallbox-1");
        reject(Reason.CHARGER_BLOCKED, broker.event("acme", "wallbox-1", "c"), Broker.password("Wallbox-1", PASSWORD));
        assertThatThrownBy(() -> broker.boot(broker.event("acme", "Wallbox-1", "c"), Nameplate.NONE))
                .isInstanceOf(Rejection.class)
                .hasMessage("charger_blocked");
        assertThat(broker.disconnect(broker.event("acme", "Wallbox-1", "c")).chargerId())
                .isEqualTo(4711);
    }

    @Test
    void isAnotherEditionOnlyWhenSomethingChangesThatCanBeEdited() {
        open(SecurityProfile.NONE, Optional.empty());
        broker.connect("acme", "Wallbox-1");
        ChargerEvent event = broker.event("acme", "Wallbox-1", "connection-Wallbox-1");

        broker.boot(event, new Nameplate(Map.of(Field.ICCID, "8931")));
        assertThat(broker.find("acme", "Wallbox-1").edition()).isEqualTo(1);
        broker.boot(event, new Nameplate(Map.of(Field.CHARGE_POINT_SERIAL_NUMBER, "SN-1")));
        broker.boot(event, new Nameplate(Map.of(Field.CHARGE_POINT_SERIAL_NUMBER, "SN-1", Field.IMSI, "1")));
        assertThat(broker.find("acme", "Wallbox-1").edition()).isEqualTo(2);
    }

    @Test
    void tellsTheAuditTrailWhoRegistered() {
        long profile = open(SecurityProfile.NONE, Optional.empty());
        Accepted accepted = broker.connect("acme", "Wallbox-1");

        assertThat(core.trail("acme", AuditAction.CHARGER_REGISTERED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actorId()).isEqualTo("broker");
                    assertThat(entry.actorIp()).isEmpty();
                    assertThat(entry.requestId()).isEqualTo("request");
                    assertThat(entry.targetId()).isEqualTo(Long.toString(accepted.chargerId()));
                    assertThat(entry.after()).contains(Map.of("identity", "Wallbox-1", "profileId", profile));
                });
    }

    @Test
    void letsAKnownChargerInWithoutAWindow() {
        open(SecurityProfile.NONE, Optional.empty());
        Accepted first = broker.connect("acme", "Wallbox-1");
        clock.advance(Duration.ofHours(2));

        Accepted again = broker.connect(broker.event("acme", "Wallbox-1", "next"));

        assertThat(again.registered()).isFalse();
        assertThat(again.chargerId()).isEqualTo(first.chargerId());
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 1, 1));
    }

    @Test
    void comparesIdentitiesWithoutCaseAndKeepsTheFirst() {
        open(SecurityProfile.NONE, Optional.empty());
        Accepted first = broker.connect("acme", "Wallbox-1");
        Accepted shouted = broker.connect("acme", "WALLBOX-1");

        assertThat(shouted.chargerId()).isEqualTo(first.chargerId());
        assertThat(broker.list("acme"))
                .singleElement()
                .satisfies(charger -> assertThat(charger.identity().value()).isEqualTo("Wallbox-1"));
    }

    @Test
    void keepsTenantsApart() {
        open(SecurityProfile.NONE, Optional.empty());
        broker.connect("acme", "Wallbox-1");
        reject(Reason.UNKNOWN_CHARGER, "other", "Wallbox-1");

        ProfileFixture.create(core, "other", SecurityProfile.NONE);
        broker.provision(otto, "other", Optional.empty(), Optional.empty());
        assertThat(broker.connect("other", "Wallbox-1").registered()).isTrue();
        assertThat(broker.list("acme")).hasSize(1);
        assertThat(broker.list("other")).hasSize(1);
        assertThat(broker.counts("acme").total()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " a", "a ", "a\tb", "a/b", "käse", "a#b", "1234567890123456789012345678901234567890123456789"
            })
    void refusesWhatIsNoIdentity(String identity) {
        open(SecurityProfile.NONE, Optional.empty());
        reject(Reason.INVALID_IDENTITY, "acme", identity);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "*-_=:+|@.", "123456789012345678901234567890123456789012345678"})
    void takesEveryIdentityThatOcppDoes(String identity) {
        open(SecurityProfile.NONE, Optional.empty());
        assertThat(broker.connect("acme", identity).registered()).isTrue();
        assertThat(broker.find("acme", identity).identity().value()).isEqualTo(identity);
    }

    @Test
    void knowsNoDeletedTenant() {
        open(SecurityProfile.NONE, Optional.empty());
        broker.connect("acme", "Wallbox-1");
        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));

        reject(Reason.UNKNOWN_TENANT, "acme", "Wallbox-1");
        reject(Reason.UNKNOWN_TENANT, "nobody", "Wallbox-1");
        reject(Reason.UNKNOWN_TENANT, "No Tenant!", "Wallbox-1");
    }

    @Test
    void registersNobodyInATenantThatIsDeletedMeanwhile() {
        open(SecurityProfile.NONE, Optional.empty());
        Decision<Accepted> decision = core.connectCharger().run(broker.event("acme", "Wallbox-1", "c"), Broker.NOTHING);
        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));

        assertConflict(decision);
    }

    @Test
    void holdsTheAddressAgainstTheChargersAllowlist() {
        open(SecurityProfile.NONE, Optional.empty());
        broker.connect("acme", "Wallbox-1");
        add("198.51.100.0/24", IpScope.CHARGER);

        reject(Reason.IP_NOT_ALLOWED, "acme", "Wallbox-1");
        reject(Reason.IP_NOT_ALLOWED, "acme", "Wallbox-2");
        assertThatThrownBy(() -> broker.boot(broker.event("acme", "Wallbox-1", "c"), Nameplate.NONE))
                .isInstanceOf(Rejection.class);
        // The address comes first: who calls from elsewhere is not told which chargers there are.
        core.insist(() -> core.stopProvisioning().run(core.door(ada, "acme", Role.USER), Precondition.NONE));
        reject(Reason.IP_NOT_ALLOWED, "acme", "Wallbox-3");
        // Whoever leaves may come from anywhere.
        assertThat(broker.disconnect(broker.event("acme", "Wallbox-1", "connection-Wallbox-1"))
                        .profile())
                .isEmpty();
        assertThat(broker.counts("acme").online()).isZero();

        add("192.0.2.0/24", IpScope.CHARGER);
        assertThat(broker.connect(broker.event("acme", "Wallbox-1", "d")).registered())
                .isFalse();
    }

    @Test
    void doesNotMindWhoMayCallTheApi() {
        open(SecurityProfile.NONE, Optional.empty());
        add("203.0.113.0/24", IpScope.API);
        assertThat(broker.connect("acme", "Wallbox-1").registered()).isTrue();
    }

    @Test
    void knowsNobodyOutsideOfAWindow() {
        reject(Reason.UNKNOWN_CHARGER, "acme", "Wallbox-1");
        open(SecurityProfile.NONE, Optional.empty());
        clock.advance(Duration.ofHours(1));
        reject(Reason.UNKNOWN_CHARGER, "acme", "Wallbox-1");

        broker.provision(ada, "acme", Optional.empty(), Optional.empty());
        core.commit(core.stopProvisioning().run(core.door(ada, "acme", Role.USER), Precondition.NONE));
        reject(Reason.UNKNOWN_CHARGER, "acme", "Wallbox-1");
        assertThat(broker.list("acme")).isEmpty();
    }

    @Test
    void registersUntilTheLastMillisecond() {
        open(SecurityProfile.NONE, Optional.empty());
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(broker.connect("acme", "Wallbox-1").registered()).isTrue();
    }

    /// The clock is asked as late as can be: a window can run out while a profile is read, or a slow hash computed.
    @Test
    void registersNobodyInAWindowThatRanOutMeanwhile() {
        open(SecurityProfile.NONE, Optional.empty());
        faulty.next("getItem", (_, call) -> {
            clock.advance(Duration.ofHours(1));
            return call.happen();
        });
        Decision<Accepted> decision = core.connectCharger().run(broker.event("acme", "Wallbox-1", "c"), Broker.NOTHING);

        assertConflict(decision);
        reject(Reason.UNKNOWN_CHARGER, "acme", "Wallbox-1");
        assertThat(broker.list("acme")).isEmpty();
    }

    @Test
    void registersInTheWindowThatItLookedAt() {
        open(SecurityProfile.NONE, Optional.empty());
        Decision<Accepted> decision = core.connectCharger().run(broker.event("acme", "Wallbox-1", "c"), Broker.NOTHING);
        long second = open(SecurityProfile.NONE, Optional.empty());

        assertConflict(decision);
        assertThat(broker.connect("acme", "Wallbox-1").profile().orElseThrow().id())
                .isEqualTo(second);
    }

    @Test
    void takesNoMoreThanTheWindowTakes() {
        open(SecurityProfile.NONE, Optional.of(2L));
        broker.connect("acme", "Wallbox-1");
        broker.connect("acme", "Wallbox-2");

        reject(Reason.PROVISIONING_FULL, "acme", "Wallbox-3");
        assertThat(broker.connect("acme", "Wallbox-1").registered()).isFalse();
        assertThat(window().registeredCount()).isEqualTo(2);
    }

    @Test
    void registersNoMoreThanATenantMayHave() {
        open(SecurityProfile.NONE, Optional.empty());
        for (int i = 0; i < Core.CHARGERS_PER_TENANT; i += 20) {
            long first = i;
            List<Charger> some = LongStream.range(first, first + 20)
                    .mapToObj(n -> ChargerFixture.charger(1 + n, "Box-" + n, 1, clock.instant()))
                    .toList();
            core.commit(change -> core.chargers().add(change, core.scope("acme"), some));
        }
        reject(Reason.CHARGER_LIMIT, "acme", "Wallbox-1");
        assertThatThrownBy(() -> core.addChargers()
                        .run(
                                core.door(ada, "acme", Role.USER),
                                List.of(new NewCharger(
                                        "",
                                        new ChargePointIdentity("Wallbox-1"),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()))))
                .isInstanceOf(LimitReached.class);
        // Who is known may connect, and one that goes makes room for another.
        broker.connect("acme", "Box-1");
        core.insist(() -> core.removeCharger().run(core.door(ada, "acme", Role.USER), "3", Precondition.NONE));
        broker.connect("acme", "Wallbox-1");
        reject(Reason.CHARGER_LIMIT, "acme", "Wallbox-2");
        assertThat(window().registeredCount()).isEqualTo(1);
    }

    @Test
    void countsAnewInEachWindow() {
        open(SecurityProfile.NONE, Optional.of(1L));
        broker.connect("acme", "Wallbox-1");
        reject(Reason.PROVISIONING_FULL, "acme", "Wallbox-2");

        open(SecurityProfile.NONE, Optional.of(1L));
        assertThat(window().registeredCount()).isZero();
        broker.connect("acme", "Wallbox-2");
        reject(Reason.PROVISIONING_FULL, "acme", "Wallbox-3");
        assertThat(window().registeredCount()).isEqualTo(1);

        // Without a limit.
        open(SecurityProfile.NONE, Optional.empty());
        broker.connect("acme", "Wallbox-3");
        broker.connect("acme", "Wallbox-4");
        assertThat(window().registeredCount()).isEqualTo(2);
        assertThat(broker.list("acme")).hasSize(4);
    }

    @Test
    void countsEachChargerOnceWhateverBecomesOfItsConnections() {
        open(SecurityProfile.NONE, Optional.empty());
        Instant start = clock.instant();
        ChargerEvent first = broker.event("acme", "Wallbox-1", "first", start);
        ChargerEvent second = broker.event("acme", "Wallbox-1", "second", start.plusSeconds(10));
        ChargerEvent firstOver = broker.event("acme", "Wallbox-1", "first", start.plusSeconds(11));
        ChargerEvent secondOver = broker.event("acme", "Wallbox-1", "second", start.plusSeconds(20));
        ChargerEvent third = broker.event("acme", "Wallbox-1", "third", start.plusSeconds(30));
        ChargerEvent thirdOver = broker.event("acme", "Wallbox-1", "third", start.plusSeconds(40));
        clock.advance(Duration.ofMinutes(1));

        assertOnline(1, () -> broker.connect(first));
        assertOnline(1, () -> broker.connect(second));
        // The old connection is noticed to be gone when the new one is there already.
        assertOnline(1, () -> broker.disconnect(firstOver));
        assertOnline(1, () -> broker.connect(first));
        assertOnline(0, () -> broker.disconnect(secondOver));
        assertOnline(0, () -> broker.disconnect(firstOver));
        assertOnline(0, () -> broker.connect(second));
        // It ends before it is heard to begin.
        assertOnline(0, () -> broker.disconnect(thirdOver));
        assertOnline(0, () -> broker.connect(third));
        assertOnline(1, () -> broker.connect(broker.event("acme", "Wallbox-1", "fourth")));
    }

    /// After that event, and after it came once more.
    private void assertOnline(long online, Runnable event) {
        for (int i = 0; i < 2; i++) {
            event.run();
            assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 1, online));
            assertThat(broker.find("acme", "Wallbox-1").online()).isEqualTo(online == 1);
        }
    }

    @Test
    void takesNoMoreThanTheWindowTakesWhenTwoDecideAtOnce() {
        open(SecurityProfile.NONE, Optional.of(1L));
        Decision<Accepted> one = core.connectCharger().run(broker.event("acme", "Wallbox-1", "c"), Broker.NOTHING);
        Decision<Accepted> two = core.connectCharger().run(broker.event("acme", "Wallbox-2", "c"), Broker.NOTHING);
        core.commit(one);

        assertConflict(two);
        assertThat(broker.list("acme")).hasSize(1);
    }

    @Test
    void looksAtTheCredentialsBeforeTheRoomInTheWindow() {
        open(SecurityProfile.BASIC, Optional.of(1L));
        reject(Reason.BAD_CREDENTIALS, "acme", "Wallbox-1");
        assertThat(window().registeredCount()).isZero();
        broker.connect(broker.event("acme", "Wallbox-1", "c"), Broker.password("Wallbox-1", PASSWORD));

        reject(Reason.BAD_CREDENTIALS, "acme", "Wallbox-2");
        reject(
                Reason.PROVISIONING_FULL,
                broker.event("acme", "Wallbox-2", "c"),
                Broker.password("Wallbox-2", PASSWORD));
    }

    @ParameterizedTest
    @CsvSource({
        "Wallbox-1, 0123456789:abcdef, true",
        "WALLBOX-1, 0123456789:abcdef, true",
        "Wallbox-2, 0123456789:abcdef, false",
        "Wallbox-1, 0123456789:abcdeF, false",
        "Wallbox-1, 0123456789, false",
        "Wallbox-1, '', false",
        "'', 0123456789:abcdef, false",
        "Wallbox-1:0123456789, abcdef, true",
    })
    void asksForTheProfilesPasswordUnderTheIdentity(String userName, String password, boolean accepted) {
        open(SecurityProfile.BASIC, Optional.empty());
        ChargerEvent event = broker.event("acme", "Wallbox-1", "c");
        if (accepted) {
            assertThat(broker.connect(event, Broker.password(userName, password))
                            .registered())
                    .isTrue();
        } else {
            reject(Reason.BAD_CREDENTIALS, event, Broker.password(userName, password));
            assertThat(broker.list("acme")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Basic", "Basic ", "Basic !", "Basic V2FsbGJveC0x", "Bearer V2FsbGJveC0xOng=", "basic :"})
    void takesNothingElseForAPassword(String authorization) {
        open(SecurityProfile.BASIC, Optional.empty());
        reject(
                Reason.BAD_CREDENTIALS,
                broker.event("acme", "Wallbox-1", "c"),
                new Credentials(true, Optional.of("Wallbox-1"), Optional.of(authorization)));
    }

    /// Whatever it is, a charger sent it: that is for its rule to judge, in its turn.
    @Test
    void takesWhatIsEndlessForWrong() {
        String endless = "x".repeat(50_000);
        Credentials credentials =
                new Credentials(true, Optional.of(endless), Optional.of(Broker.basic("Wallbox-1:" + endless)));
        ChargerEvent event = broker.event("acme", "Wallbox-1", "c");
        reject(Reason.UNKNOWN_CHARGER, event, credentials);
        open(SecurityProfile.CLIENT_CERTIFICATE, Optional.empty());
        reject(Reason.BAD_CREDENTIALS, event, credentials);
        open(SecurityProfile.BASIC, Optional.empty());
        reject(Reason.BAD_CREDENTIALS, event, credentials);
        reject(Reason.INVALID_IDENTITY, broker.event("acme", endless, "c"), credentials);
        reject(Reason.UNKNOWN_TENANT, broker.event(endless, "Wallbox-1", "c"), credentials);
        // Nobody asks for credentials here.
        open(SecurityProfile.NONE, Optional.empty());
        assertThat(broker.connect(event, credentials).registered()).isTrue();
    }

    /// No such profile can be made. If there were one, it would be no open door.
    @Test
    void letsNobodyInWhereThereIsNoPasswordToShow() {
        broker.provision(
                ada, "acme", Optional.of(ProfileFixture.create(core, "acme", SecurityProfile.BASIC)), Optional.empty());
        reject(Reason.BAD_CREDENTIALS, broker.event("acme", "Wallbox-1", "c"), Broker.password("Wallbox-1", PASSWORD));
        reject(Reason.BAD_CREDENTIALS, broker.event("acme", "Wallbox-1", "c"), Broker.password("Wallbox-1", ""));
    }

    @Test
    void asksForTlsWhereTheProfileDoes() {
        open(SecurityProfile.BASIC_OVER_TLS, Optional.empty());
        ChargerEvent event = broker.event("acme", "Wallbox-1", "c");
        Optional<String> right = Optional.of(Broker.basic("Wallbox-1:" + PASSWORD));

        reject(Reason.INSECURE_TRANSPORT, event, new Credentials(false, Optional.empty(), right));
        reject(Reason.INSECURE_TRANSPORT, event, new Credentials(false, Optional.empty(), Optional.empty()));
        reject(Reason.BAD_CREDENTIALS, event, new Credentials(true, Optional.empty(), Optional.empty()));
        assertThat(broker.connect(event, new Credentials(true, Optional.empty(), right))
                        .registered())
                .isTrue();
    }

    @Test
    void takesAPasswordWithoutTlsWhereTheProfileDoes() {
        open(SecurityProfile.BASIC, Optional.empty());
        Optional<String> right = Optional.of(Broker.basic("Wallbox-1:" + PASSWORD));
        assertThat(broker.connect(
                                broker.event("acme", "Wallbox-1", "c"), new Credentials(false, Optional.empty(), right))
                        .registered())
                .isTrue();
    }

    @Test
    void asksForACertificateOfTheIdentity() {
        open(SecurityProfile.CLIENT_CERTIFICATE, Optional.empty());
        ChargerEvent event = broker.event("acme", "Wallbox-1", "c");

        reject(Reason.INSECURE_TRANSPORT, event, new Credentials(false, Optional.of("Wallbox-1"), Optional.empty()));
        reject(Reason.BAD_CREDENTIALS, event, new Credentials(true, Optional.empty(), Optional.empty()));
        reject(Reason.BAD_CREDENTIALS, event, new Credentials(true, Optional.of("Wallbox-2"), Optional.empty()));
        reject(Reason.BAD_CREDENTIALS, event, new Credentials(true, Optional.of(""), Optional.empty()));
        assertThat(broker.connect(event, new Credentials(true, Optional.of("wallbox-1"), Optional.empty()))
                        .registered())
                .isTrue();
    }

    @Test
    void mayBeReliedOnForAnHourAndNoLongerThanItsAddressIsAllowed() {
        open(SecurityProfile.NONE, Optional.empty());
        assertThat(broker.connect("acme", "Wallbox-1").reliableFor()).contains(Duration.ofHours(1));

        allow("198.51.100.0/24", Optional.empty());
        allow("192.0.2.0/24", Optional.of(Duration.ofMinutes(10)));
        assertThat(broker.connect("acme", "Wallbox-1").reliableFor()).contains(Duration.ofMinutes(10));
        clock.advance(Duration.ofMinutes(1).plusMillis(1));
        // Rounded down.
        assertThat(broker.boot(broker.event("acme", "Wallbox-1", "c"), Nameplate.NONE)
                        .reliableFor())
                .contains(Duration.ofSeconds(539));
        allow("192.0.2.10", Optional.of(Duration.ofMinutes(30)));
        assertThat(broker.connect("acme", "Wallbox-1").reliableFor()).contains(Duration.ofMinutes(30));
        clock.advance(Duration.ofMinutes(30).minusMillis(5));
        assertThat(broker.connect("acme", "Wallbox-1").reliableFor()).contains(Duration.ofSeconds(1));
        allow("192.0.2.8/29", Optional.empty());
        assertThat(broker.connect("acme", "Wallbox-1").reliableFor()).contains(Duration.ofHours(1));
        assertThat(broker.disconnect(broker.event("acme", "Wallbox-1", "c")).reliableFor())
                .isEmpty();
    }

    private void allow(String block, Optional<Duration> time) {
        core.insist(() -> core.addIp()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new NewIp(
                                IpBlock.parse(block),
                                Optional.empty(),
                                IpScope.CHARGER,
                                time.map(clock.instant()::plus))));
    }

    /// That is how a box that was swapped or cloned shows.
    @Test
    void tellsTheAuditTrailOfAnotherSerialNumber() {
        open(SecurityProfile.NONE, Optional.empty());
        long id = broker.connect("acme", "Wallbox-1").chargerId();
        ChargerEvent event = broker.event("acme", "Wallbox-1", "c");
        broker.boot(event, new Nameplate(Map.of(Field.CHARGE_POINT_SERIAL_NUMBER, "SN-1", Field.ICCID, "8931")));
        broker.boot(event, new Nameplate(Map.of(Field.CHARGE_BOX_SERIAL_NUMBER, "B-1", Field.ICCID, "8932")));
        broker.boot(event, Nameplate.NONE);
        assertThat(core.trail("acme", AuditAction.CHARGER_UPDATED)).isEmpty();

        broker.boot(
                event,
                new Nameplate(Map.of(
                        Field.CHARGE_POINT_SERIAL_NUMBER, "SN-2",
                        Field.CHARGE_BOX_SERIAL_NUMBER, "b-1",
                        Field.METER_SERIAL_NUMBER, "M-1")));
        broker.boot(
                event,
                new Nameplate(Map.of(Field.CHARGE_POINT_SERIAL_NUMBER, "SN-2", Field.METER_SERIAL_NUMBER, "M-2")));

        assertThat(core.trail("acme", AuditAction.CHARGER_UPDATED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actorId()).isEqualTo("broker");
                    assertThat(entry.targetId()).isEqualTo(Long.toString(id));
                    assertThat(entry.before())
                            .contains(Map.of("chargePointSerialNumber", "SN-1", "chargeBoxSerialNumber", "B-1"));
                    assertThat(entry.after())
                            .contains(Map.of("chargePointSerialNumber", "SN-2", "chargeBoxSerialNumber", "b-1"));
                });
    }

    /// Two boxes that share an identity would otherwise write for ever.
    @Test
    void tellsOfASerialNumberThatGoesToAndFroOnceAnHour() {
        open(SecurityProfile.NONE, Optional.empty());
        broker.connect("acme", "Wallbox-1");
        for (int i = 0; i < 200; i++) {
            broker.boot(
                    broker.event("acme", "Wallbox-1", "c"),
                    new Nameplate(Map.of(Field.CHARGE_POINT_SERIAL_NUMBER, "SN-" + i % 2)));
            clock.advance(Duration.ofSeconds(30));
        }
        // From the second boot on, an hour and forty minutes long.
        assertThat(core.trail("acme", AuditAction.CHARGER_UPDATED)).hasSize(2);
        assertThat(broker.find("acme", "Wallbox-1").nameplate().value(Field.CHARGE_POINT_SERIAL_NUMBER))
                .contains("SN-1");
    }

    /// OCPP-J 1.6's own example of an identity.
    @Test
    void takesAnIdentityWithASpaceInsideWhereverItIsWritten() {
        open(SecurityProfile.BASIC, Optional.empty());
        ChargerEvent event = broker.event("acme", "RDAM 123", "c");
        reject(Reason.BAD_CREDENTIALS, event, Broker.password("RDAM%20123", PASSWORD));
        reject(Reason.BAD_CREDENTIALS, event, Broker.password("RDAM 123 ", PASSWORD));
        reject(Reason.INVALID_IDENTITY, "acme", "RDAM 123 ");
        assertThat(broker.connect(event, Broker.password("rdam 123", PASSWORD)).registered())
                .isTrue();
        assertThat(broker.connect(broker.event("acme", "rdam 123", "d"), Broker.password("RDAM 123", PASSWORD))
                        .registered())
                .isFalse();
    }

    @Test
    void asksEachTimeItConnects() {
        open(SecurityProfile.BASIC, Optional.empty());
        broker.connect(broker.event("acme", "Wallbox-1", "c"), Broker.password("Wallbox-1", PASSWORD));

        reject(Reason.BAD_CREDENTIALS, broker.event("acme", "Wallbox-1", "d"), Broker.NOTHING);
        assertThat(broker.find("acme", "Wallbox-1").presence().orElseThrow().isNewest(new ConnectionId("c")))
                .isTrue();
        assertThat(broker.boot(broker.event("acme", "Wallbox-1", "c"), Nameplate.NONE)
                        .profile())
                .isPresent();
    }

    @Test
    void letsAKnownChargerInWithinTwoRoundTrips() {
        open(SecurityProfile.BASIC, Optional.empty());
        Credentials credentials = Broker.password("Wallbox-1", PASSWORD);
        broker.connect(broker.event("acme", "Wallbox-1", "c"), credentials);
        clock.advance(Duration.ofSeconds(1));

        assertThat(Core.roundTrips(() -> broker.connect(broker.event("acme", "Wallbox-1", "d"), credentials)))
                .isEqualTo(2);
        // Said again, it is nothing new.
        assertThat(Core.roundTrips(() -> broker.connect(broker.event("acme", "Wallbox-1", "d"), credentials)))
                .isEqualTo(1);
        broker.connect(broker.event("acme", "Wallbox-2", "c"), Broker.password("Wallbox-2", PASSWORD));
        assertThat(Core.roundTrips(() -> broker.disconnect(broker.event("acme", "Wallbox-1", "d"))))
                .isEqualTo(2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(Core.roundTrips(() -> broker.boot(broker.event("acme", "Wallbox-1", "d"), Nameplate.NONE)))
                .isEqualTo(2);
    }

    /// Six of them in the tenant's partition: what that bears hangs on it (docs/performance.md).
    @Test
    void readsSevenUnitsForAChargerThatItKnows() {
        open(SecurityProfile.BASIC, Optional.empty());
        Credentials credentials = Broker.password("Wallbox-1", PASSWORD);
        ChargerEvent event = broker.event("acme", "Wallbox-1", "c");
        broker.connect(event, credentials);
        // All seven rows are there; those that are not cost as much, which DynamoDB Local does not count.
        allow("192.0.2.0/24", Optional.empty());
        reject(Reason.BAD_CREDENTIALS, event, Broker.password("Wallbox-1", "not " + PASSWORD));

        // Said again, it writes nothing.
        Consumption again = Core.usage(() -> broker.connect(event, credentials));
        assertThat(again.calls()).isEqualTo(1);
        assertThat(again.capacityUnits()).isEqualTo(7);
        Consumption boot = Core.usage(() -> broker.boot(event, Nameplate.NONE));
        assertThat(boot.calls()).isEqualTo(1);
        assertThat(boot.capacityUnits()).isEqualTo(4);
        broker.disconnect(event);
        assertThat(Core.usage(() -> broker.disconnect(event)).capacityUnits()).isEqualTo(3);
    }

    @Test
    void registersWithinThreeRoundTripsOnceItHasSeenTheProfile() {
        open(SecurityProfile.NONE, Optional.empty());
        assertThat(Core.roundTrips(() -> broker.connect("acme", "Wallbox-1"))).isEqualTo(4);
        assertThat(Core.roundTrips(() -> broker.connect("acme", "Wallbox-2"))).isEqualTo(3);
    }

    @Test
    void takesTwoRoundTripsHoweverManyProfilesTheTenantHas() {
        for (int i = 0; i < 8; i++) {
            clock.advance(Duration.ofSeconds(1));
            open(SecurityProfile.NONE, Optional.empty());
            broker.connect("acme", "Wallbox-" + i);
        }
        // Each new profile was a change, so those before it are read once more.
        for (int i = 0; i < 8; i++) {
            broker.connect(broker.event("acme", "Wallbox-" + i, "d"));
        }
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 8; i++) {
            ChargerEvent event = broker.event("acme", "Wallbox-" + i, "e");
            assertThat(Core.roundTrips(() -> broker.connect(event))).isEqualTo(2);
        }
    }

    @Test
    void goesByWhatAProfileSaysNow() {
        long profile = open(SecurityProfile.BASIC, Optional.empty());
        ChargerEvent event = broker.event("acme", "Wallbox-1", "c");
        broker.connect(event, Broker.password("Wallbox-1", PASSWORD));
        ProfileFixture.setPassword(core, ada, profile, "another password");

        reject(Reason.BAD_CREDENTIALS, event, Broker.password("Wallbox-1", PASSWORD));
        assertThat(broker.connect(event, Broker.password("Wallbox-1", "another password"))
                        .registered())
                .isFalse();
    }

    @Test
    void readsAProfileThatItHasNotSeenInOneMore() {
        open(SecurityProfile.NONE, Optional.empty());
        broker.connect("acme", "Wallbox-1");
        Broker another = new Broker(Core.over(DynamoDbLocal.client(), core.tableName(), clock), clock);
        clock.advance(Duration.ofSeconds(1));

        assertThat(Core.roundTrips(() -> another.connect(another.event("acme", "Wallbox-1", "d"))))
                .isEqualTo(3);
        clock.advance(Duration.ofSeconds(1));
        assertThat(Core.roundTrips(() -> another.connect(another.event("acme", "Wallbox-1", "e"))))
                .isEqualTo(2);
    }

    @Test
    void touchesItsOwnRowAndItsUsageAndACountIfSomethingIsCounted() {
        open(SecurityProfile.NONE, Optional.empty());
        broker.connect("acme", "Wallbox-1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(rowsWritten(() -> broker.connect(broker.event("acme", "Wallbox-1", "d"))))
                .isEqualTo(2);
        assertThat(rowsWritten(() -> broker.disconnect(broker.event("acme", "Wallbox-1", "d"))))
                .isEqualTo(3);
        clock.advance(Duration.ofSeconds(1));
        assertThat(rowsWritten(() -> broker.connect(broker.event("acme", "Wallbox-1", "e"))))
                .isEqualTo(3);
    }

    private int rowsWritten(Runnable action) {
        int[] rows = {0};
        faulty.next("transactWriteItems", (request, call) -> {
            rows[0] = ((TransactWriteItemsRequest) request).transactItems().size();
            return call.happen();
        });
        action.run();
        return rows[0];
    }

    private ProvisioningWindow window() {
        return core.showProvisioning().run(core.door(ada, "acme", Role.VIEWER)).orElseThrow();
    }

    private long chargerCountOf(long profile) {
        return core.profiles().read(core.scope("acme"), profile).orElseThrow().chargerCount();
    }

    private void add(String block, IpScope scope) {
        core.commit(core.addIp()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new NewIp(IpBlock.parse(block), Optional.empty(), scope, Optional.empty())));
    }
}
