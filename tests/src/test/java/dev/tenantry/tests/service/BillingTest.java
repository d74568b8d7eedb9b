package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.stripe.Webhooks;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tests.project.Project;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillingTest {

    /// What callers are promised, and half a second for the machine that the tests run on.
    private static final Duration PROMISE = Duration.ofMillis(5500);

    private static final String WHSEC = "whsec_local";

    private final TenantFixture acme = TenantFixture.founded();
    private final Person admin = acme.admin();
    private final String billing = acme.path() + "/billing";
    private final String subscription = acme.path() + "/subscription";

    @AfterEach
    void callOffWhatIsLeftOfTheFaults() {
        SERVICE.fail("stripe", "error", 0);
    }

    @Test
    void opensThePortalAndNamesTheCustomer() {
        assertThat(acme.show().json().path("stripeCustomerId").isNull()).isTrue();

        Answer opened = admin.get(billing + "?returnUrl=http%3A%2F%2Flocalhost%3A3000%2Fbilling%3Fa%3Db")
                .is(200);

        String url = opened.json().path("url").asText();
        assertThat(url).startsWith("http://127.0.0.1:");
        String customer = acme.show().json().path("stripeCustomerId").asText();
        assertThat(customer).startsWith("cus_");
        assertThat(SERVICE.page(url))
                .contains(
                        "stands in for Stripe's billing portal",
                        customer,
                        "href=\"http://localhost:3000/billing?a=b\"");
        assertThat(SERVICE.page(admin.get(billing).is(200).json().path("url").asText()))
                .contains("href=\"http://localhost:3000\"");
        assertThat(acme.show().json().path("stripeCustomerId").asText()).isEqualTo(customer);
        assertThat(acme.show().etag()).isEqualTo("\"2\"");
        assertThat(acme.auditEntries(admin, "tenant.updated")).hasSize(1);
    }

    @Test
    void isForAdminsOnly() {
        for (Role role : List.of(Role.VIEWER, Role.USER)) {
            acme.member(role).get(billing).isProblem(403, "insufficient_role");
            acme.member(role).get(subscription).isProblem(404, "subscription_not_found");
        }
        Person stranger = TenantFixture.founded().admin();
        stranger.get(billing).isProblem(404, "tenant_not_found");
        stranger.get(subscription).isProblem(404, "tenant_not_found");
        assertThat(acme.show().json().path("stripeCustomerId").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https%3A%2F%2Fevil.example%2F",
                "http%3A%2F%2Flocalhost%3A3000.evil.example%2F",
                "http%3A%2F%2Flocalhost%3A3000%40evil.example%2F",
                "http%3A%2F%2Flocalhost%3A3001%2F",
                "%2Fbilling",
                "",
            })
    void leadsBackToItsOwnOriginsOnly(String url) {
        admin.get(billing + "?returnUrl=" + url).isInvalid("?returnUrl");
        admin.get(billing + "?returnUrl=http%3A%2F%2Flocalhost%3A3000&returnUrl=" + url)
                .isInvalid("?returnUrl");
    }

    @Test
    void makesOneCustomerHoweverManyAskAtOnce() throws InterruptedException {
        List<Answer> answers = Rivals.answers(_ -> admin.get(billing));

        assertThat(Rivals.count(answers, 200)).isEqualTo(Rivals.COUNT);
        Set<String> customers = new HashSet<>();
        for (Answer answer : answers) {
            String page = SERVICE.page(answer.json().path("url").asText());
            customers.add(page.substring(page.indexOf("cus_"), page.indexOf('<', page.indexOf("cus_"))));
        }
        assertThat(customers)
                .containsExactly(acme.show().json().path("stripeCustomerId").asText());
    }

    @ParameterizedTest
    @CsvSource({"error", "slow", "reset", "throttle"})
    void answersInTimeWhenStripeFails(String kind) {
        for (boolean known : new boolean[] {false, true}) {
            SERVICE.fail("stripe", kind, 20);
            Instant start = Instant.now();

            Answer failed = admin.get(billing).isProblem(502, "upstream_unavailable");

            assertThat(Duration.between(start, Instant.now())).isLessThan(PROMISE);
            assertThat(SERVICE.log(failed)).anyMatch(line -> line.contains("\"reason\":\"Stripe: "));
            // No storm: what was ordered for twenty calls has hardly been touched.
            assertThat(SERVICE.callOff("stripe")).isGreaterThanOrEqualTo(18);
            assertThat(acme.show().json().path("stripeCustomerId").isNull()).isEqualTo(!known);
            admin.get(billing).is(200);
        }
    }

    /// No single answer takes longer than anyone would wait, all of them together do.
    @Test
    void answersInTimeWhenEachOfStripesAnswersIsLate() {
        SERVICE.fail("stripe", "late", 20);
        Instant start = Instant.now();

        Answer failed = admin.get(billing).isProblem(502, "upstream_unavailable");

        assertThat(Duration.between(start, Instant.now())).isBetween(Duration.ofSeconds(4), PROMISE);
        assertThat(SERVICE.log(failed)).anyMatch(line -> line.contains("\"reason\":\"Stripe: no answer in time\""));
        assertThat(SERVICE.callOff("stripe")).isGreaterThanOrEqualTo(17);
        assertThat(acme.show().json().path("stripeCustomerId").isNull()).isTrue();
    }

    /// Between Stripe's answer and our writing it down: the customer is there, and nobody knows whose it is.
    @Test
    void takesOverWhatWasSubscribedToAfterACrash() {
        String id = acme.show().json().path("id").asText();
        String customer = SERVICE.stripe(
                        "POST",
                        "/v1/customers",
                        "metadata[tenantry_tenant]=" + acme.prefix() + "&metadata[tenantry_tenant_id]=" + id
                                + "&description=Tenant+" + acme.prefix(),
                        "Idempotency-Key",
                        "tenantry-customer-" + acme.prefix() + "-" + id + "-1")
                .path("id")
                .asText();
        JsonNode made = SERVICE.stripe(
                "POST",
                "/v1/subscriptions",
                "customer=" + customer + "&items[0][price]=price_local&items[0][quantity]=6");
        Answer early = deliver("{\"id\":\"evt_" + acme.prefix().replace("-", "") + "\",\"type\":"
                        + "\"customer.subscription.created\",\"data\":{\"object\":{\"customer\":\"" + customer
                        + "\"}}}")
                .is(200);
        assertThat(SERVICE.log(early)).anyMatch(line -> line.contains("\"outcome\":\"unknown_customer\""));

        Answer opened = admin.get(billing).is(200);

        assertThat(SERVICE.log(opened)).singleElement().asString().contains("\"outcome\":\"changed\"");
        assertThat(acme.show().json().path("stripeCustomerId").asText()).isEqualTo(customer);
        JsonNode json = admin.get(subscription).is(200).json();
        assertThat(json.path("stripeSubscriptionId")).isEqualTo(made.path("id"));
        assertThat(json.path("quantity").asInt()).isEqualTo(6);
        assertThat(acme.auditEntries(admin, "subscription.changed"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.path("actorId").asText()).isEqualTo("stripe"));
    }

    @Test
    void goesOnWithANewCustomerWhenTheOldOneWasDeleted() throws InterruptedException {
        SERVICE.subscribe(acme.prefix(), "\"quantity\":5");
        String event = event("customer.subscription.deleted");
        String old = acme.show().json().path("stripeCustomerId").asText();
        SERVICE.stripe("DELETE", "/v1/customers/" + old, "");
        deliver(event).is(200);
        assertThat(admin.get(subscription).is(200).json().path("status").asText())
                .isEqualTo("canceled");

        List<Answer> answers = Rivals.answers(_ -> admin.get(billing));

        assertThat(Rivals.count(answers, 200)).isEqualTo(Rivals.COUNT);
        String next = acme.show().json().path("stripeCustomerId").asText();
        assertThat(next).startsWith("cus_").isNotEqualTo(old);
        assertThat(acme.auditEntries(admin, "tenant.updated")).hasSize(2);
        assertThat(SERVICE.page(answers.getFirst().json().path("url").asText())).contains(next);
        SERVICE.subscribe(acme.prefix(), "\"quantity\":8");
        assertThat(admin.get(subscription).is(200).json().path("quantity").asInt())
                .isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "reset", "throttle"})
    void failsOnceForEachFaultThatIsOrdered(String kind) {
        for (boolean known : new boolean[] {false, true}) {
            SERVICE.fail("stripe", kind, 1);
            admin.get(billing).isProblem(502, "upstream_unavailable");
            assertThat(acme.show().json().path("stripeCustomerId").isNull()).isEqualTo(!known);
            admin.get(billing).is(200);
        }
        String event = event("customer.subscription.updated");
        SERVICE.fail("stripe", kind, 1);
        deliver(event).isProblem(502, "upstream_unavailable");
        deliver(event).is(200);
    }

    @Test
    void showsWhatWasSubscribedTo() {
        admin.get(subscription).isProblem(404, "subscription_not_found");

        JsonNode made = SERVICE.subscribe(acme.prefix(), "\"status\":\"trialing\",\"quantity\":10");

        assertThat(made.path("delivered").asInt()).isEqualTo(200);
        Answer shown = acme.member(Role.VIEWER).get(subscription).is(200);
        JsonNode json = shown.json();
        assertThat(json.path("status").asText()).isEqualTo("active");
        assertThat(json.path("quantity").asInt()).isEqualTo(10);
        assertThat(json.path("productId").asInt()).isEqualTo(1);
        assertThat(json.path("productName").asText()).isEqualTo("Charge points");
        assertThat(json.path("tenantId")).isEqualTo(acme.show().json().path("id"));
        assertThat(json.path("stripeSubscriptionId")).isEqualTo(made.at("/subscription/id"));
        assertThat(json.path("cancelAtPeriodEnd").asBoolean()).isFalse();
        assertThat(Instant.parse(json.path("currentPeriodEnd").asText()).getEpochSecond())
                .isEqualTo(
                        made.at("/subscription/items/data/0/current_period_end").asLong());
        assertThat(shown.etag()).isEqualTo("\"1\"");
        assertThat(acme.auditEntries(admin, "subscription.changed"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.path("actorId").asText()).isEqualTo("stripe");
                    assertThat(entry.path("actorIp").isNull()).isTrue();
                    assertThat(entry.path("targetId").asText())
                            .isEqualTo(json.path("id").asText());
                    assertThat(entry.path("before").isNull()).isTrue();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "active,active",
        "trialing,active",
        "past_due,active",
        "canceled,canceled",
        "unpaid,expired",
        "paused,expired",
        "incomplete_expired,expired",
        "expired,expired"
    })
    void mapsEveryStatusOfStripes(String stripe, String ours) {
        SERVICE.subscribe(acme.prefix(), "\"status\":\"" + stripe + "\"");
        JsonNode json = admin.get(subscription).is(200).json();
        assertThat(json.path("status").asText()).isEqualTo(ours);
    }

    @Test
    void makesNothingOfAnIncompleteOne() {
        SERVICE.subscribe(acme.prefix(), "\"status\":\"incomplete\"");
        admin.get(subscription).isProblem(404, "subscription_not_found");
    }

    @Test
    void addsUpTheItemsThatHaveAQuantity() {
        SERVICE.subscribe(acme.prefix(), "\"items\":[{\"quantity\":3},{\"quantity\":4}],\"cancelAtPeriodEnd\":true");
        JsonNode json = admin.get(subscription).is(200).json();
        assertThat(json.path("quantity").asInt()).isEqualTo(7);
        assertThat(json.path("cancelAtPeriodEnd").asBoolean()).isTrue();
    }

    @Test
    void countsNoAddOnBesideThePlan() {
        SERVICE.subscribe(
                acme.prefix(),
                "\"items\":[{\"price\":\"price_local_support\",\"quantity\":1},"
                        + "{\"price\":\"price_local\",\"quantity\":40}]");
        JsonNode json = admin.get(subscription).is(200).json();
        assertThat(json.path("productId").asInt()).isEqualTo(1);
        assertThat(json.path("quantity").asInt()).isEqualTo(40);
    }

    @Test
    void keepsToTheNewSubscriptionWhenTheOldOneEnds() {
        JsonNode old = SERVICE.subscribe(acme.prefix(), "\"quantity\":1");
        String oldId = old.at("/subscription/id").asText();
        JsonNode young = SERVICE.subscribe(acme.prefix(), "\"quantity\":2,\"new\":true");
        assertThat(young.at("/subscription/id").asText()).isNotEqualTo(oldId);

        JsonNode ended = SERVICE.subscribe(acme.prefix(), "\"status\":\"canceled\",\"subscription\":\"" + oldId + "\"");

        assertThat(ended.at("/event/type").asText()).isEqualTo("customer.subscription.deleted");
        JsonNode json = admin.get(subscription).is(200).json();
        assertThat(json.path("stripeSubscriptionId")).isEqualTo(young.at("/subscription/id"));
        assertThat(json.path("status").asText()).isEqualTo("active");
        assertThat(json.path("quantity").asInt()).isEqualTo(2);
    }

    @Test
    void convergesWhenEventsComeLateTwiceAndInAnyOrder() {
        List<String> events = new ArrayList<>();
        for (String change : List.of(
                "\"status\":\"incomplete\",\"quantity\":1",
                "\"quantity\":2",
                "\"quantity\":3",
                "\"status\":\"past_due\",\"quantity\":4",
                "\"status\":\"canceled\"")) {
            events.add(Json.text(SERVICE.subscribe(acme.prefix(), change + ",\"deliver\":false")
                    .path("event")));
        }
        events.addAll(List.copyOf(events));
        Collections.shuffle(events, new Random(5));

        events.forEach(event -> deliver(event).is(200));

        JsonNode json = admin.get(subscription).is(200).json();
        assertThat(json.path("status").asText()).isEqualTo("canceled");
        assertThat(json.path("quantity").asInt()).isEqualTo(4);
        assertThat(acme.auditEntries(admin, "subscription.changed")).hasSize(1);
    }

    @Test
    void convergesWhenManyEventsComeAtOnce() throws InterruptedException {
        SERVICE.subscribe(acme.prefix(), "\"quantity\":1");
        List<Answer> answers = Rivals.answers(i -> {
            String event = Json.text(SERVICE.subscribe(acme.prefix(), "\"quantity\":" + (i + 2) + ",\"deliver\":false")
                    .path("event"));
            return deliver(event);
        });

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 502, 503));
        long truth = Json.parse(SERVICE.stripe("/v1/subscriptions?customer="
                        + acme.show().json().path("stripeCustomerId").asText()))
                .orElseThrow()
                .at("/data/0/items/data/0/quantity")
                .asLong();
        if (Rivals.count(answers, 200) < Rivals.COUNT) {
            // Stripe would deliver those again.
            deliver(event("customer.subscription.updated")).is(200);
        }
        assertThat(admin.get(subscription).is(200).json().path("quantity").asLong())
                .isEqualTo(truth);
    }

    @Test
    void takesWhatStripeSignedAndNothingElse() {
        String event = event("customer.subscription.updated");
        Instant now = Instant.now();
        String genuine = Webhooks.signature(WHSEC, now, event);
        Map<String, String> wrong = new HashMap<>();
        wrong.put("other secret", Webhooks.signature("whsec_other", now, event));
        wrong.put("other body", Webhooks.signature(WHSEC, now, event + " "));
        wrong.put("too old", Webhooks.signature(WHSEC, now.minusSeconds(310), event));
        wrong.put("from the future", Webhooks.signature(WHSEC, now.plusSeconds(310), event));
        wrong.put(
                "younger than signed", genuine.replace("t=" + now.getEpochSecond(), "t=" + (now.getEpochSecond() - 1)));
        wrong.put("other scheme", genuine.replace("v1=", "v0="));
        wrong.put("no time", genuine.substring(genuine.indexOf("v1=")));
        wrong.put("no number", genuine.replaceFirst("t=[0-9]+", "t=now"));
        wrong.put("no signature", "t=" + now.getEpochSecond());
        wrong.put("empty", "v1=,t=" + now.getEpochSecond());
        wrong.put("nonsense", "v1=t=,t=,=,");
        wrong.put("long", genuine + "," + "v1=0".repeat(1000));
        wrong.forEach((what, signature) -> {
            Answer refused = deliver(event, signature);
            assertThat(refused.status()).as(what).isEqualTo(400);
            refused.isInvalid("Stripe-Signature");
            assertThat(SERVICE.log(refused)).as(what).allMatch(line -> line.contains("\"dynamoDbCalls\":0"));
        });
        SERVICE.send("POST", "/stripe/webhook", event, List.of()).isInvalid("Stripe-Signature");

        deliver(event, genuine).is(200);
        deliver(event, "v1=" + "0".repeat(64) + "," + genuine + ",v0=x").is(200);
        deliver(event, Webhooks.signature(WHSEC, now.minusSeconds(290), event)).is(200);
    }

    @Test
    void takesNoEventThatIsNone() {
        for (String body :
                List.of("", "[]", "{}", "null", "{\"id\":\"evt_1\"}", "{\"id\":\"a#b\",\"type\":\"x\"}", "{\"id\"")) {
            deliver(body).isProblem(400, "invalid_request");
        }
        deliver("{\"id\":\"evt_" + UUID.randomUUID().toString().replace("-", "")
                        + "\",\"type\":\"customer.subscription.updated\","
                        + "\"data\":{\"object\":{\"customer\":{\"id\":\"cus_x\"}}}}")
                .is(200);
    }

    @Test
    void takesNoMoreThanItSays() {
        String event = event("customer.subscription.updated");
        deliver(event + " ".repeat(256 * 1024 - event.length())).is(200);
        deliver(event + " ".repeat(256 * 1024 - event.length() + 1)).isProblem(413, "payload_too_large");
    }

    @Test
    void needsNoToken() {
        // Not even one that is there and wrong.
        String event = event("customer.subscription.updated");
        SERVICE.send(
                        "POST",
                        "/stripe/webhook",
                        event,
                        List.of(
                                "Authorization",
                                "Bearer nonsense",
                                "Stripe-Signature",
                                Webhooks.signature(WHSEC, Instant.now(), event)))
                .is(200);
        admin.get("/stripe/webhook").isProblem(405, "method_not_allowed");
    }

    @Test
    void tellsOperatorsOfCustomersThatItDoesNotKnow() {
        Answer unknown = deliver("{\"id\":\"evt_u\",\"type\":\"customer.subscription.created\",\"data\":{\"object\":"
                        + "{\"customer\":\"cus_unknown\"}}}")
                .is(200);
        assertThat(SERVICE.log(unknown))
                .singleElement()
                .asString()
                .contains(
                        "\"outcome\":\"unknown_customer\"", "\"unknownCustomers\":1", "{\"Name\":\"unknownCustomers\"")
                .contains("\"eventId\":\"evt_u\"", "\"customerId\":\"cus_unknown\"")
                .doesNotContain("\"tenant\":");
        Answer uninteresting =
                deliver("{\"id\":\"evt_v\",\"type\":\"invoice.paid\"}").is(200);
        assertThat(SERVICE.log(uninteresting))
                .singleElement()
                .asString()
                .contains("\"outcome\":\"uninteresting\"", "\"dynamoDbCalls\":0", "\"eventId\":\"evt_v\"")
                .doesNotContain("unknownCustomers", "customerId");
    }

    /// Also where the one of two that comes too late has to look again.
    @ParameterizedTest
    @ValueSource(strings = {"slow", "late"})
    void answersEventsInTimeWhenStripeIsSlow(String kind) throws InterruptedException {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < Rivals.COUNT; i++) {
            events.add(event("customer.subscription.updated"));
        }
        SERVICE.fail("stripe", kind, 500);

        List<Answer> answers = Rivals.answers(i -> {
            Instant start = Instant.now();
            Answer answer = deliver(events.get(i));
            assertThat(Duration.between(start, Instant.now())).isLessThan(PROMISE);
            return answer;
        });

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 502, 503));
        // 503 is a busy machine's: the storage gave no answer in the time that was left.
        assertThat(Rivals.count(answers, 502) + Rivals.count(answers, 503)).isGreaterThanOrEqualTo(Rivals.COUNT - 1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 502)
                .allSatisfy(answer -> assertThat(SERVICE.log(answer))
                        .singleElement()
                        .asString()
                        .contains("\"customerId\":\"cus_", "\"eventId\":"));
    }

    @Test
    void asksForAnotherDeliveryWhenStripeFails() {
        String event = Json.text(SERVICE.subscribe(acme.prefix(), "\"quantity\":5,\"deliver\":false")
                .path("event"));
        SERVICE.fail("stripe", "error", 5);
        deliver(event).isProblem(502, "upstream_unavailable");
        SERVICE.callOff("stripe");
        admin.get(subscription).isProblem(404, "subscription_not_found");

        deliver(event).is(200);

        assertThat(admin.get(subscription).is(200).json().path("quantity").asInt())
                .isEqualTo(5);
    }

    @Test
    void leavesADeletedTenantAlone() {
        SERVICE.subscribe(acme.prefix(), "\"quantity\":5,\"cancelAtPeriodEnd\":true");
        String event = event("customer.subscription.updated");
        admin.delete(acme.path()).is(204);

        Answer answer = deliver(event).is(200);

        assertThat(SERVICE.log(answer))
                .singleElement()
                .asString()
                .contains("\"outcome\":\"deleted_tenant\"", "{\"Name\":\"customersOfDeletedTenants\"")
                .contains(named(event), "\"tenant\":\"" + acme.prefix() + "\"");
        admin.get(subscription).isProblem(404, "tenant_not_found");
    }

    @Test
    void logsNoSecretAndNoAddressOfAPortal() {
        Answer opened = admin.get(billing).is(200);
        Answer delivered = deliver(event("customer.subscription.updated")).is(200);
        String session = opened.json().path("url").asText().replaceFirst(".*/", "");
        for (Answer answer : List.of(opened, delivered)) {
            assertThat(SERVICE.log(answer))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).doesNotContain(session, WHSEC, "sk_test_local", "v1="));
        }
    }

    @Test
    void tellsADeveloperWhatIsWrong() {
        for (String body : List.of(
                "",
                "[]",
                "{}",
                "{\"tenant\":\"x\"}",
                "{\"tenant\":\"acme\",\"status\":\"x\"}",
                "{\"tenant\":\"acme\",\"quantity\":-1}",
                "{\"tenant\":\"acme\",\"colour\":1}",
                "{\"tenant\":\"acme\",\"new\":\"yes\"}",
                "{\"tenant\":\"acme\",\"items\":[]}",
                "{\"tenant\":\"acme\",\"items\":[3]}",
                "{\"tenant\":\"acme\",\"items\":[{\"colour\":1}]}",
                "{\"tenant\":\"acme\",\"items\":[{\"quantity\":\"x\"}]}")) {
            assertThat(SERVICE.post("/_local/stripe/subscription", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(SERVICE.post("/_local/stripe/subscription", "{\"tenant\":\"nobody-here\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void touchesNoOtherTenantsSubscription() {
        String other = SERVICE.subscribe(TenantFixture.founded().prefix(), "\"quantity\":1")
                .at("/subscription/id")
                .asText();
        HttpResponse<String> answer = SERVICE.post(
                "/_local/stripe/subscription",
                "{\"tenant\":\"" + acme.prefix() + "\",\"subscription\":\"" + other + "\",\"quantity\":9}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("No such subscription of this tenant: '" + other + "'");
    }

    @Test
    void revivesNothingThatHasEnded() {
        String id = SERVICE.subscribe(acme.prefix(), "\"status\":\"canceled\"")
                .at("/subscription/id")
                .asText();
        HttpResponse<String> answer = SERVICE.post(
                "/_local/stripe/subscription",
                "{\"tenant\":\"" + acme.prefix() + "\",\"subscription\":\"" + id + "\"}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("can't be made active again: " + id);
        assertThat(admin.get(subscription).is(200).json().path("status").asText())
                .isEqualTo("canceled");
    }

    /// What would have no effect is refused.
    @Test
    void promisesNoChangeThatItDoesNotMake() {
        SERVICE.subscribe(acme.prefix(), "\"quantity\":3");
        refused("\"billingMode\":\"classic\"", "billingMode is for a new subscription");
        SERVICE.subscribe(acme.prefix(), "\"status\":\"canceled\"");
        for (String change : List.of("\"quantity\":9", "\"cancelAtPeriodEnd\":true", "\"items\":[{\"quantity\":9}]")) {
            refused("\"status\":\"canceled\"," + change, "A canceled subscription can only update");
        }
        assertThat(admin.get(subscription).is(200).json().path("quantity").asInt())
                .isEqualTo(3);
    }

    private void refused(String fields, String words) {
        HttpResponse<String> answer =
                SERVICE.post("/_local/stripe/subscription", "{\"tenant\":\"" + acme.prefix() + "\"," + fields + "}");
        assertThat(answer.statusCode()).as(fields).isEqualTo(400);
        assertThat(answer.body()).contains(words);
    }

    @Test
    void changesNoQuantityOfWhichThereAreSeveral() {
        SERVICE.subscribe(acme.prefix(), "\"items\":[{\"quantity\":3},{\"quantity\":4}]");
        HttpResponse<String> answer =
                SERVICE.post("/_local/stripe/subscription", "{\"tenant\":\"" + acme.prefix() + "\",\"quantity\":9}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("use items");
        SERVICE.subscribe(acme.prefix(), "\"items\":[{\"quantity\":9}]");
        assertThat(admin.get(subscription).is(200).json().path("quantity").asInt())
                .isEqualTo(9);
    }

    @Test
    void deletesNoTenantThatPaysAndWouldGoOnPaying() {
        SERVICE.subscribe(acme.prefix(), "\"quantity\":5");
        admin.delete(acme.path()).isProblem(409, "subscription_active");
        admin.delete(acme.path(), "If-Match", "\"7\"").isProblem(412, "precondition_failed");
        SERVICE.subscribe(acme.prefix(), "\"cancelAt\":\"max_period_end\"");
        admin.delete(acme.path()).is(204);
    }

    /// The newest is shown, and ends; the older one would go on being paid for.
    @Test
    void deletesNoTenantThatGoesOnPayingForWhatIsNotShown() {
        String older = SERVICE.subscribe(acme.prefix(), "\"quantity\":5")
                .at("/subscription/id")
                .asText();
        SERVICE.subscribe(acme.prefix(), "\"new\":true,\"quantity\":2,\"cancelAtPeriodEnd\":true");
        assertThat(admin.get(subscription).json().path("cancelAtPeriodEnd").asBoolean())
                .isTrue();
        admin.delete(acme.path()).isProblem(409, "subscription_active");
        SERVICE.subscribe(acme.prefix(), "\"subscription\":\"" + older + "\",\"cancelAtPeriodEnd\":true");
        admin.delete(acme.path()).is(204);
    }

    /// An operator who picked the wrong payload style would see green deliveries, and no change for ever.
    @Test
    void tellsOperatorsOfEventsThatNobodyCanAttribute() {
        SERVICE.subscribe(acme.prefix(), "\"quantity\":5");
        JsonNode thin = SERVICE.subscribe(acme.prefix(), "\"quantity\":6,\"payload\":\"thin\",\"deliver\":false")
                .path("event");
        assertThat(thin.path("object").asText()).isEqualTo("v2.core.event");
        for (String event : List.of(
                Json.text(thin),
                "{\"id\":\"evt_n\",\"type\":\"customer.subscription.updated\",\"data\":{\"object\":{\"customer\":null}}}",
                "{\"id\":\"evt_t\",\"object\":\"v2.core.event\",\"type\":\"customer.subscription.updated\","
                        + "\"related_object\":{\"id\":\"sub_1\",\"type\":\"subscription\"}}")) {
            Answer answer = deliver(event).is(200);
            assertThat(SERVICE.log(answer))
                    .singleElement()
                    .asString()
                    .contains("\"outcome\":\"no_customer\"", "\"eventsWithoutCustomer\":1", "\"dynamoDbCalls\":0")
                    .doesNotContain("customerId");
        }
        assertThat(admin.get(subscription).json().path("quantity").asInt()).isEqualTo(5);
    }

    @Test
    void promisesNothingOfRepeatingWhereThePortalWasNeverConfigured() {
        configurePortal(false);
        try {
            Answer refused = admin.get(billing).isProblem(502, "upstream_unavailable");
            assertThat(refused.json().path("detail").asText()).contains("repeating the request does not help");
            assertThat(SERVICE.log(refused))
                    .singleElement()
                    .asString()
                    .contains("\"reason\":\"Stripe: InvalidRequestException 400 portal_not_configured req_");
        } finally {
            configurePortal(true);
        }
        admin.get(billing).is(200);
    }

    private static void configurePortal(boolean configured) {
        HttpResponse<String> answer = SERVICE.post("/_local/stripe/portal", "{\"configured\":" + configured + "}");
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void keepsToThePlanWhenAnAddOnIsBought() {
        SERVICE.subscribe(acme.prefix(), "\"quantity\":40");
        JsonNode bought = SERVICE.subscribe(
                acme.prefix(),
                "\"new\":true,\"items\":[{\"price\":\"price_local_support\",\"quantity\":1}],\"deliver\":false");
        Answer told = deliver(Json.text(bought.path("event"))).is(200);
        assertThat(SERVICE.log(told))
                .singleElement()
                .asString()
                .contains("\"outcome\":\"unchanged\"", "\"severalSubscriptions\":1");
        JsonNode json = admin.get(subscription).is(200).json();
        assertThat(json.path("quantity").asInt()).isEqualTo(40);
        assertThat(json.path("productId").asInt()).isEqualTo(1);
    }

    @Test
    void showsHowASubscriptionStandsAtStripe() {
        SERVICE.subscribe(acme.prefix(), "\"status\":\"trialing\",\"trialEnd\":\"2099-01-31T12:00:00Z\"");
        JsonNode trial = admin.get(subscription).is(200).json();
        assertThat(trial.path("status").asText()).isEqualTo("active");
        assertThat(trial.path("stripeStatus").asText()).isEqualTo("trialing");
        assertThat(trial.path("trialEnd").asText()).isEqualTo("2099-01-31T12:00:00.000Z");
        assertThat(trial.path("cancelAt").isNull()).isTrue();
        assertThat(trial.path("collectionPaused").asBoolean()).isFalse();

        SERVICE.subscribe(
                acme.prefix(),
                "\"status\":\"past_due\",\"collectionPaused\":true,\"items\":["
                        + "{\"quantity\":3,\"currentPeriodEnd\":\"2098-03-01T00:00:00Z\"},"
                        + "{\"price\":\"price_local_yearly\",\"quantity\":4,\"currentPeriodEnd\":\"2098-09-01T00:00:00Z\"}]");
        SERVICE.subscribe(acme.prefix(), "\"status\":\"past_due\",\"cancelAt\":\"max_period_end\"");
        JsonNode ending = admin.get(subscription).is(200).json();
        assertThat(ending.path("stripeStatus").asText()).isEqualTo("past_due");
        assertThat(ending.path("collectionPaused").asBoolean()).isTrue();
        assertThat(ending.path("quantity").asInt()).isEqualTo(7);
        assertThat(ending.path("currentPeriodEnd").asText()).isEqualTo("2098-03-01T00:00:00.000Z");
        assertThat(ending.path("cancelAt").asText()).isEqualTo("2098-09-01T00:00:00.000Z");
        assertThat(ending.path("cancelAtPeriodEnd").asBoolean()).isTrue();

        SERVICE.subscribe(acme.prefix(), "\"cancelAt\":\"2099-01-01T00:00:00Z\",\"collectionPaused\":false");
        JsonNode later = admin.get(subscription).is(200).json();
        assertThat(later.path("cancelAt").asText()).isEqualTo("2099-01-01T00:00:00.000Z");
        assertThat(later.path("cancelAtPeriodEnd").asBoolean()).isFalse();
        assertThat(later.path("collectionPaused").asBoolean()).isFalse();
    }

    /// A deployment with anything else would start, and then match no browser and no `returnUrl`, or not start at
    /// all.
    @Test
    void isDeployedWithOriginsOnly() throws IOException {
        Matcher pattern = Pattern.compile("CorsOrigins:.*?AllowedPattern: \"(\\S+)\"", Pattern.DOTALL)
                .matcher(Files.readString(Project.root().resolve("template.yaml")));
        assertThat(pattern.find()).isTrue();
        assertThat(List.of(
                        "",
                        "https://portal.example.com",
                        "http://localhost:3000",
                        "https://portal.example.com,http://localhost:3000"))
                .allSatisfy(origin -> assertThat(origin).matches(pattern.group(1)));
        assertThat(List.of(
                        "*",
                        "null",
                        "portal.example.com",
                        "https://portal.example.com/",
                        "https://portal.example.com/x",
                        "https://Portal.example.com",
                        "https://portal.example.com:0",
                        "https://a@portal.example.com",
                        "https://*.example.com",
                        "https://portal.example.com, http://localhost:3000",
                        "https://portal.example.com,",
                        "ftp://portal.example.com"))
                .allSatisfy(origin -> assertThat(origin).doesNotMatch(pattern.group(1)));
    }

    private String event(String type) {
        ObjectNode event = (ObjectNode)
                SERVICE.subscribe(acme.prefix(), "\"deliver\":false").path("event");
        return Json.text(event.put("type", type));
    }

    private static String named(String event) {
        JsonNode json = Json.parse(event).orElseThrow();
        return "\"eventId\":" + json.path("id") + ",\"customerId\":" + json.at("/data/object/customer");
    }

    private static Answer deliver(String event) {
        return deliver(event, Webhooks.signature(WHSEC, Instant.now(), event));
    }

    private static Answer deliver(String event, String signature) {
        return SERVICE.send("POST", "/stripe/webhook", event, List.of("Stripe-Signature", signature));
    }
}
