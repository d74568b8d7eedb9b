package dev.tenantry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tenantry.edit.Edit;
import dev.tenantry.http.Reply.AfterCommit;
import dev.tenantry.idempotency.IdempotencyRecordStore;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Precondition;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What must follow a change before its answer is given: here, a renaming.
class AfterCommitTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Shape<Tenant> SHAPE =
            (json, tenant) -> json.writeString(tenant.name().value());

    private final TestClock clock = new TestClock();
    private final FaultyDynamoDb faulty = new FaultyDynamoDb(DynamoDbLocal.client());
    private final Core core = Core.over(faulty.client(), DynamoDbLocal.newTable(DynamoDbLocal.client()), clock);
    private final Caller ada = People.named("ada");
    private final AtomicInteger runs = new AtomicInteger();
    private AfterCommit afterCommit = Change::empty;

    private final class Renaming extends ApiFunction {
        Renaming() {
            super(core.context(), Routes.table().post("/tenant/{tenant}", Role.ADMIN, r -> {
                TenantName name = r.body(body -> {
                    var named = body.required("name", TenantName::new);
                    return body.complete(named);
                });
                return Response.ok(
                                core.updateTenant()
                                        .run(
                                                r.door(),
                                                new TenantEdit(Optional.of(name), new Edit.Keep<>()),
                                                Precondition.NONE),
                                SHAPE)
                        .after(() -> {
                            runs.incrementAndGet();
                            return afterCommit.run();
                        });
            }));
        }
    }

    @BeforeEach
    void foundTenant() {
        core.tenant("acme", ada);
    }

    @Test
    void runsOnceItsChangeIsMade() {
        afterCommit = () -> {
            assertThat(name()).isEqualTo("New");
            return Change.empty();
        };

        assertThat(code(rename("key", "New"))).isEqualTo("200 \"New\"");
        assertThat(runs).hasValue(1);
    }

    @Test
    void runsOnceHoweverOftenItsChangeMetOthers() {
        faulty.next("transactWriteItems", Fault.CONFLICT, Fault.CONFLICT);

        assertThat(code(rename("key", "New"))).isEqualTo("200 \"New\"");
        assertThat(runs).hasValue(1);
    }

    @Test
    void neverRunsIfItsChangeIsNotMade() {
        faulty.next("transactWriteItems", Fault.OUT_OF_REACH);

        assertThat(code(rename("key", "New"))).isEqualTo("503 unavailable");
        assertThat(runs).hasValue(0);
    }

    @Test
    void isNotRunAgainForARepeatedRequest() {
        JsonNode first = rename("key", "New");
        JsonNode second = rename("key", "New");

        assertThat(second.path("body")).isEqualTo(first.path("body"));
        assertThat(second.path("headers").path("Idempotent-Replayed").asText()).isEqualTo("true");
        assertThat(runs).hasValue(1);
    }

    @Test
    void leavesItsChangeButNoAnswerWhenItFails() {
        afterCommit = () -> {
            throw new UpstreamUnavailable("mail service", "down");
        };
        JsonNode answer = rename("key", "New");
        assertThat(code(answer)).isEqualTo("502 upstream_unavailable");
        assertThat(answer.path("body").asText()).contains("mail service").doesNotContain("down");
        assertThat(name()).isEqualTo("New");

        afterCommit = Change::empty;
        assertThat(code(rename("key", "New"))).isEqualTo("200 \"New\"");
        assertThat(runs).hasValue(2);
    }

    @Test
    void holdsOffRepeatedRequestsWhileItRuns() {
        afterCommit = () -> {
            JsonNode meanwhile = rename("key", "New");
            assertThat(code(meanwhile)).isEqualTo("409 idempotency_in_progress");
            assertThat(meanwhile.path("headers").path("Retry-After").asText()).isEqualTo("1");
            assertThat(code(rename("key", "Other"))).isEqualTo("422 idempotency_key_reused");
            return Change.empty();
        };

        assertThat(code(rename("key", "New"))).isEqualTo("200 \"New\"");
        assertThat(runs).hasValue(1);
    }

    @Test
    void runsAnewOnceTheTimeOfACrashedOneIsUp() {
        afterCommit = () -> {
            throw new OutOfMemoryError("the function died");
        };
        assertThatThrownBy(() -> rename("key", "New")).isInstanceOf(OutOfMemoryError.class);

        afterCommit = Change::empty;
        assertThat(code(rename("key", "New"))).isEqualTo("409 idempotency_in_progress");
        clock.advance(IdempotencyRecordStore.LEASE.minus(Duration.ofSeconds(1)));
        assertThat(code(rename("key", "New"))).isEqualTo("409 idempotency_in_progress");
        clock.advance(Duration.ofSeconds(1));
        assertThat(code(rename("key", "New"))).isEqualTo("200 \"New\"");
    }

    @Test
    void writesDownItsSuccessTogetherWithTheAnswer() {
        afterCommit = () -> Change.empty()
                .with(Update.of(Keys.headcount(core.scope("acme"))).set("noted", "yes"));

        rename("key", "New");

        assertThat(core.table().read(Keys.headcount(core.scope("acme"))).text("noted"))
                .isEqualTo("yes");
    }

    @Test
    void keepsTheAnswerAlsoWhenItsNoteIsOutOfDate() {
        afterCommit = () -> Change.empty()
                .with(Update.of(Keys.headcount(core.scope("acme")))
                        .is("admins", 7)
                        .set("noted", "yes"));

        assertThat(code(rename("key", "New"))).isEqualTo("200 \"New\"");
        assertThat(code(rename("key", "New"))).isEqualTo("200 \"New\"");
        assertThat(runs).hasValue(1);
        assertThat(core.table().read(Keys.headcount(core.scope("acme"))).has("noted"))
                .isFalse();
    }

    @Test
    void isAnsweredAlsoWhenNothingCanBeWrittenAnyMore() {
        afterCommit = () -> {
            faulty.next("transactWriteItems", Fault.OUT_OF_REACH);
            return Change.empty();
        };

        assertThat(code(rename("key", "New"))).isEqualTo("200 \"New\"");
        assertThat(code(rename("key", "New"))).isEqualTo("409 idempotency_in_progress");
    }

    @Test
    void runsOnceForManyRequestsWithOneKey() throws InterruptedException {
        List<Object> codes = Race.run(16, _ -> () -> code(rename("key", "New")));

        assertThat(codes)
                .contains("200 \"New\"")
                .allSatisfy(code -> assertThat(code).isIn("200 \"New\"", "409 idempotency_in_progress"));
        assertThat(runs).hasValue(1);
    }

    private String name() {
        return core.tenants().tenant(core.scope("acme")).name().value();
    }

    private JsonNode rename(String idempotencyKey, String name) {
        Map<String, Object> claims = Map.of("sub", ada.id().value(), "email", "ada@example.com");
        Map<String, Object> event = Map.of(
                "version",
                "2.0",
                "routeKey",
                "POST /tenant/{tenant}",
                "rawPath",
                "/tenant/acme",
                "headers",
                Map.of("idempotency-key", idempotencyKey),
                "pathParameters",
                Map.of("tenant", "acme"),
                "requestContext",
                Map.of(
                        "requestId", "request",
                        "http", Map.of("method", "POST", "sourceIp", "203.0.113.10"),
                        "authorizer", Map.of("jwt", Map.of("claims", claims))),
                "body",
                "{\"name\": \"" + name + "\"}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new Renaming()
                    .handleRequest(
                            new ByteArrayInputStream(
                                    JSON.valueToTree(event).toString().getBytes(StandardCharsets.UTF_8)),
                            out,
                            new LambdaContext());
            return JSON.readTree(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Status and code of a problem, status and body of anything else.
    private static String code(JsonNode answer) {
        String body = answer.path("body").asText();
        try {
            JsonNode code = JSON.readTree(body).path("code");
            return answer.path("statusCode").asInt() + " " + (code.isMissingNode() ? body : code.asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
