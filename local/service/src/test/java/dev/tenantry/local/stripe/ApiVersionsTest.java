package dev.tenantry.local.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.StripeEvent;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.WebServer;
import dev.tenantry.subscriptions.StripeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Events and subscriptions in the shapes of each version of Stripe's API: the period on the subscription, then on its
/// items; cancelled with the period, then at the latest item's end.
class ApiVersionsTest {

    private static final Path VERSIONS = Path.of("src/test/resources/stripe/versions");
    private static final Path STATES = VERSIONS.resolveSibling("states");
    private static final CustomerId CUSTOMER = new CustomerId("cus_Na6dX7aXxi11N4");

    private static final Instant MONTH = Instant.ofEpochSecond(1_763_219_990);
    private static final Instant YEAR = Instant.ofEpochSecond(1_792_077_590);

    static List<Path> versions() throws IOException {
        try (Stream<Path> files = Files.list(VERSIONS)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void readsAnEvent(Path version) throws IOException {
        try (PaymentsFixture fixture = new PaymentsFixture()) {
            String body = Files.readString(version);
            StripeEvent event = fixture.signature.verified(
                    body.getBytes(UTF_8),
                    Optional.of(Webhooks.signature("whsec_1", fixture.clock.instant(), body)),
                    fixture.soon());
            assertThat(event.customer()).contains(CUSTOMER);
            assertThat(event.type()).isEqualTo("customer.subscription.updated");
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void readsASubscription(Path version) throws IOException {
        JsonNode subscription =
                Json.parse(Files.readString(version)).orElseThrow().at("/data/object");
        BilledSubscription billed = read(subscription);
        boolean flexible = subscription.at("/items/data").size() > 1;
        assertThat(billed.state().status()).isEqualTo("active");
        assertThat(billed.state().currentPeriodEnd()).contains(MONTH);
        assertThat(billed.state().cancelAt()).contains(flexible ? YEAR : MONTH);
        assertThat(billed.state().cancelAtPeriodEnd()).isTrue();
        assertThat(billed.state().trialEnd()).isEmpty();
        assertThat(billed.state().collectionPaused()).isFalse();
        assertThat(billed.items().stream()
                        .mapToLong(BilledSubscription.Item::quantity)
                        .sum())
                .isEqualTo(flexible ? 12 : 10);
        assertThat(billed.items().getFirst().productId()).isEqualTo("prod_NWjs8kKbJWmuuc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-06-20", "2026-07-29.dahlia"})
    void readsHowASubscriptionStands(String version) throws IOException {
        StripeState trial = state(version, "trialing");
        assertThat(trial.status()).isEqualTo("trialing");
        assertThat(trial.trialEnd()).contains(MONTH);
        assertThat(trial.currentPeriodEnd()).contains(MONTH);
        assertThat(trial.collectionPaused()).isFalse();

        StripeState pastDue = state(version, "past_due");
        assertThat(pastDue.status()).isEqualTo("past_due");
        assertThat(pastDue.trialEnd()).isEmpty();

        StripeState paused = state(version, "paused_collection");
        assertThat(paused.status()).isEqualTo("active");
        assertThat(paused.collectionPaused()).isTrue();
        assertThat(List.of(trial, pastDue, paused)).noneMatch(StripeState::endsByItself);
    }

    private static StripeState state(String version, String state) throws IOException {
        return read(Json.parse(Files.readString(STATES.resolve(version + "-" + state + ".json")))
                        .orElseThrow())
                .state();
    }

    /// What the adapter makes of it.
    private static BilledSubscription read(JsonNode subscription) throws IOException {
        ObjectNode list = Json.object().put("object", "list").put("url", "/v1/subscriptions");
        list.put("has_more", false).putArray("data").add(subscription);
        try (WebServer stripe = WebServer.bind(0)) {
            stripe.serve(request -> Response.json(200, Json.text(list)));
            try (PaymentsFixture fixture = new PaymentsFixture(Optional.of(stripe.uri()))) {
                return fixture.payments.subscriptions(CUSTOMER, fixture.soon()).getFirst();
            }
        }
    }

    /// What the SDK pins, and what the stand-in says that it speaks.
    @Test
    void goesUpToTheVersionThatIsSpoken() throws IOException {
        assertThat(versions().getFirst().getFileName()).hasToString("2024-06-20.json");
        assertThat(versions().getLast().getFileName()).hasToString(StripeEvents.API_VERSION + ".json");
    }
}
