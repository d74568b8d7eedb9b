package dev.tenantry.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.chargers.ChargerEvent;
import dev.tenantry.chargers.ConnectionId;
import dev.tenantry.chargers.Credentials;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.invites.CreateInvite;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.InviteStore;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.ProfileStore;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.stats.RepairCounters.Repair;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Drift;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Update;
import dev.tenantry.subscriptions.Subscription;
import dev.tenantry.subscriptions.SubscriptionStatus;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.FaultyDynamoDb;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.States;
import dev.tenantry.testing.TwoTenants;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Sample;
import dev.tenantry.users.Headcount;
import dev.tenantry.users.RoleChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A tenant in numbers, and what happens when one of them is wrong.
class StatsTest extends TwoTenants {

    private static final DomainPrefix ACME = new DomainPrefix("acme");

    // What a repair meets on its way is done by the other core, and meets nothing itself.
    private final FaultyDynamoDb meeting = new FaultyDynamoDb(DynamoDbLocal.client());
    private final Core repairing = Core.over(meeting.client(), core.tableName(), clock);

    @Test
    void countsInOneRoundTrip() {
        core.member("acme", Role.USER);
        core.member("acme", Role.VIEWER);
        core.member("acme", Role.VIEWER);
        invite("hedy@example.com");
        ProfileFixture.create(core, "acme", SecurityProfile.of(0));
        Instant at = clock.instant();
        core.importUsage().run(ACME, List.of(Sample.of(at, new Counters(2, 3, 20, 30, 0, 0, 0))));
        clock.advance(Duration.ofMinutes(1));
        core.aggregateUsage().run(() -> true);

        Stats stats = show();
        assertThat(stats.users()).isEqualTo(new Headcount(1, 1, 2));
        assertThat(stats.pendingInvites()).isEqualTo(1);
        assertThat(stats.profiles()).isEqualTo(1);
        assertThat(stats.chargers().total()).isZero();
        assertThat(stats.messages()).isEqualTo(5);
        assertThat(stats.bytes()).isEqualTo(50);
        assertThat(stats.subscription()).isEmpty();
        assertThat(stats.maxChargers()).isEmpty();
        assertThat(stats.updatedAt()).isEqualTo(clock.instant());
        assertThat(Core.roundTrips(this::show)).isEqualTo(1);
    }

    @Test
    void countsInvitesUntilTheyRunOutAreAcceptedOrRevoked() {
        invite("hedy@example.com");
        clock.advance(Duration.ofDays(3));
        invite("emmy@example.com");
        assertThat(show().pendingInvites()).isEqualTo(2);
        clock.advance(Duration.ofDays(4));
        assertThat(show().pendingInvites()).isEqualTo(1);
        // Renewed: pending once more.
        invite("hedy@example.com");
        assertThat(show().pendingInvites()).isEqualTo(2);
        core.commit(core.revokeInvite().run(core.door(ada, "acme", Role.ADMIN), "1"));
        assertThat(show().pendingInvites()).isEqualTo(1);
    }

    @Test
    void limitsInvitesThatWait() {
        for (int first = 1; first < CreateInvite.MAX_INVITES; first += 100) {
            Update some = Update.of(Keys.inviteCount(core.scope("acme"))).set("lastId", 1000);
            for (int i = first; i < Math.min(first + 100, CreateInvite.MAX_INVITES); i++) {
                some.set("until" + i, clock.instant().toEpochMilli());
            }
            core.table().commit(Change.empty().with(some));
        }
        invite("hedy@example.com");
        assertThatThrownBy(() -> invite("emmy@example.com")).isInstanceOf(LimitReached.class);
        // It has its place.
        invite("hedy@example.com");
    }

    @Test
    void startsAnewEachMonth() {
        core.importUsage().run(ACME, List.of(Sample.of(clock.instant(), new Counters(2, 3, 20, 30, 0, 0, 0))));
        core.aggregateUsage().run(() -> true);
        clock.advance(Duration.ofDays(32));
        assertThat(show().messages()).isZero();
    }

    @Test
    void findsNothingWhereAllIsRight() {
        busyTenant();
        assertThat(core.repairCounters().run(ACME, () -> true).repaired()).isEmpty();
    }

    @Test
    void findsAndRepairsWhatIsWrong() {
        busyTenant();
        Stats right = show();
        plant(Keys.headcount(core.scope("acme")), "users", 7);
        plant(Keys.inviteCount(core.scope("acme")), "until99", Long.MAX_VALUE / 1000);
        plant(Keys.profileRegister(core.scope("acme")), "count", 9);
        plant(Keys.chargerCounts(core.scope("acme"), 3), "total", 1);
        plant(Keys.chargerCounts(core.scope("acme"), 3), "provisioned", 1);
        plant(Keys.chargerCounts(core.scope("acme"), 3), "online", 1);
        plant(Keys.profile(core.scope("acme"), 1), "chargerCount", 4);
        plant(Keys.profile(core.scope("acme"), 2), "chargerCount", 0);
        plant(Keys.usageSummary(core.scope("acme")), "base", 5);
        assertThat(show()).isNotEqualTo(right);

        List<Drift> repaired = core.repairCounters().run(ACME, () -> true).repaired();
        assertThat(repaired)
                .extracting(Drift::counter)
                .containsExactly(
                        "users",
                        "invites",
                        "profiles",
                        "chargers, part 3",
                        "chargers of profile 1",
                        "chargers of profile 2",
                        "online after the final days");
        assertThat(show()).isEqualTo(right);
        assertThat(chargersOf(1)).isZero();
        assertThat(chargersOf(2)).isEqualTo(2);
        assertThat(core.repairCounters().run(ACME, () -> true).repaired()).isEmpty();
    }

    @Test
    void repairsMoreInvitesThanOneChangeTakes() {
        invite("hedy@example.com");
        Key register = Keys.inviteCount(core.scope("acme"));
        for (int i = 0; i < 250; i += 50) {
            Update some = Update.of(register);
            for (int id = 1000 + i; id < 1050 + i; id++) {
                some.set("until" + id, clock.instant().plusSeconds(60).toEpochMilli());
            }
            core.table().commit(Change.empty().with(some));
        }
        assertThat(core.find("acme", InviteStore.register()).orElseThrow().waiting())
                .hasSize(251);
        assertThat(core.repairCounters().run(ACME, () -> true).repaired())
                .extracting(Drift::counter)
                .containsOnly("invites");
        assertThat(show().pendingInvites()).isEqualTo(1);
        assertThat(core.repairCounters().run(ACME, () -> true).repaired()).isEmpty();
    }

    @Test
    void countsAnewWhereSomebodyJoinsBetweenCountAndRepair() {
        plant(Keys.headcount(core.scope("acme")), "viewers", 7);
        meeting.next("transactWriteItems", (_, call) -> {
            // It is counted by now, and has not been written.
            core.member("acme", Role.VIEWER);
            plant(Keys.headcount(core.scope("acme")), "viewers", 7);
            return call.happen();
        });
        repairing.repairCounters().run(ACME, () -> true);
        assertThat(show().users()).isEqualTo(new Headcount(1, 0, 1));
    }

    /// A repair that meets changes repairs nothing wrongly, in particular not where the numbers are the same
    /// afterwards.
    @Test
    void repairsNothingWronglyWhilePeopleComeGoAndSwap() throws InterruptedException {
        Caller grace = core.member("acme", Role.USER);
        for (int i = 0; i < 40; i++) {
            clock.advance(Duration.ofMillis(1));
            core.member("acme", Role.VIEWER);
        }
        AtomicBoolean isOver = new AtomicBoolean();
        List<Repair> repairs = new ArrayList<>();
        Thread repair = Thread.ofPlatform().start(() -> {
            while (!isOver.get()) {
                repairs.add(core.repairCounters().run(ACME, () -> true));
            }
        });
        for (int i = 0; i < 30; i++) {
            Role first = i % 2 == 0 ? Role.USER : Role.ADMIN;
            Role second = i % 2 == 0 ? Role.ADMIN : Role.USER;
            clock.advance(Duration.ofMillis(1));
            core.insist(() -> core.changeRoles()
                    .run(
                            lookups -> core.scope("acme", lookups),
                            List.of(new RoleChange(ada.id(), first), new RoleChange(grace.id(), second))));
        }
        isOver.set(true);
        repair.join();
        assertThat(show().users()).isEqualTo(new Headcount(1, 1, 40));
        assertThat(repairs).isNotEmpty().allSatisfy(done -> {
            assertThat(done.repaired()).isEmpty();
            // Too much going on; that is an answer.
            assertThat(done.notSettled().keySet()).isSubsetOf("users");
            assertThat(done.notSettled().values()).hasOnlyElementsOfType(Unavailable.class);
        });
        assertThat(core.repairCounters().run(ACME, () -> true)).isEqualTo(new Repair(List.of(), Map.of()));
    }

    /// With every count of its chargers, one more registers.
    @Test
    void repairsWhatIsAtRestAndTellsWhatIsNot() {
        busyTenant();
        plant(Keys.headcount(core.scope("acme")), "users", 7);
        plant(Keys.chargerCounts(core.scope("acme"), 3), "total", 9);
        plant(Keys.chargerCounts(core.scope("acme"), 3), "provisioned", 9);
        plant(Keys.chargerCounts(core.scope("acme"), 3), "online", 9);
        plant(Keys.profile(core.scope("acme"), 1), "chargerCount", 4);
        plant(Keys.usageSummary(core.scope("acme")), "base", 5);
        AtomicInteger registered = new AtomicInteger();
        Fault registers = (request, call) -> {
            if (request.toString().contains("CHARGER#")) {
                clock.advance(Duration.ofMillis(1));
                connect("CP-9" + registered.incrementAndGet());
            }
            return call.happen();
        };
        meeting.next("query", Collections.nCopies(100, registers).toArray(Fault[]::new));
        Repair busy = repairing.repairCounters().run(ACME, () -> true);
        assertThat(busy.repaired())
                .extracting(Drift::counter)
                .containsExactly("users", "chargers, part 3", "chargers of profile 1", "online after the final days");
        // All those chargers get this one.
        assertThat(busy.notSettled()).containsOnlyKeys("chargers of profile 2");
        assertThat(busy.notSettled().values())
                .allSatisfy(why -> assertThat(((Unavailable) why).reason()).isEqualTo("too many conflicting changes"));
        assertThat(core.repairCounters().run(ACME, () -> true)).isEqualTo(new Repair(List.of(), Map.of()));
        assertThat(show().chargers().total()).isEqualTo(2 + registered.get());
        assertThat(chargersOf(2)).isEqualTo(2 + registered.get());
    }

    @Test
    void repairsTheOthersWhereOneKindCannotBeRead() {
        busyTenant();
        plant(Keys.headcount(core.scope("acme")), "users", 7);
        plant(Keys.profile(core.scope("acme"), 1), "heartbeatInterval", -1);
        plant(Keys.usageSummary(core.scope("acme")), "base", 5);
        Repair done = core.repairCounters().run(ACME, () -> true);
        assertThat(done.repaired()).extracting(Drift::counter).containsExactly("users", "online after the final days");
        assertThat(done.notSettled()).containsOnlyKeys("profiles");
    }

    @Test
    void stopsBetweenCountsWhenTheTimeIsUpAndSaysSo() {
        busyTenant();
        plant(Keys.headcount(core.scope("acme")), "users", 7);
        plant(Keys.usageSummary(core.scope("acme")), "base", 5);
        AtomicInteger asked = new AtomicInteger();
        Repair done = core.repairCounters().run(ACME, () -> asked.getAndIncrement() < 3);
        assertThat(done.repaired()).extracting(Drift::counter).containsExactly("users");
        assertThat(done.notSettled())
                .containsOnlyKeys("chargers", "chargers of profiles", "usage", "online in the windows");
        assertThat(done.notSettled().values())
                .allSatisfy(why -> assertThat(((Unavailable) why).reason()).isEqualTo("time was up"));
    }

    @Test
    void refusesToRepairATenantThatThereIsNot() {
        assertThatThrownBy(() -> core.repairCounters().run(new DomainPrefix("nobody"), () -> true))
                .isInstanceOf(TenantNotFound.class);
    }

    @Test
    void countsChargersOfAProfileAnewWhereOneRegistersBetweenCountAndRepair() {
        busyTenant();
        plant(Keys.profile(core.scope("acme"), 2), "chargerCount", 7);
        AtomicBoolean happened = new AtomicBoolean();
        Fault registers = (request, call) -> {
            if (request.toString().contains("chargerCount") && happened.compareAndSet(false, true)) {
                connect("CP-3");
            }
            return call.happen();
        };
        meeting.next("transactWriteItems", Collections.nCopies(20, registers).toArray(Fault[]::new));
        assertThat(repairing.repairCounters().run(ACME, () -> true).repaired())
                .containsExactly(new Drift("chargers of profile 2", "8", "3"));
        assertThat(happened).isTrue();
        assertThat(chargersOf(2)).isEqualTo(3);
    }

    /// Between the profiles and the chargers that it reads.
    @Test
    void takesNoChargerThatRegistersMeanwhileForADrift() {
        busyTenant();
        for (int query = 0; query < 12; query++) {
            int at = query;
            AtomicInteger asked = new AtomicInteger();
            Fault registers = (_, call) -> {
                if (asked.getAndIncrement() == at) {
                    connect("CP-1" + at);
                }
                return call.happen();
            };
            meeting.next("query", Collections.nCopies(12, registers).toArray(Fault[]::new));
            assertThat(repairing.repairCounters().run(ACME, () -> true).repaired())
                    .isEmpty();
        }
        assertThat(chargersOf(2)).isEqualTo(show().chargers().total());
    }

    /// Two repairs have counted. The second must not write what it saw over what has happened since the first one
    /// wrote.
    @Test
    void repairsNoProfileThatAnotherRunHasRepaired() {
        busyTenant();
        plant(Keys.profile(core.scope("acme"), 2), "chargerCount", 3);
        AtomicBoolean happened = new AtomicBoolean();
        Fault overtakes = (request, call) -> {
            if (request.toString().contains("chargerCount") && happened.compareAndSet(false, true)) {
                core.repairCounters().run(ACME, () -> true);
                connect("CP-3");
            }
            return call.happen();
        };
        meeting.next("transactWriteItems", Collections.nCopies(20, overtakes).toArray(Fault[]::new));
        assertThat(repairing.repairCounters().run(ACME, () -> true).repaired()).isEmpty();
        assertThat(happened).isTrue();
        assertThat(chargersOf(2)).isEqualTo(3);
    }

    @Test
    void showsAsTheMostChargersWhatAnActiveSubscriptionPaysFor() {
        for (SubscriptionStatus status : SubscriptionStatus.values()) {
            Stats stats = statsWith(status);
            assertThat(stats.maxChargers())
                    .isEqualTo(status == SubscriptionStatus.ACTIVE ? Optional.of(25L) : Optional.empty());
        }
    }

    private Stats statsWith(SubscriptionStatus status) {
        Stats stats = show();
        Instant now = clock.instant();
        Subscription subscription = new Subscription(
                core.tenants().tenant(core.scope("acme")).id(),
                1,
                "Depot",
                "prod_1",
                status,
                25,
                "sub_1",
                States.of("active"),
                now,
                now,
                1);
        return new Stats(
                stats.users(),
                stats.pendingInvites(),
                stats.profiles(),
                stats.chargers(),
                stats.recentRejections(),
                stats.periodStart(),
                stats.periodEnd(),
                stats.messages(),
                stats.bytes(),
                Optional.of(subscription),
                stats.updatedAt());
    }

    private void busyTenant() {
        core.member("acme", Role.USER);
        invite("hedy@example.com");
        ProfileFixture.create(core, "acme", SecurityProfile.of(0));
        ProfileFixture.create(core, "acme", SecurityProfile.of(0));
        core.insist(() -> core.startProvisioning()
                .run(
                        core.door(ada, "acme", Role.USER),
                        new NewWindow(Optional.of(2L), Duration.ofDays(1), Optional.empty())));
        connect("CP-1");
        connect("CP-2");
        core.importUsage().run(ACME, List.of(Sample.of(clock.instant(), new Counters(2, 3, 20, 30, 0, 0, 0))));
        core.aggregateUsage().run(() -> true);
    }

    private void connect(String identity) {
        ChargerEvent event = new ChargerEvent(
                "acme", identity, "192.0.2.10", new ConnectionId("connection-" + identity), clock.instant(), "request");
        core.insist(() -> core.connectCharger().run(event, new Credentials(true, Optional.empty(), Optional.empty())));
    }

    private long chargersOf(long profile) {
        return core.find("acme", ProfileStore.profile(profile)).orElseThrow().chargerCount();
    }

    private void plant(Key key, String attribute, long value) {
        core.table().commit(Change.empty().with(Update.of(key).set(attribute, value)));
    }

    private void invite(String address) {
        core.commit(core.createInvite()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        ada,
                        new NewInvite(new EmailAddress(address), Role.VIEWER, new Language("en"))));
    }

    private Stats show() {
        return core.showStats().run(core.door(ada, "acme", Role.VIEWER));
    }
}
