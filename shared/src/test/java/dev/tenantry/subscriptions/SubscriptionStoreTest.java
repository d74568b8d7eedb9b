package dev.tenantry.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.States;
import dev.tenantry.testing.StoreTest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class SubscriptionStoreTest extends StoreTest {

    @Test
    void keepsEveryField() {
        for (boolean ending : new boolean[] {true, false}) {
            Subscription full = subscription(ending, Optional.of(clock.instant()), 1);
            save(full);
            assertThat(find("acme")).contains(full);
        }
        Subscription without = subscription(false, Optional.empty(), 2);
        save(without);
        assertThat(find("acme")).contains(without);
    }

    /// What was on record before Stripe's own word was kept.
    @Test
    void readsARowWithoutStripesWord() {
        save(subscription(true, Optional.of(clock.instant()), 1));
        TenantScope scope = scope("acme");
        core.commit(change -> change.with(Update.of(Keys.subscription(scope)).remove("stripeStatus")));
        assertThat(find("acme").orElseThrow().state())
                .isEqualTo(States.of("unpaid", true, Optional.of(clock.instant())));
    }

    @Test
    void keepsWhetherAnySubscriptionGoesOn() {
        assertThat(core.subscriptions().goesOn(scope("acme"))).isFalse();
        for (boolean goesOn : new boolean[] {true, false, true}) {
            save("acme", Optional.of(subscription(true, Optional.empty(), 1)), goesOn);
            assertThat(core.subscriptions().goesOn(scope("acme"))).isEqualTo(goesOn);
            save("acme", Optional.empty(), !goesOn);
            assertThat(core.subscriptions().goesOn(scope("acme"))).isEqualTo(!goesOn);
        }
    }

    /// What was on record before it was kept says it of the one that is shown.
    @Test
    void tellsOfARowWithoutItByTheSubscriptionThatIsShown() {
        for (String status : List.of("active", "past_due", "unpaid", "canceled")) {
            Subscription shown = new Subscription(
                    acme.id(),
                    5,
                    "Charge points",
                    "prod_1",
                    SubscriptionStatus.ofStripe(status).orElseThrow(),
                    12,
                    "sub_1",
                    States.of(status),
                    clock.instant(),
                    clock.instant(),
                    1);
            save("acme", Optional.of(shown), false);
            TenantScope scope = scope("acme");
            core.commit(
                    change -> change.with(Update.of(Keys.subscription(scope)).remove("goesOn")));
            assertThat(core.subscriptions().goesOn(scope("acme"))).isEqualTo(shown.goesOn());
        }
    }

    @Test
    void keepsWhatStripeSaysOfItsEnd() {
        Subscription plain = subscription(false, Optional.empty(), 1);
        Subscription full = new Subscription(
                acme.id(),
                5,
                "Charge points",
                "prod_1",
                SubscriptionStatus.ACTIVE,
                12,
                "sub_1",
                new StripeState(
                        "trialing",
                        false,
                        Optional.of(clock.instant()),
                        Optional.of(clock.instant().plusSeconds(1)),
                        Optional.of(clock.instant().plusSeconds(2)),
                        true),
                clock.instant(),
                clock.instant(),
                2);
        for (Subscription subscription : List.of(full, plain, full)) {
            save(subscription);
            assertThat(find("acme")).contains(subscription);
        }
    }

    /// Whoever decided by what was read must not act on it once it may be otherwise.
    @Test
    void tellsWhetherAnybodyLookedMeanwhile() {
        TenantScope nothing = scope("acme");
        core.commit(change -> core.subscriptions().unchanged(change, nothing));
        save("acme", Optional.empty());
        assertConflict(change -> core.subscriptions().unchanged(change, nothing));
        TenantScope looked = scope("acme");
        core.commit(change -> core.subscriptions().unchanged(change, looked));
        save(subscription(false, Optional.empty(), 1));
        assertConflict(change -> core.subscriptions().unchanged(change, looked));
    }

    @Test
    void cannotSeeAnotherTenantsSubscription() {
        save("other", Optional.of(subscription(false, Optional.empty(), 1)));

        assertOnlyOtherSees(Optional.empty(), this::find);
    }

    @Test
    void cannotChangeAnotherTenantsSubscription() {
        Subscription theirs = subscription(false, Optional.empty(), 1);
        save("other", Optional.of(theirs));
        save(subscription(true, Optional.empty(), 2));
        assertThat(find("other")).contains(theirs);
    }

    /// That Stripe was asked must be on record also where there is nothing to show.
    @Test
    void takesALookThatFoundNothingForNoSubscription() {
        save("acme", Optional.empty());
        assertThat(find("acme")).isEmpty();
        assertThat(core.showStats().run(core.door(ada, "acme", Role.VIEWER)).subscription())
                .isEmpty();
        Subscription found = subscription(false, Optional.empty(), 1);
        save(found);
        save("acme", Optional.empty());
        assertThat(find("acme")).contains(found);
    }

    @Test
    void takesOneLookOfTwoThatReadTheSame() {
        for (Optional<Subscription> seen :
                List.of(Optional.<Subscription>empty(), Optional.of(subscription(false, Optional.empty(), 1)))) {
            TenantScope scope = scope("acme");
            Change slow = Change.in(scope);
            core.subscriptions().looked(slow, scope, Optional.of(subscription(true, Optional.empty(), 9)), false);
            save("acme", seen);
            assertThatThrownBy(() -> core.table().commit(slow)).isInstanceOf(Conflict.class);
            assertThat(find("acme")).isEqualTo(seen);
        }
    }

    private Optional<Subscription> find(String prefix) {
        return core.subscriptions().find(scope(prefix));
    }

    private TenantScope scope(String prefix) {
        return core.scope(prefix, SubscriptionStore.subscription());
    }

    private void save(Subscription subscription) {
        save("acme", Optional.of(subscription));
    }

    private void save(String prefix, Optional<Subscription> seen) {
        save(prefix, seen, false);
    }

    private void save(String prefix, Optional<Subscription> seen, boolean goesOn) {
        TenantScope scope = scope(prefix);
        Change change = Change.in(scope);
        core.subscriptions().looked(change, scope, seen, goesOn);
        core.table().commit(change);
    }

    private Subscription subscription(boolean ending, Optional<Instant> periodEnd, long version) {
        return new Subscription(
                acme.id(),
                5,
                "Charge points",
                "prod_1",
                SubscriptionStatus.EXPIRED,
                12,
                "sub_1",
                States.of("unpaid", ending, periodEnd),
                clock.instant(),
                clock.instant(),
                version);
    }
}
