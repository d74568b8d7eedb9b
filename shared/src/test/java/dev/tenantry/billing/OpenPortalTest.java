package dev.tenantry.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Decision;
import dev.tenantry.subscriptions.Subscription;
import dev.tenantry.subscriptions.SubscriptionStatus;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.States;
import dev.tenantry.testing.TwoTenants;
import dev.tenantry.text.Absent;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class OpenPortalTest extends TwoTenants {

    private static final URI BACK = URI.create("https://portal.example.com/billing");

    @Test
    void givesATenantItsCustomerWithTheFirstPortal() {
        URI url = core.commit(open());

        assertThat(url)
                .hasToString("https://billing.example.com/cus_" + acme.id().value() + "/1");
        Tenant tenant = core.tenants().tenant(core.scope("acme"));
        assertThat(tenant.stripeCustomerId()).contains("cus_" + acme.id().value());
        assertThat(tenant.version()).isEqualTo(acme.version() + 1);
        assertThat(core.trail("acme", AuditAction.TENANT_UPDATED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actorId()).isEqualTo(ada.id().value());
                    assertThat(entry.before().orElseThrow()).containsEntry("stripeCustomerId", Absent.NULL);
                    assertThat(entry.after().orElseThrow())
                            .containsEntry(
                                    "stripeCustomerId", "cus_" + acme.id().value());
                });
    }

    /// The customer was made and the answer lost; what came of it until the next try was news of a customer nobody
    /// had.
    @Test
    void takesOverWhatItsCustomerHasSubscribedToMeanwhile() {
        open();
        CustomerId customer = new CustomerId("cus_" + acme.id().value());
        stripe.put(customer, active("sub_1"));
        assertThat(core.commit(core.followSubscription()
                        .run(
                                new StripeEvent("evt_1", "customer.subscription.created", Optional.of(customer)),
                                "request",
                                clock.instant())))
                .isEqualTo(new Followed(Outcome.UNKNOWN_CUSTOMER, Optional.empty(), false));

        core.commit(open());

        assertThat(show().stripeSubscriptionId()).isEqualTo("sub_1");
        assertThat(core.trail("acme", AuditAction.SUBSCRIPTION_CHANGED))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.actorId()).isEqualTo("stripe");
                    assertThat(entry.actorIp()).isEmpty();
                    assertThat(entry.requestId()).isEqualTo(ada.actor().requestId());
                });
    }

    @Test
    void replacesACustomerThatWasDeleted() throws InterruptedException {
        CustomerId first = new CustomerId("cus_" + acme.id().value());
        stripe.put(first, active("sub_1"));
        core.commit(open());
        stripe.delete(first);

        List<Object> urls = Race.run(8, _ -> (Callable<URI>) () -> core.insist(this::open));

        String next = first + "_next";
        assertThat(urls).allSatisfy(url -> assertThat(url.toString()).contains("/" + next + "/"));
        Tenant tenant = core.tenants().tenant(core.scope("acme"));
        assertThat(tenant.stripeCustomerId()).contains(next);
        assertThat(tenant.version()).isEqualTo(acme.version() + 2);
        assertThat(show().status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(core.trail("acme", AuditAction.TENANT_UPDATED))
                .hasSize(2)
                .first()
                .satisfies(entry -> {
                    assertThat(entry.before().orElseThrow()).containsEntry("stripeCustomerId", first.value());
                    assertThat(entry.after().orElseThrow()).containsEntry("stripeCustomerId", next);
                });
    }

    /// Nobody else would ever say so, if no event comes.
    @Test
    void tellsThatTheProductOfWhatItTookOverCannotBeRead() {
        stripe.put(new CustomerId("cus_" + acme.id().value()), active("sub_1"));
        stripe.hide("prod_1");
        assertThat(openFully().map(Mirrored::outcome)).contains(Outcome.PRODUCT_UNREADABLE);
        assertThat(openFully()).isEmpty();
    }

    /// As an event would tell.
    @Test
    void tellsThatItTookOverSeveral() {
        CustomerId customer = new CustomerId("cus_" + acme.id().value());
        stripe.put(customer, active("sub_1"));
        assertThat(openFully().orElseThrow().counts()).isEmpty();
        stripe.delete(customer);
        stripe.put(new CustomerId(customer + "_next"), active("sub_2"));
        stripe.put(new CustomerId(customer + "_next"), active("sub_3"));
        assertThat(openFully().orElseThrow().counts()).containsExactly("severalSubscriptions");
    }

    private Optional<Mirrored> openFully() {
        return core.commit(
                        core.openPortal().run(core.door(ada, "acme", Role.ADMIN), Optional.of(BACK), clock.instant()))
                .adopted();
    }

    @Test
    void replacesASuccessorThatWasDeletedToo() {
        core.commit(open());
        stripe.delete(new CustomerId("cus_" + acme.id().value()));
        stripe.delete(new CustomerId("cus_" + acme.id().value() + "_next"));

        core.commit(open());

        assertThat(core.tenants().tenant(core.scope("acme")).stripeCustomerId())
                .contains("cus_" + acme.id().value() + "_next_next");
    }

    /// Five seconds are promised from when the request came, whatever attempt it is and however many questions it
    /// takes.
    @Test
    void waitsForStripeForLittleMoreThanFourSecondsInAll() {
        stripe.put(new CustomerId("cus_" + acme.id().value()), active("sub_1"));
        Instant received = clock.instant();
        clock.advance(Duration.ofSeconds(1));
        stripe.afterLook(() -> clock.advance(Duration.ofSeconds(2)));

        core.commit(core.openPortal().run(core.door(ada, "acme", Role.ADMIN), Optional.empty(), received));

        // Customer, subscriptions, product, portal.
        assertThat(stripe.deadlines())
                .hasSize(4)
                .allSatisfy(
                        deadline -> assertThat(deadline).isBetween(received.plusSeconds(4), received.plusMillis(4500)));
    }

    @Test
    void opensTheNextPortalWithoutAChange() {
        core.commit(open());
        Decision<URI> second = open();
        assertThat(second.change().isEmpty()).isTrue();
        assertThat(Core.roundTrips(this::open)).isEqualTo(1);
    }

    @Test
    void leadsBackWhereItIsToldOrToTheFirstOrigin() {
        core.commit(open());
        core.commit(core.openPortal().run(core.door(ada, "acme", Role.ADMIN), Optional.empty(), clock.instant()));
        assertThat(stripe.returnUrls()).containsExactly(BACK, URI.create("https://portal.example.com"));
    }

    @Test
    void leavesNoTraceWhenStripeFails() {
        stripe.put(new CustomerId("cus_" + acme.id().value()), active("sub_1"));
        // First the customer, then its subscriptions, their product, the portal.
        for (int answers = 0; answers < 4; answers++) {
            stripe.failAfter(answers);
            assertThatExceptionOfType(UpstreamUnavailable.class).isThrownBy(this::open);
            assertThat(core.tenants().tenant(core.scope("acme")).stripeCustomerId())
                    .isEmpty();
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
        core.commit(open());
        // As if Stripe had mixed them up.
        String customer = "cus_" + acme.id().value();
        assertConflict(change -> core.tenants().assignCustomer(change, core.scope("other"), other, customer));
    }

    private Subscription show() {
        return core.showSubscription().run(core.door(ada, "acme", Role.VIEWER));
    }

    private static BilledSubscription active(String id) {
        return new BilledSubscription(id, States.of("active"), Instant.EPOCH, 1, "prod_1");
    }

    private Decision<URI> open() {
        return core.openPortal()
                .run(core.door(ada, "acme", Role.ADMIN), Optional.of(BACK), clock.instant())
                .map(OpenedPortal::url);
    }
}
