package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.tenancy.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Starting to pay, over HTTP.
class CheckoutTest {

    /// What callers are promised, and half a second for the machine that the tests run on.
    private static final Duration PROMISE = Duration.ofMillis(5500);

    private static final String BACK = "http://localhost:3000/billing";

    private final TenantFixture acme = TenantFixture.founded();
    private final Person admin = acme.admin();
    private final String checkout = acme.path() + "/billing/checkout";
    private final String subscription = acme.path() + "/subscription";

    @AfterEach
    void callOffWhatIsLeftOfTheFaults() {
        SERVICE.fail("stripe", "error", 0);
    }

    @Test
    void listsWhatCanBeSubscribedToToWhoeverIsSignedIn() {
        JsonNode products = Person.anyone().get("/product").is(200).json();
        assertThat(products).extracting(product -> product.path("id").asInt()).containsExactly(1, 2);
        JsonNode yearly = products.get(1);
        assertThat(yearly.path("name").asText()).isEqualTo("Charge points, paid yearly");
        assertThat(yearly.path("displayName").asText()).isEqualTo("Charge points, paid yearly");
        assertThat(yearly.path("active").asBoolean()).isTrue();
        assertThat(yearly.path("price").asInt()).isEqualTo(9000);
        assertThat(yearly.path("currency").asText()).isEqualTo("eur");
        assertThat(yearly.path("interval").asText()).isEqualTo("year");
        assertThat(yearly.path("minQuantity").asInt()).isEqualTo(10);
        assertThat(yearly.path("maxQuantity").asInt()).isEqualTo(500);
        assertThat(yearly.path("stripeProductId").asText()).isEqualTo("prod_local_yearly");
        assertThat(yearly.path("stripePriceId").asText()).isEqualTo("price_local_yearly");
        assertThat(yearly.at("/metadata/tenantry_product_id").asText()).isEqualTo("2");
        SERVICE.send("GET", "/product", "", List.of()).is(401);
    }

    @Test
    void listsProductsInPages() {
        Answer first = admin.get("/product?limit=1").is(200);
        assertThat(first.json()).hasSize(1);
        Answer second = admin.get(first.next().orElseThrow()).is(200);
        assertThat(second.json().get(0).path("id").asInt()).isEqualTo(2);
        assertThat(second.next()).isEmpty();
        admin.get("/product?limit=0").isInvalid("?limit");
        admin.get("/product?active=true").isInvalid("?active");
        Person.anyone().get(first.next().orElseThrow()).isInvalid("?cursor");
    }

    @Test
    void opensAPageToPayOn() {
        Answer opened = admin.post(checkout, order(1, 3)).is(201);
        String url = opened.json().path("url").asText();
        assertThat(opened.header("Location")).contains(url);
        assertThat(SERVICE.page(url)).contains("Charge points", "27.00 EUR", BACK);
        assertThat(acme.show().json().path("stripeCustomerId").asText()).startsWith("cus_");
        admin.get(subscription).isProblem(404, "subscription_not_found");
    }

    @Test
    void isForAdminsOnly() {
        for (Role role : List.of(Role.VIEWER, Role.USER)) {
            acme.member(role).post(checkout, order(1, 3)).isProblem(403, "insufficient_role");
            // Whether somebody may ask comes before how well they ask.
            acme.member(role).post(checkout, "{}").isProblem(403, "insufficient_role");
        }
        TenantFixture.founded().admin().post(checkout, order(1, 3)).isProblem(404, "tenant_not_found");
        assertThat(acme.show().json().path("stripeCustomerId").isNull()).isTrue();
    }

    @Test
    void namesEverythingThatIsWrong() {
        admin.post(checkout, "{}").isInvalid("/productId", "/returnUrl");
        admin.post(checkout, "{\"productId\":0,\"quantity\":0,\"returnUrl\":\"https://evil.example/\",\"colour\":1}")
                .isInvalid("/productId", "/quantity", "/returnUrl", "/colour");
        admin.post(checkout, "{\"productId\":\"1\",\"quantity\":1.5,\"returnUrl\":null}")
                .isInvalid("/productId", "/quantity", "/returnUrl");
        admin.post(checkout, order(3, 1)).isInvalid("/productId");
        admin.post(checkout, order(2147483647, 1)).isInvalid("/productId");
        admin.post(checkout, order(2, 9)).isInvalid("/quantity");
        admin.post(checkout, order(2, 501)).isInvalid("/quantity");
        admin.post(checkout, order(1, 1_000_000)).isInvalid("/quantity");
        assertThat(acme.show().json().path("stripeCustomerId").isNull()).isTrue();
        admin.post(checkout, "{\"productId\":2,\"returnUrl\":\"" + BACK + "\"}").is(201);
    }

    @Test
    void givesTheSamePageForTheSameKey() throws InterruptedException {
        String key = UUID.randomUUID().toString();
        List<Answer> answers = Rivals.answers(_ -> admin.post(checkout, order(1, 3), "Idempotency-Key", key));
        Set<String> urls = new HashSet<>();
        for (Answer answer : answers) {
            urls.add(answer.is(201).json().path("url").asText());
        }
        assertThat(urls).hasSize(1);
        String customer = acme.show().json().path("stripeCustomerId").asText();
        assertThat(SERVICE.stripe("GET", "/v1/checkout/sessions?customer=" + customer, "")
                        .path("data"))
                .hasSize(1);
        admin.post(checkout, order(1, 4), "Idempotency-Key", key).isProblem(422, "idempotency_key_reused");
        assertThat(admin.post(checkout, order(1, 3)).is(201).json().path("url").asText())
                .isNotIn(urls);
    }

    /// Two admins, each on a page of their own, or one who comes back to the page of yesterday.
    @Test
    void takesNoMoneyOnAPageThatAnotherOneReplaced() {
        // The first question to Stripe may take a slow machine long.
        admin.get("/product").is(200);
        String first = url(admin.post(checkout, order(1, 3)));
        String second = url(admin.post(checkout, order(2, 10)));
        assertThat(SERVICE.submit(first, "action=pay").body()).contains("This Checkout Session is expired.");
        assertThat(SERVICE.submit(second, "action=pay").statusCode()).isEqualTo(303);
        eventually(json -> json.path("quantity").asInt() == 10);
        String customer = acme.show().json().path("stripeCustomerId").asText();
        assertThat(SERVICE.stripe("GET", "/v1/subscriptions?customer=" + customer, "")
                        .path("data"))
                .hasSize(1);
    }

    private static String url(Answer opened) {
        return opened.is(201).json().path("url").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"active", "trialing", "past_due", "unpaid", "paused", "incomplete"})
    void sellsNothingToWhoHasASubscriptionThatStripeHasNotEnded(String status) {
        // Nobody has told us of it yet.
        SERVICE.subscribe(acme.prefix(), "\"status\":\"" + status + "\",\"deliver\":false");
        admin.post(checkout, order(1, 3)).isProblem(409, "already_subscribed");
        SERVICE.subscribe(acme.prefix(), "\"status\":\"canceled\"");
        admin.post(checkout, order(1, 3)).is(201);
    }

    @ParameterizedTest
    @CsvSource({"error", "slow", "reset", "throttle", "late"})
    void answersInTimeWhenStripeFails(String kind) {
        admin.get("/product").is(200);
        SERVICE.fail("stripe", kind, 20);
        Instant start = Instant.now();

        Answer failed =
                admin.post(checkout, order(1, 3), "Idempotency-Key", "k").isProblem(502, "upstream_unavailable");

        assertThat(Duration.between(start, Instant.now())).isLessThan(PROMISE);
        assertThat(SERVICE.log(failed)).anyMatch(line -> line.contains("\"reason\":\"Stripe: "));
        assertThat(SERVICE.callOff("stripe")).isGreaterThanOrEqualTo(16);
        admin.post(checkout, order(1, 3), "Idempotency-Key", "k").is(201);
    }

    /// See products, check out, pay, watch it arrive, change it, end it: nothing by hand.
    @Test
    void takesANewTenantFromTheListOfProductsToTheEndOfItsSubscription() {
        JsonNode product = admin.get("/product").is(200).json().get(1);
        String page = admin.post(checkout, order(product.path("id").asInt(), 12))
                .is(201)
                .json()
                .path("url")
                .asText();

        assertThat(SERVICE.submit(page, "action=pay").headers().firstValue("location"))
                .contains(BACK);

        JsonNode bought = eventually(json -> json.path("quantity").asInt() == 12);
        assertThat(bought.path("status").asText()).isEqualTo("active");
        assertThat(bought.path("productId")).isEqualTo(product.path("id"));
        assertThat(bought.path("productName")).isEqualTo(product.path("name"));
        assertThat(bought.path("cancelAt").isNull()).isTrue();
        assertThat(admin.get(acme.path() + "/stats")
                        .json()
                        .at("/subscription/quantity")
                        .asInt())
                .isEqualTo(12);
        admin.post(checkout, order(1, 1)).isProblem(409, "already_subscribed");
        admin.delete(acme.path()).isProblem(409, "subscription_active");

        String portal = admin.get(acme.path() + "/billing?returnUrl=" + BACK)
                .is(200)
                .json()
                .path("url")
                .asText();
        String id = bought.path("stripeSubscriptionId").asText();
        String item = SERVICE.page(portal)
                .replaceFirst("(?s).*name=\"item\" value=\"", "")
                .replaceFirst("(?s)\".*", "");
        assertThat(SERVICE.submit(portal, "action=quantity&subscription=" + id + "&item=" + item + "&quantity=20")
                        .statusCode())
                .isEqualTo(303);
        eventually(json -> json.path("quantity").asInt() == 20);
        SERVICE.submit(portal, "action=cancel&subscription=" + id);

        JsonNode ending = eventually(json -> !json.path("cancelAt").isNull());
        assertThat(ending.path("cancelAt")).isEqualTo(ending.path("currentPeriodEnd"));
        assertThat(ending.path("cancelAtPeriodEnd").asBoolean()).isTrue();
        assertThat(ending.path("status").asText()).isEqualTo("active");
        assertThat(SERVICE.page(portal))
                .contains("ends on " + ending.path("cancelAt").asText().replace(".000", ""));
        assertThat(acme.auditEntries(admin, "subscription.changed")).hasSize(3);
        admin.delete(acme.path()).is(204);
    }

    /// Stripe tells of it behind everybody's back, but soon.
    private JsonNode eventually(Predicate<JsonNode> so) {
        Instant deadline = Instant.now().plusSeconds(30);
        while (true) {
            Answer answer = admin.get(subscription);
            if (answer.status() == 200 && so.test(answer.json())) {
                return answer.json();
            }
            assertThat(Instant.now()).as(answer.toString()).isBefore(deadline);
        }
    }

    private static String order(int product, int quantity) {
        return "{\"productId\":" + product + ",\"quantity\":" + quantity + ",\"returnUrl\":\"" + BACK + "\"}";
    }
}
