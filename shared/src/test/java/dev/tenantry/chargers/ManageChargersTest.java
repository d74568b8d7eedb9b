package dev.tenantry.chargers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.edit.Edit;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.IdentityPrefix;
import dev.tenantry.profiles.ChargerPassword;
import dev.tenantry.profiles.NewPassword;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.ChargerExists;
import dev.tenantry.refusal.Refusal.ChargerNotFound;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.NoProfile;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.storage.Consumption;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.TwoTenants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

class ManageChargersTest extends TwoTenants {

    private static final Edit<NewPassword> SAME_PASSWORD = new Edit.Keep<>();

    private final Broker broker = new Broker(core, clock);

    private Door door() {
        return core.door(ada, "acme", Role.USER);
    }

    private static NewCharger wanted(String identity, Optional<Long> profileId) {
        return new NewCharger(
                "/" + identity,
                new ChargePointIdentity(identity),
                Optional.empty(),
                profileId,
                Optional.empty(),
                Optional.empty());
    }

    private List<Charger> add(NewCharger... wanted) {
        // One millisecond has 32 audit ids.
        clock.advance(Duration.ofMillis(1));
        return core.insist(() -> core.addChargers().run(door(), List.of(wanted))).stream()
                .map(ShownCharger::charger)
                .toList();
    }

    private Charger add(String identity) {
        return add(wanted(identity, Optional.empty())).getFirst();
    }

    private static ChargerEdit move(Charger charger, long profileId) {
        return edit(charger, new Edit.Keep<>(), Optional.of(profileId), new Edit.Keep<>(), Optional.empty());
    }

    private static ChargerEdit edit(
            Charger charger,
            Edit<ChargerName> name,
            Optional<Long> profileId,
            Edit<SerialNumber> serialNumber,
            Optional<Boolean> blocked) {
        return new ChargerEdit(
                Long.toString(charger.id()),
                "/" + charger.identity(),
                name,
                profileId,
                serialNumber,
                blocked,
                SAME_PASSWORD);
    }

    private List<Charger> update(ChargerEdit... edits) {
        clock.advance(Duration.ofMillis(1));
        return core.insist(() -> core.updateChargers().run(door(), List.of(edits), Precondition.NONE)).stream()
                .map(ShownCharger::charger)
                .toList();
    }

    private void remove(Charger charger) {
        core.insist(() -> core.removeCharger().run(door(), Long.toString(charger.id()), Precondition.NONE));
    }

    private long chargerCountOf(long profile) {
        return core.profiles().read(core.scope("acme"), profile).orElseThrow().chargerCount();
    }

    /// As docs/costs.md has it.
    @Test
    void takesTwoRoundTripsToEnterOrShowAndThreeToChangeOrRemove() {
        long first = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        long second = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Consumption adding = Core.usage(() -> add(wanted("Wallbox-1", Optional.of(first))));
        Charger charger = broker.find("acme", "Wallbox-1");
        String id = Long.toString(charger.id());
        Consumption showing = Core.usage(() -> core.showCharger().run(door(), id));
        Consumption moving = Core.usage(() -> update(move(charger, second)));
        Consumption naming = Core.usage(() -> update(edit(
                charger,
                new Edit.Set<>(new ChargerName("North gate")),
                Optional.empty(),
                new Edit.Keep<>(),
                Optional.empty())));
        Consumption removing = Core.usage(() -> {
            remove(charger);
            return true;
        });

        assertThat(adding.calls()).isEqualTo(2);
        assertThat(showing.calls()).isEqualTo(2);
        assertThat(moving.calls()).isEqualTo(3);
        assertThat(naming.calls()).isEqualTo(3);
        assertThat(removing.calls()).isEqualTo(3);
    }

    private void assertNothingToRepair() {
        assertThat(core.repairCounters()
                        .run(new DomainPrefix("acme"), () -> true)
                        .repaired())
                .isEmpty();
    }

    @Test
    void entersAChargerThatNeedsNoWindowToConnect() {
        long usual = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Charger added = core.insist(() -> core.addChargers()
                        .run(
                                door(),
                                List.of(new NewCharger(
                                        "",
                                        new ChargePointIdentity("Wallbox-1"),
                                        Optional.of(new ChargerName("North gate")),
                                        Optional.empty(),
                                        Optional.of(new SerialNumber("SN-0123456789-0123456789-0123456789")),
                                        Optional.of(new NewPassword(new ChargerPassword("0123456789abcdef")))))))
                .getFirst()
                .charger();

        assertThat(added.profileId()).isEqualTo(usual);
        assertThat(added.edition()).isEqualTo(1);
        assertThat(added.provisioned()).isFalse();
        assertThat(added.nameplate().value(Field.CHARGE_POINT_SERIAL_NUMBER))
                .contains("SN-0123456789-0123456789-0123456789");
        assertThat(added.passwordHash().orElseThrow().matches("0123456789abcdef".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(contents()).doesNotContain("0123456789abcdef");
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 0, 0));
        assertThat(chargerCountOf(usual)).isEqualTo(1);
        assertThat(core.trail("acme", AuditAction.CHARGER_ADDED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.targetId()).isEqualTo(Long.toString(added.id()));
                    assertThat(entry.after().orElseThrow())
                            .containsEntry("identity", "Wallbox-1")
                            .containsEntry("displayName", "North gate")
                            .containsEntry("hasPassword", true);
                });

        assertThat(broker.connect(
                                broker.event("acme", "WALLBOX-1", "c"),
                                Broker.password("Wallbox-1", "0123456789abcdef"))
                        .chargerId())
                .isEqualTo(added.id());
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(1, 1, 1));
        assertNothingToRepair();
    }

    @Test
    void namesAllProfilesThatThereAreNot() {
        assertThatThrownBy(() -> add("Wallbox-1")).isInstanceOf(NoProfile.class);
        long theirs = ProfileFixture.create(core, "other", SecurityProfile.NONE);
        assertThatThrownBy(() -> add(
                        wanted("a", Optional.of(theirs)),
                        wanted("b", Optional.of(Long.MAX_VALUE)),
                        wanted("c", Optional.empty())))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(fault -> fault.pointer())
                                .containsExactly("/a/profileId", "/b/profileId"));
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        List<Charger> chargers = add(wanted("a", Optional.empty()), wanted("b", Optional.empty()));
        assertThatThrownBy(() -> update(move(chargers.get(0), 1), move(chargers.get(1), 2)))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(fault -> fault.pointer())
                                .containsExactly("/b/profileId"));
    }

    @Test
    void entersNoneIfOneIsThere() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        add("Wallbox-1");
        add("Wallbox-2");

        assertThatThrownBy(() -> add(
                        wanted("WALLBOX-2", Optional.empty()),
                        wanted("Wallbox-3", Optional.empty()),
                        wanted("wallbox-1", Optional.empty())))
                .isInstanceOfSatisfying(
                        ChargerExists.class,
                        refusal -> assertThat(refusal.identities()).containsExactly("Wallbox-2", "Wallbox-1"));
        assertThat(broker.list("acme")).hasSize(2);
    }

    /// The most rows that one change can have: a profile and, as far as there are as many, a row of counts for
    /// each.
    @Test
    void fitsTwentyChargersWithTwentyProfilesIntoOneTransaction() {
        List<Long> profiles = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            profiles.add(ProfileFixture.create(core, "acme", SecurityProfile.NONE));
        }
        Set<Integer> countRows = new HashSet<>();
        List<NewCharger> wanted = new ArrayList<>();
        for (int i = 0; wanted.size() < AddChargers.MAX_CHARGERS; i++) {
            String identity = "Wallbox-" + i;
            // All 16 rows of counts, then any.
            if (countRows.add(ChargerStore.countRow(new ChargePointIdentity(identity))) || countRows.size() == 16) {
                wanted.add(wanted(identity, Optional.of(profiles.get(wanted.size()))));
            }
        }
        assertThat(countRows).hasSize(ChargerStore.COUNT_ROWS);
        List<Integer> rows = new ArrayList<>();
        Fault count = (request, call) -> {
            rows.add(((TransactWriteItemsRequest) request).transactItems().size());
            return call.happen();
        };
        faulty.next("transactWriteItems", count, count);

        List<Charger> added = add(wanted.toArray(NewCharger[]::new));
        List<ChargerEdit> moves = new ArrayList<>();
        for (int i = 0; i < added.size(); i++) {
            // Each from its own profile to the next one's: every profile loses one and gains one, but for two.
            moves.add(move(added.get(i), profiles.get(i + 1)));
        }
        update(moves.toArray(ChargerEdit[]::new));

        // With an idempotency record it is one more.
        assertThat(rows).containsExactly(20 + 20 + 16 + 20 + 2 + 2, 20 + 21 + 2 + 2);
        for (int i = 0; i < 21; i++) {
            assertThat(chargerCountOf(profiles.get(i))).isEqualTo(i == 0 ? 0 : 1);
        }
        assertThat(broker.counts("acme")).isEqualTo(new ChargerCounts(20, 0, 0));
        assertThat(core.trail("acme", AuditAction.CHARGER_ADDED)).hasSize(20);
        assertThat(core.trail("acme", AuditAction.CHARGER_UPDATED)).hasSize(20);
        assertNothingToRepair();
    }

    @Test
    void fitsMovesFromTwentyProfilesToTwentyOthersIntoOneTransaction() {
        List<Charger> chargers = new ArrayList<>();
        List<ChargerEdit> moves = new ArrayList<>();
        for (int i = 0; i < UpdateChargers.MAX_CHARGERS; i++) {
            long from = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
            chargers.add(add(wanted("Wallbox-" + i, Optional.of(from))).getFirst());
        }
        for (Charger charger : chargers) {
            moves.add(move(charger, ProfileFixture.create(core, "acme", SecurityProfile.NONE)));
        }
        assertThat(update(moves.toArray(ChargerEdit[]::new)))
                .extracting(Charger::profileId)
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 20);
        assertNothingToRepair();
    }

    @Test
    void changesWhatItNames() {
        long first = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        long second = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Charger added = add("Wallbox-1");
        broker.connect("acme", "Wallbox-1");
        clock.advance(Duration.ofMinutes(1));

        Charger edited = update(edit(
                        added,
                        new Edit.Set<>(new ChargerName("North gate")),
                        Optional.of(second),
                        new Edit.Set<>(new SerialNumber("SN-1")),
                        Optional.of(true)))
                .getFirst();

        assertThat(edited.edition()).isEqualTo(2);
        assertThat(edited.updatedAt()).isEqualTo(clock.instant());
        assertThat(edited.online()).isTrue();
        Charger stored = broker.find("acme", "Wallbox-1");
        assertThat(stored.displayName()).contains(new ChargerName("North gate"));
        assertThat(stored.blocked()).isTrue();
        assertThat(stored.nameplate().value(Field.CHARGE_POINT_SERIAL_NUMBER)).contains("SN-1");
        assertThat(stored.profileId()).isEqualTo(second);
        assertThat(chargerCountOf(first)).isZero();
        assertThat(chargerCountOf(second)).isEqualTo(1);
        assertThat(core.trail("acme", AuditAction.CHARGER_UPDATED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.before().orElseThrow())
                            .containsEntry("blocked", false)
                            .hasSize(4);
                    assertThat(entry.after().orElseThrow())
                            .containsEntry("profileId", second)
                            .hasSize(4);
                });

        Charger cleared = update(
                        edit(added, new Edit.Clear<>(), Optional.empty(), new Edit.Clear<>(), Optional.of(false)))
                .getFirst();
        assertThat(cleared.displayName()).isEmpty();
        assertThat(cleared.nameplate()).isEqualTo(Nameplate.NONE);
        assertThat(broker.find("acme", "Wallbox-1").nameplate()).isEqualTo(Nameplate.NONE);
        assertNothingToRepair();
    }

    @Test
    void isNoChangeIfItChangesNothing() {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Charger added = add("Wallbox-1");

        Decision<List<ShownCharger>> decision = core.updateChargers()
                .run(
                        door(),
                        List.of(edit(
                                added,
                                new Edit.Clear<>(),
                                Optional.of(profile),
                                new Edit.Keep<>(),
                                Optional.of(false))),
                        Precondition.NONE);

        assertThat(decision.change().isEmpty()).isTrue();
        assertThat(decision.result().getFirst().version()).isEqualTo(1);
    }

    @Test
    void takesAPasswordForAChangeAlways() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Charger added = add("Wallbox-1");
        for (int i = 0; i < 2; i++) {
            update(new ChargerEdit(
                    Long.toString(added.id()),
                    "",
                    new Edit.Keep<>(),
                    Optional.empty(),
                    new Edit.Keep<>(),
                    Optional.empty(),
                    new Edit.Set<>(new NewPassword(new ChargerPassword("0123456789abcdef")))));
        }
        assertThat(broker.find("acme", "Wallbox-1").edition()).isEqualTo(3);
        assertThat(core.trail("acme", AuditAction.CHARGER_UPDATED))
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.after().orElseThrow()).containsEntry("passwordChanged", true));
        assertThat(contents()).doesNotContain("0123456789abcdef");
    }

    @Test
    void goesByTheEditionThatWasSeenWhateverPresenceDoes() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Charger added = add("Wallbox-1");
        broker.connect("acme", "Wallbox-1");
        Precondition first = new Precondition(Optional.of(Set.of(added.edition())));
        ChargerEdit block = edit(added, new Edit.Keep<>(), Optional.empty(), new Edit.Keep<>(), Optional.of(true));

        core.insist(() -> core.updateChargers().run(door(), List.of(block), first));
        assertThatThrownBy(() -> core.updateChargers().run(door(), List.of(block), first))
                .isInstanceOf(PreconditionFailed.class);
        assertThatThrownBy(() -> core.removeCharger().run(door(), Long.toString(added.id()), first))
                .isInstanceOf(PreconditionFailed.class);
    }

    @Test
    void removesAChargerAndWhateverSaysThatItIsThere() {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Charger added = add("Wallbox-1");
        broker.connect("acme", "Wallbox-1");
        assertThat(core.showCharger().run(door(), Long.toString(added.id())).charger())
                .isEqualTo(broker.find("acme", "Wallbox-1"));

        remove(added);

        assertThat(broker.list("acme")).isEmpty();
        assertThat(broker.counts("acme")).isEqualTo(ChargerCounts.NONE);
        assertThat(chargerCountOf(profile)).isZero();
        assertThat(core.trail("acme", AuditAction.CHARGER_REMOVED)).hasSize(1);
        assertThatThrownBy(() -> core.showCharger().run(door(), Long.toString(added.id())))
                .isInstanceOf(ChargerNotFound.class);
        assertThatThrownBy(() -> remove(added)).isInstanceOf(ChargerNotFound.class);
        assertThatThrownBy(() -> broker.connect("acme", "Wallbox-1")).isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> broker.disconnect(broker.event("acme", "Wallbox-1", "connection-Wallbox-1")))
                .isInstanceOf(Rejection.class);
        // Its name is free.
        Charger next = add("wallbox-1");
        assertThat(next.id()).isNotEqualTo(added.id());
        assertThat(broker.find("acme", "Wallbox-1").provisioned()).isFalse();
        assertNothingToRepair();
    }

    @Test
    void namesAllChargersThatThereAreNot() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Charger added = add("Wallbox-1");
        for (String nobody : List.of("0", "-1", "x", "2147483648", "99999999999999999999")) {
            assertThatThrownBy(() -> core.showCharger().run(door(), nobody)).isInstanceOf(ChargerNotFound.class);
        }
        ChargerEdit known = edit(added, new Edit.Keep<>(), Optional.empty(), new Edit.Keep<>(), Optional.of(true));
        ChargerEdit unknown = new ChargerEdit(
                "4711", "", new Edit.Keep<>(), Optional.empty(), new Edit.Keep<>(), Optional.of(true), SAME_PASSWORD);
        assertThatThrownBy(() -> update(known, unknown))
                .isInstanceOfSatisfying(
                        ChargerNotFound.class,
                        refusal -> assertThat(refusal.ids()).containsExactly("4711"));
        assertThat(broker.find("acme", "Wallbox-1").blocked()).isFalse();
    }

    @Test
    void touchesNoChargerOfAnotherTenant() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Charger added = add("Wallbox-1");
        String id = Long.toString(added.id());
        Door theirs = core.door(otto, "other", Role.USER);
        ChargerEdit block = edit(added, new Edit.Keep<>(), Optional.empty(), new Edit.Keep<>(), Optional.of(true));

        assertThatThrownBy(() -> core.showCharger().run(theirs, id)).isInstanceOf(ChargerNotFound.class);
        assertThatThrownBy(() -> core.updateChargers().run(theirs, List.of(block), Precondition.NONE))
                .isInstanceOf(ChargerNotFound.class);
        assertThatThrownBy(() -> core.removeCharger().run(theirs, id, Precondition.NONE))
                .isInstanceOf(ChargerNotFound.class);
        assertThat(broker.find("acme", "Wallbox-1")).isEqualTo(added);
    }

    @Test
    void listsThoseThatAreWanted() {
        long first = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        long second = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        List<Charger> chargers = add(
                wanted("Depot-1", Optional.of(first)),
                wanted("depot-2", Optional.of(second)),
                wanted("DEPOT-10", Optional.of(first)),
                wanted("Yard|1", Optional.of(second)));
        broker.connect("acme", "depot-2");
        broker.connect("acme", "yard|1");
        update(edit(chargers.get(0), new Edit.Keep<>(), Optional.empty(), new Edit.Keep<>(), Optional.of(true)));

        assertListed(ChargerFilter.ALL, "Depot-1", "DEPOT-10", "depot-2", "Yard|1");
        assertListed(identity("dEpot-1"), "Depot-1", "DEPOT-10");
        assertListed(identity("yard|"), "Yard|1");
        assertListed(identity("Depot~"));
        assertListed(filter(Optional.of(true), Optional.empty(), Optional.empty()), "depot-2", "Yard|1");
        assertListed(filter(Optional.of(false), Optional.of(first), Optional.empty()), "Depot-1", "DEPOT-10");
        assertListed(filter(Optional.empty(), Optional.empty(), Optional.of(true)), "Depot-1");
        assertListed(filter(Optional.empty(), Optional.of(99L), Optional.empty()));
        assertListed(
                new ChargerFilter(
                        Optional.of(new IdentityPrefix("DEPOT")),
                        Optional.of(true),
                        Optional.of(second),
                        Optional.of(false)),
                "depot-2");
        assertThatThrownBy(() -> new IdentityPrefix("")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new IdentityPrefix("é")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> new IdentityPrefix("x".repeat(49))).isInstanceOf(InvalidValue.class);
    }

    /// A page looks at one megabyte and no more, whatever it finds, and leads to the next.
    @Test
    void endsAPageWhereAMegabyteOfChargersEnds() {
        long profile = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        for (int i = 0; i < 60; i++) {
            List<Charger> batch = new ArrayList<>();
            for (int j = 25 * i; j < 25 * i + 25; j++) {
                batch.add(wordy(1 + j, profile));
            }
            core.commit(change -> core.chargers().add(change, core.scope("acme"), batch));
        }
        Charger last = broker.find("acme", "Wallbox-11499");
        update(edit(last, new Edit.Keep<>(), Optional.empty(), new Edit.Keep<>(), Optional.of(true)));
        ChargerFilter blocked = filter(Optional.empty(), Optional.empty(), Optional.of(true));

        List<Integer> sizes = new ArrayList<>();
        List<Double> units = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            PageRequest request = new PageRequest(10, after);
            List<Page<ShownCharger>> pages = new ArrayList<>();
            Consumption consumed =
                    Core.usage(() -> pages.add(core.listChargers().run(door(), blocked, request)));
            // The door, and one query.
            assertThat(consumed.calls()).isEqualTo(2);
            assertThat(consumed.capacityUnits()).isLessThanOrEqualTo(2 + 257);
            units.add(consumed.capacityUnits());
            sizes.add(pages.getFirst().items().size());
            after = pages.getFirst().next();
        } while (after.isPresent());

        assertThat(sizes).containsExactly(0, 0, 0, 1);
        assertThat(units.getFirst()).isGreaterThanOrEqualTo(2 + 255);
        Page<ShownCharger> first =
                core.listChargers().run(door(), ChargerFilter.ALL, new PageRequest(1000, Optional.empty()));
        assertThat(first.items()).hasSizeBetween(300, 700);
        assertThat(first.next()).isPresent();
    }

    /// Some 1,700 bytes.
    private Charger wordy(int number, long profile) {
        return ChargerFixture.charger(number, "Wallbox-" + (9_999 + number), profile, clock.instant())
                .edited(
                        Optional.of(new ChargerName("🔌".repeat(100))),
                        profile,
                        new Edit.Set<>("🔌".repeat(255)),
                        false,
                        Optional.empty(),
                        clock.instant());
    }

    private static ChargerFilter identity(String prefix) {
        return new ChargerFilter(
                Optional.of(new IdentityPrefix(prefix)), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static ChargerFilter filter(Optional<Boolean> online, Optional<Long> profileId, Optional<Boolean> blocked) {
        return new ChargerFilter(Optional.empty(), online, profileId, blocked);
    }

    private void assertListed(ChargerFilter filter, String... identities) {
        for (int limit : new int[] {1, 2, 1000}) {
            List<String> listed = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                Page<ShownCharger> page = core.listChargers().run(door(), filter, new PageRequest(limit, after));
                assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
                page.items()
                        .forEach(shown -> listed.add(shown.charger().identity().value()));
                after = page.next();
            } while (after.isPresent());
            assertThat(listed).containsExactly(identities);
        }
    }
}
