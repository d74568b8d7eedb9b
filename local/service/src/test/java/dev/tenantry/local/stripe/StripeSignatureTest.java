package dev.tenantry.local.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.StripeEvent;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSignatureTest {

    private static final String EVENT =
            "{\"id\":\"evt_1\",\"type\":\"customer.subscription.updated\",\"data\":{\"object\":{\"customer\":\"cus_ä\"}}}";

    private final PaymentsFixture fixture = new PaymentsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void readsWhomAnEventIsAbout() {
        assertThat(verified("{\"id\":\"evt_1\",\"type\":\"a.b\",\"data\":{\"object\":{\"customer\":\"cus_1\"}}}"))
                .isEqualTo(new StripeEvent("evt_1", "a.b", Optional.of(new CustomerId("cus_1"))));
        assertThat(verified(
                                "{\"id\":\"evt_1\",\"type\":\"a.b\",\"data\":{\"object\":{\"customer\":{\"id\":\"cus_1\"}}}}")
                        .customer())
                .contains(new CustomerId("cus_1"));
        for (String data : new String[] {"{}", "[]", "null", "{\"object\":{}}", "{\"object\":{\"customer\":null}}"}) {
            assertThat(verified("{\"id\":\"evt_1\",\"type\":\"a.b\",\"data\":" + data + "}")
                            .customer())
                    .isEmpty();
        }
        // No key of the table is made of what is no id.
        assertThat(verified(EVENT).customer()).isEmpty();
    }

    @Test
    void takesBothSecretsWhileOneIsRotated() {
        fixture.keys(StripeStandIn.API_KEY, "whsec_2", "whsec_1");
        assertThat(verified(EVENT, "whsec_1").id()).isEqualTo("evt_1");
        assertThat(verified(EVENT, "whsec_2").id()).isEqualTo("evt_1");
        assertThat(fixture.secrets.calls()).isEqualTo(1);
    }

    @Test
    void takesANewSecretAtOnceAndTheOldOneNoLonger() {
        verified(EVENT, "whsec_1");
        fixture.keys(StripeStandIn.API_KEY, "whsec_2");
        fixture.clock.advance(Duration.ofSeconds(31));
        verified(EVENT, "whsec_2");
        assertThat(fixture.secrets.calls()).isEqualTo(2);
        assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> verified(EVENT, "whsec_1"));
    }

    @Test
    void letsWrongSignaturesCostLittle() {
        for (int i = 0; i < 100; i++) {
            assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> verified(EVENT, "whsec_wrong"));
        }
        assertThat(fixture.secrets.calls()).isEqualTo(1);
        fixture.clock.advance(Duration.ofSeconds(31));
        for (int i = 0; i < 100; i++) {
            assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> verified(EVENT, "whsec_wrong"));
        }
        assertThat(fixture.secrets.calls()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 100_000, -100_000})
    void refusesWhatIsOutOfTimeWithoutLookingAtKeys(long ageSeconds) {
        String header = Webhooks.signature("whsec_1", fixture.clock.instant().minusSeconds(ageSeconds), EVENT);
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(
                        () -> fixture.signature.verified(EVENT.getBytes(UTF_8), Optional.of(header), fixture.soon()));
        assertThat(fixture.secrets.calls()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 0, 300})
    void takesWhatIsFiveMinutesOld(long ageSeconds) {
        String header = Webhooks.signature("whsec_1", fixture.clock.instant().minusSeconds(ageSeconds), EVENT);
        assertThat(fixture.signature
                        .verified(EVENT.getBytes(UTF_8), Optional.of(header), fixture.soon())
                        .id())
                .isEqualTo("evt_1");
    }

    /// Stripe sends one. Of two, ours and the SDK's reading might each take another.
    @Test
    void refusesASignatureWithTwoTimes() {
        String header = Webhooks.signature("whsec_1", fixture.clock.instant(), EVENT);
        String old = Webhooks.signature("whsec_1", fixture.clock.instant().minusSeconds(3600), EVENT);
        String now = "t=" + fixture.clock.instant().getEpochSecond();
        for (String two :
                List.of(now + "," + header, header + "," + now, old.replace("t=", "t=+") + "," + now, header + ",t=")) {
            assertThatExceptionOfType(InvalidRequest.class)
                    .as(two)
                    .isThrownBy(
                            () -> fixture.signature.verified(EVENT.getBytes(UTF_8), Optional.of(two), fixture.soon()));
        }
        assertThat(fixture.secrets.calls()).isZero();
    }

    /// Nothing is wrong with the event: Stripe shall deliver it again.
    @Test
    void asksForAnotherDeliveryAsLongAsThereIsNoSigningSecret() {
        fixture.keys(StripeStandIn.API_KEY);
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(UpstreamUnavailable.class)
                    .isThrownBy(() -> verified(EVENT))
                    .satisfies(refusal -> assertThat(refusal.reason())
                            .isEqualTo("Secrets Manager: Stripe's secret has no webhookSecrets"));
        }
        assertThat(fixture.secrets.calls()).isEqualTo(1);
        fixture.keys(StripeStandIn.API_KEY, "whsec_1");
        fixture.clock.advance(Duration.ofSeconds(31));
        assertThat(verified(EVENT).id()).isEqualTo("evt_1");
    }

    @Test
    void givesUpAtTheDeadlineOnASecretsManagerThatSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                PaymentsFixture slow =
                        PaymentsFixture.withSecretsAt(URI.create("http://127.0.0.1:" + silent.getLocalPort()))) {
            String header = Webhooks.signature("whsec_1", slow.clock.instant(), EVENT);
            Instant start = Instant.now();
            assertThatExceptionOfType(UpstreamUnavailable.class)
                    .isThrownBy(() -> slow.signature.verified(
                            EVENT.getBytes(UTF_8),
                            Optional.of(header),
                            slow.clock.instant().plus(Duration.ofMillis(700))))
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo("Secrets Manager: no answer in time"));
            assertThat(Duration.between(start, Instant.now()))
                    .isBetween(Duration.ofMillis(700), Duration.ofMillis(1900));
        }
    }

    @Test
    void refusesEveryOtherBody() {
        String header = Webhooks.signature("whsec_1", fixture.clock.instant(), EVENT);
        byte[] body = EVENT.getBytes(UTF_8);
        for (int i = 0; i < body.length; i++) {
            byte[] other = body.clone();
            other[i] ^= 1;
            assertThatExceptionOfType(InvalidRequest.class)
                    .isThrownBy(() -> fixture.signature.verified(other, Optional.of(header), fixture.soon()));
        }
    }

    private StripeEvent verified(String body) {
        return verified(body, "whsec_1");
    }

    private StripeEvent verified(String body, String secret) {
        return fixture.signature.verified(
                body.getBytes(UTF_8),
                Optional.of(Webhooks.signature(secret, fixture.clock.instant(), body)),
                fixture.soon());
    }
}
