package dev.tenantry.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Row.Absent;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.Ledger;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TestClock;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class OpenPortalTest {

    private static final URI BACK = URI.create("https://portal.example.com/billing");

    private final TestClock clock = new TestClock();
    private final Ledger stripe = new Ledger();
    private final Core core = Core.over(DynamoDbLocal.client(), clock, stripe);
    private final Caller ada = People.named("ada");
    private final Tenant acme = core.tenant("acme", ada);

    @Test
    void givesATenantItsCustomerWithTheFirstPortal() {
        URI url = core.commit(open());

        assertThat(url).hasToString("https://billing.example.com/cus_" + acme.id().value() + "/1");
        Tenant tenant = core.tenants().tenant(core.scope("acme"));
        assertThat(tenant.stripeCustomerId()).contains("cus_" + acme.id().value());
        assertThat(tenant.version()).isEqualTo(acme.version() + 1);
        assertThat(core.audit()
                        .list(
                                core.scope("acme"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(AuditAction.TENANT_UPDATED),
                                new PageRequest(10, Optional.empty()))
                        .items())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actorId()).isEqualTo(ada.id().value());
                    assertThat(entry.before().orElseThrow()).containsEntry("stripeCustomerId", Absent.NULL);
                    assertThat(entry.after().orElseThrow())
                            .containsEntry("stripeCustomerId", "cus_" + acme.id().value());
                });
    }

    @Test
    void opensTheNextPortalWithoutAChange() {
        core.commit(open());
        Decision<URI> second = open();
        assertThat(second.change().isEmpty()).isTrue();
        assertThat(Core.usage(this::open).calls()).isEqualTo(1);
    }

    @Test
    void leadsBackWhereItIsToldOrToTheFirstOrigin() {
        core.commit(open());
        core.commit(core.openPortal().run(core.door(ada, "acme", Role.ADMIN), Optional.empty(), clock.instant()));
        assertThat(stripe.returnUrls()).containsExactly(BACK, URI.create("https://portal.example.com"));
    }

    @Test
    void leavesNoTraceWhenStripeFails() {
        for (int failures = 1; failures <= 2; failures++) {
            // First the customer, then the portal.
            stripe.failNext(1);
            assertThatExceptionOfType(UpstreamUnavailable.class).isThrownBy(this::open);
            assertThat(core.tenants().tenant(core.scope("acme")).stripeCustomerId()).isEmpty();
        }
    }

    @Test
    void isForAdminsOnly() {
        Caller user = core.member("acme", Role.USER);
        assertThatExceptionOfType(InsufficientRole.class)
                .isThrownBy(() ->
                        core.openPortal().run(core.door(user, "acme", Role.ADMIN), Optional.of(BACK), clock.instant()));
    }

    @Test
    void assignsOneCustomerHoweverManyAskAtOnce() throws InterruptedException {
        List<Object> urls = Race.run(8, _ -> (Callable<URI>) () -> core.insist(this::open));

        assertThat(urls).allSatisfy(url -> assertThat(url).isInstanceOf(URI.class));
        assertThat(core.tenants().tenant(core.scope("acme")).version()).isEqualTo(acme.version() + 1);
    }

    @Test
    void refusesACustomerThatIsAnotherTenants() {
        core.tenant("other", ada);
        core.commit(open());
        // As if Stripe had mixed them up.
        var change = dev.tenantry.storage.Change.empty();
        var other = core.scope("other");
        core.tenants().assignCustomer(change, other, core.tenants().tenant(other), "cus_" + acme.id().value());
        assertThatExceptionOfType(Conflict.class).isThrownBy(() -> core.table().commit(change));
    }

    private Decision<URI> open() {
        return core.openPortal().run(core.door(ada, "acme", Role.ADMIN), Optional.of(BACK), clock.instant());
    }
}
