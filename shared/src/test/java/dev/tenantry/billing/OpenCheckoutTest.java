package dev.tenantry.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenantry.refusal.Refusal.AlreadySubscribed;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InsufficientRole;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.OtherCurrency;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Decision;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.States;
import dev.tenantry.testing.TwoTenants;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenCheckoutTest extends TwoTenants {

    private static final URI BACK = URI.create("https://portal.example.com/billing");

    private final CustomerId customer = new CustomerId("cus_" + acme.id().value());

    @BeforeEach
    void sell() {
        stripe.sell(Offers.numbered("prod_a", 1), Offers.numbered("prod_b", 2, 10, 500));
    }

    @Test
    void givesATenantItsCustomerWithTheFirstCheckout() {
        URI url = core.commit(open(1, Optional.of(3L), "one")).url();

        assertThat(url).hasToString("https://checkout.example.com/" + customer + "/1");
        assertThat(core.tenants().tenant(core.scope("acme")).stripeCustomerId()).contains(customer.value());
        // The tenant's customer is there by now; and the same operation is the same page.
        assertThat(core.commit(open(1, Optional.of(3L), "one")).url()).isEqualTo(url);
        assertThat(core.commit(open(1, Optional.of(3L), "two")).url()).isNotEqualTo(url);
        assertThat(core.commit(open(1, Optional.of(4L), "one")).url()).isNotEqualTo(url);
    }

    @Test
    void makesOnePageOfOneOperationHoweverManyAskAtOnce() throws InterruptedException {
        List<Object> urls = Race.run(8, _ -> (Callable<URI>)
                () -> core.insist(() -> open(2, Optional.empty(), "one")).url());
        assertThat(new HashSet<>(urls)).hasSize(1);
        assertThat(stripe.checkouts()).isEqualTo(1);
    }

    @Test
    void sellsNoMoreAndNoLessThanThePriceAllows() {
        core.commit(open(2, Optional.empty(), "least"));
        core.commit(open(2, Optional.of(10L), "10"));
        core.commit(open(2, Optional.of(500L), "500"));
        // What is left out is the least.
        assertThat(core.commit(open(2, Optional.of(10L), "least")).url())
                .isEqualTo(core.commit(open(2, Optional.empty(), "least")).url());
        for (long quantity : new long[] {1, 9, 501}) {
            assertThatExceptionOfType(InvalidRequest.class)
                    .isThrownBy(() -> open(2, Optional.of(quantity), "x"))
                    .satisfies(refusal ->
                            assertThat(refusal.faults()).containsExactly(new Fault("/quantity", "must be 10 to 500")));
        }
    }

    @Test
    void sellsNothingThatIsNotListed() {
        stripe.sell(Offers.without("prod_add_on"), Offers.numbered("prod_a", 1));
        for (int unknown : new int[] {2, 3, Integer.MAX_VALUE}) {
            assertThatExceptionOfType(InvalidRequest.class)
                    .isThrownBy(() -> open(unknown, Optional.of(1L), "x"))
                    .satisfies(refusal -> assertThat(refusal.faults())
                            .extracting(Fault::pointer)
                            .containsExactly("/productId"));
        }
        assertThat(core.tenants().tenant(core.scope("acme")).stripeCustomerId()).isEmpty();
    }

    /// What is on record may be older than what was bought a moment ago, so Stripe is asked.
    @ParameterizedTest
    @ValueSource(strings = {"active", "trialing", "past_due", "unpaid", "paused", "incomplete", "something_new"})
    void sellsNoSecondSubscriptionWhileThereIsOneThatStripeHasNotEnded(String status) {
        subscribe("sub_0", "canceled");
        subscribe("sub_1", status);
        subscribe("sub_2", "incomplete_expired");
        assertThatExceptionOfType(AlreadySubscribed.class).isThrownBy(() -> open(1, Optional.empty(), "x"));
        subscribe("sub_1", "canceled");
        core.commit(open(1, Optional.empty(), "x"));
        // The customer is on record by now.
        subscribe("sub_1", status);
        assertThatExceptionOfType(AlreadySubscribed.class).isThrownBy(() -> open(1, Optional.empty(), "y"));
        assertThat(stripe.checkouts()).isEqualTo(1);
    }

    /// One who is given a customer looks by that, so it is one look before the page and one after it, as ever.
    @Test
    void looksTwiceAtWhatThereIs() {
        core.commit(open(1, Optional.empty(), "x"));
        assertThat(stripe.looks()).isEqualTo(2);
        core.commit(open(1, Optional.empty(), "y"));
        assertThat(stripe.looks()).isEqualTo(4);
        stripe.sell(Offers.numbered("prod_new", 1));
        core.commit(open(1, Optional.empty(), "z"));
        assertThat(stripe.looks()).isEqualTo(6);
    }

    /// Made by hand at Stripe, for whom the search then finds.
    @Test
    void sellsNoSecondSubscriptionWithTheFirstCheckoutEither() {
        subscribe("sub_1", "incomplete");
        assertThatExceptionOfType(AlreadySubscribed.class).isThrownBy(() -> open(1, Optional.empty(), "x"));
        assertThat(stripe.checkouts()).isZero();
    }

    @Test
    void saysThatTheCurrencyIsAnother() {
        stripe.beInOtherCurrency();
        assertThatExceptionOfType(OtherCurrency.class).isThrownBy(() -> open(1, Optional.empty(), "x"));
        assertThat(stripe.offerLooks()).isEqualTo(1);
    }

    /// On an older page, while this one is opened.
    @Test
    void givesNoPageToWhoSubscribesAtThisMoment() {
        stripe.afterCheckout(() -> subscribe("sub_1", "active"));
        assertThatExceptionOfType(AlreadySubscribed.class).isThrownBy(() -> open(1, Optional.empty(), "x"));
    }

    @Test
    void asksAgainForAPriceThatWasArchived() {
        core.commit(open(1, Optional.empty(), "x"));
        stripe.sell(Offers.numbered("prod_new", 1));
        assertThat(core.commit(open(1, Optional.empty(), "y")).url()).isNotNull();
        assertThat(stripe.offerLooks()).isEqualTo(2);
        stripe.sell(Offers.numbered("prod_b", 2));
        assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> open(1, Optional.empty(), "z"));
    }

    /// The price is on the list and can't be bought at: an operator has to look.
    @Test
    void saysThatStripeRefusesItsOwnPrice() {
        stripe.decline("prod_a");
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> open(1, Optional.empty(), "x"))
                .satisfies(refusal -> {
                    assertThat(refusal.reason())
                            .isEqualTo("Stripe: refuses to sell at its own price price_of_prod_a: as told");
                    assertThat(refusal.lasting()).isTrue();
                });
        assertThat(stripe.offerLooks()).isEqualTo(2);
    }

    @Test
    void goesOnWithANewCustomerWhereTheOldOneWasDeleted() {
        core.commit(open(1, Optional.empty(), "x"));
        stripe.delete(customer);
        URI url = core.commit(open(1, Optional.empty(), "y")).url();
        assertThat(url).hasToString("https://checkout.example.com/" + customer + "_next/2");
        assertThat(core.tenants().tenant(core.scope("acme")).stripeCustomerId()).contains(customer + "_next");
    }

    @Test
    void isForAdminsOnly() {
        assertThatExceptionOfType(InsufficientRole.class)
                .isThrownBy(() -> core.openCheckout()
                        .run(
                                core.door(core.member("acme", Role.USER), "acme", Role.ADMIN),
                                new NewCheckout(1, Optional.empty(), BACK),
                                "x",
                                clock.instant()));
        assertThat(stripe.deadlines()).isEmpty();
    }

    @Test
    void hasOneDeadlineForEverythingThatStripeIsAsked() {
        open(1, Optional.empty(), "x");
        assertThat(stripe.deadlines())
                .hasSizeGreaterThan(3)
                .allMatch(clock.instant().plus(Payments.TIME_LIMIT)::equals);
        for (int answers = 0; answers < 4; answers++) {
            stripe.failAfter(answers);
            assertThatExceptionOfType(UpstreamUnavailable.class).isThrownBy(() -> open(1, Optional.empty(), "x"));
        }
    }

    private void subscribe(String id, String status) {
        stripe.put(customer, new BilledSubscription(id, States.of(status), Instant.EPOCH, 1, "prod_a"));
    }

    private Decision<OpenedCheckout> open(int product, Optional<Long> quantity, String operation) {
        return core.openCheckout()
                .run(
                        core.door(ada, "acme", Role.ADMIN),
                        new NewCheckout(product, quantity, BACK),
                        operation,
                        clock.instant());
    }
}
