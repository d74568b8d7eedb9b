package dev.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.edit.Edit;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.ProvisioningWindow;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.NoProfile;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.ProvisioningOff;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProvisioningUseCasesTest extends TwoTenants {

    private static final NewWindow USUAL = new NewWindow(Optional.empty(), Duration.ofHours(1), Optional.empty());

    @Test
    void opensAWindowWithTheDefaultProfile() {
        long first = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);

        ProvisioningWindow window = start(USUAL);

        assertThat(show()).contains(window);
        assertThat(window.profileId()).isEqualTo(first);
        assertThat(window.startedAt()).isEqualTo(clock.instant());
        assertThat(window.validUntil()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
        assertThat(window.startedBy()).isEqualTo(ada.id().value());
        assertThat(window.maxChargers()).isEmpty();
        assertThat(window.registeredCount()).isZero();
    }

    @Test
    void knowsNoProfileByANumberThatIsNoId() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);

        for (long id :
                new long[] {0, -5, 2, 9_999_999_999_999_999L, 10_000_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE
                }) {
            assertThatThrownBy(() -> start(new NewWindow(Optional.of(id), Duration.ofHours(1), Optional.empty())))
                    .as("%d", id)
                    .isInstanceOf(InvalidRequest.class);
        }
        assertThat(show()).isEmpty();
    }

    @Test
    void needsAProfile() {
        assertThatThrownBy(() -> start(USUAL)).isInstanceOf(NoProfile.class);
        long theirs = ProfileFixture.create(core, "other", SecurityProfile.NONE);
        assertThatThrownBy(() -> start(new NewWindow(Optional.of(theirs), Duration.ofHours(1), Optional.empty())))
                .isInstanceOfSatisfying(
                        InvalidRequest.class,
                        refusal -> assertThat(refusal.faults())
                                .extracting(Refusal.Fault::pointer)
                                .containsExactly("/profileId"));
        assertThat(show()).isEmpty();
    }

    @Test
    void opensNoWindowWithAProfileThatIsGoneMeanwhile() {
        long doomed = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Decision<Optional<ProvisioningWindow>> decision =
                core.startProvisioning().run(door(), USUAL);
        core.insist(() -> core.deleteProfile().run(door(), Long.toString(doomed), Precondition.NONE));

        assertConflict(decision);
    }

    @Test
    void replacesTheWindowThatIsOpen() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        ProvisioningWindow first = start(new NewWindow(Optional.empty(), Duration.ofHours(1), Optional.of(5L)));
        clock.advance(Duration.ofMinutes(1));
        ProvisioningWindow second = start(USUAL);

        assertThat(show()).contains(second);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.maxChargers()).isEmpty();
    }

    @Test
    void changesTheOpenWindowAndKeepsItsCount() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        ProvisioningWindow opened = start(new NewWindow(Optional.empty(), Duration.ofHours(1), Optional.of(5L)));
        core.commit(change -> core.provisioning().takePlace(change, core.scope("acme"), opened, clock.instant()));
        clock.advance(Duration.ofMinutes(50));

        ProvisioningWindow longer = change(Optional.of(Duration.ofMinutes(30)), new Edit.Keep<>());
        assertThat(show()).contains(longer);
        assertThat(longer.validUntil()).isEqualTo(clock.instant().plus(Duration.ofMinutes(30)));
        assertThat(longer.registeredCount()).isEqualTo(1);
        assertThat(longer.startedAt()).isEqualTo(opened.startedAt());
        assertThat(longer.maxChargers()).contains(5L);
        assertThat(longer.version()).isNotEqualTo(opened.version());

        ProvisioningWindow smaller = change(Optional.empty(), new Edit.Set<>(1L));
        assertThat(smaller.validUntil()).isEqualTo(longer.validUntil());
        assertThat(smaller.isFull()).isTrue();
        ProvisioningWindow boundless = change(Optional.empty(), new Edit.Clear<>());
        assertThat(boundless.maxChargers()).isEmpty();
        assertThat(change(Optional.empty(), new Edit.Clear<>())).isEqualTo(boundless);
        assertThat(show()).contains(boundless);

        // What was decided on one of the earlier editions does not happen.
        assertConflict(change -> core.provisioning().takePlace(change, core.scope("acme"), longer, clock.instant()));
        assertConflict(change -> core.provisioning().change(change, core.scope("acme"), opened, longer));
        ProvisioningWindow next = start(USUAL);
        core.commit(change -> core.provisioning().takePlace(change, core.scope("acme"), next, clock.instant()));
    }

    @Test
    void changesNoWindowThatIsOff() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        assertThatThrownBy(() -> change(Optional.empty(), new Edit.Set<>(1L))).isInstanceOf(ProvisioningOff.class);
        long version = start(USUAL).version();
        WindowEdit edit = new WindowEdit(Optional.of(Duration.ofMinutes(1)), new Edit.Keep<>());
        assertThatThrownBy(() ->
                        core.changeProvisioning().run(door(), edit, new Precondition(Optional.of(Set.of(version + 1)))))
                .isInstanceOf(PreconditionFailed.class);
        clock.advance(Duration.ofHours(1));
        assertThatThrownBy(() -> change(Optional.empty(), new Edit.Set<>(1L))).isInstanceOf(ProvisioningOff.class);
    }

    private ProvisioningWindow change(Optional<Duration> duration, Edit<Long> maxChargers) {
        return core.commit(
                        core.changeProvisioning().run(door(), new WindowEdit(duration, maxChargers), Precondition.NONE))
                .orElseThrow();
    }

    @Test
    void isOffOnceItsTimeIsUp() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        start(USUAL);
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(show()).isPresent();
        clock.advance(Duration.ofMillis(1));
        assertThat(show()).isEmpty();
        assertThat(start(USUAL)).isNotNull();
    }

    @Test
    void stopsOnceAndSaysNothingOfTheSecondTime() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        start(USUAL);

        assertThat(stop(Precondition.NONE).change().isEmpty()).isFalse();
        assertThat(show()).isEmpty();
        assertThat(stop(Precondition.NONE).change().isEmpty()).isTrue();
    }

    @Test
    void stopsOnlyTheWindowThatIsMeant() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        ProvisioningWindow first = start(USUAL);
        ProvisioningWindow second = start(USUAL);
        Precondition seen = new Precondition(Optional.of(Set.of(first.id())));

        assertThatThrownBy(() -> stop(seen)).isInstanceOf(PreconditionFailed.class);
        assertThat(show()).contains(second);
        stop(new Precondition(Optional.of(Set.of(second.id()))));
        assertThatThrownBy(() -> stop(seen)).isInstanceOf(PreconditionFailed.class);
    }

    /// What the audit trail says was there before must have been there.
    @Test
    void startsAndStopsOnlyWhatItLookedAt() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Decision<Optional<ProvisioningWindow>> none = core.startProvisioning().run(door(), USUAL);
        start(USUAL);
        assertConflict(none);

        Decision<Optional<ProvisioningWindow>> first = core.startProvisioning().run(door(), USUAL);
        Decision<Optional<ProvisioningWindow>> off = core.stopProvisioning().run(door(), Precondition.NONE);
        ProvisioningWindow second = start(USUAL);
        assertConflict(first);
        assertConflict(off);
        assertThat(show()).contains(second);
    }

    @Test
    void tellsTheAuditTrail() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        ProvisioningWindow first = start(USUAL);
        ProvisioningWindow second = start(USUAL);
        stop(Precondition.NONE);
        stop(Precondition.NONE);

        List<AuditEntry> started = core.trail("acme", AuditAction.PROVISIONING_STARTED);
        assertThat(started)
                .hasSize(2)
                .allSatisfy(
                        entry -> assertThat(entry.actorId()).isEqualTo(ada.id().value()));
        assertThat(started)
                .filteredOn(entry -> entry.targetId().equals(Long.toString(first.id())))
                .singleElement()
                .satisfies(entry -> assertThat(entry.before()).isEmpty());
        assertThat(started)
                .filteredOn(entry -> entry.targetId().equals(Long.toString(second.id())))
                .singleElement()
                .satisfies(entry -> assertThat(entry.before()).isPresent());
        assertThat(core.trail("acme", AuditAction.PROVISIONING_STOPPED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.targetId()).isEqualTo(Long.toString(second.id()));
                    assertThat(entry.before().orElseThrow())
                            .containsKeys("profileId", "startedAt", "expiresAt", "maxChargers");
                });
    }

    @Test
    void isForUsersAndNotForViewers() {
        ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        Caller viewer = core.member("acme", Role.VIEWER);
        assertThatThrownBy(() -> core.startProvisioning().run(core.door(viewer, "acme", Role.USER), USUAL))
                .isInstanceOf(InsufficientRole.class);
    }

    @Test
    void knowsHowLongAndForHowMany() {
        assertThat(NewWindow.duration(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(NewWindow.duration(86_400)).isEqualTo(Duration.ofDays(1));
        assertThatThrownBy(() -> NewWindow.duration(0)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> NewWindow.duration(86_401)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> NewWindow.limit(0)).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> NewWindow.limit(10_001)).isInstanceOf(InvalidValue.class);
        assertThat(NewWindow.limit(1)).isEqualTo(1);
        assertThat(NewWindow.limit(10_000)).isEqualTo(10_000);
    }

    private ProvisioningWindow start(NewWindow wanted) {
        return core.commit(core.startProvisioning().run(door(), wanted)).orElseThrow();
    }

    private Decision<Optional<ProvisioningWindow>> stop(Precondition precondition) {
        Decision<Optional<ProvisioningWindow>> decision =
                core.stopProvisioning().run(door(), precondition);
        core.commit(decision);
        return decision;
    }

    private Optional<ProvisioningWindow> show() {
        return core.showProvisioning().run(door());
    }

    private Door door() {
        return core.door(ada, "acme", Role.USER);
    }
}
