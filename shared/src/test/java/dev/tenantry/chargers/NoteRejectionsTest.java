package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoteRejectionsTest extends TwoTenants {

    private static final Rejection UNKNOWN = new Rejection(Reason.UNKNOWN_CHARGER).seenBy(new DomainPrefix("acme"));

    private final Broker broker = new Broker(core, clock);

    /// Another instance of the function, over the same table.
    private Core instance() {
        return Core.over(faulty.client(), core.tableName(), clock);
    }

    private ChargerEvent event(String identity, String ip) {
        return new ChargerEvent("acme", identity, ip, new ConnectionId("c"), clock.instant(), "request");
    }

    private void refuse(Core instance, String identity, String ip) {
        instance.noteRejections().note(event(identity, ip), UNKNOWN);
        assertThat(instance.noteRejections().write("request", 100)).isEmpty();
    }

    private List<String> seen() {
        return broker.turnedAway("acme").stream()
                .map(it -> it.identity().value())
                .toList();
    }

    @Test
    void tellsTheTenantAtOnceWhoWasTurnedAwayAndWhy() {
        assertThat(broker.turnedAway(broker.event("acme", "RDAM 123", "c"), Broker.NOTHING))
                .isEqualTo(Reason.UNKNOWN_CHARGER);
        clock.advance(Duration.ofSeconds(1));
        broker.turnedAway(broker.event("acme", "rdam 123", "d"), Broker.NOTHING);

        assertThat(broker.turnedAway("acme"))
                .singleElement()
                .isEqualTo(new RecentRejection(
                        new ChargePointIdentity("RDAM 123"),
                        Reason.UNKNOWN_CHARGER,
                        Broker.DEPOT,
                        2,
                        clock.instant().minusSeconds(1),
                        clock.instant()));
        assertThat(core.showStats().run(core.door(ada, "acme", Role.VIEWER)).recentRejections())
                .isEqualTo(1);
    }

    @Test
    void keepsWhatIsSomebodysToSee() {
        ChargerEvent noIdentity = broker.event("acme", "R\u0000DAM", "c");
        assertThat(broker.turnedAway(noIdentity, Broker.NOTHING)).isEqualTo(Reason.INVALID_IDENTITY);
        assertThat(broker.turnedAway(broker.event("nobodys", "W1", "c"), Broker.NOTHING))
                .isEqualTo(Reason.UNKNOWN_TENANT);
        assertThat(broker.turnedAway(broker.event("acme\n", "W1", "c"), Broker.NOTHING))
                .isEqualTo(Reason.UNKNOWN_TENANT);
        // Nobody was turned away by the end of a connection.
        ChargerEvent end = broker.event("acme", "W1", "c");
        assertThatThrownBy(() -> broker.disconnect(end))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> core.noteRejections().note(end, e));
        assertThat(core.noteRejections().write("request", 100)).isEmpty();
        assertThat(seen()).isEmpty();

        ChargerEvent boot = broker.event("acme", "W1", "c");
        assertThatThrownBy(() -> broker.boot(boot, Nameplate.NONE))
                .isInstanceOfSatisfying(
                        Rejection.class, e -> core.noteRejections().note(boot, e));
        assertThat(core.noteRejections().write("request", 100)).isEmpty();
        assertThat(seen()).containsExactly("W1");
    }

    @Test
    void costsWhoIsLetInNothing() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        broker.provision(ada, "acme", Optional.empty(), Optional.empty());
        broker.connect("acme", "Wallbox-1");
        clock.advance(Duration.ofSeconds(1));
        assertThat(Core.roundTrips(() -> broker.connect(broker.event("acme", "Wallbox-1", "d"))))
                .isEqualTo(2);
        assertThat(Core.roundTrips(() -> core.noteRejections().write("request", 100)))
                .isZero();
    }

    @Test
    void costsWhoIsTurnedAwayTwoRoundTripsMore() {
        core.noteRejections().note(event("W1", Broker.DEPOT), UNKNOWN);
        assertThat(Core.roundTrips(() -> core.noteRejections().write("request", 100)))
                .isEqualTo(2);
    }

    /// A charger that was turned away waits for its own tenant's row.
    @Test
    void keepsWhoeverWaitsForNoMoreTenantsThanItIsTold() {
        core.noteRejections()
                .note(
                        event("W1", Broker.DEPOT),
                        new Rejection(Reason.UNKNOWN_CHARGER).seenBy(new DomainPrefix("other")));
        core.noteRejections().note(event("W1", Broker.DEPOT), UNKNOWN);
        assertThat(Core.roundTrips(() -> core.noteRejections().write("request", 1)))
                .isEqualTo(2);
        assertThat(seen()).containsExactly("W1");
        assertThat(broker.turnedAway("other")).isEmpty();
        core.noteRejections().write("request", 1);
        assertThat(broker.turnedAway("other")).hasSize(1);
    }

    /// It goes round more tenants than an instance remembers, so that each of them seems new.
    @Test
    void readsBoundedlyOfHoweverManyTenants() {
        int calls = faulty.calls();
        for (int i = 0; i < 1_000; i++) {
            core.noteRejections()
                    .note(
                            event("W1", Broker.DEPOT),
                            new Rejection(Reason.UNKNOWN_CHARGER).seenBy(new DomainPrefix("tenant-" + i % 150)));
            core.noteRejections().write("request", 2);
        }
        // None of them is there: one round trip each.
        assertThat(faulty.calls() - calls).isEqualTo(NoteRejections.BURST);
    }

    @Test
    void forgetsThoseThatNothingWasNotedOfTheLongest() {
        note("tenant-0");
        for (int i = 1; i < NoteRejections.MOST_TENANTS - 1; i++) {
            note("tenant-" + i);
        }
        for (int i = 0; i < RejectionStore.BURST; i++) {
            refuse(core, "W" + i, Broker.DEPOT);
        }
        // Its turn is over for a moment; writing what others are owed must not make it the oldest.
        core.noteRejections().note(event("Last", Broker.DEPOT), UNKNOWN);
        core.noteRejections().write("request", 100);
        for (int i = 0; i < NoteRejections.MOST_TENANTS - 1; i++) {
            note("newer-" + i);
        }
        clock.advance(Duration.ofSeconds(10));
        core.noteRejections().write("request", 100);
        assertThat(seen()).contains("Last");
    }

    private void note(String tenant) {
        core.noteRejections()
                .note(
                        event("W1", Broker.DEPOT),
                        new Rejection(Reason.UNKNOWN_CHARGER).seenBy(new DomainPrefix(tenant)));
    }

    @Test
    void leavesOneTenantAloneAndGoesOnWithTheOthers() {
        core.noteRejections().note(event("W1", Broker.DEPOT), UNKNOWN);
        faulty.next("transactWriteItems", Fault.THROTTLED);
        assertThat(core.noteRejections().write("request", 1)).isPresent();
        clock.advance(Duration.ofSeconds(1));
        core.noteRejections().note(event("W2", Broker.DEPOT), UNKNOWN);
        core.noteRejections()
                .note(
                        event("W1", Broker.DEPOT),
                        new Rejection(Reason.UNKNOWN_CHARGER).seenBy(new DomainPrefix("other")));
        assertThat(core.noteRejections().write("request", 2)).isEmpty();
        assertThat(broker.turnedAway("other")).hasSize(1);
        assertThat(seen()).isEmpty();
    }

    /// Identities that somebody invents, from as many addresses, at as many instances as there may be.
    @Test
    void writesOnceASecondWhateverComesFromHoweverManyInstances() {
        List<Core> instances = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            instances.add(instance());
        }
        long before = version();
        for (int i = 0; i < 1_000; i++) {
            refuse(instances.get(i % instances.size()), "invented-" + i, "198.51." + i / 250 + "." + i % 250);
        }
        // Nobody's clock has moved.
        assertThat(version() - before).isEqualTo(RejectionStore.BURST);
        for (int second = 1; second <= 5; second++) {
            clock.advance(Duration.ofSeconds(1));
            for (int i = 0; i < 100; i++) {
                refuse(instances.get(i % instances.size()), "later-" + second + "-" + i, "203.0.113." + i);
            }
            assertThat(version() - before).isEqualTo(RejectionStore.BURST + second);
        }
        assertThat(seen()).hasSizeBetween(100, RecentRejections.MOST);
    }

    /// An instance that can't write does not ask for ever whether it may.
    @Test
    void readsNoMoreThanItMayWrite() {
        Core busy = instance();
        for (int i = 0; i < RejectionStore.BURST; i++) {
            refuse(busy, "busy-" + i, Broker.DEPOT);
        }
        Core other = instance();
        int calls = faulty.calls();
        for (int i = 0; i < 500; i++) {
            refuse(other, "other-" + i, Broker.DEPOT);
        }
        assertThat(faulty.calls() - calls).isEqualTo(RejectionStore.BURST);
    }

    @Test
    void tellsLaterWhatItCouldNotTellAtOnce() {
        for (int i = 0; i < 2 * RejectionStore.BURST; i++) {
            refuse(core, "W" + i, Broker.DEPOT);
            refuse(core, "W0", Broker.DEPOT);
        }
        assertThat(seen()).hasSizeLessThan(2 * RejectionStore.BURST);
        clock.advance(Duration.ofSeconds(1));
        // With the next event of that instance, such as a connection's end.
        assertThat(core.noteRejections().write("request", 100)).isEmpty();
        assertThat(seen()).hasSize(2 * RejectionStore.BURST);
        assertThat(broker.turnedAway("acme"))
                .filteredOn(it -> it.identity().value().equals("W0"))
                .singleElement()
                .extracting(RecentRejection::count)
                .isEqualTo(2L * RejectionStore.BURST + 1);
    }

    @Test
    void countsExactlyWhatManyInstancesWriteAtOnce() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            int threads = 8;
            List<Core> instances = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                instances.add(instance());
            }
            Race.run(threads, i -> () -> {
                refuse(instances.get(i), "W", Broker.DEPOT);
                return i;
            });
            // Who met others too often holds it back until its next event.
            for (Core instance : instances) {
                clock.advance(Duration.ofSeconds(1));
                assertThat(instance.noteRejections().write("request", 100)).isEmpty();
            }
            assertThat(broker.turnedAway("acme").getFirst().count()).isEqualTo((round + 1) * (long) threads);
        }
    }

    @Test
    void countsExactlyWhatManyThreadsOfOneInstanceAreToldAtOnce() throws InterruptedException {
        Race.run(16, i -> () -> {
            refuse(core, "W" + i % 4, Broker.DEPOT);
            return i;
        });
        clock.advance(Duration.ofSeconds(10));
        assertThat(core.noteRejections().write("request", 100)).isEmpty();
        assertThat(broker.turnedAway("acme").stream()
                        .mapToLong(RecentRejection::count)
                        .sum())
                .isEqualTo(16);
    }

    @Test
    void dropsWhatCannotBeWrittenAndThenLeavesTheTableAlone() {
        for (Fault fault : List.of(Fault.THROTTLED, Fault.OUT_OF_REACH, Fault.LOST_ANSWER)) {
            Core instance = instance();
            instance.noteRejections().note(event("W1", Broker.DEPOT), UNKNOWN);
            faulty.next("transactWriteItems", fault);
            assertThat(instance.noteRejections().write("request", 100)).isPresent();

            int calls = faulty.calls();
            instance.noteRejections().note(event("W2", Broker.DEPOT), UNKNOWN);
            assertThat(instance.noteRejections().write("request", 100)).isEmpty();
            assertThat(faulty.calls()).isEqualTo(calls);
            clock.advance(Duration.ofSeconds(10));
            assertThat(instance.noteRejections().write("request", 100)).isEmpty();
            assertThat(faulty.calls()).isEqualTo(calls + 2);
        }
        // The lost answer's was written: what may have happened is not counted again.
        assertThat(broker.turnedAway("acme"))
                .extracting(it -> it.identity().value() + " " + it.count())
                .containsExactlyInAnyOrder("W2 3", "W1 1");
    }

    @Test
    void givesUpOnATableThatFails() {
        faulty.next("batchGetItem", Fault.THROTTLED);
        core.noteRejections().note(event("W1", Broker.DEPOT), UNKNOWN);
        assertThat(core.noteRejections().write("request", 100)).isPresent();
    }

    @Test
    void goesOnAfterOthersWereFaster() {
        faulty.next("transactWriteItems", Fault.CONFLICT, Fault.CONFLICT);
        refuse(core, "W1", Broker.DEPOT);
        assertThat(seen()).containsExactly("W1");
        Fault[] always = new Fault[3];
        Arrays.fill(always, Fault.CONFLICT);
        faulty.next("transactWriteItems", always);
        refuse(core, "W2", Broker.DEPOT);
        assertThat(seen()).containsExactly("W1");
        clock.advance(Duration.ofSeconds(1));
        refuse(core, "W3", Broker.DEPOT);
        assertThat(seen()).containsExactlyInAnyOrder("W1", "W2", "W3");
    }

    @Test
    void tellsNobodyOfATenantThatIsGone() {
        core.noteRejections().note(event("W1", Broker.DEPOT), UNKNOWN);
        core.insist(() -> core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));
        assertThat(core.noteRejections().write("request", 100)).isEmpty();
        assertThat(contents()).doesNotContain("REJECTIONS");
    }

    @Test
    void remembersBoundedlyManyTenants() {
        for (int i = 0; i < 10 * NoteRejections.MOST_TENANTS; i++) {
            core.noteRejections()
                    .note(
                            event("W1", Broker.DEPOT),
                            new Rejection(Reason.UNKNOWN_CHARGER).seenBy(new DomainPrefix("tenant-" + i)));
        }
        int calls = faulty.calls();
        // None of them is there: one round trip each.
        core.noteRejections().write("request", 100);
        assertThat(faulty.calls() - calls).isBetween(1, NoteRejections.MOST_TENANTS);
    }

    private long version() {
        return core.rejections()
                .stored(core.scope("acme", RejectionStore.recent()))
                .version();
    }
}
