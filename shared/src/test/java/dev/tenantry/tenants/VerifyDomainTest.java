package dev.tenantry.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.dns.TxtAnswer;
import dev.tenantry.edit.Edit;
import dev.tenantry.identity.HostName;
import dev.tenantry.refusal.Refusal.DomainNotVerified;
import dev.tenantry.refusal.Refusal.DomainNotVerified.Instead;
import dev.tenantry.refusal.Refusal.DomainTaken;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Precondition;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.FakeDns;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerifyDomainTest extends TwoTenants {

    private static final HostName HOST = new HostName("chargers.volt.example");

    private final FakeDns dns = core.dns();

    @Test
    void believesWhatDnsSaysInTwoRoundTrips() {
        want(ada, "acme", "wss://Chargers.Volt.example:8443/ocpp");
        publish("acme");
        clock.advance(Duration.ofSeconds(1));
        Tenant before = show(ada, "acme");

        assertThat(Core.roundTrips(() -> core.commit(verify(ada, "acme")))).isEqualTo(2);

        Tenant after = show(ada, "acme");
        assertThat(after.verifiedHost()).contains(HOST);
        assertThat(after.updatedAt()).isEqualTo(clock.instant());
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("verifiedHost", "updatedAt")
                .isEqualTo(before);
        assertThat(owner(HOST)).contains("acme");
        assertThat(dns.deadlines()).containsExactly(clock.instant().plus(VerifyDomain.TIME_LIMIT));
        AuditEntry entry = core.trail("acme", AuditAction.DOMAIN_VERIFIED).getFirst();
        assertThat(entry.targetId()).isEqualTo(HOST.value());
        assertThat(entry.before()).contains(Map.of("customDomainStatus", "pending"));
        assertThat(entry.after()).contains(Map.of("customDomainStatus", "verified"));
    }

    /// Who read the tenant before edits what can be edited, and that is what it was.
    @Test
    void leavesTheVersionToWhatCanBeEdited() {
        Precondition read = version(want(ada, "acme", url(HOST)));
        prove(ada, "acme");

        core.commit(core.updateTenant()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new TenantEdit(Optional.of(new TenantName("Renamed")), new Edit.Keep<>()),
                        read));

        assertThat(show(ada, "acme").verifiedHost()).contains(HOST);
        assertThat(owner(HOST)).contains("acme");
    }

    @Test
    void looksForNothingTwice() {
        want(ada, "acme", url(HOST));
        prove(ada, "acme");
        dns.answer("_tenantry-challenge." + HOST, new TxtAnswer.NoSuchName());

        Decision<Tenant> again = verify(ada, "acme");

        assertThat(again.change().isEmpty()).isTrue();
        assertThat(again.result().verifiedHost()).contains(HOST);
        assertThat(dns.deadlines()).hasSize(1);
    }

    @Test
    void saysWhatThereIsInsteadOfTheRecord() {
        assertThat(refusal("acme").instead()).isEqualTo(Instead.NO_DOMAIN);
        want(ada, "acme", url(HOST));
        assertThat(refusal("acme").instead()).isEqualTo(Instead.NO_NAME);
        assertThat(refusal("acme").name()).isEqualTo("_tenantry-challenge.chargers.volt.example");
        dns.answer("_tenantry-challenge." + HOST, new TxtAnswer.Broken());
        assertThat(refusal("acme").instead()).isEqualTo(Instead.NO_ANSWER);
        dns.publish("_tenantry-challenge." + HOST);
        assertThat(refusal("acme").instead()).isEqualTo(Instead.NO_RECORD);
        dns.publish("_tenantry-challenge." + HOST, "tenantry-domain=0");
        assertThat(refusal("acme").instead()).isEqualTo(Instead.OTHER_RECORDS);
        assertThat(refusal("acme").values()).containsExactly("tenantry-domain=0");
        assertThat(core.trail("acme", AuditAction.DOMAIN_VERIFIED)).isEmpty();
    }

    @Test
    void takesNoTenantsRecordForAnothers() {
        want(ada, "acme", url(HOST));
        want(otto, "other", url(HOST));
        publish("other");

        assertThatThrownBy(() -> verify(ada, "acme")).isInstanceOf(DomainNotVerified.class);
        core.commit(verify(otto, "other"));
        assertThat(owner(HOST)).contains("other");
    }

    @Test
    void belongsToWhoProvesItFirstAndAClaimStandsInNobodysWay() {
        want(ada, "acme", "wss://chargers.volt.example/acme");
        want(otto, "other", "wss://CHARGERS.volt.example:8443/");
        prove(otto, "other");
        // Without a proof nobody learns that it is taken.
        assertThatThrownBy(() -> verify(ada, "acme")).isInstanceOf(DomainNotVerified.class);

        publish("acme");
        assertThatThrownBy(() -> core.commit(verify(ada, "acme")))
                .isInstanceOfSatisfying(
                        DomainTaken.class, taken -> assertThat(taken.host()).isEqualTo(HOST.value()));
        assertThat(show(ada, "acme").verifiedHost()).isEmpty();
        assertThat(core.trail("acme", AuditAction.DOMAIN_VERIFIED)).isEmpty();
    }

    @Test
    void keepsTheProofWhileTheHostStays() {
        want(ada, "acme", url(HOST));
        prove(ada, "acme");

        want(ada, "acme", "wss://chargers.volt.example:8443/ocpp/");

        assertThat(show(ada, "acme").verifiedHost()).contains(HOST);
        assertThat(owner(HOST)).contains("acme");
    }

    @Test
    void isFreeOnceItIsChangedRemovedOrItsTenantDeleted() {
        List<Runnable> waysToGiveItUp = List.of(
                () -> want(ada, "acme", "wss://elsewhere.volt.example/"),
                () -> edit(ada, "acme", new Edit.Clear<>()),
                () -> core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE)));
        for (Runnable giveUp : waysToGiveItUp) {
            want(ada, "acme", url(HOST));
            prove(ada, "acme");

            // Whoever deletes the tenant holds up the others before, in a round trip of its own.
            assertThat(Core.roundTrips(giveUp)).isEqualTo(giveUp.equals(waysToGiveItUp.getLast()) ? 3 : 2);

            assertThat(owner(HOST)).isEmpty();
            assertThat(contents()).doesNotContain("verifiedHost");
            want(otto, "other", url(HOST));
            prove(otto, "other");
            edit(otto, "other", new Edit.Clear<>());
            assertThat(owner(HOST)).isEmpty();
        }
    }

    /// The record for the host that was is no proof for the host that is.
    @Test
    void provesOnlyTheHostThatItLookedFor() {
        want(ada, "acme", url(HOST));
        publish("acme");
        Decision<Tenant> verified = verify(ada, "acme");
        want(ada, "acme", "wss://elsewhere.volt.example/");

        assertConflict(verified);

        assertThat(show(ada, "acme").verifiedHost()).isEmpty();
        assertThat(owner(HOST)).isEmpty();
    }

    @Test
    void freesAHostThatWasProvenAfterItWasRead() {
        want(ada, "acme", url(HOST));
        publish("acme");
        Decision<Tenant> cleared = core.updateTenant()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new TenantEdit(Optional.empty(), new Edit.Clear<>()),
                        Precondition.NONE);
        Decision<?> deleted = core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE);
        core.commit(verify(ada, "acme"));

        assertConflict(cleared);
        assertConflict(deleted);
        assertThat(owner(HOST)).contains("acme");
    }

    @Test
    void isNotProvenForATenantThatWasDeletedMeanwhile() {
        want(ada, "acme", url(HOST));
        publish("acme");
        Decision<Tenant> verified = verify(ada, "acme");
        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));

        assertConflict(verified);
        assertThat(owner(HOST)).isEmpty();
    }

    @Test
    void isWonByExactlyOneOfManyTenants() throws InterruptedException {
        int tenants = 8;
        List<Caller> founders = new ArrayList<>();
        for (int i = 0; i < tenants; i++) {
            founders.add(People.anyone());
            core.tenant("tenant-" + i, founders.get(i));
        }
        for (int round = 0; round < 5; round++) {
            HostName host = new HostName("round-" + round + ".volt.example");
            List<String> proofs = new ArrayList<>();
            for (int i = 0; i < tenants; i++) {
                proofs.add(want(founders.get(i), "tenant-" + i, url(host))
                        .domainProof()
                        .orElseThrow()
                        .value());
            }
            dns.publish("_tenantry-challenge." + host, proofs.toArray(String[]::new));

            List<Object> outcomes =
                    Race.run(tenants, i -> () -> core.insist(() -> verify(founders.get(i), "tenant-" + i)));

            assertThat(outcomes).filteredOn(Tenant.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(DomainTaken.class::isInstance).hasSize(tenants - 1);
            int winner = outcomes.indexOf(outcomes.stream()
                    .filter(Tenant.class::isInstance)
                    .findFirst()
                    .orElseThrow());
            assertThat(owner(host)).contains("tenant-" + winner);
            for (int i = 0; i < tenants; i++) {
                assertThat(show(founders.get(i), "tenant-" + i).verifiedHost().isPresent())
                        .isEqualTo(i == winner);
            }
        }
    }

    @Test
    void isProvenOnceHoweverManyAdminsAsk() throws InterruptedException {
        want(ada, "acme", url(HOST));
        publish("acme");

        List<Object> outcomes = Race.run(8, i -> () -> core.insist(() -> verify(ada, "acme")));

        assertThat(outcomes)
                .allSatisfy(outcome -> assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Tenant.class,
                                tenant -> assertThat(tenant.verifiedHost()).contains(HOST)));
        assertThat(core.trail("acme", AuditAction.DOMAIN_VERIFIED)).hasSize(1);
    }

    @Test
    void neverLeavesAHostToATenantThatNoLongerWantsIt() throws InterruptedException {
        HostName elsewhere = new HostName("elsewhere.volt.example");
        for (int round = 0; round < 10; round++) {
            want(ada, "acme", url(HOST));
            publish("acme");
            Race.run(
                    2,
                    i -> i == 0
                            ? () -> core.insist(() -> verify(ada, "acme"))
                            : () -> want(ada, "acme", url(elsewhere)));

            assertThat(show(ada, "acme").verifiedHost()).isEmpty();
            assertThat(owner(HOST)).isEmpty();
        }
    }

    private Tenant want(Caller caller, String tenant, String url) {
        return edit(caller, tenant, new Edit.Set<>(CustomDomain.wanted(url, "ocpp.example.com")));
    }

    private Tenant edit(Caller caller, String tenant, Edit<CustomDomain> domain) {
        return core.insist(() -> core.updateTenant()
                .run(
                        core.door(caller, tenant, Role.ADMIN),
                        new TenantEdit(Optional.empty(), domain),
                        Precondition.NONE));
    }

    private void publish(String tenant) {
        DomainProof proof =
                core.tenants().tenant(core.scope(tenant)).domainProof().orElseThrow();
        dns.publish(proof.name(), "v=spf1 -all", proof.value());
    }

    private Decision<Tenant> verify(Caller caller, String tenant) {
        return core.verifyDomain().run(core.door(caller, tenant, Role.ADMIN), clock.instant());
    }

    private void prove(Caller caller, String tenant) {
        publish(tenant);
        core.commit(verify(caller, tenant));
    }

    private DomainNotVerified refusal(String tenant) {
        try {
            verify(ada, tenant);
        } catch (DomainNotVerified e) {
            return e;
        }
        throw new AssertionError("it was verified");
    }

    private Tenant show(Caller caller, String tenant) {
        return core.showTenant().run(core.door(caller, tenant, Role.VIEWER));
    }

    private Optional<String> owner(HostName host) {
        return core.table().read(Keys.domain(host)).optionalText(TenantDoors.TENANT);
    }

    private static Precondition version(Tenant tenant) {
        return new Precondition(Optional.of(Set.of(tenant.version())));
    }

    private static String url(HostName host) {
        return "wss://" + host + "/";
    }
}
