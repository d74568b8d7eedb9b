package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.fleet.FleetMain;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.People;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Chargers and provisioning mode over HTTP, and the broker's side of it over the Invoke API.
class ChargersTest {

    private static final String PASSWORD = "correct horse battery";

    private final TenantFixture tenant = TenantFixture.founded();
    private final Person user = tenant.member(Role.USER);

    @Test
    void goesFromProvisioningToAChargerInTheList() {
        long profile = ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.NONE);
        JsonNode on = user.post(provision(), "{\"maxChargers\":2}").is(200).json();
        assertThat(on.path("active").asBoolean()).isTrue();
        assertThat(on.path("profileId").asLong()).isEqualTo(profile);
        assertThat(Duration.between(
                        Instant.parse(on.path("startedAt").asText()),
                        Instant.parse(on.path("expiresAt").asText())))
                .isEqualTo(Duration.ofHours(1));
        assertThat(on.path("startedBy").asText()).isEqualTo(user.id());

        JsonNode accepted = invoke("connect", "Wallbox-1", "\"tls\":true");
        assertThat(accepted.path("decision").asText()).isEqualTo("accepted");
        assertThat(accepted.path("registered").asBoolean()).isTrue();
        assertThat(accepted.path("profile").path("cpmsUrl").asText()).isEqualTo("wss://cpms.example.com/ocpp");
        assertThat(accepted.path("profile").path("heartbeatInterval").asInt()).isEqualTo(60);
        assertThat(accepted.path("profile")
                        .path("configuration")
                        .path("MeterValueSampleInterval")
                        .asText())
                .isEqualTo("30");
        assertThat(accepted.path("profile").fieldNames())
                .toIterable()
                .containsExactly(
                        "id", "cpmsUrl", "authPassThrough", "heartbeatInterval", "securityProfile", "configuration");
        assertThat(accepted.path("recheckAfterSeconds").asInt()).isEqualTo(3600);
        invoke(
                "boot",
                "WALLBOX-1",
                "\"boot\":{\"chargingStation\":{\"model\":\"Wallbox 22\",\"vendorName\":\"Volt\"}}");

        JsonNode charger = user.get(chargers()).is(200).json().path(0);
        assertThat(charger.path("identity").asText()).isEqualTo("Wallbox-1");
        assertThat(charger.path("id").asLong())
                .isEqualTo(accepted.path("chargerId").asLong());
        assertThat(charger.path("tenantId").asLong())
                .isEqualTo(tenant.show().json().path("id").asLong());
        assertThat(charger.path("chargePointModel").asText()).isEqualTo("Wallbox 22");
        assertThat(charger.path("online").asBoolean()).isTrue();
        assertThat(charger.path("provisioned").asBoolean()).isTrue();
        assertThat(user.get(provision()).is(200).json().path("registeredCount").asInt())
                .isEqualTo(1);

        invoke("disconnect", "wallbox-1", "\"tls\":true");
        assertThat(user.get(chargers()).json().path(0).path("online").asBoolean())
                .isFalse();
        assertThat(tenant.auditEntries(tenant.admin(), "charger.registered")).hasSize(1);
    }

    @Test
    void tellsTheBrokerNoSecret() {
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.BASIC, PASSWORD);
        user.post(provision(), "").is(200);
        // Wallbox-1:correct horse battery
        String answer = invoke(
                        "connect",
                        "Wallbox-1",
                        "\"tls\":false,\"authorization\":\"Basic V2FsbGJveC0xOmNvcnJlY3QgaG9yc2UgYmF0dGVyeQ==\"")
                .toString();
        assertThat(answer)
                .contains("\"accepted\"")
                .doesNotContain("pbkdf2")
                .doesNotContain("assword")
                .doesNotContain(PASSWORD);
        assertThat(user.get(chargers()).body()).doesNotContain("pbkdf2");
        assertThat(invoke("connect", "Wallbox-1", "\"tls\":false")
                        .path("reason")
                        .asText())
                .isEqualTo("bad_credentials");
    }

    @Test
    void startsOnceForOneIdempotencyKey() {
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.NONE);
        String key = UUID.randomUUID().toString();
        Answer first = user.post(provision(), "{}", "Idempotency-Key", key).is(200);
        Answer again = user.post(provision(), "{}", "Idempotency-Key", key).is(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replayed")).contains("true");
        assertThat(tenant.auditEntries(tenant.admin(), "provisioning.started")).hasSize(1);
    }

    @Test
    void stopsOnceAndIsOffTheSecondTime() {
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.NONE);
        String off = user.get(provision()).is(200).etag();
        String on = user.post(provision(), "{}").is(200).etag();
        assertThat(on).isNotEqualTo(off).isEqualTo(user.get(provision()).etag());
        user.delete(provision(), "If-Match", off).isProblem(412, "precondition_failed");
        user.delete(provision(), "If-Match", on).is(204);
        user.delete(provision()).is(204);
        assertThat(user.get(provision()).is(200).body()).isEqualTo("{\"active\":false}");
        assertThat(tenant.auditEntries(tenant.admin(), "provisioning.stopped")).hasSize(1);
    }

    /// Generated clients in Java and Go send the latter.
    @ParameterizedTest
    @ValueSource(strings = {"", "null", " null\n"})
    void startsByTheDefaultsWhereTheBodyIsLeftOut(String body) {
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.NONE);
        JsonNode on = user.post(provision(), body).is(200).json();
        assertThat(on.path("active").asBoolean()).isTrue();
        assertThat(on.path("maxChargers").asInt()).isEqualTo(100);
        tenant.admin().post("/tenant/" + tenant.prefix() + "/profile", "null").isProblem(400, "invalid_request");
    }

    @Test
    void countsAnewWithoutALimitUnlessToldOtherwise() {
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.NONE);
        user.post(provision(), "{\"maxChargers\":1,\"durationSeconds\":86400}").is(200);
        assertThat(invoke("connect", "Wallbox-1", "\"tls\":true")
                        .path("registered")
                        .asBoolean())
                .isTrue();
        assertThat(invoke("connect", "Wallbox-2", "\"tls\":true").path("reason").asText())
                .isEqualTo("provisioning_full");

        JsonNode on = user.post(provision(), "{\"maxChargers\":null,\"durationSeconds\":1000}")
                .is(200)
                .json();
        assertThat(on.path("maxChargers").isNull()).isTrue();
        assertThat(on.path("registeredCount").asInt()).isZero();
        assertThat(invoke("connect", "Wallbox-2", "\"tls\":true")
                        .path("registered")
                        .asBoolean())
                .isTrue();
        assertThat(user.get(provision()).is(200).json().path("registeredCount").asInt())
                .isEqualTo(1);
        assertThat(user.get(chargers()).is(200).json()).hasSize(2);
    }

    @Test
    void needsAProfile() {
        user.post(provision(), "{}").isProblem(409, "no_profile");
        user.post(provision(), "{\"profileId\":7}").isInvalid("/profileId");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"durationSeconds\":0}|/durationSeconds",
                "{\"durationSeconds\":86401}|/durationSeconds",
                "{\"durationSeconds\":null}|/durationSeconds",
                "{\"maxChargers\":0}|/maxChargers",
                "{\"maxChargers\":1.5}|/maxChargers",
                "{\"profileId\":\"1\"}|/profileId",
                "{\"profile\":1}|/profile",
            })
    void refusesWhatNoWindowCanBe(String body, String pointer) {
        user.post(provision(), body).isInvalid(pointer);
    }

    @Test
    void letsViewersLookOnly() {
        Person viewer = tenant.member(Role.VIEWER);
        viewer.get(chargers()).is(200);
        viewer.get(provision()).is(200);
        viewer.post(provision(), "{}").isProblem(403, "insufficient_role");
        viewer.delete(provision()).isProblem(403, "insufficient_role");
        Person.anyone().get(chargers()).isProblem(404, "tenant_not_found");
        Person.anyone().post(provision(), "{}").isProblem(404, "tenant_not_found");
    }

    @Test
    void changesTheWindowThatIsOpen() {
        user.put(provision(), "{\"durationSeconds\":60}").isProblem(409, "provisioning_off");
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.NONE);
        Answer on = user.post(provision(), "{\"maxChargers\":1}").is(200);
        invoke("connect", "Wallbox-1", "\"tls\":true");

        // What was read can be edited and sent back.
        Answer more = user.put(
                        provision(), on.body().replace("\"maxChargers\":1", "\"maxChargers\":2"), "If-Match", on.etag())
                .is(200);
        assertThat(more.json().path("registeredCount").asInt()).isEqualTo(1);
        assertThat(more.json().path("startedAt")).isEqualTo(on.json().path("startedAt"));
        assertThat(more.json().path("expiresAt")).isEqualTo(on.json().path("expiresAt"));
        assertThat(more.etag()).isNotEqualTo(on.etag());
        user.put(provision(), "{\"maxChargers\":3}", "If-Match", on.etag()).isProblem(412, "precondition_failed");
        user.delete(provision(), "If-Match", on.etag()).isProblem(412, "precondition_failed");
        invoke("connect", "Wallbox-2", "\"tls\":true");
        assertThat(invoke("connect", "Wallbox-3", "\"tls\":true").path("reason").asText())
                .isEqualTo("provisioning_full");
        user.put(provision(), "{\"maxChargers\":null}").is(200);
        assertThat(invoke("connect", "Wallbox-3", "\"tls\":true")
                        .path("registered")
                        .asBoolean())
                .isTrue();
        user.put(provision(), "{\"durationSeconds\":86401,\"maxChargers\":10001,\"colour\":1}")
                .isInvalid("/durationSeconds", "/maxChargers", "/colour");
        assertThat(tenant.auditEntries(tenant.admin(), "provisioning.changed")).hasSize(2);
    }

    @Test
    void takesAChargerFromTheCradleToTheGrave() {
        user.post(chargers(), "{\"identity\":\"Wallbox-1\"}").isProblem(409, "no_profile");
        long profile = ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.BASIC, PASSWORD);
        long next = ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.NONE);

        Answer created = user.post(
                        chargers(),
                        "{\"identity\":\"Wallbox-1\",\"displayName\":\" North gate \",\"chargePointSerialNumber\":\"SN-1\"}")
                .is(201);
        JsonNode charger = created.json();
        String path = created.header("Location").orElseThrow();
        assertThat(path).isEqualTo(chargers() + "/" + charger.path("id").asLong());
        assertThat(charger.path("displayName").asText()).isEqualTo("North gate");
        assertThat(charger.path("provisioned").asBoolean()).isFalse();
        assertThat(charger.path("lastSeenAt").isNull()).isTrue();
        assertThat(charger.path("profileId").asLong()).isEqualTo(profile);
        Answer shown = user.get(path).is(200);
        assertThat(shown.json()).isEqualTo(charger);
        assertThat(shown.etag()).isEqualTo(created.etag());

        String basic = "\"tls\":false,\"authorization\":\"Basic V2FsbGJveC0xOmNvcnJlY3QgaG9yc2UgYmF0dGVyeQ==\"";
        assertThat(invoke("connect", "wallbox-1", basic).path("decision").asText())
                .isEqualTo("accepted");
        Answer connected = user.get(path).is(200);
        assertThat(connected.json().path("online").asBoolean()).isTrue();
        assertThat(connected.etag()).isEqualTo(shown.etag());

        Answer blocked = user.put(
                        path,
                        connected.body().replace("\"blocked\":false", "\"blocked\":true"),
                        "If-Match",
                        connected.etag())
                .is(200);
        assertThat(blocked.json().path("blocked").asBoolean()).isTrue();
        assertThat(invoke("connect", "wallbox-1", basic).path("reason").asText())
                .isEqualTo("charger_blocked");
        user.put(path, "{\"displayName\":\"x\"}", "If-Match", connected.etag()).isProblem(412, "precondition_failed");
        Answer same = user.put(path, blocked.body()).is(200);
        assertThat(same.etag()).isEqualTo(blocked.etag());

        user.put(path, "{\"blocked\":false,\"profileId\":%d,\"displayName\":null}".formatted(next))
                .is(200);
        assertThat(user.get(path).json().path("displayName").isNull()).isTrue();
        user.delete(tenant.path() + "/profile/" + next).isProblem(409, "profile_in_use");
        assertThat(invoke("connect", "wallbox-1", "\"tls\":false")
                        .path("decision")
                        .asText())
                .isEqualTo("accepted");
        JsonNode counts = user.get(tenant.path() + "/stats").json().path("chargers");
        assertThat(counts.path("total").asInt()).isEqualTo(1);
        assertThat(counts.path("provisioned").asInt()).isEqualTo(1);

        user.delete(path, "If-Match", blocked.etag()).isProblem(412, "precondition_failed");
        user.delete(path).is(204);
        user.delete(path).isProblem(404, "charger_not_found");
        user.get(path).isProblem(404, "charger_not_found");
        user.get(chargers() + "/x").isProblem(404, "charger_not_found");
        assertThat(invoke("connect", "wallbox-1", basic).path("reason").asText())
                .isEqualTo("unknown_charger");
        user.delete(tenant.path() + "/profile/" + next).is(204);
        counts = user.get(tenant.path() + "/stats").json().path("chargers");
        assertThat(counts.path("total").asInt()).isZero();
        assertThat(counts.path("online").asInt()).isZero();
        for (String action : List.of("charger.added", "charger.removed")) {
            assertThat(tenant.auditEntries(tenant.admin(), action)).hasSize(1);
        }
        assertThat(tenant.auditEntries(tenant.admin(), "charger.updated")).hasSize(2);
    }

    @Test
    void entersAndChangesSeveralOrNone() {
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.NONE);
        Answer created = user.post(chargers(), "[{\"identity\":\"b\"},{\"identity\":\"A\"}]")
                .is(201);
        assertThat(created.json()).hasSize(2);
        assertThat(created.header("Location")).contains(chargers());
        assertThat(created.json().get(0).path("identity").asText()).isEqualTo("b");
        assertThat(user.post(chargers(), "[{\"identity\":\"c\"}]").is(201).json())
                .hasSize(1);

        Answer there = user.post(chargers(), "[{\"identity\":\"d\"},{\"identity\":\"B\"},{\"identity\":\"a\"}]")
                .isProblem(409, "charger_exists");
        assertThat(there.json().path("detail").asText()).contains("b, A");
        user.post(
                        chargers(),
                        "[{\"identity\":\"d\"},{\"identity\":\"D\",\"password\":\"short\"},{\"displayName\":\"\"},{\"identity\":\"e\",\"blocked\":true}]")
                .isInvalid("/1/identity", "/1/password", "/2/identity", "/2/displayName", "/3/blocked");
        user.post(chargers(), "[{\"identity\":\"d\",\"profileId\":7},{\"identity\":\"e\",\"profileId\":8}]")
                .isInvalid("/0/profileId", "/1/profileId");
        user.post(chargers(), "{\"identity\":\"d\",\"profileId\":7}").isInvalid("/profileId");
        user.post(chargers(), "[]").isInvalid("");
        user.post(chargers(), "7").isInvalid("");
        user.post(chargers(), "[" + "{\"identity\":\"x\"},".repeat(20) + "{\"identity\":\"x\"}]")
                .isInvalid("");
        assertThat(user.get(chargers()).json()).hasSize(3);

        long b = created.json().get(0).path("id").asLong();
        long a = created.json().get(1).path("id").asLong();
        JsonNode changed = user.put(
                        chargers(),
                        "[{\"id\":%d,\"blocked\":true},{\"id\":%d,\"displayName\":\"Yard\"}]".formatted(b, a))
                .is(200)
                .json();
        assertThat(changed.get(0).path("blocked").asBoolean()).isTrue();
        assertThat(changed.get(1).path("displayName").asText()).isEqualTo("Yard");
        Answer unknown = user.put(
                        chargers(), "[{\"id\":%d,\"blocked\":false},{\"id\":4711,\"blocked\":false}]".formatted(b))
                .isProblem(404, "charger_not_found");
        assertThat(unknown.json().path("detail").asText()).contains("4711");
        user.put(chargers(), "[{\"id\":%1$d},{\"id\":%1$d},{},{\"id\":\"x\"}]".formatted(b))
                .isInvalid("/1/id", "/2/id", "/3/id");
        user.put(chargers(), "[{\"id\":%d,\"profileId\":9,\"blocked\":null}]".formatted(b))
                .isInvalid("/0/blocked");
        user.put(chargers(), "[{\"id\":%d,\"profileId\":9}]".formatted(b)).isInvalid("/0/profileId");

        Answer blocked = user.get(chargers() + "?blocked=true");
        assertThat(blocked.json()).hasSize(1);
        assertThat(blocked.header("X-Looked-Through")).contains("3");
        assertThat(user.get(chargers() + "?identity=B&online=false&profileId=1&blocked=true")
                        .json())
                .hasSize(1);
        assertThat(TenantFixture.all(user, chargers() + "?online=false&limit=1"))
                .extracting(charger -> charger.path("identity").asText())
                .containsExactly("A", "b", "c");
        user.get(chargers() + "?online=no&profileId=x&identity=&blocked=1&colour=1")
                .isInvalid("?online", "?profileId", "?identity", "?blocked", "?colour");
    }

    @Test
    void letsAChargerInWithTheBytesOfItsOwnBinaryKey() {
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.BASIC, PASSWORD);
        String digits = "00af3C5A9e3f00b1ff4e80c0a1d2e3f405161700";
        Answer created = user.post(chargers(), "{\"identity\":\"W-1\",\"passwordHex\":\"" + digits + "\"}")
                .is(201);
        assertThat(created.json().path("hasPassword").asBoolean()).isTrue();
        assertThat(created.body()).doesNotContain(digits, "passwordHex");
        String path = chargers() + "/" + created.json().path("id").asLong();

        byte[] pair =
                HexFormat.of().parseHex(HexFormat.of().formatHex("W-1:".getBytes(StandardCharsets.US_ASCII)) + digits);
        String key =
                "\"tls\":true,\"authorization\":\"Basic " + Base64.getEncoder().encodeToString(pair) + "\"";
        assertThat(invoke("connect", "W-1", key).path("decision").asText()).isEqualTo("accepted");
        user.put(path, "{\"passwordHex\":null}").is(200);
        assertThat(invoke("connect", "W-1", key).path("reason").asText()).isEqualTo("bad_credentials");
        user.put(
                        chargers(),
                        "[{\"id\":%s,\"password\":\"%s\",\"passwordHex\":null}]"
                                .formatted(created.json().path("id").asText(), PASSWORD))
                .isInvalid("/0/password", "/0/passwordHex");
        assertThat(user.get(path).json().path("hasPassword").asBoolean(true)).isFalse();
    }

    @Test
    void entersOnceForOneIdempotencyKey() {
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.NONE);
        String key = UUID.randomUUID().toString();
        String body = "[{\"identity\":\"a\",\"password\":\"%s\"}]".formatted(PASSWORD);
        Answer first = user.post(chargers(), body, "Idempotency-Key", key).is(201);
        Answer second = user.post(chargers(), body, "Idempotency-Key", key).is(201);
        assertThat(second.body()).isEqualTo(first.body()).doesNotContain("pbkdf2");
        assertThat(second.header("Idempotent-Replayed")).contains("true");
        user.post(chargers(), "[{\"identity\":\"b\"}]", "Idempotency-Key", key)
                .isProblem(422, "idempotency_key_reused");
    }

    @Test
    void listsChargersPageByPage() {
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.NONE);
        user.post(provision(), "{}").is(200);
        for (String identity : List.of("c", "A", "b")) {
            invoke("connect", identity, "\"tls\":true");
        }
        assertThat(TenantFixture.all(user, chargers() + "?limit=1"))
                .extracting(charger -> charger.path("identity").asText())
                .containsExactly("A", "b", "c");
        user.get(chargers() + "?limit=0").isInvalid("?limit");
        user.get(chargers() + "?cursor=nonsense").isInvalid("?cursor");
    }

    @Test
    void showsWhichChargersWereRefusedAndWhy() {
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.BASIC, PASSWORD);
        assertThat(user.get(refusals()).is(200).json()).isEmpty();
        invoke("connect", "RDAM 123", "\"tls\":true");
        user.post(provision(), "{}").is(200);
        invoke("connect", "rdam 123", "\"tls\":true");
        invoke("connect", "RDAM 123", "\"tls\":true");
        // Nobody's to see.
        invoke("connect", "RDAM/123", "\"tls\":true");

        JsonNode refused = tenant.member(Role.VIEWER).get(refusals()).is(200).json();
        assertThat(refused).hasSize(2).allSatisfy(refusal -> {
            assertThat(refusal.path("identity").asText()).isEqualTo("RDAM 123");
            assertThat(refusal.path("sourceIp").asText()).isEqualTo("192.0.2.1");
        });
        assertThat(refused.findValuesAsText("reason")).containsExactly("bad_credentials", "unknown_charger");
        assertThat(refused.findValuesAsText("count")).containsExactly("2", "1");
        assertThat(user.get(tenant.path() + "/stats")
                        .is(200)
                        .json()
                        .at("/chargers/recentRefusals")
                        .asInt())
                .isEqualTo(2);
        assertThat(TenantFixture.all(user, refusals() + "?limit=1")).hasSize(2);
        user.get(refusals() + "?limit=0").isInvalid("?limit");
        user.get(refusals() + "?cursor=nonsense").isInvalid("?cursor");
        user.get(refusals() + "?reason=bad_credentials").isInvalid("?reason");
        Person.anyone().get(refusals()).isProblem(404, "tenant_not_found");
    }

    private String refusals() {
        return tenant.path() + "/refusal";
    }

    @Test
    void answersABatchInItsOrder() {
        ProfileFixture.create(SERVICE.core(), tenant.prefix(), SecurityProfile.NONE);
        user.post(provision(), "{}").is(200);
        String event =
                "{\"type\":\"%s\",\"tenant\":\"%s\",\"identity\":\"W1\",\"sourceIp\":\"192.0.2.1\",\"tls\":true,\"connectionId\":\"%s\",\"at\":\"%s\"}";
        String now = Instant.now().toString();
        JsonNode answers = SERVICE.invoke(
                        "ChargerConnectFunction",
                        "{\"events\":[%s,7,%s,%s,%s]}"
                                .formatted(
                                        event.formatted("connect", tenant.prefix(), "c-1", now),
                                        event.formatted("connect", "nobodys", "c-2", now),
                                        event.formatted("disconnect", tenant.prefix(), "c-1", now),
                                        event.formatted("connect", tenant.prefix(), "c-3", now)))
                .path("answers");
        assertThat(answers).hasSize(5);
        assertThat(answers.path(0).path("registered").asBoolean()).isTrue();
        assertThat(answers.path(0).path("recheckAfterSeconds").asInt()).isEqualTo(3600);
        assertThat(answers.path(1).path("error").asText()).isEqualTo("the event must be a JSON object");
        assertThat(answers.path(2).path("reason").asText()).isEqualTo("unknown_tenant");
        assertThat(answers.path(3).path("decision").asText()).isEqualTo("accepted");
        assertThat(answers.path(4).path("registered").asBoolean(true)).isFalse();
        assertThat(user.get(chargers()).json().path(0).path("online").asBoolean())
                .isTrue();
        assertThat(user.get(refusals()).json()).isEmpty();
    }

    @Test
    void takesInASimulatedFleet() {
        Caller caller = People.anyone();
        String email = caller.email().orElseThrow();
        // The fleet knows nothing of its user but the address.
        TenantFixture theirs = TenantFixture.founded(new Person(caller, SERVICE.token(Map.of("email", email))));
        ProfileFixture.create(SERVICE.core(), theirs.prefix(), SecurityProfile.NONE);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, UTF_8);

        int status = FleetMain.run(
                List.of(
                        "--url",
                        SERVICE.uri().toString(),
                        "--sqs",
                        SERVICE.sqsUri().toString(),
                        "--tenant",
                        theirs.prefix(),
                        "--user",
                        email,
                        "--chargers",
                        "20",
                        "--concurrency",
                        "4",
                        "--batch",
                        "6"),
                Map.of(),
                out,
                out,
                Optional.empty());

        assertThat(status).as(printed.toString(UTF_8)).isZero();
        JsonNode chargers =
                theirs.admin().get(theirs.path() + "/charger").is(200).json();
        assertThat(chargers).hasSize(20).allSatisfy(charger -> {
            assertThat(charger.path("online").asBoolean()).isTrue();
            assertThat(charger.path("chargePointVendor").asText()).isEqualTo("Simulated");
        });
        assertThat(samplesTakenIn(theirs)).isEqualTo(20);
    }

    /// Each has one message in. The queue takes its time.
    private static long samplesTakenIn(TenantFixture theirs) {
        long messages = 0;
        for (int tries = 0; messages < 20 && tries < 300; tries++) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            SERVICE.invoke("MetricsAggregationFunction", "{}");
            messages = 0;
            for (JsonNode window :
                    theirs.admin().get(theirs.path() + "/metrics").is(200).json()) {
                messages += window.path("messagesIn").asLong();
            }
        }
        return messages;
    }

    @Test
    void namesTheFaultsOfAnEventInItsFunctionError() {
        JsonNode error = SERVICE.invoke("ChargerConnectFunction", "{\"type\":\"connect\"}");
        assertThat(error.path("errorMessage").asText())
                .contains("/tenant is required")
                .contains("/at is required");
        assertThat(error.path("errorType").asText()).endsWith("MalformedEvent");
        assertThat(error.path("stackTrace")).isEmpty();
    }

    private JsonNode invoke(String type, String identity, String more) {
        return SERVICE.invoke(
                "ChargerConnectFunction",
                "{\"type\":\"%s\",\"tenant\":\"%s\",\"identity\":\"%s\",\"sourceIp\":\"192.0.2.1\",\"connectionId\":\"c-1\",\"at\":\"%s\",%s}"
                        .formatted(type, tenant.prefix(), identity, Instant.now(), more));
    }

    private String chargers() {
        return tenant.path() + "/charger";
    }

    private String provision() {
        return tenant.path() + "/provision";
    }
}
