package dev.tenantry.local.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.Product;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.local.aws.fault.Fault;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.testing.Race;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stripe's own SDK against the stand-in, over HTTP.
class StripePaymentsTest {

    private static final TenantId ID = new TenantId(42);
    private static final DomainPrefix ACME = new DomainPrefix("acme");

    private static final URI BACK = URI.create("https://portal.example.com");

    private final PaymentsFixture fixture = new PaymentsFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void makesACustomerOnce() {
        CustomerId first = customer();
        // The search does not know of it yet.
        assertThat(customer()).isEqualTo(first);
        fixture.clock.advance(Duration.ofMinutes(5));
        assertThat(customer()).isEqualTo(first);
        assertThat(fixture.stripe.calls())
                .containsExactly(
                        "GET /v1/customers/search",
                        "POST /v1/customers",
                        "GET /v1/customers/search",
                        "POST /v1/customers",
                        "GET /v1/customers/search");
        assertThat(made()).singleElement().satisfies(customer -> {
            assertThat(customer.at("/metadata/tenantry_tenant_id").asText()).isEqualTo("42");
            assertThat(customer.at("/metadata/tenantry_tenant").asText()).isEqualTo("acme");
        });
    }

    @Test
    void findsACustomerWhoseKeyStripeHasForgotten() {
        CustomerId first = customer();
        fixture.clock.advance(Duration.ofHours(25));
        assertThat(customer()).isEqualTo(first);
        assertThat(made()).hasSize(1);
    }

    @Test
    void tellsTenantsApart() {
        CustomerId acme = customer();
        fixture.clock.advance(Duration.ofHours(1));
        CustomerId other =
                fixture.payments.customer(new TenantId(43), new DomainPrefix("other"), List.of(), fixture.soon());
        assertThat(other).isNotEqualTo(acme);
    }

    @Test
    void makesACustomerOnceHoweverManyAskAtOnce() throws InterruptedException {
        List<Object> customers = Race.run(8, _ -> (Callable<CustomerId>) this::customer);
        assertThat(new HashSet<>(customers)).hasSize(1);
        assertThat(customers.getFirst()).isInstanceOf(CustomerId.class);
        assertThat(made()).hasSize(1);
    }

    @Test
    void waitsForACustomerWhomSomebodyElseIsMaking() {
        fixture.stripe.beBusy(3);
        assertThat(customer()).isNotNull();
        assertThat(fixture.stripe.calls())
                .filteredOn("POST /v1/customers"::equals)
                .hasSize(4);
        fixture.stripe.beBusy(1000);
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> fixture.payments.customer(
                        ID, ACME, List.of(), fixture.clock.instant().plus(Duration.ofMillis(500))));
    }

    @Test
    void getsPastAFailureThatStripeKeeps() {
        fixture.stripe.failForGood(1);
        assertThatExceptionOfType(UpstreamUnavailable.class).isThrownBy(this::customer);
        CustomerId customer = customer();
        assertThat(customer()).isEqualTo(customer);
        assertThat(made()).hasSize(1);
    }

    @Test
    void readsEverySubscriptionOfACustomer() {
        String customer = customer().value();
        for (int i = 0; i < 205; i++) {
            fixture.stripe
                    .account()
                    .createSubscription(Form.parse("customer=" + customer + "&items[0][quantity]=" + i));
        }
        fixture.stripe.account().createSubscription(Form.parse("customer=" + stranger() + "&items[0][quantity]=1"));
        List<BilledSubscription> all = subscriptions(customer);
        assertThat(all).hasSize(205);
        assertThat(all.stream().map(BilledSubscription::id).distinct()).hasSize(205);
        assertThat(all.stream().mapToLong(BilledSubscription::quantity).sum()).isEqualTo(204 * 205 / 2);
    }

    /// A part of them would be a wrong answer.
    @Test
    void refusesMoreSubscriptionsThanItReads() {
        String customer = customer().value();
        for (int i = 0; i < 1001; i++) {
            fixture.stripe.account().createSubscription(Form.parse("customer=" + customer + "&items[0][quantity]=1"));
        }
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> subscriptions(customer))
                .satisfies(refusal ->
                        assertThat(refusal.reason()).isEqualTo("Stripe: more than 1000 subscriptions of a customer"));
    }

    /// Stripe sends the first page of a subscription's items along, and the rest on demand.
    @Test
    void addsUpEveryItemOfASubscription() {
        String customer = customer().value();
        StringBuilder form = new StringBuilder("customer=" + customer);
        for (int i = 0; i < 20; i++) {
            form.append("&items[" + i + "][price]=" + fixture.stripe.account().price(i) + "&items[" + i + "][quantity]="
                            + (1 << i))
                    .append("&items[" + i + "][current_period_end]=" + (2_000_000_000 - i));
        }
        fixture.stripe.account().createSubscription(Form.parse(form.toString()));
        BilledSubscription billed = subscriptions(customer).getFirst();
        assertThat(billed.quantity()).isEqualTo((1 << 20) - 1);
        assertThat(billed.currentPeriodEnd()).contains(Instant.ofEpochSecond(2_000_000_000 - 19));
    }

    @Test
    void findsNothingOfACustomerThatWasDeleted() {
        CustomerId customer = customer();
        fixture.stripe.account().createSubscription(Form.parse("customer=" + customer + "&items[0][quantity]=1"));
        fixture.stripe.account().deleteCustomer(customer.value());
        assertThat(subscriptions(customer.value())).isEmpty();
        assertThat(fixture.payments.portal(customer, BACK, fixture.soon())).isEmpty();
    }

    /// The key of another account misses every customer: that is no reason to give all tenants new ones.
    @Test
    void takesNoCustomerForDeletedWhomStripeNeverHad() {
        CustomerId foreign = new CustomerId("cus_of_another_account");
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> fixture.payments.portal(foreign, BACK, fixture.soon()))
                .satisfies(refusal -> assertThat(refusal.reason()).contains("404 resource_missing"));
        assertThatExceptionOfType(UpstreamUnavailable.class).isThrownBy(() -> subscriptions(foreign.value()));
    }

    @Test
    void makesOneSuccessorOfADeletedCustomerHoweverManyAskAtOnce() throws InterruptedException {
        CustomerId first = customer();
        fixture.stripe.account().deleteCustomer(first.value());
        List<Object> customers = Race.run(8, _ -> (Callable<CustomerId>) () -> successor(first));
        assertThat(new HashSet<>(customers)).hasSize(1).doesNotContain(first);
        assertThat(customers.getFirst()).isInstanceOf(CustomerId.class);
        fixture.clock.advance(Duration.ofHours(25));
        assertThat(successor(first)).isEqualTo(customers.getFirst());
        assertThat(customer()).isEqualTo(customers.getFirst());
        assertThat(made()).hasSize(2);
    }

    /// The search may know a customer longer than Stripe does.
    @Test
    void neverFindsTheDeletedCustomerInPlaceOfItsSuccessor() {
        CustomerId first = customer();
        fixture.clock.advance(Duration.ofMinutes(5));
        CustomerId second = successor(first);
        assertThat(second).isNotEqualTo(first);
        fixture.clock.advance(Duration.ofMinutes(5));
        assertThat(successor(first, second)).isNotIn(first, second);
    }

    @Test
    void asksNothingOnceTheDeadlineIsOver() {
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> fixture.payments.product("prod_local", fixture.clock.instant()))
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo("Stripe: no time left to ask"));
        assertThat(fixture.secrets.calls()).isZero();
        assertThat(fixture.stripe.calls()).isEmpty();
    }

    @Test
    void findsNoProductWhereStripeHasNoneForIt() {
        assertThat(fixture.payments.product("prod_none", fixture.soon())).isEmpty();
        fixture.stripe.forbid("/v1/products/prod_local");
        assertThat(fixture.payments.product("prod_local", fixture.soon())).isEmpty();
    }

    /// Whoever asks again may get an answer.
    @ParameterizedTest
    @ValueSource(strings = {"error", "throttle", "reset"})
    void failsForAProductThatStripeCannotTellOfNow(String kind) {
        customer();
        fixture.faults.order(Faults.Service.STRIPE, Fault.valueOf(kind.toUpperCase(Locale.ROOT)), 1);
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> fixture.payments.product("prod_local", fixture.soon()));
        fixture.stripe.rotate("sk_test_new");
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> fixture.payments.product("prod_local", fixture.soon()));
    }

    /// What the classes of the SDK are made for, whatever the account's default is.
    @Test
    void namesTheVersionOfTheApiThatItSpeaks() {
        customer();
        assertThat(fixture.stripe.versions()).containsOnly("2026-07-29.dahlia");
    }

    @Test
    void addsUpWhatHasAQuantity() {
        String customer = customer().value();
        String metered = fixture.stripe
                .account()
                .createPrice(Form.parse("product=prod_local&recurring[usage_type]=metered"))
                .path("id")
                .asText();
        fixture.stripe
                .account()
                .createSubscription(Form.parse("customer=" + customer + "&items[0][price]=" + metered
                        + "&items[1][price]=" + fixture.stripe.account().price(1) + "&items[1][quantity]=3"
                        + "&items[2][price]=" + fixture.stripe.account().price(2)
                        + "&items[2][quantity]=4&items[1][current_period_end]=2000000000"
                        + "&items[0][current_period_end]=1900000000&items[2][current_period_end]=2100000000"));
        BilledSubscription billed = subscriptions(customer).getFirst();
        assertThat(billed.quantity()).isEqualTo(7);
        assertThat(billed.currentPeriodEnd()).contains(Instant.ofEpochSecond(1_900_000_000));
        assertThat(billed.productId()).isEqualTo("prod_local");
        assertThat(billed.createdAt().getEpochSecond())
                .isEqualTo(fixture.clock.instant().getEpochSecond());
    }

    @Test
    void readsThePeriodWhereOlderVersionsOfTheApiHaveIt() {
        String customer = customer().value();
        ObjectNode subscription = fixture.stripe
                .account()
                .createSubscription(Form.parse("customer=" + customer + "&items[0][quantity]=1"));
        ((ObjectNode) subscription.at("/items/data/0")).remove(List.of("current_period_start", "current_period_end"));
        assertThat(subscriptions(customer).getFirst().currentPeriodEnd()).isEmpty();
        subscription.put("current_period_end", 1_900_000_000L);
        assertThat(subscriptions(customer).getFirst().currentPeriodEnd())
                .contains(Instant.ofEpochSecond(1_900_000_000));
    }

    @Test
    void knowsBothWaysOfEndingWithThePeriod() {
        String customer = customer().value();
        ObjectNode subscription = fixture.stripe
                .account()
                .createSubscription(Form.parse(
                        "customer=" + customer + "&items[0][quantity]=1&items[0][current_period_end]=1900000000"));
        assertThat(subscriptions(customer).getFirst().cancelAtPeriodEnd()).isFalse();
        subscription.put("cancel_at", 1_900_000_000L);
        assertThat(subscriptions(customer).getFirst().cancelAtPeriodEnd()).isTrue();
        subscription.put("cancel_at", 1_900_000_001L);
        assertThat(subscriptions(customer).getFirst().cancelAtPeriodEnd()).isFalse();
        subscription.putNull("cancel_at").put("cancel_at_period_end", true);
        assertThat(subscriptions(customer).getFirst().cancelAtPeriodEnd()).isTrue();
    }

    @Test
    void readsAProductsNumber() {
        assertThat(product("prod_local").tenantry()).contains(1);
        for (String number : List.of("", "x", "0", "-1", "99999999999")) {
            String id = fixture.stripe
                    .account()
                    .createProduct(Form.parse("name=X&metadata[tenantry_product_id]=" + number))
                    .path("id")
                    .asText();
            assertThat(product(id).tenantry()).as(number).isEqualTo(Optional.empty());
        }
    }

    @Test
    void takesTheNewKeyAtOnceWhenTheOldOneWasRotated() {
        customer();
        fixture.stripe.rotate("sk_test_new");
        fixture.keys("sk_test_new", "whsec_1");
        fixture.clock.advance(Duration.ofSeconds(31));
        assertThat(product("prod_local").name()).isEqualTo("Charge points");
        assertThat(fixture.secrets.calls()).isEqualTo(2);
    }

    @Test
    void looksForANewKeyNowAndThenWithoutBeingTold() {
        customer();
        fixture.clock.advance(Duration.ofMinutes(4));
        product("prod_local");
        assertThat(fixture.secrets.calls()).isEqualTo(1);
        fixture.clock.advance(Duration.ofMinutes(2));
        product("prod_local");
        assertThat(fixture.secrets.calls()).isEqualTo(2);
    }

    @Test
    void goesOnWithTheKeyThatItHasWhenNobodyTellsAnother() {
        customer();
        fixture.secrets.put("stripe", "no JSON");
        fixture.clock.advance(Duration.ofMinutes(6));
        assertThat(product("prod_local").name()).isEqualTo("Charge points");
    }

    @Test
    void asksNoMoreThanOnceInAWhileForAKeyThatIsRefused() {
        fixture.stripe.rotate("sk_test_new");
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(UpstreamUnavailable.class)
                    .isThrownBy(this::customer)
                    .satisfies(refusal ->
                            assertThat(refusal.reason()).contains("401").doesNotContain("sk_test"));
        }
        assertThat(fixture.secrets.calls()).isEqualTo(1);
    }

    @Test
    void givesUpAtTheDeadlineOnAnAnswerThatTrickles() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            Thread.ofVirtual().start(() -> trickle(server));
            try (PaymentsFixture slow =
                    new PaymentsFixture(Optional.of(URI.create("http://127.0.0.1:" + server.getLocalPort())))) {
                // Secrets and classes are there before the clock is looked at.
                Instant start = Instant.now();
                assertThatExceptionOfType(UpstreamUnavailable.class)
                        .isThrownBy(() -> slow.payments.product(
                                "prod_local", slow.clock.instant().plus(Duration.ofMillis(1500))))
                        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo("Stripe: no answer in time"));
                assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofMillis(3000));
            }
        }
    }

    private static void trickle(ServerSocket server) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n".getBytes());
            for (int i = 0; i < 1000; i++) {
                out.write(' ');
                out.flush();
                Thread.sleep(200);
            }
        } catch (Exception e) {
            // The other side has hung up, as it should.
        }
    }

    private CustomerId successor(CustomerId... gone) {
        return fixture.payments.customer(ID, ACME, List.of(gone), fixture.soon());
    }

    private Product product(String id) {
        return fixture.payments.product(id, fixture.soon()).orElseThrow();
    }

    private CustomerId customer() {
        return fixture.payments.customer(ID, ACME, List.of(), fixture.soon());
    }

    private List<BilledSubscription> subscriptions(String customer) {
        return fixture.payments.subscriptions(new CustomerId(customer), fixture.soon());
    }

    private String stranger() {
        return fixture.stripe
                .account()
                .createCustomer(Form.parse(""))
                .path("id")
                .asText();
    }

    private List<ObjectNode> made() {
        return fixture.stripe.account().newestFirst("customer");
    }
}
