package dev.tenantry.local.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StripeSecretsTest {

    private static final String EVENT = "{\"id\":\"evt_1\",\"type\":\"a.b\"}";
    private static final int MANY = 50;

    private final Till till = new Till();

    @AfterEach
    void close() {
        till.close();
    }

    @Test
    void asksOnceForALongWhile() {
        useKeys(MANY);
        till.clock.advance(Duration.ofMinutes(5).minusMillis(1));
        useKeys(MANY);
        assertThat(till.secrets.calls()).isEqualTo(1);

        till.clock.advance(Duration.ofMillis(1));
        useKeys(MANY);
        assertThat(till.secrets.calls()).isEqualTo(2);
    }

    /// Otherwise every request would wait for a Secrets Manager that is out of order.
    @Test
    void goesOnWithTheKeysItHasAndAsksRarelyWhileThereAreNone() {
        useKeys(1);
        till.clock.advance(Duration.ofMinutes(6));
        till.secrets.put("stripe", "no keys");
        useKeys(MANY);
        assertThat(till.secrets.calls()).isEqualTo(2);

        till.clock.advance(Duration.ofSeconds(31));
        useKeys(MANY);
        assertThat(till.secrets.calls()).isEqualTo(3);
    }

    @Test
    void hasNoneToGoOnWithAtFirst() {
        try (Till broken = new Till()) {
            broken.secrets.put("stripe", "no keys");
            String header = Webhooks.signature("whsec_1", broken.clock.instant(), EVENT);
            assertThatThrownBy(() -> broken.signature.verified(EVENT.getBytes(UTF_8), Optional.of(header)))
                    .isInstanceOfAny(UpstreamUnavailable.class, IllegalStateException.class)
                    .satisfies(failure -> assertThat(String.valueOf(failure.getMessage())).doesNotContain("no keys"));
        }
    }

    private void useKeys(int times) {
        for (int i = 0; i < times; i++) {
            String header = Webhooks.signature("whsec_1", till.clock.instant(), EVENT);
            assertThat(till.signature.verified(EVENT.getBytes(UTF_8), Optional.of(header)).id()).isEqualTo("evt_1");
        }
    }
}
