package dev.tenantry.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.chargers.Accepted;
import dev.tenantry.chargers.Credentials;
import dev.tenantry.chargers.Reason;
import dev.tenantry.chargers.Rejection;
import dev.tenantry.edit.Edit;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.invites.IssuedInvite;
import dev.tenantry.refusal.Refusal.IpNotAllowed;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.TenantSuspended;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantState;
import dev.tenantry.tenants.TenantEdit;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.testing.Pages;
import dev.tenantry.testing.People;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuspensionTest extends FullTenant {

    @Test
    void isToldInTheTrailOnce() {
        assertThat(suspend().state()).isEqualTo(TenantState.SUSPENDED);
        assertThat(suspend().suspendedAt()).contains(clock.instant());
        assertThat(resume().state()).isEqualTo(TenantState.ACTIVE);
        assertThat(resume().suspendedAt()).isEmpty();

        assertThat(core.trail("acme"))
                .extracting(AuditEntry::action)
                .startsWith(AuditAction.TENANT_RESUMED.text(), AuditAction.TENANT_SUSPENDED.text());
        assertThat(core.trail("acme", AuditAction.TENANT_SUSPENDED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actorId()).isEqualTo("operator");
                    assertThat(entry.requestId()).isEqualTo(REQUEST);
                });
        assertThatExceptionOfType(TenantNotFound.class)
                .isThrownBy(
                        () -> core.suspendTenant().suspend(core.doors().operator(new DomainPrefix("nobody"), REQUEST)));
    }

    /// Decided when it was not suspended yet, in rows of its own and in the tenant's.
    @Test
    void letsNothingThroughThatWasDecidedBefore() {
        Decision<?> removal = core.addMember().run(door(ada).open(), bea, "bea@example.com", Role.USER);
        Decision<?> edit = core.updateTenant()
                .run(
                        door(ada),
                        new TenantEdit(Optional.of(new TenantName("Renamed")), new Edit.Keep<>()),
                        Precondition.NONE);
        Decision<?> deletion = core.deleteTenant().run(door(ada), Precondition.NONE);
        suspend();
        assertConflict(removal);
        assertConflict(edit);
        assertConflict(deletion);
        resume();
        core.insist(() -> core.addMember().run(door(ada).open(), bea, "bea@example.com", Role.USER));
    }

    @Test
    void acceptsNoInviteUntilItIsOver() {
        IssuedInvite issued = invite(ada, "bea@example.com");
        Decision<?> acceptance = core.acceptInvite().run(bea, issued.token().value());
        suspend();
        assertConflict(acceptance);
        assertThatExceptionOfType(TenantSuspended.class)
                .isThrownBy(() -> core.acceptInvite().run(bea, issued.token().value()));
        resume();
        core.commit(core.acceptInvite().run(bea, issued.token().value()));
    }

    @Test
    void letsNoChargerInAndTellsTheTenantWhy() {
        fill();
        clock.advance(Duration.ofMinutes(5));
        Credentials right = password("ACME-1", "0123456789abcdef");
        Decision<Accepted> registration =
                core.connectCharger().run(event("ACME-2"), password("ACME-2", "0123456789abcdef"));
        suspend();
        assertConflict(registration);
        for (String identity : List.of("ACME-1", "ACME-2")) {
            assertThatExceptionOfType(Rejection.class)
                    .isThrownBy(() -> core.connectCharger().run(event(identity), right))
                    .satisfies(e -> {
                        assertThat(e.reason()).isEqualTo(Reason.TENANT_SUSPENDED);
                        core.noteRejections().note(event(identity), e);
                    });
        }
        core.noteRejections().write(REQUEST, 1);
        assertThat(core.listRejections().run(door(ada), Pages.LARGEST).items())
                .extracting(rejection -> rejection.reason())
                .contains(Reason.TENANT_SUSPENDED);
        // Whoever goes, goes.
        core.insist(() -> core.disconnectCharger().run(event("ACME-1")));
        resume();
        core.insist(() -> core.connectCharger().run(event("ACME-1"), right));
    }

    @Test
    void outlivesDeletion() {
        suspend();
        delete();
        assertThat(core.commit(core.restoreTenant().run(ACME, REQUEST)).state()).isEqualTo(TenantState.SUSPENDED);
        assertThat(core.doors().command(ACME, REQUEST).state()).isEqualTo(TenantState.SUSPENDED);
    }

    @Test
    void bringsADeletedTenantBackAsItWas() {
        fill();
        Caller eve = People.named("eve");
        delete();
        assertThatExceptionOfType(TenantNotFound.class)
                .isThrownBy(() -> door(ada).open());

        core.commit(core.restoreTenant().run(ACME, REQUEST));

        assertThat(door(ada).open().role()).isEqualTo(Role.ADMIN);
        assertThat(core.listOwnTenants().run(ada, Pages.LARGEST).items())
                .extracting(own -> own.domainPrefix().value())
                .containsExactly("acme");
        assertThat(core.trail("acme", AuditAction.TENANT_RESTORED)).hasSize(1);
        assertThat(core.purgeTenant().runDue(REQUEST, () -> true).purges()).isEmpty();
        invite(ada, eve.email().orElseThrow());
        // Not deleted: nothing to do, and nothing told.
        assertThat(core.commit(core.restoreTenant().run(ACME, REQUEST)).state()).isEqualTo(TenantState.ACTIVE);
        assertThat(core.trail("acme", AuditAction.TENANT_RESTORED)).hasSize(1);
    }

    @Test
    void opensTheApiForATenantThatIsLockedOut() {
        fill();
        Caller elsewhere = People.at("192.0.2.200", ada);
        assertThatExceptionOfType(IpNotAllowed.class)
                .isThrownBy(() -> door(elsewhere).open());

        clock.advance(Duration.ofSeconds(1));
        assertThat(core.commit(core.openApiToAll().run(core.doors().operator(ACME, REQUEST))))
                .isTrue();

        assertThat(door(elsewhere).open().role()).isEqualTo(Role.ADMIN);
        assertThat(core.commit(core.openApiToAll().run(core.doors().operator(ACME, REQUEST))))
                .isFalse();
        assertThat(core.trail("acme").getFirst().actorId()).isEqualTo("operator");
    }

    private TenantSummary suspend() {
        return core.insist(() -> core.suspendTenant().suspend(core.doors().operator(ACME, REQUEST)));
    }

    private TenantSummary resume() {
        return core.insist(() -> core.suspendTenant().resume(core.doors().operator(ACME, REQUEST)));
    }
}
