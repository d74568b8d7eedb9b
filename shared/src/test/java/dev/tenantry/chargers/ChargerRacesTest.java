package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.edit.Edit;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.profiles.ProvisioningWindowStore;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.provisioning.WindowEdit;
import dev.tenantry.refusal.Refusal.ChargerExists;
import dev.tenantry.refusal.Refusal.ChargerNotFound;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.ProfileInUse;
import dev.tenantry.refusal.Refusal.ProfileNotFound;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.Mailbox;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many at once; the invariants are counted at the end.
@Timeout(120)
class ChargerRacesTest {

    private static final int THREADS = 16;

    /// A clock that goes on: one millisecond has 32 audit ids.
    private final Clock clock = Clock.systemUTC();

    private final Core core = Core.over(
            DynamoDbLocal.client(),
            DynamoDbLocal.newTable(DynamoDbLocal.client()),
            clock,
            new Mailbox(),
            new SecureRandom());
    private final Broker broker = new Broker(core, clock);
    private final Caller ada = People.named("ada");

    @BeforeEach
    void foundTenants() {
        core.tenant("acme", ada);
        core.tenant("other", People.named("otto"));
    }

    @Test
    void registersExactlyAsManyAsTheWindowTakes() throws InterruptedException {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        broker.provision(ada, "acme", Optional.empty(), Optional.of(50L));
        AtomicInteger next = new AtomicInteger();
        AtomicInteger registered = new AtomicInteger();
        AtomicInteger full = new AtomicInteger();

        run(() -> {
            for (int i = next.getAndIncrement(); i < 200; i = next.getAndIncrement()) {
                try {
                    assertThat(broker.connect("acme", "Wallbox-" + i).registered())
                            .isTrue();
                    registered.incrementAndGet();
                } catch (Rejection e) {
                    assertThat(e.reason()).isEqualTo(Reason.PROVISIONING_FULL);
                    full.incrementAndGet();
                }
            }
        });

        assertThat(registered.get()).isEqualTo(50);
        assertThat(full.get()).isEqualTo(150);
        assertThat(broker.list("acme")).hasSize(50);
        assertThat(window().orElseThrow().registeredCount()).isEqualTo(50);
        assertThat(chargerCountOf("acme", profile)).isEqualTo(50);
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(50, 50, 50));
        Set<Long> ids = new HashSet<>();
        broker.list("acme").forEach(charger -> ids.add(charger.id()));
        assertThat(ids).hasSize(50);
    }

    @Test
    void makesOneChargerOfOneIdentity() throws InterruptedException {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        broker.provision(ada, "acme", Optional.empty(), Optional.of(1L));
        AtomicInteger next = new AtomicInteger();
        AtomicInteger registered = new AtomicInteger();
        Set<Long> ids = Collections.synchronizedSet(new HashSet<>());

        run(() -> {
            for (int i = next.getAndIncrement(); i < 100; i = next.getAndIncrement()) {
                String identity = i % 2 == 0 ? "Wallbox-1" : "WALLBOX-1";
                // Nobody is told that the window is full: it is this very charger that filled it.
                Accepted accepted = broker.connect(broker.event("acme", identity, "c" + i % 10));
                ids.add(accepted.chargerId());
                if (accepted.registered()) {
                    registered.incrementAndGet();
                }
            }
        });

        assertThat(registered.get()).isEqualTo(1);
        assertThat(ids).hasSize(1);
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 1, 1));
        assertThat(window().orElseThrow().registeredCount()).isEqualTo(1);
    }

    @Test
    void makesTwoChargersOfOneIdentityInTwoTenants() throws InterruptedException {
        for (String tenant : List.of("acme", "other")) {
            ProfileFixture.create(core, tenant, SecurityProfile.NONE);
            broker.provision(
                    tenant.equals("acme") ? ada : People.named("otto"), tenant, Optional.empty(), Optional.empty());
        }
        AtomicInteger next = new AtomicInteger();

        run(() -> broker.connect(next.getAndIncrement() % 2 == 0 ? "acme" : "other", "Wallbox-1"));

        assertThat(broker.list("acme")).hasSize(1);
        assertThat(broker.list("other")).hasSize(1);
        assertThat(broker.counts("acme").total()).isEqualTo(1);
        assertThat(broker.counts("other").total()).isEqualTo(1);
    }

    @Test
    void countsWhoIsOnlineThroughAStormOfShuffledEvents() throws InterruptedException {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        broker.provision(ada, "acme", Optional.empty(), Optional.empty());
        Random random = new Random(16);
        List<Runnable> storm = new ArrayList<>();
        Set<String> offline = new HashSet<>();
        Instant start = clock.instant();
        for (int i = 0; i < 30; i++) {
            String identity = "Wallbox-" + i;
            broker.connect(broker.event("acme", identity, "0", start));
            boolean endsOffline = random.nextBoolean();
            if (endsOffline) {
                offline.add(identity);
            }
            for (int connection = 1; connection <= 4; connection++) {
                ChargerEvent begun =
                        broker.event("acme", identity, "" + connection, start.plusSeconds(connection * 10L));
                // It ends after the next has begun.
                ChargerEvent ended =
                        broker.event("acme", identity, "" + connection, start.plusSeconds(connection * 10L + 15));
                storm.add(() -> broker.connect(begun));
                storm.add(() -> broker.connect(begun));
                if (connection < 4 || endsOffline) {
                    storm.add(() -> broker.disconnect(ended));
                    storm.add(() -> broker.disconnect(ended));
                }
            }
        }
        Collections.shuffle(storm, random);
        AtomicInteger next = new AtomicInteger();

        run(() -> {
            for (int i = next.getAndIncrement(); i < storm.size(); i = next.getAndIncrement()) {
                storm.get(i).run();
            }
        });

        for (Charger charger : broker.list("acme")) {
            assertThat(charger.online())
                    .as(charger.toString())
                    .isEqualTo(!offline.contains(charger.identity().value()));
        }
        assertThat(broker.counts("acme")).isEqualTo(broker.recounted("acme"));
        assertThat(broker.counts("acme").online()).isEqualTo(30 - offline.size());
    }

    @Test
    void leavesNoChargerAndNoWindowWithoutItsProfile() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            long keeper = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
            long doomed = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
            int number = round;
            broker.provision(ada, "acme", Optional.of(keeper), Optional.empty());

            List<Object> outcomes = Race.run(THREADS, i -> () -> {
                switch (i % 4) {
                    case 0 ->
                        attempt(() -> core.insist(() -> core.deleteProfile()
                                .run(core.door(ada, "acme", Role.USER), Long.toString(doomed), Precondition.NONE)));
                    case 1 -> attempt(() -> broker.provision(ada, "acme", Optional.of(doomed), Optional.empty()));
                    case 2 ->
                        attempt(() -> core.insist(() ->
                                core.stopProvisioning().run(core.door(ada, "acme", Role.USER), Precondition.NONE)));
                    default -> attempt(() -> broker.connect("acme", "Wallbox-" + number + "-" + i));
                }
                return true;
            });

            assertThat(outcomes).containsOnly(true);
            List<Charger> chargers = broker.list("acme");
            for (Charger charger : chargers) {
                assertThat(core.profiles().read(core.scope("acme"), charger.profileId()))
                        .isPresent();
            }
            window().ifPresent(window -> assertThat(core.profiles().read(core.scope("acme"), window.profileId()))
                    .isPresent());
            long onKeeper = chargers.stream()
                    .filter(charger -> charger.profileId() == keeper)
                    .count();
            assertThat(chargerCountOf("acme", keeper)).isEqualTo(onKeeper);
            assertThat(broker.counts("acme").total()).isEqualTo(chargers.size());
        }
    }

    @Test
    void registersNobodyAfterTheWindowWasStopped() throws InterruptedException {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        for (int round = 0; round < 20; round++) {
            broker.provision(ada, "acme", Optional.empty(), Optional.empty());
            int number = round;
            AtomicInteger registered = new AtomicInteger();

            List<Object> outcomes = Race.run(THREADS, i -> () -> {
                if (i == 0) {
                    core.insist(
                            () -> core.stopProvisioning().run(core.door(ada, "acme", Role.USER), Precondition.NONE));
                    return true;
                }
                try {
                    broker.connect("acme", "Wallbox-" + number + "-" + i);
                    registered.incrementAndGet();
                } catch (Rejection e) {
                    assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_CHARGER);
                }
                return true;
            });

            assertThat(outcomes).containsOnly(true);
            assertThat(window()).isEmpty();
            assertThat(broker.list("acme").stream()
                            .filter(charger -> charger.identity().value().startsWith("Wallbox-" + number + "-")))
                    .hasSize(registered.get());
        }
        assertThat(chargerCountOf("acme", profile))
                .isEqualTo(broker.list("acme").size());
    }

    /// Chargers are entered, moved, blocked, named and removed, in ones and in bulk, while they connect and while
    /// the profiles that they move to are deleted.
    @Test
    void countsExactlyWhateverMeets() throws InterruptedException {
        long keeper = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        List<String> identities = List.of("Wallbox-1", "Wallbox-2", "Wallbox-3", "Wallbox-4", "Wallbox-5");
        for (int round = 0; round < 15; round++) {
            long doomed = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
            for (String identity : identities) {
                attempt(() -> add(keeper, identity));
            }
            boolean isOpen = round % 2 == 1;
            if (isOpen) {
                // One that was removed comes again by itself.
                broker.provision(ada, "acme", Optional.of(keeper), Optional.empty());
            }
            AtomicInteger registered = new AtomicInteger();

            List<Object> outcomes = Race.run(THREADS, i -> () -> {
                String identity = identities.get(i % identities.size());
                switch (i % 9) {
                    case 0 -> attempt(() -> remove(identity));
                    case 1 ->
                        attempt(() -> {
                            if (broker.connect(broker.event("acme", identity, "c" + i))
                                    .registered()) {
                                registered.incrementAndGet();
                            }
                        });
                    case 2 ->
                        attempt(() -> core.insist(() -> core.deleteProfile()
                                .run(core.door(ada, "acme", Role.USER), Long.toString(doomed), Precondition.NONE)));
                    case 3 -> attempt(() -> move(doomed, identities));
                    case 4 -> attempt(() -> move(keeper, identities.reversed()));
                    case 5 -> attempt(() -> add(doomed, identity));
                    case 6 -> attempt(() -> add(keeper, identities.toArray(String[]::new)));
                    // It must take no change that it meets for a drift.
                    case 7 -> core.repairCounters().run(new DomainPrefix("acme"), () -> true);
                    default -> attempt(() -> broker.disconnect(broker.event("acme", identity, "c" + (i - 7))));
                }
                return true;
            });

            assertThat(outcomes).containsOnly(true);
            for (Charger charger : broker.list("acme")) {
                assertThat(core.profiles().read(core.scope("acme"), charger.profileId()))
                        .isPresent();
                assertThat(core.find("acme", ChargerStore.named(charger.id()))).contains(charger.identity());
            }
            assertThat(broker.counts("acme")).isEqualTo(broker.recounted("acme"));
            if (isOpen) {
                assertThat(window().orElseThrow().registeredCount()).isEqualTo(registered.get());
                core.insist(() -> core.stopProvisioning().run(core.door(ada, "acme", Role.USER), Precondition.NONE));
            }
            assertThat(core.repairCounters()
                            .run(new DomainPrefix("acme"), () -> true)
                            .repaired())
                    .isEmpty();
        }
    }

    @Test
    void entersOneIdentityOnce() throws InterruptedException {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        for (int round = 0; round < 10; round++) {
            String identity = "Wallbox-" + round;
            AtomicInteger added = new AtomicInteger();

            run(() -> {
                try {
                    add(
                            profile,
                            identity,
                            identity + "-" + added.hashCode() + "-"
                                    + Thread.currentThread().threadId());
                    added.incrementAndGet();
                } catch (ChargerExists e) {
                    assertThat(e.identities()).containsExactly(identity);
                }
            });

            assertThat(added.get()).isEqualTo(1);
        }
        assertThat(broker.list("acme")).hasSize(20);
        assertThat(chargerCountOf("acme", profile)).isEqualTo(20);
    }

    @Test
    void registersNoMoreThanTheWindowTakesWhileItIsChanged() throws InterruptedException {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        broker.provision(ada, "acme", Optional.empty(), Optional.of(20L));
        AtomicInteger next = new AtomicInteger();

        run(() -> {
            for (int i = next.getAndIncrement(); i < 60; i = next.getAndIncrement()) {
                int number = i;
                if (i == 16) {
                    core.insist(() -> core.changeProvisioning()
                            .run(
                                    core.door(ada, "acme", Role.USER),
                                    new WindowEdit(Optional.empty(), new Edit.Set<>(25L)),
                                    Precondition.NONE));
                } else {
                    attempt(() -> broker.connect("acme", "Wallbox-" + number));
                }
            }
        });

        assertThat(window().orElseThrow().registeredCount())
                .isBetween(20L, 25L)
                .isEqualTo(broker.list("acme").size());
        // The change was not lost.
        for (int i = 60; i < 70; i++) {
            int number = i;
            attempt(() -> broker.connect("acme", "Wallbox-" + number));
        }
        assertThat(window().orElseThrow().registeredCount()).isEqualTo(25);
        assertThat(broker.list("acme")).hasSize(25);
    }

    private void add(long profile, String... identities) {
        List<NewCharger> wanted = new ArrayList<>();
        for (String identity : identities) {
            wanted.add(new NewCharger(
                    "",
                    new ChargePointIdentity(identity),
                    Optional.empty(),
                    Optional.of(profile),
                    Optional.empty(),
                    Optional.empty()));
        }
        core.insist(() -> core.addChargers().run(core.door(ada, "acme", Role.USER), wanted));
    }

    /// Whoever of them is there.
    private void move(long profile, List<String> identities) {
        List<ChargerEdit> edits = new ArrayList<>();
        for (Charger charger : broker.list("acme")) {
            if (identities.contains(charger.identity().value())) {
                edits.add(new ChargerEdit(
                        Long.toString(charger.id()),
                        "",
                        new Edit.Keep<>(),
                        Optional.of(profile),
                        new Edit.Keep<>(),
                        Optional.empty(),
                        new Edit.Keep<>()));
            }
        }
        core.insist(() -> core.updateChargers().run(core.door(ada, "acme", Role.USER), edits, Precondition.NONE));
    }

    private void remove(String identity) {
        for (Charger charger : broker.list("acme")) {
            if (charger.identity().equals(new ChargePointIdentity(identity))) {
                core.insist(() -> core.removeCharger()
                        .run(core.door(ada, "acme", Role.USER), Long.toString(charger.id()), Precondition.NONE));
            }
        }
    }

    private static void attempt(Runnable action) {
        try {
            action.run();
        } catch (Rejection | InvalidRequest | ProfileNotFound | ProfileInUse | ChargerExists | ChargerNotFound e) {
            // Somebody else was first.
        }
    }

    private static void run(Runnable action) throws InterruptedException {
        List<Object> outcomes = Race.run(THREADS, _ -> () -> {
            action.run();
            return true;
        });
        assertThat(outcomes).containsOnly(true);
    }

    private Optional<ProvisioningWindow> window() {
        return core.provisioning().open(core.scope("acme", ProvisioningWindowStore.window()));
    }

    private long chargerCountOf(String tenant, long profile) {
        return core.profiles().read(core.scope(tenant), profile).orElseThrow().chargerCount();
    }
}
