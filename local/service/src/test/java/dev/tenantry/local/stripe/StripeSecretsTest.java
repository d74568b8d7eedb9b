package dev.tenantry.local.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSecretsTest {

    private static final String EVENT = "{\"id\":\"evt_1\",\"type\":\"a.b\"}";
    private static final int MANY = 50;

    private final PaymentsFixture fixture = new PaymentsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void asksOnceForALongWhile() {
        useKeys(MANY);
        fixture.clock.advance(Duration.ofMinutes(5).minusMillis(1));
        useKeys(MANY);
        assertThat(fixture.secrets.calls()).isEqualTo(1);

        fixture.clock.advance(Duration.ofMillis(1));
        useKeys(MANY);
        assertThat(fixture.secrets.calls()).isEqualTo(2);
    }

    /// Otherwise every request would wait for a Secrets Manager that is out of order.
    @Test
    void goesOnWithTheKeysItHasAndAsksRarelyWhileThereAreNone() {
        useKeys(1);
        fixture.clock.advance(Duration.ofMinutes(6));
        fixture.secrets.put("stripe", "no keys");
        useKeys(MANY);
        assertThat(fixture.secrets.calls()).isEqualTo(2);

        fixture.clock.advance(Duration.ofSeconds(31));
        useKeys(MANY);
        assertThat(fixture.secrets.calls()).isEqualTo(3);
    }

    /// A fault of the operator's, for whom the reason is: the caller's request is as good as ever.
    @ParameterizedTest
    @ValueSource(
            strings = {"no keys", "", "[]", "{}", "{\"apiKey\":\"\"}", "{\"apiKey\":{}}", "{\"apiKey\":\"sk_secret\""})
    void hasNoneToGoOnWithAtFirst(String unusable) {
        fixture.secrets.put("stripe", unusable);
        for (int i = 0; i < MANY; i++) {
            assertThatExceptionOfType(UpstreamUnavailable.class)
                    .isThrownBy(() -> useKeys(1))
                    .satisfies(refusal -> assertThat(refusal.reason())
                            .isEqualTo("Secrets Manager: Stripe's secret must be JSON"
                                    + " like {\"apiKey\": \"sk_…\", \"webhookSecrets\": [\"whsec_…\"]}"));
        }
        assertThat(fixture.secrets.calls()).isEqualTo(1);

        fixture.keys(StripeStandIn.API_KEY, "whsec_1");
        fixture.clock.advance(Duration.ofSeconds(31));
        useKeys(MANY);
        assertThat(fixture.secrets.calls()).isEqualTo(2);
    }

    private void useKeys(int times) {
        for (int i = 0; i < times; i++) {
            String header = Webhooks.signature("whsec_1", fixture.clock.instant(), EVENT);
            assertThat(fixture.signature
                            .verified(EVENT.getBytes(UTF_8), Optional.of(header), fixture.soon())
                            .id())
                    .isEqualTo("evt_1");
        }
    }
}
