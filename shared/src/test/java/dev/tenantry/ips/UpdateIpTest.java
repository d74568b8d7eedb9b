package dev.tenantry.ips;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.audit.AuditAction;
import dev.tenantry.edit.Edit;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.IpNotAllowed;
import dev.tenantry.refusal.Refusal.IpNotFound;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import dev.tenantry.text.Absent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UpdateIpTest extends TwoTenants {

    private static final IpEdit NOTHING = new IpEdit(new Edit.Keep<>(), new Edit.Keep<>());

    @Test
    void changesWhatItNamesInTwoRoundTrips() {
        IpEntry permanent = add("192.0.2.7", IpScope.CHARGER, Optional.empty());
        Instant until = clock.instant().plusSeconds(60);
        IpEntry entry = add("192.0.2.0/24", IpScope.CHARGER, Optional.of(until));

        assertThat(Core.roundTrips(() -> update("2", describing("Depot")))).isEqualTo(2);

        IpEntry described = list().get(1);
        assertThat(described)
                .isEqualTo(new IpEntry(
                        2,
                        entry.block(),
                        Optional.of(new IpDescription("Depot")),
                        IpScope.CHARGER,
                        Optional.of(until),
                        ada.id().value(),
                        entry.createdAt(),
                        2));
        IpEntry later = update("2", expiring(until.plusSeconds(1)));
        assertThat(later.expiresAt()).contains(until.plusSeconds(1));
        assertThat(later.description()).isEqualTo(described.description());
        IpEntry forever = update("2", new IpEdit(new Edit.Clear<>(), new Edit.Clear<>()));
        assertThat(forever.description()).isEmpty();
        assertThat(forever.expiresAt()).isEmpty();
        clock.advance(Duration.ofDays(1));
        assertThat(list()).containsExactly(permanent, forever);
    }

    @Test
    void writesAnAuditEntryOfWhatIsDifferent() {
        add("192.0.2.7", IpScope.CHARGER, Optional.empty());
        update("1", describing("Depot"));
        update("1", describing("Depot"));
        update("1", NOTHING);

        assertThat(core.trail("acme", AuditAction.IP_UPDATED)).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("ip.updated");
            assertThat(entry.targetType()).isEqualTo("ip");
            assertThat(entry.targetId()).isEqualTo("1");
            assertThat(entry.actorId()).isEqualTo(ada.id().value());
            assertThat(entry.before()).contains(Map.of("description", Absent.NULL));
            assertThat(entry.after()).contains(Map.of("description", "Depot"));
        });
        assertThat(list().getFirst().version()).isEqualTo(2);
    }

    @Test
    void takesBackAnEntryAsItIs() {
        add("192.0.2.7", IpScope.CHARGER, Optional.empty());
        Instant until = clock.instant().plusSeconds(60);
        IpEntry entry = add("192.0.2.8", IpScope.CHARGER, Optional.of(until));

        assertThat(update("2", expiring(until))).isEqualTo(entry);
    }

    @Test
    void tellsEveryDoorOfAnotherExpiry() {
        add("203.0.113.10", IpScope.API, Optional.empty());
        add("198.51.100.1", IpScope.API, Optional.of(clock.instant().plusSeconds(60)));
        Caller elsewhere = People.at("198.51.100.1", ada);

        update("2", expiring(clock.instant().plusSeconds(30)));

        core.door(elsewhere, "acme", Role.ADMIN).open();
        clock.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> core.door(elsewhere, "acme", Role.ADMIN).open())
                .isInstanceOf(IpNotAllowed.class);
    }

    @Test
    void refusesAnExpiryThatIsOver() {
        add("192.0.2.7", IpScope.CHARGER, Optional.empty());
        add("192.0.2.8", IpScope.CHARGER, Optional.empty());

        for (Instant past : List.of(clock.instant(), clock.instant().minusMillis(1), Instant.EPOCH)) {
            assertThatThrownBy(() -> update("2", expiring(past)))
                    .isInstanceOfSatisfying(
                            InvalidRequest.class,
                            refusal -> assertThat(refusal.faults())
                                    .singleElement()
                                    .satisfies(
                                            fault -> assertThat(fault.pointer()).isEqualTo("/expiresAt")));
        }
    }

    @Test
    void changesOnlyTheVersionThatIsExpected() {
        add("192.0.2.7", IpScope.CHARGER, Optional.empty());
        Precondition first = new Precondition(Optional.of(Set.of(1L)));

        core.commit(decide("1", describing("Depot"), first));

        assertThatThrownBy(() -> decide("1", describing("Yard"), first)).isInstanceOf(PreconditionFailed.class);
        assertThatThrownBy(() -> core.removeIp().run(core.door(ada, "acme", Role.ADMIN), "1", first))
                .isInstanceOf(PreconditionFailed.class);
    }

    @Test
    void findsNothingUnderAnotherNameOrInAnotherTenantOrAfterItsExpiry() {
        core.commit(core.addIp()
                .run(
                        core.door(otto, "other", Role.ADMIN),
                        new NewIp(IpBlock.parse("192.0.2.7"), Optional.empty(), IpScope.CHARGER, Optional.empty())));
        assertThatThrownBy(() -> update("1", describing("Mine"))).isInstanceOf(IpNotFound.class);
        add("192.0.2.7", IpScope.CHARGER, Optional.empty());
        add("192.0.2.8", IpScope.CHARGER, Optional.of(clock.instant().plusSeconds(1)));
        clock.advance(Duration.ofSeconds(1));

        for (String named : List.of("2", "3", "0", "01", "x", "")) {
            assertThatThrownBy(() -> update(named, describing("x"))).as(named).isInstanceOf(IpNotFound.class);
        }
    }

    @Test
    void isForAdmins() {
        add("192.0.2.7", IpScope.CHARGER, Optional.empty());
        Caller viewer = core.member("acme", Role.USER);

        for (String named : List.of("1", "x")) {
            assertThatThrownBy(() -> core.updateIp()
                            .run(core.door(viewer, "acme", Role.ADMIN), named, NOTHING, Precondition.NONE))
                    .isInstanceOf(InsufficientRole.class);
            assertThatThrownBy(() -> core.updateIp()
                            .run(core.door(People.anyone(), "acme", Role.ADMIN), named, NOTHING, Precondition.NONE))
                    .isInstanceOf(TenantNotFound.class);
        }
    }

    /// Each of many edits of different fields happens, and none undoes another.
    @Test
    void losesNoEditHoweverManyThereAreAtOnce() throws InterruptedException {
        add("192.0.2.7", IpScope.CHARGER, Optional.empty());
        add("192.0.2.8", IpScope.CHARGER, Optional.empty());
        for (int round = 0; round < 5; round++) {
            String description = "Round " + round;
            Instant until = clock.instant().plus(Duration.ofHours(round + 1));

            List<Object> outcomes = Race.run(
                    8,
                    i -> () -> core.insist(() ->
                            decide("2", i % 2 == 0 ? describing(description) : expiring(until), Precondition.NONE)));

            assertThat(outcomes).hasOnlyElementsOfType(IpEntry.class);
            IpEntry entry = list().get(1);
            assertThat(entry.description()).contains(new IpDescription(description));
            assertThat(entry.expiresAt()).contains(until);
            clock.advance(Duration.ofMillis(1));
        }
        assertThat(list().get(1).version()).isEqualTo(11);
        assertThat(core.trail("acme", AuditAction.IP_UPDATED)).hasSize(10);
    }

    private static IpEdit describing(String text) {
        return new IpEdit(new Edit.Set<>(new IpDescription(text)), new Edit.Keep<>());
    }

    private static IpEdit expiring(Instant at) {
        return new IpEdit(new Edit.Keep<>(), new Edit.Set<>(at));
    }

    private IpEntry add(String block, IpScope scope, Optional<Instant> expiresAt) {
        return core.commit(core.addIp()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new NewIp(IpBlock.parse(block), Optional.empty(), scope, expiresAt)));
    }

    private IpEntry update(String named, IpEdit edit) {
        return core.commit(decide(named, edit, Precondition.NONE));
    }

    private Decision<IpEntry> decide(String named, IpEdit edit, Precondition precondition) {
        return core.updateIp().run(core.door(ada, "acme", Role.ADMIN), named, edit, precondition);
    }

    private List<IpEntry> list() {
        return core.listIps()
                .run(core.door(ada, "acme", Role.VIEWER), Pages.LARGEST)
                .items();
    }
}
