package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.addresses.SourceNetwork;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.SlowHashes;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who guesses passwords pays for it, and not the function, and not the chargers that are elsewhere.
class GuessingTest extends TwoTenants {

    private static final String PASSWORD = "0123456789:abcdef";
    private static final String WRONG = "a wrong password";
    private static final String ELSEWHERE = "198.51.100.7";

    private final Broker broker = new Broker(core, clock);
    private long profile;

    @BeforeEach
    void openAWindow() {
        profile = ProfileFixture.create(core, "acme", SecurityProfile.BASIC, PASSWORD);
        broker.provision(ada, "acme", Optional.of(profile), Optional.empty());
    }

    @Test
    void locksOutAfterFiveWrongPasswordsForAMinute() {
        for (int i = 0; i < 5; i++) {
            assertThat(show("Wallbox-1", Broker.DEPOT, WRONG + i)).isEqualTo(Reason.BAD_CREDENTIALS);
            clock.advance(Duration.ofSeconds(10));
        }
        clock.advance(Duration.ofSeconds(-10));
        try (SlowHashes hashes = SlowHashes.counted()) {
            assertThat(show("Wallbox-1", Broker.DEPOT, WRONG)).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
            assertThat(show("WALLBOX-1", Broker.DEPOT, PASSWORD)).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
            assertThat(hashes.count()).isZero();
        }
        assertThat(broker.list("acme")).isEmpty();
        // Neither another charger there, nor this one elsewhere.
        assertThat(connect("Wallbox-2", Broker.DEPOT).registered()).isTrue();
        assertThat(connect("Wallbox-1", ELSEWHERE).registered()).isTrue();
        clock.advance(Duration.ofMillis(59_999));
        assertThat(show("Wallbox-1", Broker.DEPOT, PASSWORD)).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
        clock.advance(Duration.ofMillis(1));
        assertThat(connect("Wallbox-1", Broker.DEPOT).registered()).isFalse();
    }

    @Test
    void countsWhatItRemembersToBeWrongAsWell() {
        try (SlowHashes hashes = SlowHashes.counted()) {
            for (int i = 0; i < 5; i++) {
                assertThat(show("Wallbox-1", Broker.DEPOT, WRONG)).isEqualTo(Reason.BAD_CREDENTIALS);
            }
            assertThat(show("Wallbox-1", Broker.DEPOT, WRONG)).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
            assertThat(hashes.count()).isEqualTo(1);
        }
    }

    @Test
    void countsNothingThatIsNoPasswordOfThatCharger() {
        for (int i = 0; i < 60; i++) {
            reason(broker.event("acme", "Wallbox-1", "c"), Broker.NOTHING);
            reason(broker.event("acme", "Wallbox-1", "c"), Broker.password("Wallbox-2", WRONG));
        }
        assertThat(connect("Wallbox-1", Broker.DEPOT).registered()).isTrue();
    }

    @Test
    void takesTheAddressesOfANetworkForOne() {
        for (int i = 0; i < 5; i++) {
            show("Wallbox-1", "2001:db8:1:2::" + i, WRONG);
        }
        assertThat(show("Wallbox-1", "2001:db8:1:2:ffff::1", PASSWORD)).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
        assertThat(connect("Wallbox-1", "2001:db8:1:3::1").registered()).isTrue();
        for (int i = 0; i < 5; i++) {
            show("Wallbox-1", i % 2 == 0 ? ELSEWHERE : "::ffff:" + ELSEWHERE, WRONG);
        }
        assertThat(show("Wallbox-1", "::ffff:" + ELSEWHERE, PASSWORD)).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
    }

    @Test
    void locksOutOneTenantsChargersOnly() {
        long theirs = ProfileFixture.create(core, "other", SecurityProfile.BASIC, PASSWORD);
        broker.provision(otto, "other", Optional.of(theirs), Optional.empty());
        for (int i = 0; i < 60; i++) {
            show("Wallbox-" + i, Broker.DEPOT, WRONG);
        }
        assertThat(show("Wallbox-0", Broker.DEPOT, PASSWORD)).isEqualTo(Reason.TOO_MANY_ATTEMPTS);
        assertThat(broker.connect(broker.event("other", "Wallbox-0", "c"), Broker.password("Wallbox-0", PASSWORD))
                        .registered())
                .isTrue();
    }

    @Test
    void doesNotMindWhereNoPasswordIsAskedFor() {
        connect("Wallbox-1", Broker.DEPOT);
        for (int i = 0; i < 6; i++) {
            show("Wallbox-1", Broker.DEPOT, WRONG);
        }
        assertThat(broker.boot(broker.event("acme", "Wallbox-1", "c"), Nameplate.NONE)
                        .profile())
                .isPresent();
        assertThat(broker.disconnect(broker.event("acme", "Wallbox-1", "c")).chargerId())
                .isPositive();
        long open = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        broker.provision(ada, "acme", Optional.of(open), Optional.empty());
        assertThat(broker.connect(broker.event("acme", "Wallbox-9", "c"), Broker.password("Wallbox-9", WRONG))
                        .registered())
                .isTrue();
    }

    /// The figures of a flood: 1,000 wrong passwords, each another, of 20 chargers, from one address.
    @Test
    void answersAFloodWithFiftyHashesAMinuteAndLetsOthersInMeanwhile() {
        connect("Right", ELSEWHERE);
        Map<Reason, Integer> answers = new EnumMap<>(Reason.class);
        try (SlowHashes hashes = SlowHashes.counted()) {
            for (int i = 0; i < 1_000; i++) {
                answers.merge(show("Wallbox-" + i % 20, Broker.DEPOT, WRONG + i), 1, Integer::sum);
                if (i % 100 == 99) {
                    assertThat(connect("Right", ELSEWHERE).registered()).isFalse();
                }
                clock.advance(Duration.ofMillis(30));
            }
            assertThat(hashes.count()).isEqualTo(50);
        }
        assertThat(answers).isEqualTo(Map.of(Reason.BAD_CREDENTIALS, 50, Reason.TOO_MANY_ATTEMPTS, 950));
    }

    @Test
    void costsAReadAndNothingElseOnceLocked() {
        for (int i = 0; i < 5; i++) {
            show("Wallbox-1", Broker.DEPOT, WRONG);
        }
        String before = contents();
        // One for the tenant, one because it may have registered meanwhile.
        assertThat(Core.roundTrips(() -> show("Wallbox-1", Broker.DEPOT, WRONG)))
                .isEqualTo(2);
        assertThat(contents()).isEqualTo(before);
        connect("Wallbox-2", Broker.DEPOT);
        clock.advance(Duration.ofSeconds(1));
        assertThat(Core.roundTrips(() -> connect("Wallbox-2", Broker.DEPOT))).isEqualTo(2);
        for (int i = 0; i < 5; i++) {
            show("Wallbox-2", Broker.DEPOT, WRONG);
        }
        assertThat(Core.roundTrips(() -> show("Wallbox-2", Broker.DEPOT, WRONG)))
                .isEqualTo(1);
        assertThat(Core.roundTrips(() -> show("Wallbox-2", "192.0.2.99", WRONG)))
                .isEqualTo(2);
    }

    /// As many instances as there may be at the same time, none of which remembers what another one found: each has
    /// one hash under way when the last that counts is kept.
    @Test
    void costsNoMoreThanAHashForEachInstanceOnTopWhenTheyRace() throws InterruptedException {
        int instances = 8;
        List<Broker> brokers = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            brokers.add(new Broker(Core.over(DynamoDbLocal.client(), core.tableName(), clock), clock));
        }
        try (SlowHashes hashes = SlowHashes.counted()) {
            List<Object> outcomes = Race.run(instances, i -> (Callable<Integer>) () -> {
                int refused = 0;
                for (int j = 0; j < 25; j++) {
                    ChargerEvent event = from(Broker.DEPOT, "Wallbox-" + j % 20);
                    Reason reason = reason(brokers.get(i), event, Broker.password("Wallbox-" + j % 20, WRONG + i + j));
                    refused += reason == Reason.BAD_CREDENTIALS || reason == Reason.TOO_MANY_ATTEMPTS ? 1 : 0;
                }
                return refused;
            });
            assertThat(outcomes).hasSize(instances).containsOnly(25);
            assertThat(hashes.count()).isBetween(50, 50 + instances - 1);
        }
        assertThat(core.find("acme", WrongPasswordStore.from(SourceNetwork.of(Broker.DEPOT)))
                        .orElseThrow()
                        .attempts())
                .hasSize(50);
        assertThat(connect("Wallbox-1", ELSEWHERE).registered()).isTrue();
    }

    private Accepted connect(String identity, String ip) {
        return broker.connect(from(ip, identity), Broker.password(identity, PASSWORD));
    }

    private Reason show(String identity, String ip, String password) {
        return reason(from(ip, identity), Broker.password(identity, password));
    }

    private Reason reason(ChargerEvent event, Credentials credentials) {
        return reason(broker, event, credentials);
    }

    private static Reason reason(Broker asked, ChargerEvent event, Credentials credentials) {
        try {
            asked.connect(event, credentials);
            throw new AssertionError("it was let in");
        } catch (Rejection e) {
            return e.reason();
        }
    }

    private ChargerEvent from(String ip, String identity) {
        return new ChargerEvent("acme", identity, ip, new ConnectionId("c"), clock.instant(), "request");
    }
}
