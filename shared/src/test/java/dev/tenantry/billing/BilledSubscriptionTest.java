package dev.tenantry.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.billing.BilledSubscription.Item;
import dev.tenantry.subscriptions.SubscriptionStatus;
import dev.tenantry.testing.States;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilledSubscriptionTest {

    @ParameterizedTest
    @CsvSource({
        "active, active",
        "trialing, active",
        "past_due, active",
        "canceled, canceled",
        "unpaid, expired",
        "incomplete_expired, expired",
        "paused, expired",
        "incomplete,",
        "something_new,"
    })
    void knowsWhatStripesStatusesMean(String stripe, String ours) {
        assertThat(SubscriptionStatus.ofStripe(stripe).map(SubscriptionStatus::text))
                .isEqualTo(Optional.ofNullable(ours));
    }

    @Test
    void choosesTheNewestThatEntitlesWhateverStripesOrder() {
        // From the one that counts to the one that counts least.
        List<BilledSubscription> ranked = List.of(
                subscription("new", "past_due", 30),
                subscription("older", "active", 20),
                subscription("oldest", "trialing", 10),
                subscription("abandoned", "incomplete_expired", 70),
                subscription("ended", "canceled", 60),
                subscription("paused", "paused", 50),
                subscription("unpaid", "unpaid", 40));
        Random random = new Random(1);
        for (int first = 0; first < ranked.size(); first++) {
            List<BilledSubscription> shuffled = new ArrayList<>(ranked.subList(first, ranked.size()));
            shuffled.add(subscription("incomplete", "incomplete", 90));
            for (int i = 0; i < 50; i++) {
                Collections.shuffle(shuffled, random);
                assertThat(BilledSubscription.current(shuffled, _ -> true)).contains(ranked.get(first));
                assertThat(BilledSubscription.current(shuffled, _ -> false)).contains(ranked.get(first));
            }
        }
    }

    @Test
    void putsAPlanBeforeANewerAddOn() {
        BilledSubscription addOn = subscription("add-on", "active", 30);
        BilledSubscription plan = subscription("plan", "trialing", 20);
        BilledSubscription formerPlan = subscription("former", "active", 10);
        BilledSubscription ended = subscription("ended", "canceled", 40);
        List<BilledSubscription> all = List.of(ended, addOn, plan, formerPlan);
        assertThat(BilledSubscription.current(all, product -> !product.equals("prod_of_add-on")))
                .contains(plan);
        assertThat(BilledSubscription.current(all, _ -> false)).contains(addOn);
        // A number makes nothing entitle.
        assertThat(BilledSubscription.current(List.of(ended, addOn), "prod_of_ended"::equals))
                .contains(addOn);
    }

    @Test
    void showsTheItemsWhoseProductHasANumberElseAll() {
        Item addOn = new Item("prod_support", 1);
        Item metered = new Item("prod_power", 0);
        Item plan = new Item("prod_plan", 40);
        Item more = new Item("prod_plan_2", 2);
        assertThat(items(addOn, plan, metered, more).shown(product -> product.startsWith("prod_plan")))
                .containsExactly(plan, more);
        assertThat(items(addOn, metered).shown(_ -> false)).containsExactly(addOn, metered);
        // Nobody is asked where there is nothing to choose between.
        Predicate<String> never = _ -> {
            throw new AssertionError();
        };
        assertThat(items(plan, plan).shown(never)).containsExactly(plan, plan);
        assertThat(items().shown(never)).isEmpty();
        // A plan with an add-on goes before a newer add-on.
        BilledSubscription newer = subscription("newer", "active", 9);
        assertThat(BilledSubscription.current(List.of(newer, items(addOn, plan)), "prod_plan"::equals))
                .contains(items(addOn, plan));
    }

    private static BilledSubscription items(Item... items) {
        return new BilledSubscription("sub_1", States.of("active"), Instant.ofEpochSecond(1), List.of(items));
    }

    @Test
    void leavesTwoOfOneSecondInStripesOrder() {
        BilledSubscription z = subscription("z", "active", 10);
        BilledSubscription a = subscription("a", "active", 10);
        assertThat(BilledSubscription.current(List.of(z, a), _ -> true)).contains(z);
        assertThat(BilledSubscription.current(List.of(a, z), _ -> true)).contains(a);
    }

    @ParameterizedTest
    @CsvSource({
        "canceled, true",
        "incomplete_expired, true",
        "active, false",
        "unpaid, false",
        "paused, false",
        "incomplete, false",
        "something_new, false"
    })
    void isOverOnlyOnceStripeHasEndedIt(String status, boolean over) {
        assertThat(subscription("a", status, 1).isOver()).isEqualTo(over);
    }

    @Test
    void waitsForTheFirstPayment() {
        assertThat(BilledSubscription.current(List.of(subscription("a", "incomplete", 1)), _ -> true))
                .isEmpty();
        assertThat(BilledSubscription.current(List.of(), _ -> true)).isEmpty();
    }

    private static BilledSubscription subscription(String id, String status, long createdAt) {
        return new BilledSubscription(id, States.of(status), Instant.ofEpochSecond(createdAt), 1, "prod_of_" + id);
    }
}
