package dev.tenantry.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.Outcome;
import dev.tenantry.billing.StripeEvent;
import dev.tenantry.refusal.Refusal.SubscriptionActive;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import dev.tenantry.subscriptions.StripeState;
import dev.tenantry.subscriptions.SubscriptionStore;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.States;
import dev.tenantry.testing.TwoTenants;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteTenantTest extends TwoTenants {

    @ParameterizedTest
    @ValueSource(strings = {"active", "trialing", "past_due"})
    void keepsATenantThatPaysAndWouldGoOnPaying(String status) {
        becomes("acme", States.of(status));
        assertThatExceptionOfType(SubscriptionActive.class).isThrownBy(() -> delete("acme"));
        becomes("acme", paused(status));
        assertThatExceptionOfType(SubscriptionActive.class).isThrownBy(() -> delete("acme"));
        // Others are not held up by it.
        core.commit(core.deleteTenant().run(core.door(otto, "other", Role.ADMIN), Precondition.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"canceled", "unpaid", "paused", "incomplete", "incomplete_expired"})
    void letsATenantGoThatNobodyPaysFor(String status) {
        becomes("acme", States.of(status));
        core.commit(delete("acme"));
    }

    @Test
    void letsATenantGoWhoseSubscriptionEndsByItself() {
        becomes("acme", States.of("active", true, Optional.of(clock.instant())));
        delete("acme");
        becomes("acme", States.endingAt(clock.instant().plus(Duration.ofDays(900))));
        core.commit(delete("acme"));
    }

    /// What is shown is the newest, and it ends; the tenant goes on paying for another.
    @Test
    void keepsATenantThatGoesOnPayingForWhatIsNotShown() {
        openPortal("acme");
        stripe.put(customer("acme"), billed("sub_older", States.of("past_due"), 1));
        becomes("acme", States.endingAt(clock.instant().plus(Duration.ofDays(30))));
        assertThatExceptionOfType(SubscriptionActive.class).isThrownBy(() -> delete("acme"));

        // That it ends as well changes nothing that is shown, and yet the tenant may go.
        stripe.put(
                customer("acme"),
                billed("sub_older", States.endingAt(clock.instant().plus(Duration.ofDays(3))), 1));
        becomes("acme", States.endingAt(clock.instant().plus(Duration.ofDays(30))));
        core.commit(delete("acme"));
    }

    /// Nobody knows what it is, so what was on record still holds.
    @Test
    void keepsATenantThatPaidWhenSomebodyLastKnew() {
        becomes("acme", States.of("active"));
        becomes("acme", States.of("something_new"));
        assertThatExceptionOfType(SubscriptionActive.class).isThrownBy(() -> delete("acme"));
    }

    /// The first payment arrives while the tenant is being deleted.
    @Test
    void judgesAgainIfSomebodyBeginsToPayMeanwhile() {
        for (boolean customerKnown : new boolean[] {true, false}) {
            if (customerKnown) {
                openPortal("acme");
            }
            Decision<TenantScope> decision = delete("acme");
            becomes("acme", States.of("active"));
            assertConflict(decision);
            assertThatExceptionOfType(SubscriptionActive.class).isThrownBy(() -> delete("acme"));
            becomes("acme", States.of("canceled"));
        }
    }

    /// Never a deleted tenant that goes on paying by what is on record.
    @Test
    void neverDeletesWhatBeginsToPayAtTheSameTime() throws InterruptedException {
        for (int round = 0; round < 12; round++) {
            String prefix = "round-" + round;
            core.tenant(prefix, ada);
            openPortal(prefix);
            CustomerId customer = customer(prefix);
            stripe.put(customer, billed(States.of("active")));
            StripeEvent event =
                    new StripeEvent("evt_race_" + round, "customer.subscription.created", Optional.of(customer));
            List<Object> outcomes = Race.run(2, i -> (Callable<Object>) () -> i == 0
                    ? core.insist(() -> delete(prefix))
                    : core.insist(() -> core.followSubscription().run(event, "request", clock.instant()))
                            .outcome());
            boolean gone = outcomes.getFirst() instanceof TenantScope;
            assertThat(outcomes.get(0)).isInstanceOfAny(TenantScope.class, SubscriptionActive.class);
            assertThat(outcomes.get(1)).isEqualTo(gone ? Outcome.DELETED_TENANT : Outcome.CHANGED);
        }
    }

    private static StripeState paused(String status) {
        return new StripeState(status, false, Optional.empty(), Optional.empty(), Optional.empty(), true);
    }

    private Decision<TenantScope> delete(String prefix) {
        return core.deleteTenant().run(core.door(ada, prefix, Role.ADMIN), Precondition.NONE);
    }

    /// What was subscribed to stands so at Stripe now, and an event has told of it.
    private void becomes(String prefix, StripeState state) {
        openPortal(prefix);
        CustomerId customer = customer(prefix);
        stripe.put(customer, billed(state));
        core.insist(() -> core.followSubscription()
                .run(
                        new StripeEvent(
                                "evt_" + stripe.looks(), "customer.subscription.updated", Optional.of(customer)),
                        "request",
                        clock.instant()));
    }

    private static BilledSubscription billed(StripeState state) {
        return billed("sub_1", state, 9);
    }

    private static BilledSubscription billed(String id, StripeState state, long createdAt) {
        return new BilledSubscription(id, state, Instant.ofEpochSecond(createdAt), 1, "prod_configured");
    }

    private void openPortal(String prefix) {
        core.insist(() -> core.openPortal()
                .run(
                        core.door(ada, prefix, Role.ADMIN),
                        Optional.of(URI.create("https://portal.example.com")),
                        clock.instant()));
    }

    private CustomerId customer(String prefix) {
        TenantScope scope = core.scope(prefix, SubscriptionStore.subscription());
        return new CustomerId(core.tenants().tenant(scope).stripeCustomerId().orElseThrow());
    }
}
