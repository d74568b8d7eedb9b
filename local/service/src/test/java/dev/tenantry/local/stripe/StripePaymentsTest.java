package dev.tenantry.local.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.Checkout;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.Offer;
import dev.tenantry.billing.Order;
import dev.tenantry.billing.Product;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.local.aws.fault.Fault;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.WebServer;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.subscriptions.StripeState;
import dev.tenantry.testing.Race;
import java.io.IOException;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
                    .createSubscription(Form.parse(
                            "customer=" + customer + "&items[0][price]=price_local&items[0][quantity]=" + i));
        }
        fixture.stripe
                .account()
                .createSubscription(
                        Form.parse("customer=" + stranger() + "&items[0][price]=price_local&items[0][quantity]=1"));
        List<BilledSubscription> all = subscriptions(customer);
        assertThat(all).hasSize(205);
        assertThat(all.stream().map(BilledSubscription::id).distinct()).hasSize(205);
        assertThat(all.stream().mapToLong(StripePaymentsTest::quantity).sum()).isEqualTo(204 * 205 / 2);
    }

    /// A part of them would be a wrong answer.
    @Test
    void refusesMoreSubscriptionsThanItReads() {
        String customer = customer().value();
        for (int i = 0; i < 1001; i++) {
            fixture.stripe
                    .account()
                    .createSubscription(
                            Form.parse("customer=" + customer + "&items[0][price]=price_local&items[0][quantity]=1"));
        }
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> subscriptions(customer))
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).isEqualTo("Stripe: more than 1000 subscriptions of a customer");
                    assertThat(refusal.lasting()).isTrue();
                });
    }

    /// Stripe sends the first page of a subscription's items along, and the rest on demand.
    @Test
    void addsUpEveryItemOfASubscription() {
        String customer = customer().value();
        StringBuilder form = new StringBuilder("customer=" + customer);
        for (int i = 0; i < 20; i++) {
            form.append("&items[" + i + "][price]=" + fixture.stripe.account().price(i) + "&items[" + i + "][quantity]="
                    + (1 << i));
        }
        String id = fixture.stripe
                .account()
                .createSubscription(Form.parse(form.toString()))
                .path("id")
                .asText();
        for (int i = 0; i < 20; i++) {
            fixture.stripe.account().setPeriodEnd(id, i, 2_000_000_000 - i);
        }
        BilledSubscription billed = subscriptions(customer).getFirst();
        assertThat(quantity(billed)).isEqualTo((1 << 20) - 1);
        assertThat(billed.state().currentPeriodEnd()).contains(Instant.ofEpochSecond(2_000_000_000 - 19));
    }

    @Test
    void findsNothingOfACustomerThatWasDeleted() {
        CustomerId customer = customer();
        fixture.stripe
                .account()
                .createSubscription(
                        Form.parse("customer=" + customer + "&items[0][price]=price_local&items[0][quantity]=1"));
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
                .createPrice(Form.parse("product=prod_local&currency=eur&unit_amount=1&recurring[interval]=month"
                        + "&recurring[usage_type]=metered&recurring[meter]=mtr_1"))
                .path("id")
                .asText();
        String id = fixture.stripe
                .account()
                .createSubscription(Form.parse("customer=" + customer + "&items[0][price]=" + metered
                        + "&items[1][price]=" + fixture.stripe.account().price(1) + "&items[1][quantity]=3"
                        + "&items[2][price]=" + fixture.stripe.account().price(2)
                        + "&items[2][quantity]=4"))
                .path("id")
                .asText();
        fixture.stripe.account().setPeriodEnd(id, 0, 1_900_000_000);
        fixture.stripe.account().setPeriodEnd(id, 1, 2_000_000_000);
        fixture.stripe.account().setPeriodEnd(id, 2, 2_100_000_000);
        BilledSubscription billed = subscriptions(customer).getFirst();
        assertThat(quantity(billed)).isEqualTo(7);
        assertThat(billed.state().currentPeriodEnd()).contains(Instant.ofEpochSecond(1_900_000_000));
        assertThat(billed.items())
                .extracting(BilledSubscription.Item::productId)
                .containsOnly("prod_local");
        assertThat(billed.createdAt().getEpochSecond())
                .isEqualTo(fixture.clock.instant().getEpochSecond());
    }

    /// Whoever cancels in the portal gets the latest end in Stripe's flexible billing mode.
    @Test
    void takesEveryEndThatIsNotAfterTheLatestItemsForOneWithThePeriod() {
        String customer = customer().value();
        ObjectNode subscription = fixture.stripe
                .account()
                .createSubscription(Form.parse("customer=" + customer
                        + "&items[0][price]=price_local&items[0][quantity]=1&items[1][price]=price_local_yearly"));
        String id = subscription.path("id").asText();
        fixture.stripe.account().setPeriodEnd(id, 0, 1_900_000_000);
        fixture.stripe.account().setPeriodEnd(id, 1, 2_000_000_000);
        assertThat(state(customer).cancelAtPeriodEnd()).isFalse();
        assertThat(state(customer).cancelAt()).isEmpty();
        for (long end : new long[] {1_900_000_000, 1_950_000_000, 2_000_000_000}) {
            subscription.put("cancel_at", end);
            assertThat(state(customer).cancelAtPeriodEnd()).isTrue();
            assertThat(state(customer).cancelAt()).contains(Instant.ofEpochSecond(end));
            assertThat(state(customer).currentPeriodEnd()).contains(Instant.ofEpochSecond(1_900_000_000));
        }
        subscription.put("cancel_at", 2_000_000_001L);
        assertThat(state(customer).cancelAtPeriodEnd()).isFalse();
        assertThat(state(customer).cancelAt()).contains(Instant.ofEpochSecond(2_000_000_001));
        subscription.putNull("cancel_at").put("cancel_at_period_end", true);
        assertThat(state(customer).cancelAtPeriodEnd()).isTrue();
    }

    @Test
    void readsTrialsAndPausesOfCollection() {
        String customer = customer().value();
        ObjectNode subscription = fixture.stripe
                .account()
                .createSubscription(Form.parse("customer=" + customer
                        + "&items[0][price]=price_local&items[0][quantity]=1&trial_period_days=14"));
        long now = fixture.clock.instant().getEpochSecond();
        assertThat(state(customer).status()).isEqualTo("trialing");
        assertThat(state(customer).trialEnd()).contains(Instant.ofEpochSecond(now + 14 * 86_400));
        assertThat(state(customer).currentPeriodEnd()).isEqualTo(state(customer).trialEnd());
        assertThat(state(customer).collectionPaused()).isFalse();
        String id = subscription.path("id").asText();
        fixture.stripe.account().updateSubscription(id, Form.parse("pause_collection[behavior]=void&trial_end=now"));
        assertThat(state(customer).status()).isEqualTo("active");
        assertThat(state(customer).trialEnd()).contains(Instant.ofEpochSecond(now));
        assertThat(state(customer).collectionPaused()).isTrue();
        fixture.stripe.account().updateSubscription(id, Form.parse("pause_collection="));
        assertThat(state(customer).collectionPaused()).isFalse();
    }

    @Test
    void saysWhatIsWrongWhereThePortalWasNeverConfigured() {
        fixture.stripe.account().configurePortal(false);
        CustomerId customer = customer();
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> fixture.payments.portal(customer, BACK, fixture.soon()))
                .satisfies(refusal -> {
                    assertThat(refusal.reason()).contains("400 portal_not_configured");
                    assertThat(refusal.lasting()).isTrue();
                });
        fixture.stripe.account().configurePortal(true);
        assertThat(fixture.payments.portal(customer, BACK, fixture.soon())).isPresent();
    }

    @Test
    void tellsWhatPassesFromWhatLasts() {
        customer();
        fixture.faults.order(Faults.Service.STRIPE, Fault.ERROR, 1);
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> offers())
                .satisfies(refusal -> assertThat(refusal.lasting()).isFalse());
        fixture.stripe.forbid("/v1/products");
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> offers())
                .satisfies(refusal -> assertThat(refusal.lasting()).isTrue());
    }

    @Test
    void readsWhatIsSold() {
        List<Offer> offers = fixture.payments.offers(Set.of("prod_local_support"), fixture.soon());
        assertThat(offers)
                .extracting(Offer::stripeProductId)
                .containsExactly("prod_local", "prod_local_yearly", "prod_local_support");
        Offer yearly = offers.get(1);
        assertThat(yearly.number()).contains(2);
        assertThat(yearly.price()).isEqualTo(new Offer.Price("price_local_yearly", 9000, "eur", "year", 1));
        assertThat(yearly.quantities()).isEqualTo(new Offer.Bounds(10, 500));
        assertThat(yearly.metadata()).containsEntry("tenantry_product_id", "2");
        assertThat(offers.get(0).quantities()).isEqualTo(new Offer.Bounds(1, Offer.MOST));
        assertThat(offers.get(2).number()).isEmpty();
        // What nobody has numbered is not sold here.
        assertThat(offers()).extracting(Offer::stripeProductId).containsExactly("prod_local", "prod_local_yearly");
    }

    /// An account that serves others as well may have more prices than can be read in the time.
    @Test
    void asksForNoMorePricesThanItNeeds() {
        StripeAccount account = fixture.stripe.account();
        String others = account.createProduct(Form.parse("name=X")).path("id").asText();
        for (int i = 0; i < 1001; i++) {
            account.createPrice(
                    Form.parse("product=" + others + "&currency=eur&unit_amount=" + i + "&recurring[interval]=month"));
        }
        assertThat(offers()).hasSize(2);
        assertThat(fixture.stripe.calls()).containsExactly("GET /v1/products");
        account.createPrice(Form.parse("product="
                + account.createProduct(Form.parse("name=Y&metadata[tenantry_product_id]=5"))
                        .path("id")
                        .asText()
                + "&currency=eur&unit_amount=1&recurring[interval]=month"));
        assertThat(offers()).hasSize(3);
        assertThat(fixture.stripe.calls()).containsExactly("GET /v1/products", "GET /v1/products", "GET /v1/prices");
    }

    /// The default price, else the newest; nothing that has no price for each unit and period.
    @Test
    void offersAProductAtThePriceThatFits() {
        StripeAccount account = fixture.stripe.account();
        String product = account.createProduct(Form.parse("name=X&metadata[tenantry_product_id]=5"))
                .path("id")
                .asText();
        assertThat(offer(product)).isEmpty();
        String price = "product=" + product + "&currency=usd&unit_amount=";
        account.createPrice(Form.parse(price + "5"));
        account.createPrice(
                Form.parse("product=" + product + "&currency=usd&unit_amount_decimal=0.5&recurring[interval]=month"));
        account.createPrice(
                Form.parse(price + "6&recurring[interval]=month&recurring[usage_type]=metered&recurring[meter]=mtr_1"));
        assertThat(offer(product)).isEmpty();
        String first = account.createPrice(Form.parse(price + "7&recurring[interval]=week&recurring[interval_count]=2"))
                .path("id")
                .asText();
        assertThat(offer(product).orElseThrow().price()).isEqualTo(new Offer.Price(first, 7, "usd", "week", 2));
        String second = account.createPrice(Form.parse(price + "8&recurring[interval]=month"))
                .path("id")
                .asText();
        assertThat(offer(product).orElseThrow().price().id()).isEqualTo(second);
        account.shop().updateProduct(product, Form.parse("default_price=" + first));
        assertThat(offer(product).orElseThrow().price().id()).isEqualTo(first);
        account.shop().updateProduct(product, Form.parse("default_price="));
        assertThat(offer(product).orElseThrow().price().id()).isEqualTo(second);
        account.shop().updateProduct(product, Form.parse("active=false"));
        assertThat(offer(product)).isEmpty();
    }

    /// An operator who archives the default price at Stripe's own dashboard, by which that is no longer refused.
    @Test
    void offersNothingAtAPriceThatIsArchived() {
        StripeAccount account = fixture.stripe.account();
        account.get("price", "price_local").put("active", false);
        assertThat(offer("prod_local")).isEmpty();
        account.get("price", "price_local").put("active", true);
        assertThat(offer("prod_local")).isPresent();
    }

    /// Bounds that leave no number are somebody's mistake.
    @ParameterizedTest
    @CsvSource({"10, 9, 0, 0", "1000000, , 0, 0", "7, 7, 7, 7", ", 5000000, 1, 999999", "x, -3, 1, 999999"})
    void offersNothingThatCannotBeBought(String least, String most, long min, long max) {
        fixture.stripe
                .account()
                .shop()
                .updatePrice(
                        "price_local",
                        Form.parse("metadata[tenantry_min_quantity]=" + Objects.toString(least, "")
                                + "&metadata[tenantry_max_quantity]=" + Objects.toString(most, "")));
        assertThat(offer("prod_local").map(Offer::quantities))
                .isEqualTo(max == 0 ? Optional.empty() : Optional.of(new Offer.Bounds(min, max)));
    }

    @Test
    void readsEveryProductAndPrice() {
        for (int i = 0; i < 120; i++) {
            fixture.stripe
                    .account()
                    .createProduct(Form.parse("name=" + i + "&metadata[tenantry_product_id]=" + (i + 9)
                            + "&default_price_data[currency]=eur"
                            + "&default_price_data[unit_amount]=" + i
                            + "&default_price_data[recurring][interval]=month"));
        }
        assertThat(offers()).hasSize(122);
    }

    @Test
    void opensOneCheckoutForAnOrderHoweverManyAskAtOnce() throws InterruptedException {
        CustomerId customer = customer();
        List<Object> all = Race.run(8, _ -> (Callable<Checkout>) () -> checkout(customer, order(3), "operation"));
        assertThat(new HashSet<>(all)).hasSize(1);
        assertThat(all.getFirst()).isInstanceOf(Checkout.Open.class);
        assertThat(fixture.stripe.account().newestFirst("checkout.session"))
                .singleElement()
                .satisfies(session -> {
                    assertThat(session.path("mode").asText()).isEqualTo("subscription");
                    assertThat(session.path("customer").asText()).isEqualTo(customer.value());
                    assertThat(session.path("client_reference_id").asText()).isEqualTo("acme");
                    assertThat(session.path("success_url").asText()).isEqualTo(BACK.toString());
                    assertThat(session.path("cancel_url").asText()).isEqualTo(BACK.toString());
                    assertThat(session.at("/line_items/data/0/quantity").asLong())
                            .isEqualTo(3);
                });
        // The same again, also later, is the same page, which is still open.
        fixture.clock.advance(Duration.ofMinutes(5));
        assertThat(checkout(customer, order(3), "operation")).isEqualTo(all.getFirst());
        assertThat(sessions(customer)).containsExactly("open");
        // Another order, or the same for another reason, is another page; and no error of Stripe's.
        assertThat(checkout(customer, order(4), "operation")).isNotEqualTo(all.getFirst());
        assertThat(checkout(customer, order(3), "another")).isNotEqualTo(all.getFirst());
    }

    /// A page is good for a day: who paid on two would have two subscriptions.
    @Test
    void leavesACustomerOnePageToPayOn() {
        CustomerId customer = customer();
        CustomerId other = new CustomerId(stranger());
        checkout(other, order(1), "others");
        checkout(customer, order(3), "first");
        assertThat(sessions(customer)).containsExactly("open");
        // Of one second, and of another.
        checkout(customer, order(4), "second");
        assertThat(sessions(customer)).containsExactly("open", "expired");
        fixture.clock.advance(Duration.ofHours(1));
        checkout(customer, order(4), "third");
        assertThat(sessions(customer)).containsExactly("open", "expired", "expired");
        // Who repeats what is over gets the page that is over, and takes nobody's away.
        checkout(customer, order(3), "first");
        assertThat(sessions(customer)).containsExactly("open", "expired", "expired");
        assertThat(sessions(other)).containsExactly("open");
    }

    /// Somebody sells the customer something else, once.
    @Test
    void closesNoPageForAnythingButASubscription() {
        CustomerId customer = customer();
        checkout(customer, order(3), "first");
        fixture.stripe.account().newestFirst("checkout.session").getFirst().put("mode", "payment");
        fixture.clock.advance(Duration.ofSeconds(1));
        checkout(customer, order(4), "second");
        assertThat(sessions(customer)).containsExactly("open", "open");
    }

    /// Stripe takes an open page for a use of its currency, and the day that it stays open is long.
    @Test
    void goesFromAPageInOneCurrencyToOneInAnother() {
        CustomerId customer = customer();
        Order dollars = new Order(ACME, dollars(), 1, BACK);
        checkout(customer, order(3), "euros");
        assertThat(checkout(customer, dollars, "dollars")).isInstanceOf(Checkout.Open.class);
        assertThat(sessions(customer)).containsExactly("open", "expired");
        // What was refused stays under its key, and in nobody's way.
        checkout(customer, order(3), "euros again");
        assertThat(checkout(customer, dollars, "dollars again")).isInstanceOf(Checkout.Open.class);
        assertThat(sessions(customer)).containsExactly("open", "expired", "expired", "expired");
    }

    /// Stripe has no code for it, and more than one sentence.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "You cannot combine currencies on a single customer. This customer has had a subscription with currency eur",
                "The price specified only supports `usd`. This doesn't match the expected currency: `eur`.",
                "The price specified supports currencies of `usd` which doesn't include the expected currency of `eur`.",
                "The currency of the selected prices (usd) does not match the customer currency (eur)."
            })
    void knowsACurrencyThatStandsInTheWay(String sentence) throws IOException {
        ObjectNode error = Json.object();
        error.putObject("error").put("type", "invalid_request_error").put("message", sentence);
        ObjectNode none = Json.object().put("object", "list").put("has_more", false);
        none.putArray("data");
        try (WebServer server = WebServer.bind(0)) {
            server.serve(request -> request.method().equals("POST")
                    ? Response.json(400, Json.text(error))
                    : Response.json(200, Json.text(none)));
            try (PaymentsFixture other = new PaymentsFixture(Optional.of(server.uri()))) {
                assertThat(other.payments.checkout(new CustomerId("cus_1"), order(1), "x", other.soon()))
                        .isEqualTo(new Checkout.OtherCurrency());
            }
        }
    }

    @Test
    void saysThatACustomerHasAnotherCurrency() {
        CustomerId customer = customer();
        fixture.stripe
                .account()
                .createSubscription(Form.parse("customer=" + customer + "&items[0][price]=price_local"));
        assertThat(checkout(customer, new Order(ACME, dollars(), 1, BACK), "dollars"))
                .isEqualTo(new Checkout.OtherCurrency());
    }

    private String dollars() {
        return fixture.stripe
                .account()
                .createPrice(Form.parse("product=prod_local&currency=usd&unit_amount=5&recurring[interval]=month"))
                .path("id")
                .asText();
    }

    @Test
    void leavesACustomerOnePageToPayOnHoweverManyOpenOneAtOnce() throws InterruptedException {
        CustomerId customer = customer();
        for (int round = 0; round < 5; round++) {
            String operation = "round " + round + " of ";
            List<Object> all = Race.run(8, i -> (Callable<Checkout>) () -> checkout(customer, order(3), operation + i));
            assertThat(all).hasOnlyElementsOfType(Checkout.Open.class);
            assertThat(sessions(customer)).containsOnlyOnce("open").startsWith("open");
        }
    }

    @Test
    void getsPastAFailureThatStripeKeepsForACheckout() {
        CustomerId customer = customer();
        fixture.stripe.failForGood(1);
        assertThatExceptionOfType(UpstreamUnavailable.class)
                .isThrownBy(() -> checkout(customer, order(3), "operation"));
        assertThat(checkout(customer, order(3), "operation")).isInstanceOf(Checkout.Open.class);
    }

    @Test
    void saysWhatIsGoneOfACheckout() {
        CustomerId customer = customer();
        fixture.stripe.account().shop().updateProduct("prod_local", Form.parse("default_price="));
        fixture.stripe.account().shop().updatePrice("price_local", Form.parse("active=false"));
        assertThat(declined(customer, order(3), "a")).startsWith("InvalidRequestException 400");
        Order unknown = new Order(ACME, "price_none", 1, BACK);
        assertThat(declined(customer, unknown, "b")).startsWith("InvalidRequestException 400 resource_missing req_");
        fixture.stripe.account().shop().updatePrice("price_local", Form.parse("active=true"));
        // Stripe names no parameter there.
        fixture.stripe.account().shop().updateProduct("prod_local", Form.parse("active=false"));
        assertThat(declined(customer, order(3), "a")).startsWith("InvalidRequestException 400");
        fixture.stripe.account().shop().updateProduct("prod_local", Form.parse("active=true"));
        // What stood in the way is gone, and what Stripe keeps of it under the key stands in nobody's.
        assertThat(checkout(customer, order(3), "a")).isInstanceOf(Checkout.Open.class);
        fixture.stripe.account().deleteCustomer(customer.value());
        assertThat(checkout(customer, order(3), "c")).isEqualTo(new Checkout.CustomerGone());
    }

    /// How a customer's sessions stand, the newest first.
    private List<String> sessions(CustomerId customer) {
        return fixture.stripe.account().newestFirst("checkout.session").stream()
                .filter(session -> session.path("customer").asText().equals(customer.value()))
                .map(session -> session.path("status").asText())
                .toList();
    }

    private List<Offer> offers() {
        return fixture.payments.offers(Set.of(), fixture.soon());
    }

    private Optional<Offer> offer(String product) {
        return offers().stream()
                .filter(offer -> offer.stripeProductId().equals(product))
                .findFirst();
    }

    private String declined(CustomerId customer, Order order, String operation) {
        return ((Checkout.Declined) checkout(customer, order, operation)).reason();
    }

    private static Order order(long quantity) {
        return new Order(ACME, "price_local", quantity, BACK);
    }

    private Checkout checkout(CustomerId customer, Order order, String operation) {
        return fixture.payments.checkout(customer, order, operation, fixture.soon());
    }

    private static long quantity(BilledSubscription billed) {
        return billed.items().stream()
                .mapToLong(BilledSubscription.Item::quantity)
                .sum();
    }

    private StripeState state(String customer) {
        return subscriptions(customer).getFirst().state();
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
