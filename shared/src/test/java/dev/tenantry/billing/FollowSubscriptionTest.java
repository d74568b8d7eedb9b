package dev.tenantry.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.SubscriptionNotFound;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.subscriptions.StripeState;
import dev.tenantry.subscriptions.Subscription;
import dev.tenantry.subscriptions.SubscriptionStatus;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.States;
import dev.tenantry.testing.TwoTenants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FollowSubscriptionTest extends TwoTenants {

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final AtomicInteger EVENTS = new AtomicInteger();

    private final CustomerId acmesCustomer = assignCustomer("acme");

    @Test
    void storesWhatStripeSaysAndNotWhatTheEventSays() {
        stripe.put(new Product("prod_1", "Charge points", Optional.of(3)));
        stripe.put(acmesCustomer, subscription("sub_1", "trialing", 10, 1));

        assertThat(deliver(event("customer.subscription.deleted"))).isEqualTo(Outcome.CHANGED);

        Subscription shown = show();
        assertThat(shown.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(shown.tenantId()).isEqualTo(acme.id());
        assertThat(shown.productId()).isEqualTo(3);
        assertThat(shown.productName()).isEqualTo("Charge points");
        assertThat(shown.quantity()).isEqualTo(10);
        assertThat(shown.stripeSubscriptionId()).isEqualTo("sub_1");
        assertThat(shown.createdAt()).isEqualTo(LONG_AGO.plusSeconds(1));
        assertThat(shown.updatedAt()).isEqualTo(clock.instant());
        assertThat(shown.version()).isEqualTo(1);
        assertThat(shown.id()).isPositive();
    }

    @Test
    void findsAProductsNumberInTheConfigurationThenInItsMetadata() {
        stripe.put(new Product("prod_configured", "Configured", Optional.of(3)));
        stripe.put(acmesCustomer, product("prod_configured"));
        deliver(event());
        assertThat(show().productId()).isEqualTo(7);

        stripe.put(acmesCustomer, product("prod_nobody_numbered"));
        deliver(event());
        assertThat(show().productId()).isZero();
    }

    /// Premium support, bought beside the plan and after it.
    @Test
    void keepsToThePlanWhenAnAddOnIsBought() {
        stripe.put(new Product("prod_1", "Charge points", Optional.of(3)));
        stripe.put(acmesCustomer, subscription("sub_plan", "active", 40, 1));
        assertThat(followed(event()).several()).isFalse();
        BilledSubscription addOn =
                new BilledSubscription("sub_add_on", States.of("active"), LONG_AGO.plusSeconds(2), 1, "prod_support");
        stripe.put(acmesCustomer, addOn);

        Followed followed = followed(event("customer.subscription.created"));

        assertThat(followed.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(followed.several()).isTrue();
        assertThat(show().quantity()).isEqualTo(40);
        assertThat(show().productId()).isEqualTo(3);

        // Of two plans, the newest; and an add-on alone is shown as well.
        stripe.put(
                acmesCustomer,
                new BilledSubscription(
                        "sub_bigger", States.of("trialing"), LONG_AGO.plusSeconds(3), 50, "prod_configured"));
        deliver(event());
        assertThat(show().productId()).isEqualTo(7);
        stripe.put(acmesCustomer, subscription("sub_plan", "canceled", 40, 1));
        stripe.put(
                acmesCustomer,
                new BilledSubscription(
                        "sub_bigger", States.of("canceled"), LONG_AGO.plusSeconds(3), 50, "prod_configured"));
        assertThat(followed(event()).several()).isFalse();
        assertThat(show().stripeSubscriptionId()).isEqualTo("sub_add_on");
        assertThat(show().productId()).isZero();
    }

    /// The portal may put an add-on before the plan, in one subscription.
    @Test
    void showsThePlanOfASubscriptionThatHasAnAddOnAsWell() {
        stripe.put(new Product("prod_1", "Charge points", Optional.of(3)));
        stripe.put(
                acmesCustomer,
                new BilledSubscription(
                        "sub_1",
                        States.of("active"),
                        LONG_AGO,
                        List.of(
                                new BilledSubscription.Item("prod_support", 1),
                                new BilledSubscription.Item("prod_1", 40),
                                new BilledSubscription.Item("prod_configured", 5))));
        assertThat(deliver(event())).isEqualTo(Outcome.CHANGED);
        assertThat(show().productId()).isEqualTo(3);
        assertThat(show().productName()).isEqualTo("Charge points");
        assertThat(show().quantity()).isEqualTo(45);
        // Whoever can't read one of them can't say that it is no plan.
        stripe.hide("prod_support");
        assertThat(deliver(event())).isEqualTo(Outcome.PRODUCT_UNREADABLE);
        assertThat(show().quantity()).isEqualTo(45);
    }

    /// Nobody can tell whether what can't be read is a plan, so that somebody should look.
    @Test
    void saysThatItCouldNotReadWhatMayBeTheNewerPlan() {
        stripe.put(new Product("prod_1", "Charge points", Optional.of(3)));
        stripe.put(acmesCustomer, subscription("sub_plan", "active", 40, 1));
        stripe.hide("prod_hidden");
        stripe.put(
                acmesCustomer,
                new BilledSubscription("sub_new", States.of("active"), LONG_AGO.plusSeconds(2), 1, "prod_hidden"));
        assertThat(deliver(event())).isEqualTo(Outcome.PRODUCT_UNREADABLE);
        assertThat(show().stripeSubscriptionId()).isEqualTo("sub_plan");
        stripe.reveal("prod_hidden");
        stripe.put(new Product("prod_hidden", "Bigger", Optional.of(4)));
        assertThat(deliver(event())).isEqualTo(Outcome.CHANGED);
        assertThat(show().productId()).isEqualTo(4);
        // Its number is known from then on.
        stripe.hide("prod_hidden");
        assertThat(deliver(event())).isEqualTo(Outcome.PRODUCT_UNREADABLE);
        assertThat(show().productId()).isEqualTo(4);
        assertThat(show().stripeSubscriptionId()).isEqualTo("sub_new");
    }

    @Test
    void tellsOfEachThingThatStripeSaysOfHowItStands() {
        Instant later = LONG_AGO.plus(Duration.ofDays(90));
        StripeState plain = States.of("active", false, Optional.of(LONG_AGO.plus(Duration.ofDays(30))));
        List<StripeState> states = List.of(
                plain,
                new StripeState("past_due", false, plain.currentPeriodEnd(), Optional.empty(), Optional.empty(), false),
                new StripeState("active", false, plain.currentPeriodEnd(), Optional.of(later), Optional.empty(), false),
                new StripeState("active", false, plain.currentPeriodEnd(), Optional.empty(), Optional.of(later), false),
                new StripeState("active", false, plain.currentPeriodEnd(), Optional.empty(), Optional.empty(), true),
                new StripeState("active", true, plain.currentPeriodEnd(), Optional.empty(), Optional.empty(), false),
                new StripeState("active", false, Optional.empty(), Optional.empty(), Optional.empty(), false));
        long version = 0;
        for (StripeState state : states) {
            stripe.put(acmesCustomer, new BilledSubscription("sub_1", state, LONG_AGO, 1, "prod_1"));
            assertThat(deliver(event())).as(state.toString()).isEqualTo(Outcome.CHANGED);
            assertThat(deliver(event())).isEqualTo(Outcome.UNCHANGED);
            assertThat(show().state()).isEqualTo(state);
            assertThat(show().version()).isEqualTo(++version);
        }
        assertThat(core.trail("acme", AuditAction.SUBSCRIPTION_CHANGED)
                        .getFirst()
                        .before()
                        .orElseThrow())
                .containsEntry("cancelAtPeriodEnd", true)
                .containsEntry("stripeStatus", "active");
    }

    /// A thin one, or one of a subscription that belongs to nobody.
    @Test
    void hasAWordOfItsOwnForASubscriptionsEventThatNamesNoCustomer() {
        int looks = stripe.looks();
        for (String type : List.of(
                "customer.subscription.updated",
                "customer.subscription.trial_will_end",
                "v1.customer.subscription.deleted")) {
            StripeEvent nobodys = new StripeEvent("evt_thin", type, Optional.empty());
            assertThat(followed(nobodys)).isEqualTo(Followed.unseen(Outcome.NO_CUSTOMER, Optional.empty()));
            assertThat(Core.roundTrips(() -> deliver(nobodys))).isZero();
        }
        for (String type : List.of("invoice.paid", "v1.invoice.paid", "customer.updated", "v2.core.account.updated")) {
            assertThat(deliver(new StripeEvent("evt_other", type, Optional.empty())))
                    .isEqualTo(Outcome.UNINTERESTING);
        }
        assertThat(stripe.looks()).isEqualTo(looks);
    }

    /// A refused question gets the same answer each time: nothing is gained by waiting for another.
    @Test
    void keepsTheStatusOfAProductThatCannotBeRead() {
        stripe.put(new Product("prod_1", "Charge points", Optional.of(3)));
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        deliver(event());
        stripe.hide("prod_1");
        stripe.put(acmesCustomer, subscription("sub_1", "canceled", 10, 1));

        assertThat(deliver(event())).isEqualTo(Outcome.PRODUCT_UNREADABLE);

        assertThat(show().status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(show().productId()).isEqualTo(3);
        assertThat(show().productName()).isEqualTo("Charge points");
    }

    @Test
    void showsAProductThatItNeverCouldReadByItsId() {
        stripe.hide("prod_1");
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        assertThat(deliver(event())).isEqualTo(Outcome.PRODUCT_UNREADABLE);
        assertThat(show().productId()).isZero();
        assertThat(show().productName()).isEqualTo("prod_1");

        // Another product is not the one whose name was known.
        stripe.hide("prod_configured");
        stripe.put(acmesCustomer, product("prod_configured"));
        deliver(event());
        assertThat(show().productId()).isEqualTo(7);
        assertThat(show().productName()).isEqualTo("prod_configured");
    }

    /// Whoever corrects the product or the key sends the event again, to have the name at once.
    @Test
    void looksAgainAtARepeatedEventWhoseProductCouldNotBeRead() {
        stripe.put(new Product("prod_1", "Charge points", Optional.of(3)));
        stripe.hide("prod_1");
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        StripeEvent event = event();
        assertThat(deliver(event)).isEqualTo(Outcome.PRODUCT_UNREADABLE);
        stripe.reveal("prod_1");

        assertThat(deliver(event)).isEqualTo(Outcome.CHANGED);

        assertThat(show().productName()).isEqualTo("Charge points");
        assertThat(deliver(event)).isEqualTo(Outcome.REPEATED);
    }

    /// Stripe has it still, so it is not over, and nobody knows what it is.
    @Test
    void leavesAsItIsWhatHasAStatusThatNobodyKnows() {
        stripe.put(acmesCustomer, subscription("sub_0", "canceled", 3, 0));
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        deliver(event());
        Subscription before = show();
        for (String strange : List.of("hibernating", "incomplete")) {
            stripe.put(acmesCustomer, subscription("sub_1", strange, 10, 1));
            StripeEvent event = event();
            assertThat(deliver(event)).isEqualTo(Outcome.STATUS_UNKNOWN);
            // It can be sent again to a version that knows it.
            assertThat(deliver(event)).isEqualTo(Outcome.STATUS_UNKNOWN);
            assertThat(show()).isEqualTo(before);
        }

        stripe.put(acmesCustomer, subscription("sub_2", "active", 20, 2));
        assertThat(deliver(event())).isEqualTo(Outcome.CHANGED);
        assertThat(show().stripeSubscriptionId()).isEqualTo("sub_2");
    }

    @Test
    void endsWhatStripeHasNoLonger() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        deliver(event());
        Subscription before = show();
        clock.advance(Duration.ofMinutes(1));
        stripe.delete(acmesCustomer);

        assertThat(deliver(event("customer.subscription.deleted"))).isEqualTo(Outcome.CHANGED);

        assertThat(show().status()).isEqualTo(SubscriptionStatus.CANCELED);
        assertThat(show().stripeSubscriptionId()).isEqualTo("sub_1");
        assertThat(show().updatedAt()).isEqualTo(clock.instant());
        assertThat(show().version()).isEqualTo(before.version() + 1);
        assertThat(core.trail("acme", AuditAction.SUBSCRIPTION_CHANGED)).hasSize(2);
        assertThat(deliver(event())).isEqualTo(Outcome.UNCHANGED);
        assertThat(show().version()).isEqualTo(before.version() + 1);
    }

    @Test
    void looksAtTheTenantsCustomerWhateverCustomerOfItsTheEventIsAbout() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        deliver(event());
        stripe.delete(acmesCustomer);
        CustomerId next = succeed();
        stripe.put(next, subscription("sub_2", "active", 5, 2));
        stripe.put(acmesCustomer, subscription("sub_1", "canceled", 10, 1));

        assertThat(deliver(event("customer.subscription.deleted"))).isEqualTo(Outcome.CHANGED);

        assertThat(show().stripeSubscriptionId()).isEqualTo("sub_2");
    }

    /// Whatever attempt it is and however many questions it takes, the time counts from when the event came.
    @Test
    void waitsForStripeForLittleMoreThanFourSecondsInAll() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        stripe.deadlines().clear();
        Instant received = clock.instant();
        clock.advance(Duration.ofSeconds(1));
        stripe.afterLook(() -> clock.advance(Duration.ofSeconds(2)));

        core.commit(core.followSubscription().run(event(), "request", received));

        assertThat(stripe.deadlines())
                .hasSize(2)
                .allSatisfy(
                        deadline -> assertThat(deadline).isBetween(received.plusSeconds(4), received.plusMillis(4500)));
    }

    @Test
    void namesTheTenantWhereverTheEventLedToOne() {
        Optional<DomainPrefix> tenant = Optional.of(new DomainPrefix("acme"));
        StripeEvent event = event();
        for (Outcome outcome : List.of(Outcome.NOTHING_YET, Outcome.REPEATED)) {
            assertThat(core.commit(core.followSubscription().run(event, "request", clock.instant())))
                    .isEqualTo(Followed.unseen(outcome, tenant));
        }
        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));
        assertThat(core.followSubscription()
                        .run(event(), "request", clock.instant())
                        .result())
                .isEqualTo(Followed.unseen(Outcome.DELETED_TENANT, tenant));
    }

    @Test
    void recordsTheEventAndItsEffectTogether() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        StripeEvent event = event();
        Decision<Outcome> decision = decide(event);
        assertThat(decision.result()).isEqualTo(Outcome.CHANGED);
        // Not before it is committed, and then all of it.
        assertThatExceptionOfType(SubscriptionNotFound.class).isThrownBy(this::show);
        assertThat(decide(event).result()).isEqualTo(Outcome.CHANGED);
        core.table().commit(decision.change());
        assertThat(show().quantity()).isEqualTo(10);
        assertThat(decide(event).result()).isEqualTo(Outcome.REPEATED);
        assertThat(core.trail("acme", AuditAction.SUBSCRIPTION_CHANGED)).hasSize(1);
    }

    @Test
    void asksStripeNothingForARepeatedEvent() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        StripeEvent event = event();
        deliver(event);
        int looks = stripe.looks();

        assertThat(deliver(event)).isEqualTo(Outcome.REPEATED);

        assertThat(stripe.looks()).isEqualTo(looks);
    }

    @Test
    void looksAgainOnceItHasForgottenTheEvent() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        StripeEvent event = event();
        deliver(event);

        clock.advance(StripeEventStore.RETENTION);

        assertThat(deliver(event)).isEqualTo(Outcome.UNCHANGED);
        assertThat(deliver(event)).isEqualTo(Outcome.REPEATED);
    }

    @Test
    void leavesUninterestingEventsAlone() {
        int looks = stripe.looks();
        for (String type : List.of("invoice.paid", "customer.created", "customer.subscription.trial_will_end", "x")) {
            assertThat(Core.roundTrips(() -> deliver(event(type)))).isZero();
            assertThat(deliver(event(type))).isEqualTo(Outcome.UNINTERESTING);
        }
        assertThat(stripe.looks()).isEqualTo(looks);
    }

    @Test
    void knowsNothingOfOtherPeoplesCustomers() {
        StripeEvent event =
                new StripeEvent("evt_x", "customer.subscription.updated", Optional.of(new CustomerId("cus_stranger")));
        int looks = stripe.looks();
        assertThat(deliver(event)).isEqualTo(Outcome.UNKNOWN_CUSTOMER);
        assertThat(stripe.looks()).isEqualTo(looks);
    }

    @Test
    void changesNothingInADeletedTenant() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        String before = contents();
        Decision<Outcome> decision = decide(event());
        core.commit(core.deleteTenant().run(core.door(ada, "acme", Role.ADMIN), Precondition.NONE));

        // Decided before the deletion, committed after it.
        assertThatExceptionOfType(Conflict.class).isThrownBy(() -> core.table().commit(decision.change()));

        assertThat(deliver(event())).isEqualTo(Outcome.DELETED_TENANT);
        assertThat(before).doesNotContain("STRIPE_EVENT");
        assertThat(contents()).doesNotContain("STRIPE_EVENT").doesNotContain("sub_1");
    }

    @Test
    void waitsForTheFirstPayment() {
        stripe.put(acmesCustomer, subscription("sub_1", "incomplete", 10, 1));

        assertThat(deliver(event("customer.subscription.created"))).isEqualTo(Outcome.NOTHING_YET);

        assertThatExceptionOfType(SubscriptionNotFound.class).isThrownBy(this::show);
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        assertThat(deliver(event())).isEqualTo(Outcome.CHANGED);
        assertThat(show().status()).isEqualTo(SubscriptionStatus.ACTIVE);
    }

    @Test
    void isNotDisturbedByASubscriptionThatIsNotTheTenants() {
        stripe.put(acmesCustomer, subscription("sub_old", "active", 5, 1));
        deliver(event());
        stripe.put(acmesCustomer, subscription("sub_new", "active", 9, 2));
        deliver(event("customer.subscription.created"));
        assertThat(show().stripeSubscriptionId()).isEqualTo("sub_new");
        long version = show().version();
        int id = show().id();

        stripe.put(acmesCustomer, subscription("sub_old", "canceled", 5, 1));
        assertThat(deliver(event("customer.subscription.deleted"))).isEqualTo(Outcome.UNCHANGED);
        stripe.put(acmesCustomer, subscription("sub_never", "incomplete", 1, 3));
        assertThat(deliver(event("customer.subscription.created"))).isEqualTo(Outcome.UNCHANGED);

        assertThat(show().stripeSubscriptionId()).isEqualTo("sub_new");
        assertThat(show().version()).isEqualTo(version);

        // With the new one gone the old one counts again, under the number that it had.
        stripe.put(acmesCustomer, subscription("sub_old", "active", 5, 1));
        stripe.put(acmesCustomer, subscription("sub_new", "canceled", 9, 2));
        deliver(event("customer.subscription.deleted"));
        assertThat(show().stripeSubscriptionId()).isEqualTo("sub_old");
        stripe.put(acmesCustomer, subscription("sub_new", "active", 9, 2));
        deliver(event());
        assertThat(show().id()).isEqualTo(id);
    }

    @Test
    void changesTheVersionOnlyWithWhatIsShown() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        deliver(event());
        Subscription first = show();
        clock.advance(Duration.ofMinutes(1));

        deliver(event());
        assertThat(show().version()).isEqualTo(first.version());
        assertThat(show().updatedAt()).isEqualTo(first.updatedAt());

        stripe.put(acmesCustomer, subscription("sub_1", "past_due", 11, 1));
        deliver(event());
        assertThat(show().version()).isEqualTo(first.version() + 1);
        assertThat(show().updatedAt()).isEqualTo(clock.instant());
        assertThat(core.trail("acme", AuditAction.SUBSCRIPTION_CHANGED))
                .hasSize(2)
                .first()
                .satisfies(entry -> {
                    assertThat(entry.action()).isEqualTo("subscription.changed");
                    assertThat(entry.actorId()).isEqualTo("stripe");
                    assertThat(entry.actorIp()).isEmpty();
                    assertThat(entry.before().orElseThrow()).containsEntry("quantity", 10L);
                    assertThat(entry.after().orElseThrow())
                            .containsEntry("quantity", 11L)
                            .containsEntry("status", "active");
                });
    }

    @Test
    void writesNothingWhenStripeCannotBeAsked() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        StripeEvent event = event();
        stripe.failNext(1);
        assertThatExceptionOfType(UpstreamUnavailable.class).isThrownBy(() -> deliver(event));
        assertThatExceptionOfType(SubscriptionNotFound.class).isThrownBy(this::show);
        assertThat(deliver(event)).isEqualTo(Outcome.CHANGED);
    }

    @Test
    void readsTwiceAndWritesOnce() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 10, 1));
        assertThat(Core.roundTrips(() -> deliver(event()))).isEqualTo(3);
        assertThat(Core.roundTrips(() -> deliver(event()))).isEqualTo(3);
    }

    /// Five events of a life, delivered in each of their 120 orders and each of them twice. An event comes after
    /// what it tells of, and as late as the order has it.
    @Test
    void endsWithStripesTruthInEveryOrderOfFiveEvents() {
        for (List<Integer> order : permutations(List.of(0, 1, 2, 3, 4))) {
            Life life = new Life("p", order);
            for (int i : order) {
                life.goOn(i);
                deliver(life.events.get(i));
                life.assertThatTheTruthIsShown();
                deliver(life.events.get(i));
            }
            life.events.forEach(this::deliver);
            life.assertThatTheTruthIsShown();
        }
    }

    /// The same, by two who deliver all of them at once, one in the order and the other in the opposite one.
    @Test
    void endsWithStripesTruthInEveryOrderOfFiveEventsThatComeTwiceAtOnce() throws InterruptedException {
        for (List<Integer> order : permutations(List.of(0, 1, 2, 3, 4))) {
            Life life = new Life("t", order);
            List<Object> outcomes = Race.run(2, courier -> (Callable<Outcome>) () -> {
                Outcome last = Outcome.REPEATED;
                for (int i : courier == 0 ? order : order.reversed()) {
                    life.goOn(i);
                    last = deliver(life.events.get(i));
                }
                return last;
            });
            assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.class));
            life.assertThatTheTruthIsShown();
        }
    }

    /// What happens to a customer's subscriptions, and the event of each step.
    private final class Life {
        private final String prefix;
        private final CustomerId customer;
        private final List<StripeEvent> events = new ArrayList<>();
        private final List<BilledSubscription> steps = List.of(
                subscription("sub_a", "active", 1, 1),
                subscription("sub_a", "past_due", 2, 1),
                subscription("sub_b", "active", 3, 2),
                subscription("sub_a", "canceled", 2, 1),
                subscription("sub_b", "unpaid", 4, 2));
        private int done;

        Life(String kind, List<Integer> order) {
            prefix = kind + order.stream().map(String::valueOf).reduce("", String::concat);
            customer = billedTenant(prefix);
            for (String type : List.of("created", "updated", "created", "deleted", "updated")) {
                events.add(event("customer.subscription." + type, customer));
            }
        }

        synchronized void goOn(int step) {
            while (done <= step) {
                stripe.put(customer, steps.get(done++));
            }
        }

        void assertThatTheTruthIsShown() {
            BilledSubscription truth = BilledSubscription.current(stripe.subscriptions(customer), _ -> true)
                    .orElseThrow();
            Subscription shown = show(prefix);
            assertThat(shown.stripeSubscriptionId()).isEqualTo(truth.id());
            assertThat(shown.quantity()).isEqualTo(truth.items().getFirst().quantity());
            assertThat(Optional.of(shown.status())).isEqualTo(truth.status());
        }
    }

    /// One looks, then the world and the other change, then the first writes.
    @Test
    void neverLetsAnOlderLookOverwriteANewerOne() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 1, 1));
        deliver(event());
        AtomicBoolean once = new AtomicBoolean();
        stripe.put(acmesCustomer, subscription("sub_1", "active", 2, 1));
        stripe.afterLook(() -> {
            if (once.compareAndSet(false, true)) {
                stripe.put(acmesCustomer, subscription("sub_1", "canceled", 2, 1));
                deliver(event("customer.subscription.deleted"));
            }
        });

        deliver(event());

        assertThat(show().status()).isEqualTo(SubscriptionStatus.CANCELED);
    }

    /// The same, but what the second sees is what is stored already, so that it has nothing to change.
    @Test
    void neverLetsAnOlderLookOverwriteWhatANewerOneConfirmed() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 1, 1));
        deliver(event());
        AtomicBoolean once = new AtomicBoolean();
        stripe.put(acmesCustomer, subscription("sub_1", "active", 2, 1));
        stripe.afterLook(() -> {
            if (once.compareAndSet(false, true)) {
                stripe.put(acmesCustomer, subscription("sub_1", "active", 1, 1));
                assertThat(deliver(event())).isEqualTo(Outcome.UNCHANGED);
            }
        });

        deliver(event());

        assertThat(show().quantity()).isEqualTo(1);
    }

    /// The same, but there is no subscription on record that could have moved on, and none afterwards.
    @Test
    void neverLetsAnOlderLookOverwriteANewerOneThatFoundNothing() {
        AtomicBoolean once = new AtomicBoolean();
        stripe.put(acmesCustomer, subscription("sub_1", "active", 1, 1));
        stripe.afterLook(() -> {
            if (once.compareAndSet(false, true)) {
                stripe.delete(acmesCustomer);
                assertThat(deliver(event("customer.subscription.deleted"))).isEqualTo(Outcome.NOTHING_YET);
            }
        });

        assertThat(deliver(event("customer.subscription.created"))).isEqualTo(Outcome.NOTHING_YET);

        assertThatExceptionOfType(SubscriptionNotFound.class).isThrownBy(this::show);
    }

    @Test
    void neverLetsALookAtADeletedCustomerOverwriteOneAtItsSuccessor() {
        AtomicBoolean once = new AtomicBoolean();
        stripe.put(acmesCustomer, subscription("sub_1", "active", 1, 1));
        stripe.afterLook(() -> {
            if (once.compareAndSet(false, true)) {
                stripe.delete(acmesCustomer);
                succeed();
            }
        });

        assertThat(deliver(event("customer.subscription.created"))).isEqualTo(Outcome.NOTHING_YET);

        assertThatExceptionOfType(SubscriptionNotFound.class).isThrownBy(this::show);
    }

    /// A door reads its rows one by one: the tenant's, and then a subscription that a new customer already wrote.
    @Test
    void writesNothingOfACustomerThatIsNoLongerTheTenants() {
        stripe.put(acmesCustomer, subscription("sub_1", "active", 1, 1));
        Decision<Outcome> decision = decide(event());
        TenantScope scope = core.scope("acme");
        Change change = Change.in(scope);
        core.tenants().assignCustomer(change, scope, core.tenants().tenant(scope), acmesCustomer + "_next");
        core.table().commit(change);

        assertThatExceptionOfType(Conflict.class).isThrownBy(() -> core.table().commit(decision.change()));
    }

    @Test
    void convergesWhenManyEventsComeAtOnceWhileStripeGoesOn() throws InterruptedException {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            String prefix = "race-" + round;
            CustomerId customer = billedTenant(prefix);
            AtomicInteger quantity = new AtomicInteger();
            List<StripeEvent> events = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                events.add(event("customer.subscription.updated", customer));
            }
            Collections.shuffle(events, random);
            List<Object> outcomes = Race.run(8, i -> (Callable<Outcome>) () -> {
                synchronized (quantity) {
                    stripe.put(customer, subscription("sub_1", "active", quantity.incrementAndGet(), 1));
                }
                // Each event twice, by two threads.
                return deliver(events.get(i / 2));
            });

            assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.class));
            // The last change's own event may have been taken for a repetition of an earlier one here, unlike at
            // Stripe, where each change has its own.
            deliver(event("customer.subscription.updated", customer));
            assertThat(show(prefix).quantity()).isEqualTo(8);
        }
    }

    @Test
    void convergesOnTheLastOfManyChangesEachWithItsEvent() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            String prefix = "last-" + round;
            CustomerId customer = billedTenant(prefix);
            AtomicInteger quantity = new AtomicInteger();
            Race.run(8, i -> (Callable<Outcome>) () -> {
                synchronized (quantity) {
                    stripe.put(customer, subscription("sub_1", "active", quantity.incrementAndGet(), 1));
                }
                return deliver(event("customer.subscription.updated", customer));
            });
            assertThat(show(prefix).quantity()).isEqualTo(8);
        }
    }

    private CustomerId billedTenant(String prefix) {
        core.tenant(prefix, ada);
        return assignCustomer(prefix);
    }

    private CustomerId assignCustomer(String prefix) {
        return core.insist(() -> core.assignCustomer()
                .run(core.scope(prefix, SubscriptionStore.subscription()), List.of(), clock.instant())
                .map(AssignedCustomer::id));
    }

    /// Another customer takes the place of the tenant's deleted one.
    private CustomerId succeed() {
        return core.insist(() -> core.assignCustomer()
                .run(core.scope("acme", SubscriptionStore.subscription()), List.of(acmesCustomer), clock.instant())
                .map(AssignedCustomer::id));
    }

    private Decision<Outcome> decide(StripeEvent event) {
        return core.followSubscription().run(event, "request", clock.instant()).map(Followed::outcome);
    }

    private Outcome deliver(StripeEvent event) {
        return core.insist(() -> decide(event));
    }

    private Subscription show() {
        return show("acme");
    }

    private Subscription show(String prefix) {
        return core.showSubscription().run(core.door(ada, prefix, Role.VIEWER));
    }

    private StripeEvent event() {
        return event("customer.subscription.updated");
    }

    private StripeEvent event(String type) {
        return event(type, acmesCustomer);
    }

    private static StripeEvent event(String type, CustomerId customer) {
        return new StripeEvent("evt_" + EVENTS.incrementAndGet(), type, Optional.of(customer));
    }

    private static BilledSubscription subscription(String id, String status, long quantity, long createdAt) {
        return new BilledSubscription(
                id,
                States.of(status, false, Optional.of(LONG_AGO.plus(Duration.ofDays(30)))),
                LONG_AGO.plusSeconds(createdAt),
                quantity,
                "prod_1");
    }

    private static BilledSubscription product(String product) {
        return new BilledSubscription("sub_1", States.of("active"), LONG_AGO, 1, product);
    }

    private static <T> List<List<T>> permutations(List<T> items) {
        if (items.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            List<T> rest = new ArrayList<>(items);
            T first = rest.remove(i);
            for (List<T> tail : permutations(rest)) {
                List<T> one = new ArrayList<>(List.of(first));
                one.addAll(tail);
                all.add(one);
            }
        }
        return all;
    }

    private Followed followed(StripeEvent event) {
        return core.insist(() -> core.followSubscription().run(event, "request", clock.instant()));
    }
}
