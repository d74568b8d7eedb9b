package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.tenancy.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The IP allowlist. Everybody here calls from 127.0.0.1.
class IpsTest {

    private final TenantFixture tenant = TenantFixture.founded();
    private final Person admin = tenant.admin();

    @Test
    void addsAnEntryInItsCanonicalForm() {
        JsonNode permanent = tenant.addIp("192.0.2.7", "charger").json();
        Answer added = admin.post(tenant.ips(), """
                        {"ip": "2001:DB8:0::/32", "description": "  Depot north ", "scope": "charger",
                         "expiresAt": "2099-12-31T23:59:59+01:00"}""").is(201);

        JsonNode entry = added.json();
        assertThat(entry.path("id").asInt()).isEqualTo(2);
        assertThat(entry.path("ip").asText()).isEqualTo("2001:db8::/32");
        assertThat(entry.path("description").asText()).isEqualTo("Depot north");
        assertThat(entry.path("scope").asText()).isEqualTo("charger");
        assertThat(entry.path("expiresAt").asText()).isEqualTo("2099-12-31T22:59:59.000Z");
        assertThat(entry.path("createdBy").asText()).isEqualTo(admin.id());
        assertThat(added.header("Location")).contains(tenant.ips() + "/2");
        assertThat(added.etag()).isEqualTo("\"1\"");
        assertThat(list()).containsExactly(permanent, entry);
    }

    @Test
    void needsNothingButAnAddress() {
        JsonNode entry = admin.post(tenant.ips(), "{\"ip\":\"::ffff:192.0.2.7\"}")
                .is(201)
                .json();

        assertThat(entry.path("ip").asText()).isEqualTo("192.0.2.7");
        assertThat(entry.path("scope").asText()).isEqualTo("charger");
        assertThat(entry.path("description").isNull()).isTrue();
        assertThat(entry.path("expiresAt").isNull()).isTrue();
    }

    @Test
    void takesAnExpiryWithoutSeconds() {
        tenant.addIp("192.0.2.8", "charger");
        JsonNode entry = admin.post(tenant.ips(), "{\"ip\":\"192.0.2.7\",\"expiresAt\":\"2100-01-01T00:00+01:00\"}")
                .is(201)
                .json();

        assertThat(entry.path("expiresAt").asText()).isEqualTo("2099-12-31T23:00:00.000Z");
    }

    @Test
    void takesBackAnEntryThatWasEdited() {
        ObjectNode entry = (ObjectNode) tenant.addIp("192.0.2.7", "charger").json();
        entry.put("tenantId", 1).put("ip", "192.0.2.8");

        JsonNode again = admin.post(tenant.ips(), entry.toString()).is(201).json();

        assertThat(again.path("id").asInt()).isEqualTo(2);
        assertThat(again.path("ip").asText()).isEqualTo("192.0.2.8");
    }

    @Test
    void takesABlankDescriptionForNone() {
        JsonNode entry = admin.post(tenant.ips(), "{\"ip\":\"192.0.2.7\",\"description\":\" \"}")
                .is(201)
                .json();

        assertThat(entry.path("description").isNull()).isTrue();
    }

    @Test
    void namesAllFaultsAtOnce() {
        admin.post(tenant.ips(), """
                        {"ip": "192.0.2.7:80", "description": "two\\nlines", "scope": "API", "expiresAt": "tomorrow", "x": 1}""").isInvalid("/ip", "/description", "/scope", "/expiresAt", "/x");
        admin.post(tenant.ips(), "{}").isInvalid("/ip");
        admin.post(tenant.ips(), "{\"ip\":null}").isInvalid("/ip");
        admin.post(tenant.ips(), "{\"ip\":3221225991}").isInvalid("/ip");
        admin.post(tenant.ips(), "{\"ip\":\"192.0.2.7\",\"scope\":null}").isInvalid("/scope");
        admin.post(tenant.ips(), "[{\"ip\":\"192.0.2.7\"}]").isInvalid("");
        assertThat(list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-01-01T00:00:00Z",
                "2099-01-01",
                "2099-01-01T00:00:00",
                "2099-02-30T00:00:00Z",
                "9999-12-31T23:59:59-01:00",
                "+10000-01-01T00:00:00Z",
                "4102444800",
                ""
            })
    void refusesAnExpiryThatIsNoTimeToCome(String expiresAt) {
        admin.post(tenant.ips(), "{\"ip\":\"192.0.2.7\",\"expiresAt\":\"" + expiresAt + "\"}")
                .isInvalid("/expiresAt");
    }

    @Test
    void saysWhichBlockWasMeant() {
        Answer answer = admin.post(tenant.ips(), "{\"ip\":\"192.0.2.7/24\"}").isInvalid("/ip");

        assertThat(answer.json().path("errors").get(0).path("message").asText()).contains("did you mean 192.0.2.0/24?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0", "::ffff:0:0/96"})
    void refusesEverything(String ip) {
        admin.post(tenant.ips(), "{\"ip\":\"" + ip + "\"}").isInvalid("/ip");
    }

    @Test
    void refusesAnEqualBlockInTheSameScope() {
        tenant.addIp("192.0.2.0/24", "charger");

        admin.post(tenant.ips(), "{\"ip\":\"::ffff:192.0.2.0/120\"}").isProblem(409, "duplicate_ip");
    }

    @Test
    void removesAnEntryOnce() {
        tenant.addIp("192.0.2.7", "charger");

        admin.delete(tenant.ips() + "/1").is(204);
        admin.delete(tenant.ips() + "/1").isProblem(404, "ip_not_found");
        assertThat(list()).isEmpty();
    }

    @Test
    void cannotReachAnotherTenantsEntries() {
        TenantFixture other = TenantFixture.founded();
        other.addIp("192.0.2.7", "charger");

        admin.delete(tenant.ips() + "/1").isProblem(404, "ip_not_found");
        assertThat(list()).isEmpty();
        assertThat(TenantFixture.all(other.admin(), other.ips())).hasSize(1);
    }

    @Test
    void editsAnEntryAsItWasListed() {
        String version = tenant.addIp("192.0.2.7", "charger").etag();
        ObjectNode entry = (ObjectNode) list().getFirst();
        entry.put("description", " Depot north ")
                .put("tenantId", 1)
                .put("ip", "192.0.2.9")
                .put("scope", "api");

        Answer edited = admin.put(tenant.ips() + "/1", entry.toString(), "If-Match", version)
                .is(200);

        assertThat(edited.etag()).isNotEqualTo(version);
        assertThat(edited.json().path("description").asText()).isEqualTo("Depot north");
        assertThat(edited.json().path("ip").asText()).isEqualTo("192.0.2.7");
        assertThat(edited.json().path("scope").asText()).isEqualTo("charger");
        assertThat(list()).containsExactly(edited.json());
        admin.put(tenant.ips() + "/1", "{\"description\":\"x\"}", "If-Match", version)
                .isProblem(412, "precondition_failed");
        admin.delete(tenant.ips() + "/1", "If-Match", version).isProblem(412, "precondition_failed");
        assertThat(admin.put(tenant.ips() + "/1", "{\"description\":\" \"}")
                        .is(200)
                        .json()
                        .path("description")
                        .isNull())
                .isTrue();
        admin.delete(tenant.ips() + "/1", "If-Match", "*").is(204);
        admin.put(tenant.ips() + "/1", "{}").isProblem(404, "ip_not_found");
        JsonNode told = tenant.auditEntries(admin, "ip.updated").getFirst();
        assertThat(told.path("after"))
                .isEqualTo(Json.parse("{\"description\":\"Depot north\"}").orElseThrow());
    }

    @Test
    void namesAllFaultsOfAnEditAtOnce() {
        tenant.addIp("192.0.2.7", "charger");

        admin.put(tenant.ips() + "/1", "{\"description\":\"two\\nlines\",\"expiresAt\":\"tomorrow\",\"x\":1}")
                .isInvalid("/description", "/expiresAt", "/x");
        admin.put(tenant.ips() + "/1", "{\"expiresAt\":\"2020-01-01T00:00:00Z\"}")
                .isInvalid("/expiresAt");
        tenant.member(Role.USER).put(tenant.ips() + "/1", "{}").isProblem(403, "insufficient_role");
    }

    @Test
    void leavesNoScopeToEntriesThatRunOut() {
        String temporary = "{\"ip\":\"192.0.2.7\",\"expiresAt\":\"2099-01-01T00:00:00Z\"}";
        admin.post(tenant.ips(), temporary).isProblem(409, "permanent_entry_needed");
        tenant.addIp("192.0.2.8", "charger");
        admin.post(tenant.ips(), temporary).is(201);
        admin.put(tenant.ips() + "/1", "{\"expiresAt\":\"2099-01-01T00:00:00Z\"}")
                .isProblem(409, "permanent_entry_needed");
        admin.delete(tenant.ips() + "/1").isProblem(409, "permanent_entry_needed");
        admin.put(tenant.ips() + "/2", "{\"expiresAt\":null}").is(200);
        admin.delete(tenant.ips() + "/1").is(204);
    }

    @Test
    void listsPageByPage() {
        for (int i = 1; i <= 12; i++) {
            tenant.addIp("192.0.2." + i, "charger");
        }

        List<JsonNode> whole = list();
        assertThat(whole)
                .extracting(entry -> entry.path("id").asInt())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertThat(admin.get(tenant.ips() + "?limit=5").is(200).json()).hasSize(5);
        assertThat(TenantFixture.all(admin, tenant.ips() + "?limit=5")).isEqualTo(whole);
    }

    @Test
    void tellsCallersWhereTheyAre() {
        assertThat(admin.get(tenant.ips()).is(200).header("X-Caller-Address")).contains("127.0.0.1");
    }

    @Test
    void givesTheFirstAnswerAgain() {
        String key = UUID.randomUUID().toString();
        Answer first = admin.post(tenant.ips(), "{\"ip\":\"192.0.2.7\"}", "Idempotency-Key", key)
                .is(201);

        Answer again = admin.post(tenant.ips(), "{\"ip\":\"192.0.2.7\"}", "Idempotency-Key", key)
                .is(201);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(list()).hasSize(1);
    }

    @Test
    void tellsTheTrail() {
        String soon = Instant.now()
                .plus(1, ChronoUnit.HOURS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        tenant.addIp("192.0.2.8", "charger");
        admin.post(tenant.ips(), "{\"ip\":\"192.0.2.7\",\"expiresAt\":\"" + soon + "\"}")
                .is(201);
        admin.delete(tenant.ips() + "/2").is(204);

        JsonNode added = tenant.auditEntries(admin, "ip.added").getLast();
        assertThat(added.path("targetType").asText()).isEqualTo("ip");
        assertThat(added.path("targetId").asText()).isEqualTo("2");
        assertThat(added.path("before").isNull()).isTrue();
        assertThat(added.path("after").path("expiresAt").asText()).isEqualTo(soon.replace("Z", ".000Z"));
        JsonNode removed = tenant.auditEntries(admin, "ip.removed").getFirst();
        assertThat(removed.path("before")).isEqualTo(added.path("after"));
        assertThat(removed.path("after").isNull()).isTrue();
    }

    @Test
    void letsItsPeopleInFromAllowedAddressesOnly() {
        Person viewer = tenant.member(Role.VIEWER);
        admin.post(tenant.ips(), "{\"ip\":\"198.51.100.0/24\",\"scope\":\"api\"}")
                .isProblem(409, "would_lock_out_caller");
        tenant.addIp("127.0.0.0/8", "api");
        tenant.addIp("198.51.100.0/24", "api");
        viewer.get(tenant.path()).is(200);
        admin.delete(tenant.ips() + "/1").isProblem(409, "would_lock_out_caller");
        admin.delete(tenant.ips() + "/2").is(204);
        admin.delete(tenant.ips() + "/1").is(204);
        viewer.get(tenant.path()).is(200);
    }

    @Test
    void guardsNothingBesideTheTenant() {
        tenant.addIpElsewhere();

        admin.get(tenant.path()).isProblem(403, "ip_not_allowed");
        assertThat(admin.get("/tenant").is(200).json()).hasSize(1);
        TenantFixture.founded(admin).show();
    }

    @Test
    void leavesTheTenantsOwnVersionAlone() {
        String before = tenant.show().etag();
        tenant.addIp("127.0.0.1", "api");

        Answer after = tenant.show();

        assertThat(after.etag()).isEqualTo(before);
        assertThat(after.body()).isEqualTo(tenant.founding().body());
    }

    @RepeatedTest(3)
    void addsABlockOnce() throws InterruptedException {
        List<Answer> answers = Rivals.answers(_ -> admin.post(tenant.ips(), "{\"ip\":\"192.0.2.7\"}"));

        assertThat(Rivals.count(answers, 201)).isOne();
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> answer.isProblem(409, "duplicate_ip"));
        assertThat(tenant.auditEntries(admin, "ip.added")).hasSize(1);
    }

    @RepeatedTest(3)
    void neverLocksOutWhoRemovesTwoEntriesAtOnce() throws InterruptedException {
        tenant.addIp("127.0.0.1", "api");
        tenant.addIp("127.0.0.0/8", "api");
        tenant.addIp("198.51.100.0/24", "api");

        List<Answer> answers = Rivals.answers(i -> admin.delete(tenant.ips() + "/" + (1 + i % 2)));

        assertThat(Rivals.count(answers, 204)).isOne();
        assertThat(answers).extracting(Answer::status).contains(409).isSubsetOf(204, 404, 409);
        tenant.show();
        assertThat(list()).hasSize(2);
    }

    private List<JsonNode> list() {
        return TenantFixture.all(admin, tenant.ips());
    }
}
