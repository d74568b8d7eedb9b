package dev.tenantry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.config.Settings;
import dev.tenantry.edit.Edit;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal.UserNotFound;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenants.NewTenant;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantEdit;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.FaultyDynamoDb;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import dev.tenantry.testing.LambdaContext;
import dev.tenantry.testing.People;
import dev.tenantry.testing.Race;
import dev.tenantry.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

class ApiFunctionTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String ISSUER = "https://idp.example.com/";

    private static final Shape<Tenant> SHAPE = new Shape<>() {
        @Override
        public void write(JsonGenerator json, Tenant tenant) throws IOException {
            json.writeStartObject();
            json.writeNumberField("id", tenant.id().value());
            json.writeStringField("name", tenant.name().value());
            json.writeEndObject();
        }

        @Override
        public Optional<Long> version(Tenant tenant) {
            return Optional.of(tenant.version());
        }
    };

    private final TestClock clock = new TestClock();
    private final FaultyDynamoDb faulty = new FaultyDynamoDb(DynamoDbLocal.client());
    private final Core core = Core.over(faulty.client(), DynamoDbLocal.newTable(DynamoDbLocal.client()), clock);
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger bodiesRead = new AtomicInteger();
    private final Caller ada = People.named("ada");

    /// Creates and renames tenants like the real function, and has an endpoint that breaks.
    private static final class Tenants extends ApiFunction {
        Tenants(Core core, AtomicInteger runs, AtomicInteger bodiesRead) {
            super(
                    core.context(),
                    Routes.table()
                            .post("/tenant", r -> {
                                runs.incrementAndGet();
                                return Response.created(
                                        core.createTenant().run(r.caller(), r.body(Tenants::newTenant)),
                                        SHAPE,
                                        tenant -> "/tenant/" + tenant.domainPrefix());
                            })
                            .get("/tenant", r -> {
                                throw new IllegalArgumentException(
                                        "secret " + r.caller().email());
                            })
                            .put(
                                    "/tenant/{tenant}",
                                    Role.ADMIN,
                                    r -> Response.ok(
                                            core.updateTenant()
                                                    .run(
                                                            r.door(),
                                                            r.body(fields -> edit(fields, bodiesRead)),
                                                            r.precondition()),
                                            SHAPE))
                            // Asks no precondition: it has no entity tag.
                            .delete(
                                    "/tenant/{tenant}",
                                    Role.ADMIN,
                                    r -> Response.noContent(core.removeMember()
                                            .run(r.door(), r.caller().id().value()))));
        }

        private static NewTenant newTenant(Fields body) {
            var name = body.required("name", TenantName::new);
            var prefix = body.required("domainPrefix", DomainPrefix::new);
            return body.complete(() -> new NewTenant(name.get(), prefix.get()));
        }

        private static TenantEdit edit(Fields body, AtomicInteger bodiesRead) {
            bodiesRead.incrementAndGet();
            var name = body.required("name", TenantName::new);
            return body.complete(() -> new TenantEdit(Optional.of(name.get()), new Edit.Keep<>()));
        }
    }

    @Test
    void repeatsTheAnswerThatItKept() {
        JsonNode first = create("key", "acme");
        JsonNode second = create("key", "acme");

        assertThat(first.path("statusCode").asInt()).isEqualTo(201);
        assertThat(second.path("statusCode").asInt()).isEqualTo(201);
        assertThat(second.path("body")).isEqualTo(first.path("body"));
        for (String header : List.of("Location", "ETag", "Content-Type")) {
            assertThat(second.path("headers").path(header))
                    .isEqualTo(first.path("headers").path(header));
        }
        assertThat(first.path("headers").has("Idempotent-Replayed")).isFalse();
        assertThat(second.path("headers").path("Idempotent-Replayed").asText()).isEqualTo("true");
        assertThat(runs).hasValue(1);
    }

    @Test
    void refusesAKeyThatCameWithAnotherBody() {
        create("key", "acme");

        assertThat(code(create("key", "other"))).isEqualTo("422 idempotency_key_reused");
    }

    @Test
    void keepsNoAnswerButSuccess() {
        core.tenant("acme", People.named("otto"));

        assertThat(code(create("key", "acme"))).isEqualTo("409 domain_prefix_taken");
        assertThat(create("key", "free").path("statusCode").asInt()).isEqualTo(201);
    }

    @Test
    void refusesAKeyThatIsNone() {
        assertThat(code(create("", "acme"))).isEqualTo("400 invalid_request");
        assertThat(code(create("k".repeat(256), "acme"))).isEqualTo("400 invalid_request");
        assertThat(code(create("schlüssel", "acme"))).isEqualTo("400 invalid_request");
    }

    @Test
    void givesTheFirstAnswerAfterItGotLost() {
        faulty.next("transactWriteItems", Fault.LOST_ANSWER);

        assertThat(code(create("key", "acme"))).isEqualTo("503 unavailable");
        JsonNode again = create("key", "acme");

        assertThat(again.path("statusCode").asInt()).isEqualTo(201);
        assertThat(again.path("headers").path("Idempotent-Replayed").asText()).isEqualTo("true");
        assertThat(core.scope("acme").tenant().value()).isEqualTo("acme");
    }

    @Test
    void answersAllOfManyRequestsWithOneKeyAlike() throws InterruptedException {
        for (int round = 0; round < 10; round++) {
            String prefix = "round" + round;
            List<Object> bodies = Race.run(16, _ -> () -> {
                JsonNode answer = create(prefix, prefix);
                assertThat(answer.path("statusCode").asInt()).isEqualTo(201);
                return answer.path("body").asText();
            });

            assertThat(bodies.stream().distinct()).hasSize(1).allMatch(String.class::isInstance);
            assertThat(core.trail(prefix)).hasSize(1);
        }
    }

    @Test
    void runsAgainFromTheDoorWhenChangesMeet() {
        core.tenant("acme", ada);
        faulty.next("transactWriteItems", Fault.CONFLICT, Fault.CONFLICT, Fault.CONFLICT);

        JsonNode answer = rename("acme", "New", Map.of());

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(answer.path("headers").path("ETag").asText()).isEqualTo("\"2\"");
    }

    /// What the token says anew of the caller is taken over at the next request then.
    @Test
    void failsNoRequestOverWhatItTakesFromTheToken() {
        core.tenant("acme", ada);
        String renaming = event("PUT /tenant/{tenant}", ada, "acme", Map.of(), "{\"name\": \"New\"}");
        String refused = event("PUT /tenant/{tenant}", ada, "acme", Map.of(), "{\"name\": 1}");
        Fault broken = (_, _) -> {
            throw new IllegalStateException("broken");
        };
        faulty.next("transactWriteItems", (_, call) -> call.happen(), broken);
        assertThat(answer(otherwiseNamed(renaming)).path("statusCode").asInt()).isEqualTo(200);
        assertThat(core.tenants().tenant(core.scope("acme")).name().value()).isEqualTo("New");
        for (Fault fault : List.of(broken, Fault.THROTTLED, Fault.OUT_OF_REACH, Fault.CONFLICT)) {
            faulty.next("transactWriteItems", fault);
            assertThat(answer(otherwiseNamed(refused)).path("statusCode").asInt())
                    .isEqualTo(400);
        }
        assertThat(givenName()).isEqualTo("ada");
        assertThat(answer(otherwiseNamed(refused)).path("statusCode").asInt()).isEqualTo(400);
        assertThat(givenName()).isEqualTo("Augusta");
    }

    private static String otherwiseNamed(String event) {
        return event.replace("\"email_verified\":\"true\"", "\"email_verified\":\"true\",\"given_name\":\"Augusta\"");
    }

    private String givenName() {
        return core.listMembers()
                .run(core.door(ada, "acme", Role.VIEWER), new PageRequest(1, Optional.empty()))
                .items()
                .getFirst()
                .givenName();
    }

    @Test
    void readsABodyOnceHoweverOftenItsRequestRuns() {
        core.tenant("acme", ada);
        faulty.next("transactWriteItems", Fault.CONFLICT, Fault.CONFLICT);

        rename("acme", "New", Map.of());
        assertThat(bodiesRead).hasValue(1);
        // But not once for two requests.
        rename("acme", "Newer", Map.of());
        assertThat(bodiesRead).hasValue(2);
        assertThat(core.tenants().tenant(core.scope("acme")).name().value()).isEqualTo("Newer");
    }

    @Test
    void losesNoneOfManyRenamesAtOnce() throws InterruptedException {
        core.tenant("acme", ada);

        Race.run(
                        16,
                        i -> () -> rename("acme", "Name " + i, Map.of())
                                .path("statusCode")
                                .asInt())
                .forEach(status -> assertThat(status).isEqualTo(200));

        assertThat(core.tenants().tenant(core.scope("acme")).version()).isEqualTo(17);
    }

    @Test
    void givesUpInTimeWhenChangesKeepMeeting() {
        Clock hurried = new Clock() {
            private final AtomicInteger seconds = new AtomicInteger();

            @Override
            public Instant instant() {
                return Instant.ofEpochSecond(1_800_000_000L + seconds.getAndIncrement());
            }

            @Override
            public ZoneId getZone() {
                return ZoneId.of("UTC");
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        Core hurriedCore = Core.over(faulty.client(), hurried);
        hurriedCore.tenant("acme", ada);
        faulty.next(
                "transactWriteItems", Collections.nCopies(100, Fault.CONFLICT).toArray(Fault[]::new));

        JsonNode answer = answer(
                new Tenants(hurriedCore, runs, bodiesRead),
                event("PUT /tenant/{tenant}", ada, "acme", Map.of(), "{\"name\": \"New\"}"));

        assertThat(code(answer)).isEqualTo("503 unavailable");
        assertThat(answer.path("headers").path("Retry-After").asText()).isEqualTo("1");
    }

    /// What is promised to callers counts from there.
    @Test
    void tellsWhenTheRequestCameWhateverAttemptItIs() {
        core.tenant("acme", ada);
        Instant came = clock.instant();
        List<Instant> told = new ArrayList<>();
        ApiFunction function = new ApiFunction(core.context(), Routes.table().put("/tenant/{tenant}", Role.ADMIN, r -> {
            told.add(r.received());
            TenantEdit edit = new TenantEdit(Optional.of(new TenantName("New")), new Edit.Keep<>());
            return Response.ok(core.updateTenant().run(r.door(), edit, r.precondition()), SHAPE);
        })) {};
        faulty.next("transactWriteItems", (request, call) -> {
            clock.advance(Duration.ofSeconds(1));
            return Fault.CONFLICT.instead(request, call);
        });

        JsonNode answer = answer(function, event("PUT /tenant/{tenant}", ada, "acme", Map.of(), "{}"));

        assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
        assertThat(told).containsExactly(came, came);
    }

    @Test
    void checksWhoAsksBeforeWhetherTheyAskWell() {
        core.tenant("acme", ada);
        Caller viewer = core.member("acme", Role.VIEWER);

        for (String body : List.of("{", "{\"nonsense\": 1}", "x".repeat(300_000))) {
            assertThat(code(answer(event("PUT /tenant/{tenant}", People.anyone(), "acme", Map.of(), body))))
                    .isEqualTo("404 tenant_not_found");
            assertThat(code(answer(event("PUT /tenant/{tenant}", viewer, "acme", Map.of(), body))))
                    .isEqualTo("403 insufficient_role");
        }
        assertThat(code(answer(event("PUT /tenant/{tenant}", ada, "acme", Map.of(), "{"))))
                .isEqualTo("400 invalid_request");
    }

    @Test
    void neverHoldsAPreconditionThatNobodyAskedFor() {
        core.tenant("acme", ada);
        core.member("acme", Role.ADMIN);

        assertThat(code(answer(event("DELETE /tenant/{tenant}", ada, "acme", Map.of("if-match", "\"1\""), ""))))
                .isEqualTo("412 precondition_failed");
        assertThat(answer(event("DELETE /tenant/{tenant}", ada, "acme", Map.of("if-match", "*"), ""))
                        .path("statusCode")
                        .asInt())
                .isEqualTo(204);
    }

    @Test
    void tellsNothingOfItsOwnFaults() {
        JsonNode answer = answer(event("GET /tenant", ada, "", Map.of(), ""));

        assertThat(code(answer)).isEqualTo("500 internal_error");
        assertThat(answer.path("body").asText())
                .doesNotContain("secret", "example.com", "IllegalArgument", "tenantry.http");
        assertThat(answer.path("headers").path("X-Request-Id").asText()).isEqualTo("request");
    }

    @Test
    void isUnavailableWhenTheStorageIs() {
        core.tenant("acme", ada);
        faulty.next("batchGetItem", (_, _) -> {
            throw SdkClientException.create("connection refused");
        });

        JsonNode answer = rename("acme", "New", Map.of());

        assertThat(code(answer)).isEqualTo("503 unavailable");
        assertThat(answer.path("body").asText()).doesNotContain("connection refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth0|ada", "1234567890", "ada@example.com", "x"})
    void knowsPeopleByAnyNameOfTheirIssuer(String sub) {
        JsonNode created = answer(new Tenants(core, runs, bodiesRead), claimed(Map.of("sub", sub, "iss", ISSUER)));

        assertThat(created.path("statusCode").asInt()).isEqualTo(201);
        assertThat(core.trail("acme"))
                .extracting(entry -> entry.actorId())
                .containsExactly(UserId.named(ISSUER, sub).value());
    }

    @Test
    void knowsPeopleByTheClaimThatTheDeploymentNames() {
        Settings settings = Settings.of(Map.of(
                "TABLE_NAME", core.tableName(),
                "BROKER_DOMAIN", "ocpp.example.com",
                "AWS_REGION", "eu-central-1",
                "USER_ID_CLAIM", "oid"));
        ApiContext context = new ApiContext(
                settings,
                core.doors(),
                core.idempotencyRecords(),
                core.followIdentity(),
                core.table(),
                clock,
                RandomGenerator.getDefault());
        List<UserId> callers = new ArrayList<>();
        ApiFunction byOid = new ApiFunction(context, Routes.table().post("/tenant", r -> {
            callers.add(r.caller().id());
            throw new UserNotFound(List.of("nobody"));
        })) {};
        String oid = "ABCDEF00-1111-4111-8111-111111111111";

        answer(byOid, claimed(Map.of("sub", "pairwise", "oid", oid, "iss", ISSUER)));
        JsonNode refused = answer(byOid, claimed(Map.of("sub", "11111111-1111-4111-8111-111111111111", "iss", ISSUER)));

        assertThat(callers).containsExactly(new UserId("abcdef00-1111-4111-8111-111111111111"));
        // Who asks before the snapshot has that claim, too: the classes of an endpoint are loaded by reaching it.
        answer(byOid, byOid.primingEvents().getFirst());
        assertThat(callers).hasSize(2);
        assertThat(code(refused)).isEqualTo("403 unusable_identity");
        assertThat(refused.path("body").asText()).contains("claim \\\"oid\\\"");
    }

    static Stream<Map<String, String>> nobody() {
        return Stream.of(
                Map.of("iss", ISSUER),
                Map.of("iss", ISSUER, "sub", ""),
                Map.of("iss", ISSUER, "sub", " "),
                Map.of("iss", ISSUER, "sub", "x".repeat(256)),
                Map.of("sub", "auth0|ada"),
                Map.of("sub", "auth0|ada", "iss", " "));
    }

    @ParameterizedTest
    @MethodSource("nobody")
    void refusesATokenThatNamesNobody(Map<String, String> claims) {
        assertThat(code(answer(claimed(claims)))).isEqualTo("403 unusable_identity");
        assertThat(code(answer(claimed(Map.of("iss", ISSUER, "sub", "x".repeat(255))))))
                .isEqualTo("201 ");
    }

    /// Whatever the endpoint does about its query: nothing, here.
    @Test
    void refusesParametersThatNobodyAskedFor() {
        core.tenant("acme", ada);
        Caller viewer = core.member("acme", Role.VIEWER);
        for (String route : List.of("PUT /tenant/{tenant}", "DELETE /tenant/{tenant}")) {
            assertThat(code(answer(queried(route, ada, "acme", "{\"name\": \"New\"}", "force=1"))))
                    .isEqualTo("400 invalid_request");
            assertThat(code(answer(queried(route, viewer, "acme", "{\"name\": \"New\"}", "force=1"))))
                    .isEqualTo("403 insufficient_role");
            assertThat(code(answer(queried(route, People.anyone(), "acme", "{\"name\": \"New\"}", "force=1"))))
                    .isEqualTo("404 tenant_not_found");
        }
        assertThat(core.tenants().tenant(core.scope("acme")).version()).isEqualTo(1);
        assertThat(code(answer(queried("POST /tenant", ada, "", "{\"name\":\"B\",\"domainPrefix\":\"bbb\"}", "x"))))
                .isEqualTo("400 invalid_request");
        assertThat(core.trail("acme")).hasSize(2);
    }

    @Test
    void tellsOfQueryBodyAndHeadersAtOnce() {
        core.tenant("acme", ada);
        String event = queried("PUT /tenant/{tenant}", ada, "acme", "{\"colour\": 1}", "a=1&b=2&a=3&%zz")
                .replace("\"headers\":{}", "\"headers\":{\"if-match\":\"x\"}");
        assertThat(pointers(answer(event))).containsExactlyInAnyOrder("?a", "?b", "?", "If-Match", "/name", "/colour");
    }

    @Test
    void looksNothingUpForAQueryThatIsRefusedAnyway() {
        core.tenant("acme", ada);
        AtomicInteger opened = new AtomicInteger();
        ApiFunction function =
                new ApiFunction(core.context(), Routes.table().get("/tenant/{tenant}", Role.VIEWER, r -> {
                    r.door().open();
                    opened.incrementAndGet();
                    throw new UserNotFound(List.of("nobody"));
                })) {};
        assertThat(pointers(answer(function, queried("GET /tenant/{tenant}", ada, "acme", "", "x=1"))))
                .containsExactly("?x");
        assertThat(opened).hasValue(0);
        assertThat(code(answer(function, queried("GET /tenant/{tenant}", ada, "acme", "", ""))))
                .isEqualTo("404 user_not_found");
    }

    @Test
    void repeatsNoAnswerToARequestThatSaysMore() {
        create("key", "acme");
        String event = event("POST /tenant", ada, "", Map.of("idempotency-key", "key"), body("acme"))
                .replace("\"rawPath\"", "\"rawQueryString\":\"x=1\",\"rawPath\"");
        assertThat(pointers(answer(event))).containsExactly("?x");
    }

    @Test
    void comparesWhatBodiesSayNotHowTheyAreWritten() {
        create("key", "acme");
        JsonNode again = answer(event(
                "POST /tenant",
                ada,
                "",
                Map.of("idempotency-key", "key"),
                "\ufeff{\n\"domainPrefix\" : \"\\u0061cme\", \"name\": \"acme\" }"));

        assertThat(again.path("statusCode").asInt()).isEqualTo(201);
        assertThat(again.path("headers").path("Idempotent-Replayed").asText()).isEqualTo("true");
        assertThat(runs).hasValue(1);
    }

    /// RFC 9110 §12.5.3.
    @Test
    void saysWhichEncodingsItTakes() {
        core.tenant("acme", ada);
        JsonNode gzipped = rename("acme", "New", Map.of("content-encoding", "gzip"));
        assertThat(code(gzipped)).isEqualTo("415 unsupported_media_type");
        assertThat(gzipped.path("headers").path("Accept-Encoding").asText()).isEqualTo("identity");
        assertThat(gzipped.path("body").asText()).contains("without Content-Encoding");

        JsonNode text = rename("acme", "New", Map.of("content-type", "text/plain"));
        assertThat(code(text)).isEqualTo("415 unsupported_media_type");
        assertThat(text.path("headers").has("Accept-Encoding")).isFalse();
    }

    private JsonNode create(String idempotencyKey, String prefix) {
        return answer(event("POST /tenant", ada, "", Map.of("idempotency-key", idempotencyKey), body(prefix)));
    }

    private static String body(String prefix) {
        return "{\"name\": \"" + prefix + "\", \"domainPrefix\": \"" + prefix + "\"}";
    }

    /// A tenant is founded by whom these claims name.
    private String claimed(Map<String, String> claims) {
        String event = event("POST /tenant", ada, "", Map.of(), body("acme"));
        try {
            JsonNode json = JSON.readTree(event);
            ObjectNode all = (ObjectNode) json.at("/requestContext/authorizer/jwt/claims");
            all.remove("sub");
            claims.forEach(all::put);
            return json.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String queried(String route, Caller caller, String tenant, String body, String query) {
        return event(route, caller, tenant, Map.of(), body)
                .replace("\"rawPath\"", "\"rawQueryString\":\"" + query + "\",\"rawPath\"");
    }

    private static List<String> pointers(JsonNode answer) {
        try {
            return JSON.readTree(answer.path("body").asText()).path("errors").findValuesAsText("pointer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode rename(String tenant, String name, Map<String, String> headers) {
        return answer(event("PUT /tenant/{tenant}", ada, tenant, headers, "{\"name\": \"" + name + "\"}"));
    }

    private JsonNode answer(String event) {
        return answer(new Tenants(core, runs, bodiesRead), event);
    }

    private static JsonNode answer(ApiFunction function, String event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            function.handleRequest(
                    new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, new LambdaContext());
            return JSON.readTree(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String code(JsonNode answer) {
        try {
            return answer.path("statusCode").asInt() + " "
                    + JSON.readTree(answer.path("body").asText()).path("code").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String event(String route, Caller caller, String tenant, Map<String, String> headers, String body) {
        Map<String, Object> claims =
                Map.of("sub", caller.id().value(), "email", caller.email().orElseThrow(), "email_verified", "true");
        Map<String, Object> event = Map.of(
                "version",
                "2.0",
                "routeKey",
                route,
                "rawPath",
                route.substring(route.indexOf('/')).replace("{tenant}", tenant),
                "headers",
                headers,
                "pathParameters",
                tenant.isEmpty() ? Map.of() : Map.of("tenant", tenant),
                "requestContext",
                Map.of(
                        "requestId", "request",
                        "http", Map.of("method", route.substring(0, route.indexOf(' ')), "sourceIp", "203.0.113.10"),
                        "authorizer", Map.of("jwt", Map.of("claims", claims))),
                "body",
                body);
        return JSON.valueToTree(event).toString();
    }
}
