package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.tenancy.Role;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    private final TenantFixture tenant = TenantFixture.founded();
    private final Person admin = tenant.admin();

    @Test
    void tellsEachRequestInOneLine() {
        JsonNode line = line(tenant.show());
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("function").asText()).isEqualTo("TenantsFunction");
        assertThat(line.path("route").asText()).isEqualTo("GET /tenant/{tenant}");
        assertThat(line.path("tenant").asText()).isEqualTo(tenant.prefix());
        assertThat(line.path("userId").asText()).isEqualTo(admin.id());
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("attempts").asInt()).isEqualTo(1);
        assertThat(line.path("durationMs").asDouble()).isPositive();
        assertThat(line.path("capacityUnits").asDouble()).isPositive();
        assertThat(line.path("clientErrors").asInt()).isZero();
        assertThat(line.path("serverErrors").asInt()).isZero();
    }

    @Test
    void tellsARefusalByItsCode() {
        JsonNode line = line(Person.anyone().get(tenant.path()).is(404));
        assertThat(line.path("code").asText()).isEqualTo("tenant_not_found");
        assertThat(line.path("clientErrors").asInt()).isEqualTo(1);
        JsonNode unrouted = line(admin.get("/nowhere").is(404));
        assertThat(unrouted.path("function").asText()).isEqualTo("FallbackFunction");
        assertThat(unrouted.path("dynamoDbCalls").asInt()).isZero();
    }

    /// What callers get wrong is counted in the line, and nobody pays for it by the hour.
    @Test
    void makesNoMetricThatNobodyWatches() {
        assertThat(line(tenant.show()).has("_aws")).as("nothing to count").isFalse();
        for (Answer answer : List.of(admin.get("/nowhere"), admin.put(tenant.path(), "{"))) {
            JsonNode line = line(answer);
            assertThat(line.path("clientErrors").asInt()).isEqualTo(1);
            assertThat(line.has("_aws")).isFalse();
        }
    }

    @Test
    void keepsWhatCallersSayToItself() {
        Person grace = tenant.member(Role.ADMIN);
        String secret = "hunter2-" + UUID.randomUUID();
        List<Answer> answers = List.of(
                grace.put(tenant.path(), "{\"name\":\"" + secret + "\"}"),
                grace.put(tenant.path(), "{\"" + secret + "\":1}"),
                grace.put(tenant.path(), "{\"name\": " + secret),
                grace.put(tenant.path(), "{\"name\":\"A\"}", "If-Match", secret),
                grace.post(
                        "/tenant", TenantFixture.body(secret, TenantFixture.unusedPrefix()), "Idempotency-Key", secret),
                grace.get(tenant.users() + "?limit=" + secret),
                grace.get(tenant.path(), "X-Secret", secret, "Cookie", "session=" + secret),
                grace.get("/" + secret));
        for (Answer answer : answers) {
            assertThat(SERVICE.log(answer))
                    .hasSize(1)
                    .allSatisfy(line -> assertThat(line)
                            .doesNotContain(secret)
                            .doesNotContain(grace.token())
                            .doesNotContain(grace.email())
                            .doesNotContain(grace.caller().givenName())
                            .doesNotContain("127.0.0.1"));
        }
    }

    @Test
    void countsTheRoundTripsThatTheModelPromises() {
        Person grace = tenant.member(Role.VIEWER);
        String key = UUID.randomUUID().toString();
        String body = TenantFixture.body("Acme", TenantFixture.unusedPrefix());

        assertRoundTrips(1, admin.post("/tenant", TenantFixture.body("Acme", TenantFixture.unusedPrefix())));
        assertRoundTrips(2, admin.post("/tenant", body, "Idempotency-Key", key));
        assertRoundTrips(1, admin.post("/tenant", body, "Idempotency-Key", key));
        assertRoundTrips(2, admin.get("/tenant"));
        assertRoundTrips(1, admin.get(tenant.path()));
        assertRoundTrips(2, admin.put(tenant.path(), "{\"name\":\"New\"}"));
        assertRoundTrips(1, admin.put(tenant.path(), "{\"name\":\"New\"}"));
        assertRoundTrips(2, admin.get(tenant.users()));
        assertRoundTrips(
                2,
                admin.put(
                        tenant.users(),
                        "[{\"id\":\"" + grace.id() + "\",\"role\":\"user\"},{\"id\":\"" + admin.id()
                                + "\",\"role\":\"admin\"}]"));
        assertRoundTrips(2, admin.put(tenant.user(grace), "{\"role\":\"viewer\"}"));
        assertRoundTrips(2, admin.delete(tenant.user(grace)));
        assertRoundTrips(2, admin.post(tenant.ips(), "{\"ip\":\"127.0.0.1\",\"scope\":\"api\"}"));
        assertRoundTrips(1, admin.get(tenant.path()));
        assertRoundTrips(2, admin.get(tenant.ips()));
        assertRoundTrips(2, admin.delete(tenant.ips() + "/1"));
        // The third one asks what others than the caller are called.
        assertRoundTrips(3, admin.get(tenant.audit()));
        // The second one holds up whoever else is about to change it.
        assertRoundTrips(3, admin.delete(tenant.path()));
    }

    private static void assertRoundTrips(int expected, Answer answer) {
        assertThat(answer.succeeded()).as(answer.toString()).isTrue();
        assertThat(line(answer).path("dynamoDbCalls").asInt())
                .as(answer.toString())
                .isEqualTo(expected);
    }

    private static JsonNode line(Answer answer) {
        List<String> lines = SERVICE.log(answer);
        assertThat(lines).hasSize(1);
        return Json.parse(lines.getFirst()).orElseThrow();
    }
}
