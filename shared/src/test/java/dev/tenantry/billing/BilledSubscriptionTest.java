package dev.tenantry.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.subscriptions.SubscriptionStatus;
import dev.tenantry.testing.States;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
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
        assertThat(BilledSubscription.current(all, subscription -> !subscription.equals(addOn)))
                .contains(plan);
        assertThat(BilledSubscription.current(all, _ -> false)).contains(addOn);
        // A number makes nothing entitle.
        assertThat(BilledSubscription.current(List.of(ended, addOn), ended::equals))
                .contains(addOn);
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
        return new BilledSubscription(id, States.of(status), Instant.ofEpochSecond(createdAt), 1, "prod_1");
    }
}
