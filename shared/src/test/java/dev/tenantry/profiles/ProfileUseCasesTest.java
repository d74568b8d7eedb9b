package dev.tenantry.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.edit.Edit;
import dev.tenantry.http.HttpFunction;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.DefaultProfile;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.ProfileInUse;
import dev.tenantry.refusal.Refusal.ProfileNotFound;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Deadline;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Precondition;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.FaultyDynamoDb;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.SlowHashes;
import dev.tenantry.testing.TwoTenants;
import dev.tenantry.text.Absent;
import dev.tenantry.text.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ProfileUseCasesTest extends TwoTenants {

    private static final int RIVALS = 16;
    private static final String PASSWORD = "correct horse battery";
    private static final ProfileEdit NOTHING = new Editing().edit();

    // Creating.

    @Test
    void makesTheFirstProfileTheDefaultAndNoLaterOne() {
        assertThat(create("One", false).isDefault()).isTrue();
        assertThat(create("Two", false).isDefault()).isFalse();
        assertThat(defaults()).containsExactly(1L);
    }

    @Test
    void movesTheDefaultToANewProfileThatAsksForIt() {
        create("One", false);
        ShownProfile two = create("Two", true);

        assertThat(two.isDefault()).isTrue();
        assertThat(defaults()).containsExactly(2L);
        assertThat(core.trail("acme", AuditAction.PROFILE_CREATED)).hasSize(2);
        assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.targetId()).isEqualTo("1");
                    assertThat(entry.before()).contains(Map.of("isDefault", true));
                    assertThat(entry.after()).contains(Map.of("isDefault", false));
                });
    }

    @Test
    void numbersProfilesFromOneAndNeverTwice() {
        create("One", false);
        create("Two", false);
        delete(2);

        assertThat(create("Three", false).profile().id()).isEqualTo(3);
    }

    @Test
    void takesNoMoreThanTheLimit() {
        limit(CreateProfile.MAX_PROFILES - 1);
        create("The last", false);

        assertThatThrownBy(() -> create("One too many", false))
                .isInstanceOfSatisfying(
                        LimitReached.class,
                        refusal -> assertThat(refusal.limit()).isEqualTo(200));
        delete(200);
        create("Another", false);
    }

    @Test
    void wantsAPasswordForTheSecurityProfilesOneAndTwo() {
        for (SecurityProfile securityProfile : SecurityProfile.values()) {
            NewProfile wanted = wanted("P", false, securityProfile, Optional.empty());
            if (securityProfile.number() == 1 || securityProfile.number() == 2) {
                assertFault("/password", () -> create(wanted));
            } else {
                create(wanted);
            }
        }
        Profile profile = create(wanted("P", false, SecurityProfile.BASIC, Optional.of(password())))
                .profile();
        assertThat(profile.passwordHash().orElseThrow().matches(bytes(PASSWORD)))
                .isTrue();
        assertThat(stored(profile.id()).passwordHash().orElseThrow().matches(bytes(PASSWORD)))
                .isTrue();
        assertThat(contents()).doesNotContain(PASSWORD);
    }

    @Test
    void leadsNoMessagesBackToTheBroker() {
        for (String url : List.of("wss://ocpp.example.com/", "ws://acme.OCPP.example.com:9000/x")) {
            assertFault(
                    "/cpmsUrl",
                    () -> create(new NewProfile(
                            new ProfileName("P"),
                            Optional.empty(),
                            CpmsUrl.parse(url),
                            false,
                            false,
                            HeartbeatInterval.USUAL,
                            SecurityProfile.NONE,
                            Optional.empty(),
                            Configuration.NONE)));
        }
        create("One", false);
        assertFault(
                "/cpmsUrl",
                () -> update(1, new Editing().cpmsUrl("wss://ocpp.example.com/").edit()));
        update(1, new Editing().cpmsUrl("wss://myocpp.example.com/").edit());
    }

    @Test
    void tellsOfANewProfileWithoutItsSecrets() {
        create(new NewProfile(
                new ProfileName("Depot"),
                Optional.of(new ProfileDescription("South")),
                CpmsUrl.parse("wss://cpms.example.com/"),
                false,
                true,
                HeartbeatInterval.of(60),
                SecurityProfile.BASIC,
                Optional.of(password()),
                Configuration.of(Map.of("VendorSecret", "hidden-value", "B", "2"))));

        assertThat(core.trail("acme", AuditAction.PROFILE_CREATED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.before()).isEmpty();
                    assertThat(entry.after().orElseThrow())
                            .containsEntry("displayName", "Depot")
                            .containsEntry("description", "South")
                            .containsEntry("isDefault", true)
                            .containsEntry("cpmsUrl", "wss://cpms.example.com/")
                            .containsEntry("authPassThrough", true)
                            .containsEntry("heartbeatInterval", 60L)
                            .containsEntry("securityProfile", 1L)
                            .containsEntry("hasPassword", true)
                            .containsEntry("configuration", "B, VendorSecret")
                            .hasSize(9);
                    assertThat(entry.toString()).doesNotContain("pbkdf2", PASSWORD, "hidden-value");
                });
    }

    // Changing.

    @Test
    void changesWhatIsNamedAndKeepsTheRest() {
        create("One", false);
        clock.advance(Duration.ofSeconds(5));
        Profile before = stored(1);

        ShownProfile after = update(1, new Editing().displayName("Other").edit());

        assertThat(after.profile().displayName().value()).isEqualTo("Other");
        assertThat(after.profile().updatedAt()).isEqualTo(clock.instant());
        assertThat(after.profile().version()).isEqualTo(2);
        assertThat(stored(1)).isEqualTo(after.profile());
        assertThat(after.profile())
                .usingRecursiveComparison()
                .ignoringFields("displayName", "updatedAt", "version")
                .isEqualTo(before);
        assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.before()).contains(Map.of("displayName", "One"));
                    assertThat(entry.after()).contains(Map.of("displayName", "Other"));
                });
    }

    @Test
    void writesNothingForAnEditThatChangesNothing() {
        create("One", false);
        ShownProfile before = show(1);

        for (ProfileEdit edit : List.of(
                NOTHING,
                new Editing().displayName("One").isDefault(true).edit(),
                new Editing().noPassword().edit(),
                new Editing()
                        .configuration(Map.of())
                        .cpmsUrl("wss://cpms.example.com/ocpp")
                        .edit())) {
            Decision<ShownProfile> decision = core.updateProfile().run(door(), "1", edit, Precondition.NONE);
            assertThat(decision.change().isEmpty()).isTrue();
            assertThat(decision.result()).isEqualTo(before);
        }
    }

    @Test
    void takesTheFormerPasswordForAsLongAsItIsTold() {
        create(wanted("One", false, SecurityProfile.BASIC, Optional.of(password())));
        String first = stored(1).passwordHash().orElseThrow().text();
        assertThat(show(1).oldPasswordValidUntil()).isEmpty();

        ShownProfile rotated = update(
                1,
                new Editing()
                        .password("another-password")
                        .oldPasswordValidSeconds(86_400)
                        .edit());

        Instant until = clock.instant().plusSeconds(86_400);
        assertThat(rotated.oldPasswordValidUntil()).contains(until);
        assertThat(show(1).oldPasswordValidUntil()).contains(until);
        assertThat(list())
                .first()
                .extracting(ShownProfile::oldPasswordValidUntil)
                .isEqualTo(Optional.of(until));
        assertThat(stored(1)
                        .formerPassword(clock.instant())
                        .orElseThrow()
                        .hash()
                        .text())
                .isEqualTo(first);
        assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED).getFirst().before())
                .contains(Map.of("oldPasswordValidUntil", Absent.NULL));
        assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED).getFirst().after())
                .contains(Map.of("oldPasswordValidUntil", Timestamp.of(until), "passwordChanged", true));
        assertThat(core.trail("acme").toString()).doesNotContain("pbkdf2", PASSWORD);

        // Whoever edits something else keeps it.
        update(1, new Editing().displayName("Renamed").edit());
        assertThat(show(1).oldPasswordValidUntil()).contains(until);
        clock.advance(Duration.between(clock.instant(), until).minusMillis(1));
        assertThat(show(1).oldPasswordValidUntil()).contains(until);
        clock.advance(Duration.ofMillis(1));
        assertThat(show(1).oldPasswordValidUntil()).isEmpty();
        assertThat(stored(1).formerPassword(clock.instant())).isEmpty();
        // And what ran out is no change for whoever changes nothing.
        assertThat(core.updateProfile()
                        .run(door(), "1", new Editing().displayName("Renamed").edit(), Precondition.NONE)
                        .change()
                        .isEmpty())
                .isTrue();
    }

    @Test
    void takesTheLastFormerPasswordOnly() {
        create(wanted("One", false, SecurityProfile.BASIC, Optional.of(password())));
        update(
                1,
                new Editing()
                        .password("the second password")
                        .oldPasswordValidSeconds(2_592_000)
                        .edit());
        String second = stored(1).passwordHash().orElseThrow().text();

        update(
                1,
                new Editing()
                        .password("the third password")
                        .oldPasswordValidSeconds(1)
                        .edit());

        assertThat(stored(1).formerPassword().orElseThrow().hash().text()).isEqualTo(second);
        assertThat(stored(1).formerPassword().get().validUntil())
                .isEqualTo(clock.instant().plusSeconds(1));
    }

    @Test
    void endsEveryOverlapWithZeroAndWithANewPasswordThatSaysNothing() {
        create(wanted("One", false, SecurityProfile.BASIC, Optional.of(password())));
        for (Editing ending : List.of(
                new Editing().oldPasswordValidSeconds(0),
                new Editing().password("the third password").oldPasswordValidSeconds(0),
                new Editing().password("the third password"),
                new Editing().noPassword().securityProfile(3))) {
            update(
                    1,
                    new Editing()
                            .password("the second password")
                            .securityProfile(1)
                            .oldPasswordValidSeconds(60)
                            .edit());
            assertThat(show(1).oldPasswordValidUntil()).isPresent();

            update(1, ending.edit());

            assertThat(show(1).oldPasswordValidUntil()).isEmpty();
            assertThat(stored(1).formerPassword()).isEmpty();
            assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED)
                            .getFirst()
                            .after()
                            .orElseThrow())
                    .containsEntry("oldPasswordValidUntil", Absent.NULL);
        }
    }

    @Test
    void lengthensAnOverlapThatStillIs() {
        create(wanted("One", false, SecurityProfile.BASIC, Optional.of(password())));
        String first = stored(1).passwordHash().orElseThrow().text();
        update(
                1,
                new Editing()
                        .password("the second password")
                        .oldPasswordValidSeconds(60)
                        .edit());
        clock.advance(Duration.ofSeconds(59));

        update(1, new Editing().oldPasswordValidSeconds(120).edit());

        assertThat(show(1).oldPasswordValidUntil()).contains(clock.instant().plusSeconds(120));
        assertThat(stored(1).formerPassword().orElseThrow().hash().text()).isEqualTo(first);
        // What is over stays so.
        clock.advance(Duration.ofSeconds(120));
        assertFault(
                "/oldPasswordValidSeconds",
                () -> update(1, new Editing().oldPasswordValidSeconds(120).edit()));
        assertThat(show(1).oldPasswordValidUntil()).isEmpty();
    }

    @Test
    void takesNoFormerPasswordWhereThereIsNone() {
        create(wanted("One", false));
        assertFault(
                "/oldPasswordValidSeconds",
                () -> update(1, new Editing().oldPasswordValidSeconds(1).edit()));
        update(1, new Editing().oldPasswordValidSeconds(0).edit());
        // The first one takes nobody's place.
        update(
                1,
                new Editing()
                        .password(PASSWORD)
                        .securityProfile(1)
                        .oldPasswordValidSeconds(60)
                        .edit());
        assertThat(show(1).oldPasswordValidUntil()).isEmpty();
        assertFault(
                "/oldPasswordValidSeconds",
                () -> update(
                        1,
                        new Editing()
                                .noPassword()
                                .securityProfile(0)
                                .oldPasswordValidSeconds(60)
                                .edit()));
        for (long seconds : new long[] {-1, 2_592_001, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> Overlap.ofSeconds(seconds)).isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void keepsReplacesAndClearsThePassword() {
        create(wanted("One", false, SecurityProfile.BASIC, Optional.of(password())));
        String first = stored(1).passwordHash().orElseThrow().text();

        update(1, new Editing().displayName("Renamed").edit());
        assertThat(stored(1).passwordHash().orElseThrow().text()).isEqualTo(first);

        // Even the same one counts as a change.
        update(1, new Editing().password(PASSWORD).edit());
        assertThat(stored(1).passwordHash().orElseThrow().text()).isNotEqualTo(first);
        assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED).getFirst().before())
                .contains(Map.of());
        assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED).getFirst().after())
                .contains(Map.of("passwordChanged", true));

        assertFault("/password", () -> update(1, new Editing().noPassword().edit()));
        assertThat(stored(1).passwordHash()).isPresent();

        clock.advance(Duration.ofMillis(1));
        update(1, new Editing().noPassword().securityProfile(0).edit());
        assertThat(stored(1).passwordHash()).isEmpty();
        assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED).getFirst().before())
                .contains(Map.of("hasPassword", true, "securityProfile", 1L));
        assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED).getFirst().after())
                .contains(Map.of("hasPassword", false, "securityProfile", 0L));

        assertFault(
                "/password", () -> update(1, new Editing().securityProfile(2).edit()));
        assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED).toString()).doesNotContain("pbkdf2", PASSWORD);
    }

    @Test
    void tellsWhichKeysOfTheConfigurationChanged() {
        create("One", false);
        update(1, new Editing().configuration(Map.of("A", "1", "B", "secret-2")).edit());
        clock.advance(Duration.ofMillis(1));
        update(
                1,
                new Editing()
                        .configuration(Map.of("A", "1", "B", "secret-3", "C", "4"))
                        .edit());
        clock.advance(Duration.ofMillis(1));
        update(1, new Editing().configuration(Map.of("C", "4")).edit());

        List<AuditEntry> entries = core.trail("acme", AuditAction.PROFILE_UPDATED);
        assertThat(entries)
                .extracting(AuditEntry::before)
                .containsExactly(
                        Optional.of(Map.of("configuration", "A, B")),
                        Optional.of(Map.of("configuration", "B")),
                        Optional.of(Map.of("configuration", "")));
        assertThat(entries)
                .extracting(AuditEntry::after)
                .containsExactly(
                        Optional.of(Map.of("configuration", "")),
                        Optional.of(Map.of("configuration", "B, C")),
                        Optional.of(Map.of("configuration", "A, B")));
        assertThat(entries.toString()).doesNotContain("secret");
    }

    @Test
    void clearsTheDescription() {
        create("One", false);
        update(1, new Editing().description("Something").edit());
        assertThat(update(1, new Editing().description("").edit()).profile().description())
                .isEmpty();
        assertThat(stored(1).description()).isEmpty();
        assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED).getFirst().after())
                .contains(Map.of("description", Absent.NULL));
    }

    @Test
    void movesTheDefaultAndNeverTakesItAway() {
        create("One", false);
        create("Two", false);

        assertThat(update(2, new Editing().isDefault(true).edit()).isDefault()).isTrue();
        assertThat(defaults()).containsExactly(2L);
        assertThat(core.trail("acme", AuditAction.PROFILE_UPDATED))
                .extracting(AuditEntry::targetId)
                .containsExactly("1", "2");
        assertThatThrownBy(() -> update(2, new Editing().isDefault(false).edit()))
                .isInstanceOf(DefaultProfile.class);
        update(1, new Editing().isDefault(false).edit());
        assertThat(defaults()).containsExactly(2L);
    }

    // Versions.

    @Test
    void changesAndDeletesOnlyTheVersionThatIsExpected() {
        create("One", false);
        create("Two", false);
        long seen = show(2).version();
        update(2, new Editing().displayName("Other").edit());

        assertThatThrownBy(() -> update(2, new Editing().displayName("Mine").edit(), only(seen)))
                .isInstanceOf(PreconditionFailed.class);
        assertThatThrownBy(() -> core.deleteProfile().run(door(), "2", only(seen)))
                .isInstanceOf(PreconditionFailed.class);
        long now = show(2).version();
        update(2, new Editing().displayName("Mine").edit(), only(now));
        core.commit(core.deleteProfile().run(door(), "2", only(show(2).version())));
    }

    @Test
    void hasAnotherVersionOnceTheDefaultMoved() {
        create("One", false);
        create("Two", false);
        long one = show(1).version();
        long two = show(2).version();
        update(2, new Editing().isDefault(true).edit());

        assertThat(show(1).version()).isNotEqualTo(one);
        assertThat(show(2).version()).isNotEqualTo(two);
        // Sent back as it was read, it would move the default back.
        assertThatThrownBy(() -> update(1, new Editing().isDefault(true).edit(), only(one)))
                .isInstanceOf(PreconditionFailed.class);
    }

    @Test
    void neverGivesOneVersionToTwoStates() {
        Profile profile = create("One", false).profile();
        var tenantId = show(1).tenantId();

        // As a torn read would have it: the row after the default moved away, the register before.
        assertThat(new ShownProfile(tenantId, profile, true, Optional.empty()).version())
                .isNotEqualTo(new ShownProfile(tenantId, profile, false, Optional.empty()).version());
    }

    /// Whoever remembers a profile goes by it.
    @Test
    void isAnotherEditionWithEveryChangeOfAProfile() {
        List<Long> editions = new ArrayList<>();
        editions.add(edition());
        for (Runnable change : List.<Runnable>of(
                () -> create("One", false),
                () -> create("Two", true),
                () -> update(1, new Editing().displayName("X").edit()),
                () -> update(2, new Editing().cpmsUrl("wss://new.example.com/").edit()),
                () -> update(1, new Editing().isDefault(true).edit()),
                () -> delete(2))) {
            change.run();
            editions.add(edition());
        }
        assertThat(editions).doesNotHaveDuplicates();
        addCharger(1);
        update(1, new Editing().displayName("X").edit());
        assertThat(edition()).isEqualTo(editions.getLast());
    }

    private long edition() {
        return core.profiles().edition(core.scope("acme", ProfileStore.edition()));
    }

    @Test
    void keepsTheVersionWhenChargersRegister() {
        create("One", false);
        long seen = show(1).version();
        addCharger(1);

        assertThat(show(1).version()).isEqualTo(seen);
        assertThat(show(1).profile().chargerCount()).isEqualTo(1);
        update(1, new Editing().displayName("Mine").edit(), only(seen));
    }

    @Test
    void changesNothingOnceTheDefaultMovedMeanwhile() {
        create("One", false);
        create("Two", false);
        create("Three", false);
        Decision<ShownProfile> edit = core.updateProfile()
                .run(door(), "3", new Editing().displayName("X").edit(), Precondition.NONE);
        update(2, new Editing().isDefault(true).edit());

        assertConflict(edit);
    }

    // Deleting.

    @Test
    void deletesTheDefaultOnlyIfItIsTheLast() {
        create("One", false);
        create("Two", false);

        assertThatThrownBy(() -> delete(1)).isInstanceOf(DefaultProfile.class);
        delete(2);
        delete(1);
        assertThat(list()).isEmpty();
        assertThat(create("Three", false).isDefault()).isTrue();
        assertThat(core.trail("acme", AuditAction.PROFILE_DELETED))
                .hasSize(2)
                .first()
                .satisfies(entry -> {
                    assertThat(entry.targetId()).isEqualTo("1");
                    assertThat(entry.after()).isEmpty();
                    assertThat(entry.before().orElseThrow())
                            .containsEntry("displayName", "One")
                            .containsEntry("isDefault", true);
                });
    }

    @Test
    void keepsAProfileThatChargersHave() {
        create("One", false);
        addCharger(1);
        addCharger(1);

        assertThatThrownBy(() -> delete(1)).isInstanceOfSatisfying(ProfileInUse.class, refusal -> {
            assertThat(refusal.chargers()).isEqualTo(2);
            assertThat(refusal.provisioning()).isFalse();
        });
    }

    @Test
    void keepsTheProfileOfAnOpenWindow() {
        create("One", false);
        create("Two", false);
        openWindow(2, Duration.ofSeconds(10));

        assertThatThrownBy(() -> delete(2))
                .isInstanceOfSatisfying(
                        ProfileInUse.class,
                        refusal -> assertThat(refusal.provisioning()).isTrue());
        clock.advance(Duration.ofSeconds(10));
        delete(2);
        assertThat(list()).hasSize(1);
    }

    @Test
    void deletesNothingThatCameIntoUseMeanwhile() {
        create("One", false);
        create("Two", false);
        Decision<String> decided = core.deleteProfile().run(door(), "2", Precondition.NONE);
        addCharger(2);
        assertConflict(decided);

        create("Three", false);
        Decision<String> another = core.deleteProfile().run(door(), "3", Precondition.NONE);
        openWindow(3, Duration.ofSeconds(10));
        assertConflict(another);
    }

    @Test
    void decidesAnewWhereRegisterAndProfileWereReadBeforeAndAfterAChange() {
        create("One", false);
        core.table()
                .commit(Change.empty()
                        .with(Update.of(Keys.profileRegister(core.scope("acme")))
                                .remove("defaultId")));

        assertThatThrownBy(() -> core.deleteProfile().run(door(), "1", Precondition.NONE))
                .isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> update(1, new Editing().displayName("X").edit()))
                .isInstanceOf(Conflict.class);
    }

    // Who, what, how.

    @Test
    void knowsNoOtherIds() {
        create("One", false);
        for (String named :
                List.of("2", "0", "01", "+1", "-1", "1.0", " 1", "x", "", "1".repeat(16), "999999999999999", "１")) {
            assertThatThrownBy(() -> core.showProfile().run(door(), named)).isInstanceOf(ProfileNotFound.class);
            assertThatThrownBy(() -> core.updateProfile().run(door(), named, NOTHING, Precondition.NONE))
                    .isInstanceOf(ProfileNotFound.class);
            assertThatThrownBy(() -> core.deleteProfile().run(door(), named, Precondition.NONE))
                    .isInstanceOf(ProfileNotFound.class);
            Door stranger = core.door(People.anyone(), "acme", Role.VIEWER);
            assertThatThrownBy(() -> core.showProfile().run(stranger, named)).isInstanceOf(TenantNotFound.class);
        }
    }

    @Test
    void hashesNothingForThoseWhoMayNot() {
        Caller viewer = core.member("acme", Role.VIEWER);
        NewPassword password = password();

        assertThatThrownBy(() -> core.createProfile()
                        .run(
                                core.door(viewer, "acme", Role.USER),
                                wanted("P", false, SecurityProfile.BASIC, Optional.of(password))))
                .isInstanceOf(InsufficientRole.class);
        assertThat(password).extracting("hash").isNull();
    }

    /// As on a busy machine: a hash that takes longer than a request may go on trying, and then a change that meets
    /// another one.
    @Test
    void countsAHashNotAsTheTablesTime() {
        clock.advance(Duration.ofMillis(1));
        NewPassword password = password();
        NewProfile wanted = wanted("P", false, SecurityProfile.BASIC, Optional.of(password));
        try (SlowHashes hashes = SlowHashes.counted()) {
            hashes.before(() -> clock.advance(Deadline.TIME_OUTSIDE));
            faulty.next("transactWriteItems", FaultyDynamoDb.Fault.CONFLICT);
            ShownProfile made = waitedFor(() -> Backoff.forRequest(clock, new Random(1))
                    .commit(core.table(), _ -> core.createProfile().run(door(), wanted)));

            assertThat(hashes.count()).isEqualTo(1);
            assertThat(find(made.profile().id())).isPresent();
            // And no longer than that is it none of the table's.
            hashes.before(() -> clock.advance(
                    Deadline.TIME_OUTSIDE.plus(HttpFunction.TIME_FOR_STORAGE).plusMillis(1)));
            NewProfile slower = wanted("Q", false, SecurityProfile.BASIC, Optional.of(password()));
            assertThatThrownBy(() -> waitedFor(() -> Backoff.forRequest(clock, new Random(1))
                            .commit(core.table(), _ -> core.createProfile().run(door(), slower))))
                    .isInstanceOf(Unavailable.class);
            assertThat(list()).hasSize(1);
        }
    }

    private <T> T waitedFor(ScopedValue.CallableOp<T, RuntimeException> request) {
        Deadline deadline = Deadline.in(HttpFunction.TIME_FOR_STORAGE, () -> clock.millis() * 1_000_000);
        return ScopedValue.where(Deadline.CURRENT, deadline).call(request);
    }

    @Test
    void hashesAPasswordOnceHoweverOftenItsRequestRuns() {
        NewPassword password = password();
        NewProfile wanted = wanted("P", false, SecurityProfile.BASIC, Optional.of(password));

        String first = core.createProfile()
                .run(door(), wanted)
                .result()
                .profile()
                .passwordHash()
                .orElseThrow()
                .text();
        String second = core.createProfile()
                .run(door(), wanted)
                .result()
                .profile()
                .passwordHash()
                .orElseThrow()
                .text();
        assertThat(second).isEqualTo(first);
    }

    @Test
    void takesTheRoundTripsThatTheModelPromises() {
        assertThat(Core.roundTrips(() -> create("One", false))).isEqualTo(2);
        assertThat(Core.roundTrips(() -> create("Two", true))).isEqualTo(2);
        assertThat(Core.roundTrips(() -> show(1))).isEqualTo(1);
        assertThat(Core.roundTrips(this::list)).isEqualTo(2);
        assertThat(Core.roundTrips(() -> update(1, new Editing().isDefault(true).edit())))
                .isEqualTo(2);
        assertThat(Core.roundTrips(() -> update(1, new Editing().isDefault(true).edit())))
                .isEqualTo(1);
        assertThat(Core.roundTrips(() -> delete(2))).isEqualTo(2);
    }

    // Races.

    @RepeatedTest(5)
    void makesOneOfManyFirstProfilesTheDefault() throws InterruptedException {
        race(i -> () -> core.insist(() -> core.createProfile().run(door(), wanted("No. " + i, false))));

        assertThat(list()).hasSize(RIVALS);
        assertThat(defaults()).hasSize(1);
        assertThat(list()).extracting(shown -> shown.profile().id()).doesNotHaveDuplicates();
        assertThat(core.trail("acme", AuditAction.PROFILE_CREATED).stream()
                        .filter(entry ->
                                Boolean.TRUE.equals(entry.after().orElseThrow().get("isDefault"))))
                .hasSize(1);
    }

    @RepeatedTest(5)
    void keepsOneDefaultWhenManyMoveIt() throws InterruptedException {
        for (int i = 0; i < RIVALS; i++) {
            create("No. " + i, false);
        }
        race(i -> () -> core.insist(() -> core.updateProfile()
                .run(
                        door(),
                        Integer.toString(i + 1),
                        new Editing().isDefault(true).edit(),
                        Precondition.NONE)));

        assertThat(defaults()).hasSize(1);
        // Each move took the default from somebody: told of both, from the first profile to the last.
        long last = defaults().getFirst();
        Map<String, Integer> balance = new HashMap<>();
        core.trail("acme", AuditAction.PROFILE_UPDATED)
                .forEach(entry -> balance.merge(
                        entry.targetId(),
                        Boolean.TRUE.equals(entry.after().orElseThrow().get("isDefault")) ? 1 : -1,
                        Integer::sum));
        balance.merge("1", 1, Integer::sum);
        balance.values().removeIf(sum -> sum == 0);
        assertThat(balance).isEqualTo(Map.of(Long.toString(last), 1));
    }

    @RepeatedTest(3)
    void takesOneOfManyAtTheLimit() throws InterruptedException {
        limit(CreateProfile.MAX_PROFILES - 1);
        List<Object> outcomes = Race.run(
                RIVALS, i -> () -> core.insist(() -> core.createProfile().run(door(), wanted("No. " + i, false))));

        assertThat(outcomes).filteredOn(ShownProfile.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(LimitReached.class::isInstance).hasSize(RIVALS - 1);
        assertThat(core.profiles()
                        .register(core.scope("acme", ProfileStore.register()))
                        .count())
                .isEqualTo(200);
    }

    /// The only profile goes while others come: whoever is first, there is a default as long as there is a profile.
    @RepeatedTest(5)
    void neverLosesTheDefaultBetweenDeletingAndCreating() throws InterruptedException {
        create("One", false);
        List<Object> outcomes = Race.run(
                RIVALS,
                i -> i % 2 == 0
                        ? () -> core.insist(() -> core.deleteProfile().run(door(), "1", Precondition.NONE))
                        : () -> core.insist(() -> core.createProfile().run(door(), wanted("No. " + i, false))));

        assertThat(outcomes)
                .filteredOn(Throwable.class::isInstance)
                .allSatisfy(
                        outcome -> assertThat(outcome).isInstanceOfAny(DefaultProfile.class, ProfileNotFound.class));
        assertThat(outcomes).filteredOn(ShownProfile.class::isInstance).hasSize(RIVALS / 2);
        ProfileRegister register = core.profiles().register(core.scope("acme", ProfileStore.register()));
        assertThat(defaults()).hasSize(1).containsExactly(register.defaultId().orElseThrow());
        assertThat(register.count()).isEqualTo(list().size());
    }

    /// Chargers register while somebody deletes: no charger is left with a profile that is gone, none is counted on
    /// one.
    @RepeatedTest(5)
    void leavesNoChargerWithoutItsProfile() throws InterruptedException {
        create("One", false);
        create("Two", false);
        List<Object> outcomes = Race.run(
                RIVALS,
                i -> i == 0
                        ? () -> core.insist(() -> core.deleteProfile().run(door(), "2", Precondition.NONE))
                        : () -> {
                            addCharger(2);
                            return 1;
                        });

        long registered = outcomes.stream().filter(Integer.class::isInstance).count();
        Optional<Profile> left = find(2);
        if (left.isPresent()) {
            assertThat(outcomes.getFirst()).isInstanceOf(ProfileInUse.class);
            assertThat(left.get().chargerCount()).isEqualTo(registered);
        } else {
            assertThat(outcomes.getFirst()).isEqualTo("2");
            assertThat(registered).isZero();
        }
    }

    private void race(IntFunction<Callable<?>> actions) throws InterruptedException {
        assertThat(Race.run(RIVALS, actions)).noneMatch(Throwable.class::isInstance);
    }

    /// As if there were that many profiles. The rows of most are not needed for what the register decides.
    private void limit(long count) {
        ProfileRegister from = core.profiles().register(core.scope("acme", ProfileStore.register()));
        create("One", false);
        assertThat(from).isEqualTo(ProfileRegister.NONE);
        ProfileRegister one = core.profiles().register(core.scope("acme", ProfileStore.register()));
        ProfileRegister many = new ProfileRegister(count, count, one.defaultId());
        core.commit(change -> core.profiles().register(change, core.scope("acme"), one, many));
    }

    private void addCharger(long id) {
        core.commit(change -> core.profiles().addCharger(change, core.scope("acme"), id));
    }

    private void openWindow(long profileId, Duration duration) {
        core.commit(core.startProvisioning()
                .run(door(), new NewWindow(Optional.of(profileId), duration, Optional.empty())));
        assertThat(core.provisioning().open(core.scope("acme", ProvisioningWindowStore.window())))
                .isPresent();
    }

    private Door door() {
        return core.door(ada, "acme", Role.USER);
    }

    private ShownProfile create(String name, boolean isDefault) {
        return create(wanted(name, isDefault));
    }

    private ShownProfile create(NewProfile wanted) {
        clock.advance(Duration.ofMillis(1));
        return core.commit(core.createProfile().run(door(), wanted));
    }

    private static NewProfile wanted(String name, boolean isDefault) {
        return wanted(name, isDefault, SecurityProfile.NONE, Optional.empty());
    }

    private static NewProfile wanted(
            String name, boolean isDefault, SecurityProfile securityProfile, Optional<NewPassword> password) {
        return new NewProfile(
                new ProfileName(name),
                Optional.empty(),
                CpmsUrl.parse("wss://cpms.example.com/ocpp"),
                isDefault,
                false,
                HeartbeatInterval.USUAL,
                securityProfile,
                password,
                Configuration.NONE);
    }

    private static NewPassword password() {
        return new NewPassword(new ChargerPassword(PASSWORD));
    }

    private ShownProfile update(long id, ProfileEdit edit) {
        return update(id, edit, Precondition.NONE);
    }

    private ShownProfile update(long id, ProfileEdit edit, Precondition precondition) {
        clock.advance(Duration.ofMillis(1));
        return core.commit(core.updateProfile().run(door(), Long.toString(id), edit, precondition));
    }

    private String delete(long id) {
        clock.advance(Duration.ofMillis(1));
        return core.commit(core.deleteProfile().run(door(), Long.toString(id), Precondition.NONE));
    }

    private ShownProfile show(long id) {
        return core.showProfile().run(door(), Long.toString(id));
    }

    private List<ShownProfile> list() {
        return core.listProfiles().run(door(), Pages.LARGEST).items();
    }

    private List<Long> defaults() {
        List<Long> defaults = new ArrayList<>();
        list().forEach(shown -> {
            if (shown.isDefault()) {
                defaults.add(shown.profile().id());
            }
        });
        return defaults;
    }

    private Optional<Profile> find(long id) {
        return core.find("acme", ProfileStore.profile(id));
    }

    private Profile stored(long id) {
        return find(id).orElseThrow();
    }

    private static Precondition only(long version) {
        return new Precondition(Optional.of(Set.of(version)));
    }

    private static void assertFault(String pointer, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Fault::pointer)
                                .containsExactly(pointer));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// An edit under construction.
    private static final class Editing {

        private Optional<ProfileName> displayName = Optional.empty();
        private Edit<ProfileDescription> description = new Edit.Keep<>();
        private Optional<CpmsUrl> cpmsUrl = Optional.empty();
        private Optional<Boolean> isDefault = Optional.empty();
        private Optional<SecurityProfile> securityProfile = Optional.empty();
        private Edit<NewPassword> password = new Edit.Keep<>();
        private Optional<Overlap> overlap = Optional.empty();
        private Optional<Configuration> configuration = Optional.empty();

        Editing displayName(String text) {
            displayName = Optional.of(new ProfileName(text));
            return this;
        }

        /// An empty text clears it.
        Editing description(String text) {
            description = text.isEmpty() ? new Edit.Clear<>() : new Edit.Set<>(new ProfileDescription(text));
            return this;
        }

        Editing cpmsUrl(String text) {
            cpmsUrl = Optional.of(CpmsUrl.parse(text));
            return this;
        }

        Editing isDefault(boolean flag) {
            isDefault = Optional.of(flag);
            return this;
        }

        Editing securityProfile(int number) {
            securityProfile = Optional.of(SecurityProfile.of(number));
            return this;
        }

        Editing password(String text) {
            password = new Edit.Set<>(new NewPassword(new ChargerPassword(text)));
            return this;
        }

        Editing oldPasswordValidSeconds(long seconds) {
            overlap = Optional.of(Overlap.ofSeconds(seconds));
            return this;
        }

        Editing noPassword() {
            password = new Edit.Clear<>();
            return this;
        }

        Editing configuration(Map<String, String> values) {
            configuration = Optional.of(Configuration.of(values));
            return this;
        }

        ProfileEdit edit() {
            return new ProfileEdit(
                    displayName,
                    description,
                    cpmsUrl,
                    isDefault,
                    Optional.empty(),
                    Optional.empty(),
                    securityProfile,
                    password,
                    overlap,
                    configuration);
        }
    }
}
