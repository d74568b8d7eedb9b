package dev.tenantry.local.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.fault.Fault;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Fields;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The stand-in does what Stripe does, or says that it does not.
class StripeApiTest {

    private final TestClock clock = new TestClock();
    private final Faults faults = new Faults();
    private final StripeStandIn stripe = new StripeStandIn(clock, faults, Optional.empty());
    private final List<ObjectNode> told = new ArrayList<>();
    private final String customer = post("/v1/customers", "").path("id").asText();

    StripeApiTest() {
        stripe.account().tell(told::add);
    }

    @Test
    void changesTheItemThatAnUpdateNames() {
        JsonNode before = subscribe("items[0][price]=price_local&items[0][quantity]=3");
        String item = before.at("/items/data/0/id").asText();
        JsonNode after = update(before, "items[0][id]=" + item + "&items[0][quantity]=5");
        assertThat(after.at("/items/data")).hasSize(1);
        assertThat(after.at("/items/data/0/id").asText()).isEqualTo(item);
        assertThat(after.at("/items/data/0/quantity").asInt()).isEqualTo(5);
        assertThat(after.at("/items/data/0/price")).isEqualTo(before.at("/items/data/0/price"));

        JsonNode more = update(before, "items[0][price]=price_local_support");
        assertThat(more.at("/items/data")).hasSize(2);
        JsonNode other = update(
                before,
                "items[0][id]=" + item + "&items[0][price]=price_local_yearly&items[1][id]="
                        + more.at("/items/data/1/id").asText() + "&items[1][deleted]=true");
        assertThat(other.at("/items/data")).hasSize(1);
        assertThat(other.at("/items/data/0/price/product").asText()).isEqualTo("prod_local_yearly");
        assertThat(other.at("/items/data/0/quantity").asInt()).isEqualTo(5);

        refused(400, "items[0][id]", post("/v1/subscriptions/" + id(before), "items[0][id]=si_none"));
        refused(
                400,
                "items",
                post("/v1/subscriptions/" + id(before), "items[0][id]=" + item + "&items[0][deleted]=true"));
        assertThat(get("/v1/subscriptions/" + id(before)).path("items")).isEqualTo(other.path("items"));
    }

    @ParameterizedTest
    @CsvSource({"day, 10", "week, 2", "month, 1", "month, 3", "year, 1"})
    void keepsWhatAPriceSaysAndHasPeriodsOfItsLength(String interval, int count) {
        JsonNode price = post(
                "/v1/prices",
                "product=prod_local&currency=USD&unit_amount=1234&recurring[interval]=" + interval
                        + "&recurring[interval_count]=" + count);
        assertThat(price.path("currency").asText()).isEqualTo("usd");
        assertThat(price.path("unit_amount").asLong()).isEqualTo(1234);
        assertThat(price.at("/recurring/interval").asText()).isEqualTo(interval);
        assertThat(price.at("/recurring/interval_count").asInt()).isEqualTo(count);
        JsonNode item = subscribe("items[0][price]=" + id(price)).at("/items/data/0");
        Instant start = Instant.ofEpochSecond(item.path("current_period_start").asLong());
        assertThat(start).isEqualTo(now());
        var end = start.atZone(ZoneOffset.UTC);
        end = switch (interval) {
            case "day" -> end.plusDays(count);
            case "week" -> end.plusWeeks(count);
            case "month" -> end.plusMonths(count);
            default -> end.plusYears(count);
        };
        assertThat(item.path("current_period_end").asLong()).isEqualTo(end.toEpochSecond());
    }

    @Test
    void tellsOfEachChangeWithWhatWasBeforeAndByWhichRequest() {
        JsonNode subscription = subscribe("items[0][price]=price_local&metadata[a]=b");
        JsonNode changed = update(subscription, "metadata[a]=c&metadata[d]=e");
        update(subscription, "metadata[a]=c");
        post("DELETE", "/v1/subscriptions/" + id(subscription), "", Fields.none());
        post("DELETE", "/v1/customers/" + customer, "", Fields.none());
        assertThat(told)
                .extracting(event -> event.path("type").asText())
                .containsExactly(
                        "customer.updated",
                        "customer.subscription.created",
                        "customer.subscription.updated",
                        "customer.subscription.deleted",
                        "customer.deleted");
        assertThat(told.getFirst().at("/data/previous_attributes")).hasToString("{\"currency\":null}");
        JsonNode event = told.get(2);
        assertThat(event.path("api_version").asText()).isEqualTo(StripeEvents.API_VERSION);
        assertThat(event.at("/data/object")).hasToString(changed.toString());
        assertThat(event.at("/data/previous_attributes").toString())
                .isEqualTo("{\"metadata\":{\"a\":\"b\",\"d\":null}}");
        assertThat(event.at("/request/id").asText()).startsWith("req_");
        assertThat(told.get(1).at("/data").has("previous_attributes")).isFalse();
        assertThat(get("/v1/events/" + id(event)).path("id")).isEqualTo(event.path("id"));
        assertThat(get("/v1/events?type=customer.subscription.updated").path("data"))
                .hasSize(1);
    }

    @Test
    void namesTheRequestThatAnEventCameBy() {
        Response response =
                stripe.answer(request("POST", "/v1/customers", "", Fields.none().with("idempotency-key", "key-1")));
        assertThat(told.getFirst().path("request").toString())
                .isEqualTo("{\"id\":\""
                        + response.headers().joined("request-id").orElseThrow() + "\",\"idempotency_key\":\"key-1\"}");
        // A replayed answer is no second event.
        stripe.answer(request("POST", "/v1/customers", "", Fields.none().with("idempotency-key", "key-1")));
        assertThat(told).hasSize(1);
    }

    @Test
    void overwritesNothingThatIsThere() {
        refused(400, "id", post("/v1/products", "id=prod_local&name=Other"));
        assertThat(get("/v1/products/prod_local").path("name").asText()).isEqualTo("Charge points");
    }

    @Test
    void leavesWhatHasEndedAsItIs() {
        JsonNode subscription = subscribe("items[0][price]=price_local");
        String path = "/v1/subscriptions/" + id(subscription);
        assertThat(post("DELETE", path, "", Fields.none()).path("status").asText())
                .isEqualTo("canceled");
        refused(404, "id", post("DELETE", path, "", Fields.none()));
        refused(400, "", post(path, "items[0][price]=price_local_support"));
        refused(400, "", post(path, "cancel_at_period_end=true"));
        assertThat(post(path, "metadata[a]=b").at("/metadata/a").asText()).isEqualTo("b");
        assertThat(post(path, "cancellation_details[comment]=bye")
                        .at("/cancellation_details/comment")
                        .asText())
                .isEqualTo("bye");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/customers, colour=red, colour",
        "/v1/subscriptions, 'customer=x&items[0][price]=price_local&items[0][colour]=red', customer",
        "/v1/products, 'name=x&price=3', price",
        "/v1/prices, 'product=prod_local&unit_amount=1', currency",
        "/v1/prices, 'product=prod_local&currency=eur', unit_amount",
        "/v1/prices, 'product=prod_none&currency=eur&unit_amount=1', product",
        "/v1/prices, 'product=prod_local&currency=eur&unit_amount=1&recurring[interval]=eon', recurring[interval]",
        "/v1/prices, 'product=prod_local&currency=eur&unit_amount=1&recurring[interval]=day&recurring[usage_type]=metered', recurring[meter]",
        "/v1/billing_portal/sessions, return_url=http://x, customer",
        "/v1/checkout/sessions, 'mode=payment', customer",
    })
    void namesTheParameterThatIsWrong(String path, String form, String parameter) {
        refused(400, parameter, post(path, form));
    }

    @ParameterizedTest
    @CsvSource({
        "'items[0][colour]=red', items[0][colour]",
        "'items[0][price]=price_none', items[0][price]",
        "'items[0][quantity]=3', items[0][price]",
        "'items[0][price]=price_local&items[0][quantity]=x', items[0][quantity]",
        "'items[0][price]=price_local&trial_period_days=731', trial_period_days",
        "'items[0][price]=price_local&trial_end=soon', trial_end",
        "'items[0][price]=price_local&cancel_at=12', cancel_at",
        "'items[0][price]=price_local&cancel_at=later', cancel_at",
        "'items[0][price]=price_local&cancel_at_period_end=1', cancel_at_period_end",
        "'items[0][price]=price_local&billing_mode[type]=new', billing_mode[type]",
        "'items[0][price]=price_local&items[1][price]=price_local', items",
        "'items[0][price]=price_local&billing_mode[type]=classic&cancel_at=max_period_end', cancel_at",
        "'items[0][price]=price_local&items[1][price]=price_local_yearly&billing_mode[type]=classic', items",
        "'items[0][price]=price_local&pause_collection[behavior]=void', pause_collection",
        "'items[0][price]=price_local&default_tax_rates[0]=x', default_tax_rates",
        "'', items",
    })
    void makesNoSubscriptionOfWhatIsWrong(String form, String parameter) {
        refused(400, parameter, post("/v1/subscriptions", "customer=" + customer + "&" + form));
        assertThat(get("/v1/subscriptions").path("data")).isEmpty();
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=nonsense", "limit=0", "limit=101", "ending_before=sub_none", "colour=red"})
    void listsNothingByAFilterThatIsNone(String query) {
        refused(400, query.substring(0, query.indexOf('=')), get("/v1/subscriptions?" + query));
    }

    @Test
    void goesBackThroughPages() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.addFirst(id(subscribe("items[0][price]=price_local&items[0][quantity]=" + (i + 1))));
        }
        JsonNode page = get("/v1/subscriptions?limit=3&ending_before=" + ids.get(5));
        assertThat(page.path("data"))
                .extracting(one -> one.path("id").asText())
                .containsExactly(ids.get(2), ids.get(3), ids.get(4));
        assertThat(page.path("has_more").asBoolean()).isTrue();
        JsonNode first = get("/v1/subscriptions?limit=3&ending_before=" + ids.get(2));
        assertThat(first.path("data"))
                .extracting(one -> one.path("id").asText())
                .containsExactly(ids.get(0), ids.get(1));
        assertThat(first.path("has_more").asBoolean()).isFalse();
    }

    @Test
    void filtersByEachStatus() {
        subscribe("items[0][price]=price_local");
        JsonNode ended = subscribe("items[0][price]=price_local");
        post("DELETE", "/v1/subscriptions/" + id(ended), "", Fields.none());
        subscribe("items[0][price]=price_local&trial_period_days=1");
        subscribe("items[0][price]=price_local&payment_behavior=default_incomplete");
        assertThat(List.of("", "active", "trialing", "canceled", "ended", "incomplete", "unpaid", "all"))
                .extracting(status -> entry(
                        status,
                        get("/v1/subscriptions" + (status.isEmpty() ? "" : "?status=" + status))
                                .path("data")
                                .size()))
                .containsExactly(
                        entry("", 3),
                        entry("active", 1),
                        entry("trialing", 1),
                        entry("canceled", 1),
                        entry("ended", 1),
                        entry("incomplete", 1),
                        entry("unpaid", 0),
                        entry("all", 4));
    }

    @Test
    void endsASubscriptionAsItsBillingModeHasIt() {
        String both = "items[0][price]=price_local&items[1][price]=price_local_yearly";
        JsonNode flexible = subscribe(both);
        long month = flexible.at("/items/data/0/current_period_end").asLong();
        long year = flexible.at("/items/data/1/current_period_end").asLong();
        assertThat(flexible.at("/billing_mode/type").asText()).isEqualTo("flexible");
        for (String[] step : new String[][] {
            {"cancel_at=max_period_end", Long.toString(year), "false"},
            {"cancel_at=min_period_end", Long.toString(month), "false"},
            {"cancel_at_period_end=true", Long.toString(month), "true"},
            {"cancel_at_period_end=false", "null", "false"},
            {"cancel_at=" + (year + 5), Long.toString(year + 5), "false"},
            {"cancel_at=", "null", "false"}
        }) {
            JsonNode after = update(flexible, step[0]);
            assertThat(after.path("cancel_at").asText()).as(step[0]).isEqualTo(step[1]);
            assertThat(after.path("cancel_at_period_end").asText()).as(step[0]).isEqualTo(step[2]);
        }
        refused(
                400,
                "",
                post("/v1/subscriptions/" + id(flexible), "cancel_at=min_period_end&cancel_at_period_end=true"));
    }

    @Test
    void hasTheEndOfATrial() {
        JsonNode subscription = subscribe("items[0][price]=price_local&trial_period_days=7");
        long end = now().plus(Duration.ofDays(7)).getEpochSecond();
        assertThat(subscription.path("status").asText()).isEqualTo("trialing");
        assertThat(subscription.path("trial_end").asLong()).isEqualTo(end);
        assertThat(subscription.at("/items/data/0/current_period_end").asLong()).isEqualTo(end);
        assertThat(update(subscription, "trial_end=" + (end + 60))
                        .path("trial_end")
                        .asLong())
                .isEqualTo(end + 60);
        assertThat(update(subscription, "trial_end=now").path("status").asText())
                .isEqualTo("active");
    }

    @Test
    void hasMetadataThatChangesKeyByKey() {
        JsonNode made = post("/v1/products", "name=x&metadata[a]=1&metadata[b]=2");
        String path = "/v1/products/" + id(made);
        assertThat(post(path, "metadata[a]=&metadata[c]=3").path("metadata").toString())
                .isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
        assertThat(post(path, "metadata=").path("metadata")).isEmpty();
    }

    @Test
    void takesListsWithoutNumbers() {
        JsonNode made = subscribe("items[][price]=price_local&items[][quantity]=3&items[][metadata][a]=b"
                + "&items[][price]=price_local_yearly&items[][quantity]=4&items[][metadata][a]=c");
        assertThat(made.at("/items/data"))
                .extracting(item -> item.at("/price/id").asText() + " "
                        + item.path("quantity").asInt() + " "
                        + item.at("/metadata/a").asText())
                .containsExactly("price_local 3 b", "price_local_yearly 4 c");
        refused(
                400,
                "items[1][price]",
                post(
                        "/v1/subscriptions",
                        "customer=" + customer + "&items[][price]=price_local&items[][price]=price_none"));
    }

    /// Stripe API reference, "Metadata".
    @Test
    void hasMetadataWithinStripesBounds() {
        post("/v1/products", "id=prod_m&name=x");
        String path = "/v1/products/prod_m";
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            many.append("&metadata[key").append(i).append("]=x");
        }
        assertThat(post(path, many.substring(1)).path("metadata")).hasSize(50);
        refused(400, "metadata", post(path, "metadata[more]=x"));
        assertThat(post(path, "metadata[more]=x&metadata[key0]=").path("metadata"))
                .hasSize(50);
        post(path, "metadata=");
        assertThat(post(path, "metadata[" + "k".repeat(40) + "]=" + "v".repeat(500))
                        .path("metadata"))
                .hasSize(1);
        refused(400, "metadata", post(path, "metadata[" + "k".repeat(41) + "]=x"));
        refused(400, "metadata", post(path, "metadata[a]=" + "v".repeat(501)));
        refused(400, "metadata[a]", post(path, "metadata[a][b]=x"));
        refused(400, "metadata[a][b]", post(path, "metadata[a]=x&metadata[a][b]=x"));
        refused(400, "name", post(path, "name=x&name=y"));
        assertThat(get(path).path("metadata")).hasSize(1);
    }

    @Test
    void takesParametersOfTheQueryForWhatTheyAre() {
        refused(400, "colour", post("DELETE", "/v1/customers/" + customer, "colour=red", Fields.none()));
        refused(400, "colour", post("DELETE", "/v1/customers/" + customer + "?colour=red", "", Fields.none()));
        refused(400, "colour", post("/v1/products?colour=red", "name=x"));
        assertThat(post("/v1/products?description=y", "name=x")
                        .path("description")
                        .asText())
                .isEqualTo("y");
        assertThat(get("/v1/customers/" + customer).has("deleted")).isFalse();
    }

    @Test
    void sellsNothingOfAProductThatIsInactive() {
        JsonNode before = subscribe("items[0][price]=price_local_support");
        post("/v1/products/prod_local", "active=false");
        String items = "items[0][price]=price_local&items[0][quantity]=1";
        refused(400, "", post("/v1/subscriptions", "customer=" + customer + "&" + items));
        refused(400, "", post("/v1/subscriptions/" + id(before), items));
        refused(400, "", checkout(items.replace("items[", "line_items[")));
        post("/v1/products/prod_local", "active=true");
        assertThat(checkout(items.replace("items[", "line_items["))
                        .path("status")
                        .asText())
                .isEqualTo("open");
    }

    /// Stripe keeps what came of something that it had begun to do, and not what was wrong with the question.
    @Test
    void keepsRefusalsUnderAKey() {
        Fields key = Fields.none().with("idempotency-key", "key");
        String items = "items[0][price]=price_local&items[0][quantity]=1";
        String form = "customer=" + customer + "&" + items;
        refused(400, "colour", post("POST", "/v1/subscriptions", form + "&colour=red", key));
        post("/v1/products/prod_local", "default_price=");
        post("/v1/prices/price_local", "active=false");
        refused(400, "items[0][price]", post("POST", "/v1/subscriptions", form, key));
        post("/v1/prices/price_local", "active=true");
        Response again = stripe.answer(request("POST", "/v1/subscriptions", form, key));
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.headers().joined("idempotent-replayed")).contains("true");
        assertThat(post("POST", "/v1/subscriptions", form, Fields.none().with("idempotency-key", "other"))
                        .path("status")
                        .asText())
                .isEqualTo("active");
    }

    /// Stripe has few types of errors, and none for too many requests (Stripe API reference, "Errors").
    @Test
    void hasStripesTypesOfErrors() {
        faults.order(Faults.Service.STRIPE, Fault.THROTTLE, 1);
        JsonNode tooMany = get("/v1/customers");
        refused(429, "", tooMany);
        assertThat(tooMany.at("/error/code").asText()).isEqualTo("rate_limit");
        faults.order(Faults.Service.STRIPE, Fault.ERROR, 1);
        JsonNode failed = get("/v1/customers");
        assertThat(failed.path("status").asInt()).isEqualTo(500);
        assertThat(failed.at("/error/type").asText()).isEqualTo("api_error");
    }

    @Test
    void letsInWhoNamesTheKeyByHttpBasic() {
        for (String name : List.of("sk_test_local:", "sk_test_local")) {
            assertThat(basic(name)).isEqualTo(200);
        }
        assertThat(basic("sk_test_other:")).isEqualTo(401);
        assertThat(basic("sk_test_local:x")).isEqualTo(401);
    }

    private int basic(String credentials) {
        Request request = new Request(
                "GET",
                "HTTP/1.1",
                "/v1/customers",
                "",
                Fields.none()
                        .with(
                                "authorization",
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(credentials.getBytes(StandardCharsets.UTF_8))),
                Body.of(""),
                "127.0.0.1",
                12111);
        return stripe.answer(request).status();
    }

    @Test
    void searchesInPages() {
        for (int i = 0; i < 25; i++) {
            post("/v1/customers", "metadata[team]=north");
        }
        String query = "/v1/customers/search?query=metadata['team']:'north'";
        assertThat(get(query).path("data")).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        List<String> found = new ArrayList<>();
        String page = "";
        for (int size : new int[] {10, 10, 5}) {
            JsonNode answer = get(query + page);
            assertThat(answer.path("data")).hasSize(size);
            answer.path("data").forEach(one -> found.add(id(one)));
            assertThat(answer.path("has_more").asBoolean()).isEqualTo(size == 10);
            assertThat(answer.path("next_page").isTextual()).isEqualTo(size == 10);
            page = "&page=" + answer.path("next_page").asText();
        }
        assertThat(new HashSet<>(found)).hasSize(25);
        assertThat(get(query + "&limit=100").path("has_more").asBoolean()).isFalse();
        assertThat(get(query + "&limit=25").path("has_more").asBoolean()).isFalse();
        assertThat(get(query + "&limit=24").path("has_more").asBoolean()).isTrue();
        for (String limit : List.of("0", "101", "x")) {
            refused(400, "limit", get(query + "&limit=" + limit));
        }
        refused(400, "page", get(query + "&page=26"));
    }

    @Test
    void failsAsStripeDoesWhereThePortalWasNeverConfigured() {
        String form = "customer=" + customer + "&return_url=http://localhost:3000";
        stripe.account().configurePortal(false);
        JsonNode error = post("/v1/billing_portal/sessions", form);
        assertThat(error.at("/error/message").asText())
                .startsWith("No configuration provided and your test mode default configuration has not been created.");
        String own = id(post("/v1/billing_portal/configurations", "default_return_url=http://localhost:3000/own"));
        assertThat(post("/v1/billing_portal/sessions", "customer=" + customer + "&configuration=" + own)
                        .path("return_url")
                        .asText())
                .isEqualTo("http://localhost:3000/own");
        post("/v1/billing_portal/configurations/" + own, "active=false");
        refused(400, "configuration", post("/v1/billing_portal/sessions", form + "&configuration=" + own));
        stripe.account().configurePortal(true);
        assertThat(post("/v1/billing_portal/sessions", form).path("url").asText())
                .contains("/p/session/bps_");
    }

    @Test
    void sellsByCheckoutOnce() {
        JsonNode session = post(
                "/v1/checkout/sessions",
                "mode=subscription&customer=" + customer + "&line_items[0][price]=price_local_yearly"
                        + "&line_items[0][quantity]=12&success_url=http://localhost:3000/?s={CHECKOUT_SESSION_ID}"
                        + "&cancel_url=http://localhost:3000/no&subscription_data[metadata][a]=b");
        String page = "/c/pay/" + id(session);
        assertThat(session.path("amount_total").asLong()).isEqualTo(108_000);
        assertThat(session.has("line_items")).isFalse();
        assertThat(text("GET", page, ""))
                .contains("Charge points, paid yearly", "1080.00 EUR", "http://localhost:3000/no");
        assertThat(told).isEmpty();

        Response paid = stripe.answer(request("POST", page, "action=pay", Fields.none()));

        assertThat(paid.status()).isEqualTo(303);
        assertThat(paid.headers().joined("location")).contains("http://localhost:3000/?s=" + id(session));
        assertThat(told)
                .extracting(event -> event.path("type").asText())
                .containsExactly("customer.updated", "customer.subscription.created", "checkout.session.completed");
        JsonNode after = get("/v1/checkout/sessions/" + id(session) + "?expand[]=subscription&expand[]=line_items");
        assertThat(after.path("status").asText()).isEqualTo("complete");
        assertThat(after.path("url").isNull()).isTrue();
        assertThat(after.at("/subscription/items/data/0/quantity").asInt()).isEqualTo(12);
        assertThat(after.at("/subscription/metadata/a").asText()).isEqualTo("b");
        assertThat(after.at("/line_items/data/0/price/id").asText()).isEqualTo("price_local_yearly");
        assertThat(text("POST", page, "action=pay")).contains("This Checkout Session is complete.");
        assertThat(get("/v1/subscriptions").path("data")).hasSize(1);
        refused(400, "", post("/v1/checkout/sessions/" + id(session) + "/expire", ""));
    }

    @Test
    void letsACheckoutExpire() {
        String form = "mode=subscription&customer=" + customer
                + "&line_items[0][price]=price_local&line_items[0][quantity]=1&success_url=http://localhost:3000/";
        JsonNode session = post("/v1/checkout/sessions", form);
        JsonNode other = post("/v1/checkout/sessions", form);
        assertThat(post("/v1/checkout/sessions/" + id(other) + "/expire", "")
                        .path("status")
                        .asText())
                .isEqualTo("expired");
        clock.advance(Duration.ofHours(24));
        assertThat(get("/v1/checkout/sessions/" + id(session)).path("status").asText())
                .isEqualTo("expired");
        assertThat(text("POST", "/c/pay/" + id(session), "action=pay")).contains("This Checkout Session is expired.");
        assertThat(get("/v1/checkout/sessions?status=expired").path("data")).hasSize(2);
        // By its time as by somebody's request.
        assertThat(told)
                .extracting(event -> event.path("type").asText() + " "
                        + event.at("/data/object/id").asText())
                .containsExactly("checkout.session.expired " + id(other), "checkout.session.expired " + id(session));
        assertThat(told.getLast().at("/data/object/status").asText()).isEqualTo("expired");
    }

    @ParameterizedTest
    @CsvSource({
        "'line_items[0][price]=price_local', line_items[0]",
        "'line_items[0][price]=price_local&line_items[0][quantity]=0', line_items[0][quantity]",
        "'line_items[0][price]=price_none&line_items[0][quantity]=1', line_items[0][price]",
        "'', line_items",
        "'line_items[0][price]=price_local&line_items[0][quantity]=1&allow_promotion_codes=true', allow_promotion_codes",
        "'line_items[0][price]=price_local&line_items[0][quantity]=1&subscription_data[trial_period_days]=x', subscription_data[trial_period_days]",
        "'line_items[0][price]=price_local&line_items[0][quantity]=1&subscription_data[trial_period_days]=0', subscription_data[trial_period_days]",
        "'line_items[0][price]=price_local&line_items[0][quantity]=1&subscription_data[trial_period_days]=731', subscription_data[trial_period_days]",
        "'line_items[0][price]=price_local&line_items[0][quantity]=1&subscription_data[billing_mode][type]=new', subscription_data[billing_mode][type]",
        "'line_items[0][price]=price_local&line_items[0][quantity]=1&subscription_data[metadata][a][b]=c', subscription_data[metadata][a]",
        "'line_items[0][price]=price_local&line_items[0][quantity]=1&cancel_url=nowhere', cancel_url",
        "'line_items[0][price]=price_local&line_items[0][quantity]=1&cancel_url=ftp://x/', cancel_url",
        "'line_items[0][price]=price_local&line_items[0][quantity]=1&line_items[1][price]=price_local&line_items[1][quantity]=1', line_items",
        "'line_items[0][price]=price_local&line_items[0][quantity]=1&line_items[1][price]=price_local_yearly&line_items[1][quantity]=1&subscription_data[billing_mode][type]=classic', line_items",
    })
    void opensNoCheckoutOfWhatIsWrong(String form, String parameter) {
        refused(
                400,
                parameter,
                post(
                        "/v1/checkout/sessions",
                        "mode=subscription&success_url=http://x.example/&customer=" + customer + "&" + form));
    }

    @Test
    void opensNoCheckoutInTwoCurrencies() {
        String dollars =
                id(post("/v1/prices", "product=prod_local&currency=usd&unit_amount=5&recurring[interval]=month"));
        refused(
                400,
                "line_items",
                checkout("line_items[0][price]=price_local&line_items[0][quantity]=1&line_items[1][price]=" + dollars
                        + "&line_items[1][quantity]=1"));
    }

    /// One at a time: of what has not ended, and of pages to pay on.
    @Test
    void takesACustomersMoneyInOneCurrency() {
        String dollars =
                id(post("/v1/prices", "product=prod_local&currency=usd&unit_amount=5&recurring[interval]=month"));
        told.clear();
        JsonNode euros = subscribe("items[0][price]=price_local");
        assertThat(get("/v1/customers/" + customer).path("currency").asText()).isEqualTo("eur");
        assertThat(told.getFirst().path("type").asText()).isEqualTo("customer.updated");
        String line = "line_items[0][quantity]=1&line_items[0][price]=";
        combines("eur", post("/v1/subscriptions", "customer=" + customer + "&items[0][price]=" + dollars));
        combines("eur", checkout(line + dollars));
        String item = euros.at("/items/data/0/id").asText();
        JsonNode refused = update(euros, "items[0][id]=" + item + "&items[0][price]=" + dollars);
        refused(400, "", refused);
        assertThat(refused.at("/error/message").asText()).contains("`usd`", "expected currency: `eur`");

        post("DELETE", "/v1/subscriptions/" + id(euros), "", Fields.none());
        JsonNode page = checkout(line + dollars);
        combines("usd", checkout(line + "price_local"));
        combines("usd", subscribe("items[0][price]=price_local"));
        post("/v1/checkout/sessions/" + id(page) + "/expire", "");
        JsonNode other = checkout(line + "price_local");
        clock.advance(Duration.ofDays(1));
        subscribe("items[0][price]=" + dollars);
        assertThat(get("/v1/customers/" + customer).path("currency").asText()).isEqualTo("usd");
        assertThat(get("/v1/checkout/sessions/" + id(other)).path("status").asText())
                .isEqualTo("expired");
        // Nobody else's matter.
        String stranger = id(post("/v1/customers", ""));
        post("/v1/subscriptions", "customer=" + stranger + "&items[0][price]=price_local");
        assertThat(get("/v1/customers/" + stranger).path("currency").asText()).isEqualTo("eur");
    }

    private void combines(String currency, JsonNode answer) {
        refused(400, "", answer);
        assertThat(answer.at("/error/message").asText())
                .startsWith("You cannot combine currencies on a single customer.")
                .endsWith("with currency " + currency + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "jpy, 1200 JPY, 3600 JPY",
        "kwd, 1.200 KWD, 3.600 KWD",
        "eur, 12.00 EUR, 36.00 EUR",
        "isk, 12.00 ISK, 36.00 ISK"
    })
    void showsAmountsInTheUnitsOfTheirCurrency(String currency, String each, String total) {
        String price = id(post(
                "/v1/prices", "product=prod_local&unit_amount=1200&recurring[interval]=month&currency=" + currency));
        JsonNode session = checkout("line_items[0][quantity]=3&line_items[0][price]=" + price);
        assertThat(session.path("amount_total").asLong()).isEqualTo(3600);
        assertThat(text("GET", "/c/pay/" + id(session), "")).contains("3 × " + each + " each", "<strong>" + total);
    }

    @Test
    void showsAPriceAsItIsNow() {
        JsonNode subscription = subscribe("items[0][price]=price_local_support");
        JsonNode session = checkout("line_items[0][price]=price_local_support&line_items[0][quantity]=1");
        JsonNode price = post("/v1/prices/price_local_support", "metadata[a]=b&nickname=New");
        assertThat(get("/v1/subscriptions/" + id(subscription)).at("/items/data/0/price"))
                .isEqualTo(price);
        assertThat(get("/v1/subscription_items?subscription=" + id(subscription))
                        .at("/data/0/price"))
                .isEqualTo(price);
        assertThat(get("/v1/checkout/sessions/" + id(session) + "?expand[]=line_items")
                        .at("/line_items/data/0/price"))
                .isEqualTo(price);
        assertThat(get("/v1/checkout/sessions/" + id(session) + "/line_items").at("/data/0/price"))
                .isEqualTo(price);
        told.clear();
        update(subscription, "metadata[c]=d");
        assertThat(told.getFirst().at("/data/object/items/data/0/price")).hasToString(price.toString());
        assertThat(told.getFirst().at("/data/previous_attributes").toString()).isEqualTo("{\"metadata\":{\"c\":null}}");
    }

    @Test
    void archivesNoPriceThatIsItsProductsDefault() {
        refused(400, "", post("/v1/prices/price_local", "active=false"));
        assertThat(post("/v1/prices/price_local", "active=true").path("active").asBoolean())
                .isTrue();
        assertThat(post("/v1/products/prod_local", "default_price=")
                        .path("default_price")
                        .isNull())
                .isTrue();
        assertThat(post("/v1/prices/price_local", "active=false").path("active").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/subscriptions?customer=cus_none, customer",
        "/v1/subscriptions?price=price_none, price",
        "/v1/prices?product=prod_none, product",
        "/v1/checkout/sessions?customer=cus_none, customer",
        "/v1/checkout/sessions?subscription=sub_none, subscription",
        "/v1/subscription_items?subscription=sub_none, subscription",
        "/v1/products?starting_after=prod_none, starting_after",
    })
    void listsNothingOfWhatThereIsNot(String path, String parameter) {
        JsonNode answer = get(path);
        refused(400, parameter, answer);
        assertThat(answer.at("/error/code").asText()).isEqualTo("resource_missing");
        assertThat(answer.at("/error/doc_url").asText()).endsWith("/error-codes/resource-missing");
        String id = path.substring(path.indexOf('=') + 1);
        String type = parameter.equals("starting_after") ? "product" : parameter;
        assertThat(answer.at("/error/message").asText()).isEqualTo("No such " + type + ": '" + id + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/customers/{customer}?expand[]=id",
                "/v1/customers/{customer}?expand[]=subscriptions",
                "/v1/customers/{customer}?expand[]=metadata",
                "/v1/subscriptions/{subscription}?expand[]=items",
                "/v1/subscriptions/{subscription}?expand[]=items.data.price",
                "/v1/subscriptions/{subscription}?expand[]=items.data.subscription",
                "/v1/subscriptions/{subscription}?expand[]=status",
                "/v1/subscriptions/{subscription}?expand[]=customer.currency",
                "/v1/subscriptions/{subscription}?expand[]=cancel_at",
                "/v1/prices/price_local?expand[]=product.prices",
            })
    void expandsNothingElse(String path) {
        JsonNode subscription = subscribe("items[0][price]=price_local");
        JsonNode answer = get(path.replace("{customer}", customer).replace("{subscription}", id(subscription)));
        refused(400, "expand", answer);
        assertThat(answer.at("/error/message").asText())
                .isEqualTo("This property cannot be expanded (" + path.substring(path.indexOf('=') + 1) + ").");
    }

    @Test
    void expandsWhatIsAnId() {
        JsonNode subscription = subscribe("items[0][price]=price_local");
        JsonNode shown = get("/v1/subscriptions/" + id(subscription)
                + "?expand[]=customer&expand[]=latest_invoice&expand[]=items.data.price.product");
        assertThat(shown.at("/customer/id").asText()).isEqualTo(customer);
        assertThat(shown.path("latest_invoice").isNull()).isTrue();
        assertThat(shown.at("/items/data/0/price/product/name").asText()).isEqualTo("Charge points");
        JsonNode session = checkout("line_items[0][price]=price_local&line_items[0][quantity]=1");
        assertThat(get("/v1/checkout/sessions?expand[]=data.line_items.data.price")
                        .at("/error/param")
                        .asText())
                .isEqualTo("expand");
        assertThat(get("/v1/checkout/sessions/" + id(session) + "?expand[]=line_items.data.price.product")
                        .at("/line_items/data/0/price/product/id")
                        .asText())
                .isEqualTo("prod_local");
        JsonNode wrong = get("/v1/subscriptions?expand[]=customer");
        refused(400, "expand", wrong);
        assertThat(wrong.at("/error/message").asText())
                .endsWith("(customer). You may want to try expanding 'data.customer' instead.");
    }

    /// With a trial, nothing is due today.
    @Test
    void sellsATrialForNothing() {
        JsonNode session = checkout("line_items[0][price]=price_local&line_items[0][quantity]=3"
                + "&subscription_data[trial_period_days]=7");
        assertThat(session.path("amount_total").asLong(-1)).isZero();
        text("POST", "/c/pay/" + id(session), "action=pay");
        JsonNode after = get("/v1/checkout/sessions/" + id(session) + "?expand[]=subscription");
        assertThat(after.path("payment_status").asText()).isEqualTo("no_payment_required");
        assertThat(after.at("/subscription/status").asText()).isEqualTo("trialing");
    }

    private JsonNode checkout(String form) {
        return post(
                "/v1/checkout/sessions",
                "mode=subscription&success_url=http://localhost:3000/&customer=" + customer + "&" + form);
    }

    @Test
    void changesAndEndsASubscriptionInThePortal() {
        JsonNode subscription =
                subscribe("items[0][price]=price_local&items[0][quantity]=2&items[1][price]=price_local_yearly");
        String page = "/p/session/"
                + id(post("/v1/billing_portal/sessions", "customer=" + customer + "&return_url=http://localhost:3000"));
        assertThat(text("GET", page, ""))
                .contains(id(subscription), "Cancel subscription", "http://localhost:3000")
                .contains("Quantity of Charge points <input", "Quantity of Charge points, paid yearly <input");
        told.clear();

        String form = "subscription=" + id(subscription);
        text(
                "POST",
                page,
                form + "&action=quantity&quantity=8&item="
                        + subscription.at("/items/data/0/id").asText());
        text("POST", page, form + "&action=cancel");

        JsonNode after = get("/v1/subscriptions/" + id(subscription));
        assertThat(after.at("/items/data/0/quantity").asInt()).isEqualTo(8);
        assertThat(after.path("cancel_at")).isEqualTo(subscription.at("/items/data/1/current_period_end"));
        assertThat(after.path("cancel_at_period_end").asBoolean()).isFalse();
        assertThat(text("GET", page, "")).contains("ends on ", "Don't cancel");
        text("POST", page, form + "&action=renew");
        assertThat(get("/v1/subscriptions/" + id(subscription))
                        .path("cancel_at")
                        .isNull())
                .isTrue();
        assertThat(told)
                .extracting(event -> event.path("type").asText())
                .containsOnly("customer.subscription.updated")
                .hasSize(3);
        assertThat(told).allMatch(event -> event.at("/request/id").isNull());
        String strangers = id(post("/v1/customers", ""));
        JsonNode theirs = post("/v1/subscriptions", "customer=" + strangers + "&items[0][price]=price_local");
        text("POST", page, "subscription=" + id(theirs) + "&action=cancel");
        assertThat(get("/v1/subscriptions/" + id(theirs)).path("cancel_at").isNull())
                .isTrue();
    }

    @Test
    void refusesAVersionWhoseShapesItDoesNotHave() {
        for (String other : List.of(
                "2024-06-20",
                "2025-09-30.clover",
                "2027-01-31.eucalypt",
                "2026-07-29",
                "2026-07-29.dahlia.preview",
                "x")) {
            Fields version = Fields.none().with("stripe-version", other);
            refused(400, "", json(stripe.answer(request("GET", "/v1/customers", "", version))));
        }
        for (String own : List.of(StripeEvents.API_VERSION, "2026-03-25.dahlia")) {
            Fields version = Fields.none().with("stripe-version", own);
            assertThat(stripe.answer(request("GET", "/v1/customers", "", version))
                            .status())
                    .isEqualTo(200);
        }
        assertThat(stripe.answer(request("GET", "/v1/customers", "", Fields.none()))
                        .headers()
                        .joined("stripe-version"))
                .contains(StripeEvents.API_VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/invoices", "/v1/subscriptions/x/discount", "/v2/core/accounts", "/v1", "/"})
    void hasNothingWhereNothingIsServed(String path) {
        refused(404, "", get(path));
    }

    private void refused(int status, String parameter, JsonNode answer) {
        assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.at("/error/type").asText()).isEqualTo("invalid_request_error");
        assertThat(answer.at("/error/message").asText()).isNotEmpty();
        assertThat(answer.at("/error/param").asText()).isEqualTo(parameter);
    }

    private Instant now() {
        return Instant.ofEpochSecond(clock.instant().getEpochSecond());
    }

    private static String id(JsonNode object) {
        return object.path("id").asText();
    }

    private JsonNode subscribe(String form) {
        return post("/v1/subscriptions", "customer=" + customer + "&" + form);
    }

    private JsonNode update(JsonNode subscription, String form) {
        return post("/v1/subscriptions/" + id(subscription), form);
    }

    private JsonNode get(String path) {
        return json(stripe.answer(request("GET", path, "", Fields.none())));
    }

    private JsonNode post(String path, String form) {
        return post("POST", path, form, Fields.none());
    }

    private JsonNode post(String method, String path, String form, Fields headers) {
        return json(stripe.answer(request(method, path, form, headers)));
    }

    private String text(String method, String path, String form) {
        return stripe.answer(request(method, path, form, Fields.none())).body().text();
    }

    /// The answer, and its status where it is an error.
    private static JsonNode json(Response response) {
        ObjectNode json = (ObjectNode) Json.parse(response.body().text()).orElseThrow();
        return response.status() == 200 ? json : json.put("status", response.status());
    }

    private static Request request(String method, String path, String form, Fields headers) {
        int query = path.indexOf('?');
        return new Request(
                method,
                "HTTP/1.1",
                query < 0 ? path : path.substring(0, query),
                query < 0 ? "" : path.substring(query + 1),
                headers.with("authorization", "Bearer sk_test_local"),
                Body.of(form),
                "127.0.0.1",
                12111);
    }
}
