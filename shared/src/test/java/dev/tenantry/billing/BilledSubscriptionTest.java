package dev.tenantry.billing;

import static org.assertj.core.api.Assertions.assertThat;

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
    void choosesOneForEveryOrderThatStripeMayListThemIn() {
        // From the one that counts to the one that counts least.
        List<BilledSubscription> ranked = List.of(
                subscription("new", "past_due", 30),
                subscription("older", "active", 20),
                subscription("twin-a", "trialing", 10),
                subscription("twin-b", "active", 10),
                subscription("paused", "paused", 50),
                subscription("unpaid", "unpaid", 40),
                subscription("abandoned", "incomplete_expired", 70),
                subscription("ended", "canceled", 60));
        Random random = new Random(1);
        for (int first = 0; first < ranked.size(); first++) {
            List<BilledSubscription> shuffled = new ArrayList<>(ranked.subList(first, ranked.size()));
            shuffled.add(subscription("incomplete", "incomplete", 90));
            for (int i = 0; i < 50; i++) {
                Collections.shuffle(shuffled, random);
                assertThat(BilledSubscription.current(shuffled)).contains(ranked.get(first));
            }
        }
    }

    @Test
    void waitsForTheFirstPayment() {
        assertThat(BilledSubscription.current(List.of(subscription("a", "incomplete", 1))))
                .isEmpty();
        assertThat(BilledSubscription.current(List.of())).isEmpty();
    }

    private static BilledSubscription subscription(String id, String status, long createdAt) {
        return new BilledSubscription(
                id, status, Instant.ofEpochSecond(createdAt), false, Optional.empty(), 1, "prod_1");
    }
}
