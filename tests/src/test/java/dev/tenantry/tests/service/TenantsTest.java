package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tests.project.Project;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantsTest {

    @Test
    void createsATenantWhoseFounderIsItsAdmin() {
        Person ada = Person.anyone();
        String prefix = TenantFixture.unusedPrefix();
        Instant before = Instant.now().minusMillis(1);

        Answer answer = ada.post("/tenant", TenantFixture.body("  Acme Charging ", prefix))
                .is(201);

        assertThat(answer.header("Location")).contains("/tenant/" + prefix);
        JsonNode tenant = answer.json();
        assertThat(tenant.path("id").asInt()).isPositive();
        assertThat(tenant.path("name").asText()).isEqualTo("Acme Charging");
        assertThat(tenant.path("domainPrefix").asText()).isEqualTo(prefix);
        assertThat(tenant.path("connectUrl").asText()).isEqualTo("wss://" + prefix + "." + Project.BROKER_DOMAIN + "/");
        assertThat(tenant.path("stripeCustomerId").isNull()).isTrue();
        assertThat(tenant.path("customDomain").isNull()).isTrue();
        assertThat(tenant.path("deletedAt").isNull()).isTrue();
        assertThat(tenant.path("updatedAt")).isEqualTo(tenant.path("createdAt"));
        assertThat(Instant.parse(tenant.path("createdAt").asText())).isBetween(before, Instant.now());
        Answer shown = ada.get("/tenant/" + prefix).is(200);
        assertThat(shown.json()).isEqualTo(tenant);
        assertThat(shown.header("ETag")).isEqualTo(answer.header("ETag"));
        assertThat(ada.get("/tenant").is(200).json().toString())
                .isEqualTo("[{\"domainPrefix\":\"" + prefix + "\",\"name\":\"Acme Charging\",\"role\":\"admin\"}]");
    }

    @Test
    void namesTheFaultsOfHeadersAndBodyAtOnce() {
        TenantFixture tenant = TenantFixture.founded();

        tenant.admin()
                .put(
                        tenant.path(),
                        "{\"name\":\"\",\"customDomain\":\"wss://x." + Project.BROKER_DOMAIN + "/\"}",
                        "If-Match",
                        "zz")
                .isInvalid("/name", "/customDomain", "If-Match");
        tenant.admin()
                .put(tenant.path(), "{\"name\":\"Fine\"}", "If-Match", "zz")
                .isInvalid("If-Match");
        Person.anyone()
                .post("/tenant", "{\"name\":\"\"}", "Idempotency-Key", "\t")
                .isInvalid("/name", "/domainPrefix", "Idempotency-Key");
        Person.anyone().put(tenant.path(), "{\"name\":\"\"}", "If-Match", "zz").isProblem(404, "tenant_not_found");
        assertThat(tenant.show().etag()).isEqualTo("\"1\"");
    }

    @Test
    void neverGivesAPrefixOutTwice() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = Person.anyone();
        grace.post("/tenant", TenantFixture.body("Another", tenant.prefix())).isProblem(409, "domain_prefix_taken");
        tenant.admin()
                .post("/tenant", TenantFixture.body("Again", tenant.prefix()))
                .isProblem(409, "domain_prefix_taken");

        tenant.admin().delete(tenant.path()).is(204);

        grace.post("/tenant", TenantFixture.body("Another", tenant.prefix())).isProblem(409, "domain_prefix_taken");
        assertThat(grace.get("/tenant").json()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ab",
                "1abc",
                "abc-",
                "Abc",
                "a_c",
                "www",
                "api",
                "admin",
                "xn--abc",
                "abcdefghijabcdefghijabcdefghijabcdefghijX"
            })
    void refusesAPrefixThatIsNoneOrReserved(String prefix) {
        Person.anyone().post("/tenant", TenantFixture.body("Acme", prefix)).isInvalid("/domainPrefix");
    }

    @Test
    void namesAllFaultsOfABodyAtOnce() {
        Person ada = Person.anyone();
        ada.post("/tenant", "{\"name\":\" \",\"domainPrefix\":7,\"colour\":\"green\",\"a/b~c\":1}")
                .isInvalid("/name", "/domainPrefix", "/colour", "/a~1b~0c");
        ada.post("/tenant", "{}").isInvalid("/name", "/domainPrefix");
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin()
                .put(tenant.path(), "{\"name\":null,\"customDomain\":\"https://a.example\",\"colour\":1}")
                .isInvalid("/name", "/customDomain", "/colour");
    }

    @Test
    void countsTheLengthOfANameInCodePoints() {
        TenantFixture tenant = TenantFixture.founded();
        String hundred = "⚡".repeat(50) + "🔌".repeat(50);
        assertThat(tenant.admin()
                        .put(tenant.path(), "{\"name\":\"" + hundred + "\"}")
                        .is(200)
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo(hundred);
        tenant.admin().put(tenant.path(), "{\"name\":\"" + hundred + "🔌\"}").isInvalid("/name");
    }

    @Test
    void takesBackATenantThatWasEdited() {
        TenantFixture tenant = TenantFixture.founded();
        ObjectNode edited = (ObjectNode) tenant.show().json();
        edited.put("name", "Edited");

        JsonNode now =
                tenant.admin().put(tenant.path(), edited.toString()).is(200).json();

        assertThat(now.path("name").asText()).isEqualTo("Edited");
        assertThat(now).isEqualTo(tenant.show().json());
    }

    @Test
    void ignoresWhatOnlyItselfWrites() {
        TenantFixture tenant = TenantFixture.founded();
        TenantFixture other = TenantFixture.founded();
        JsonNode before = tenant.show().json();

        tenant.admin()
                .put(
                        tenant.path(),
                        "{\"id\":" + other.show().json().path("id") + ",\"domainPrefix\":\"" + other.prefix()
                                + "\",\"stripeCustomerId\":\"cus_1\",\"connectUrl\":\"wss://x.example/\","
                                + "\"createdAt\":\"2000-01-01T00:00:00.000Z\",\"deletedAt\":\"2000-01-01T00:00:00.000Z\","
                                + "\"updatedAt\":\"2000-01-01T00:00:00.000Z\"}")
                .is(200);

        assertThat(tenant.show().json()).isEqualTo(before);
        assertThat(tenant.auditEntries(tenant.admin(), "tenant.updated")).isEmpty();
    }

    @Test
    void keepsWhatAnEditDoesNotName() {
        TenantFixture tenant = TenantFixture.founded();
        String name = tenant.show().json().path("name").asText();
        JsonNode withDomain = tenant.admin()
                .put(tenant.path(), "{\"customDomain\":\"wss://ocpp.acme.example/\"}")
                .is(200)
                .json();
        assertThat(withDomain.path("name").asText()).isEqualTo(name);
        JsonNode renamed =
                tenant.admin().put(tenant.path(), "{\"name\":\"New\"}").is(200).json();
        assertThat(renamed.path("customDomain").asText()).isEqualTo("wss://ocpp.acme.example/");
        assertThat(renamed.path("createdAt")).isEqualTo(withDomain.path("createdAt"));
        assertThat(renamed.path("updatedAt").asText())
                .isGreaterThanOrEqualTo(withDomain.path("updatedAt").asText());
    }

    @Test
    void clearsTheCustomDomainByNull() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin()
                .put(tenant.path(), "{\"customDomain\":\"wss://ocpp.acme.example/\"}")
                .is(200);
        JsonNode cleared = tenant.admin()
                .put(tenant.path(), "{\"customDomain\":null}")
                .is(200)
                .json();
        assertThat(cleared.path("customDomain").isNull()).isTrue();
        assertThat(tenant.show().json()).isEqualTo(cleared);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://acme.example/",
                "wss://user:secret@acme.example/",
                "wss://10.0.0.1/",
                "wss://localhost/",
                "wss://acme.example/?q=1",
                "wss://other." + Project.BROKER_DOMAIN + "/",
                "wss://" + Project.BROKER_DOMAIN + "/",
                "not a url",
                ""
            })
    void refusesACustomDomainThatIsNone(String url) {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin().put(tenant.path(), "{\"customDomain\":\"" + url + "\"}").isInvalid("/customDomain");
    }

    @Test
    void givesEachVersionATagOfItsOwn() {
        TenantFixture tenant = TenantFixture.founded();
        String first = tenant.show().etag();
        Answer change =
                tenant.admin().put(tenant.path(), "{\"name\":\"Second\"}").is(200);
        assertThat(change.etag()).isNotEqualTo(first).isEqualTo(tenant.show().etag());
        assertThat(tenant.admin()
                        .put(tenant.path(), "{\"name\":\"Second\"}")
                        .is(200)
                        .etag())
                .isEqualTo(change.etag());
    }

    @Test
    void changesOnlyTheVersionThatIfMatchNames() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.ADMIN);
        String seen = tenant.show().etag();
        String newer = grace.put(tenant.path(), "{\"name\":\"Of Grace\"}", "If-Match", seen)
                .is(200)
                .etag();

        tenant.admin()
                .put(tenant.path(), "{\"name\":\"Mine\"}", "If-Match", seen)
                .isProblem(412, "precondition_failed");
        tenant.admin().delete(tenant.path(), "If-Match", seen).isProblem(412, "precondition_failed");
        assertThat(tenant.show().json().path("name").asText()).isEqualTo("Of Grace");

        tenant.admin()
                .put(tenant.path(), "{\"name\":\"Mine\"}", "If-Match", seen + ", " + newer)
                .is(200);
        tenant.admin().delete(tenant.path(), "If-Match", "*").is(204);
    }

    @Test
    void matchesNoWeakNorForeignTag() {
        TenantFixture tenant = TenantFixture.founded();
        String etag = tenant.show().etag();
        for (String other : List.of("W/" + etag, "\"abc\"", "\"\"", "\"0" + etag.substring(1))) {
            tenant.admin()
                    .put(tenant.path(), "{\"name\":\"Mine\"}", "If-Match", other)
                    .isProblem(412, "precondition_failed");
        }
        tenant.admin()
                .put(tenant.path(), "{\"name\":\"Mine\"}", "If-Match", "*")
                .is(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"7", "\"1\" \"2\"", "'1'", "w/\"1\"", "*, \"1\""})
    void refusesAnIfMatchThatIsNone(String ifMatch) {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin()
                .put(tenant.path(), "{\"name\":\"Mine\"}", "If-Match", ifMatch)
                .isInvalid("If-Match");
        tenant.admin().delete(tenant.path(), "If-Match", ifMatch).isInvalid("If-Match");
    }

    @Test
    void deletesATenantOnceAndForAll() {
        TenantFixture tenant = TenantFixture.founded();
        Person viewer = tenant.member(Role.VIEWER);

        tenant.admin().delete(tenant.path()).is(204);

        tenant.admin().delete(tenant.path()).isProblem(404, "tenant_not_found");
        viewer.get(tenant.path()).isProblem(404, "tenant_not_found");
        assertThat(tenant.admin().get("/tenant").is(200).json()).isEmpty();
        assertThat(viewer.get("/tenant").is(200).json()).isEmpty();
    }

    @Test
    void listsOnesOwnTenantsWithTheRoleInEach() {
        Person ada = Person.anyone();
        TenantFixture own = TenantFixture.founded(ada);
        TenantFixture second = TenantFixture.founded(ada);
        TenantFixture left = TenantFixture.founded(ada);
        TenantFixture.founded();
        Person successor = left.member(Role.ADMIN);
        left.admin().delete(left.user(ada)).is(204);
        second.member(Role.ADMIN);
        ada.put(second.user(ada), "{\"role\":\"viewer\"}").is(200);

        List<JsonNode> tenants = TenantFixture.all(ada, "/tenant");

        assertThat(tenants)
                .extracting(tenant -> tenant.path("domainPrefix").asText() + " "
                        + tenant.path("role").asText())
                .containsExactlyInAnyOrder(own.prefix() + " admin", second.prefix() + " viewer");
        assertThat(TenantFixture.all(successor, "/tenant")).hasSize(1);
    }

    @Test
    void listsOnesOwnTenantsPageByPage() {
        Person ada = Person.anyone();
        List<String> prefixes = List.of(
                TenantFixture.founded(ada).prefix(),
                TenantFixture.founded(ada).prefix(),
                TenantFixture.founded(ada).prefix());
        assertThat(ada.get("/tenant?limit=2").is(200).json()).hasSize(2);
        assertThat(TenantFixture.all(ada, "/tenant?limit=2"))
                .extracting(tenant -> tenant.path("domainPrefix").asText())
                .containsExactlyInAnyOrderElementsOf(prefixes);
        assertThat(ada.get("/tenant?limit=3").is(200).next()).isEmpty();

        String foreign = ada.get("/tenant?limit=1").next().orElseThrow();
        Person.anyone().get(foreign).isInvalid("?cursor");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,?limit",
        "limit=1001,?limit",
        "limit=x,?limit",
        "limit=,?limit",
        "limit=%2B5,?limit",
        "limit=%D9%A3,?limit",
        "limit=05,?limit",
        "cursor=AAAA,?cursor",
        "cursor=*,?cursor",
        "cursor=,?cursor"
    })
    void refusesAPageThatIsNone(String query, String pointer) {
        Person.anyone().get("/tenant?" + query).isInvalid(pointer);
    }

    @Test
    void namesAllFaultsOfAQueryAtOnce() {
        Person.anyone().get("/tenant?limit=0&cursor=AAAA").isInvalid("?limit", "?cursor");
        Person.anyone().get("/tenant?limit=1&limit=2").isInvalid("?limit");
    }

    @Test
    void refusesABodyThatIsNoJson() {
        TenantFixture tenant = TenantFixture.founded();
        for (String body : List.of(
                "{\"name\":\"A\"",
                "{name:1}",
                "{\"name\":\"A\"} {}",
                "{\"name\":\"A\",\"name\":\"B\"}",
                "[]",
                "7",
                "null",
                " ",
                "[".repeat(1000))) {
            tenant.admin().put(tenant.path(), body).isInvalid("");
        }
        tenant.admin().put(tenant.path(), "").isInvalid("");
        assertThat(tenant.auditEntries(tenant.admin(), "tenant.updated")).isEmpty();
    }

    @Test
    void neverRepeatsABrokenBody() {
        TenantFixture tenant = TenantFixture.founded();
        assertThat(tenant.admin()
                        .put(tenant.path(), "{\"name\":\"hunter2\", hunter3")
                        .is(400)
                        .body())
                .doesNotContain("hunter")
                .doesNotContain("jackson")
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "application/json;charset=iso-8859-1",
                "json"
            })
    void refusesAnotherMediaTypeThanJson(String contentType) {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin()
                .put(tenant.path(), "{\"name\":\"A\"}", "Content-Type", contentType)
                .isProblem(415, "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/json; charset=utf-8", "APPLICATION/JSON;Charset=\"UTF-8\""})
    void takesJsonByAnyOfItsNames(String contentType) {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin()
                .put(tenant.path(), "{\"name\":\"A\"}", "Content-Type", contentType)
                .is(200);
    }

    @Test
    void refusesABodyOver256KiB() {
        TenantFixture tenant = TenantFixture.founded();
        String body = "{\"name\":\"A\"}";
        tenant.admin()
                .put(tenant.path(), body + " ".repeat(256 * 1024 - body.length()))
                .is(200);
        tenant.admin()
                .put(tenant.path(), body + " ".repeat(256 * 1024 - body.length() + 1))
                .isProblem(413, "payload_too_large");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PATCH  | /tenant                         | GET, POST",
                "DELETE | /tenant                         | GET, POST",
                "POST   | /tenant/acme                    | GET, PUT, DELETE",
                "POST   | /tenant/acme/user               | GET, PUT",
                "GET    | /tenant/acme/user/somebody      | PUT, DELETE",
                "DELETE | /tenant/acme/audit              | GET",
            })
    void namesTheMethodsOfAPathThatTakesOthers(String method, String path, String allowed) {
        Answer answer = Person.anyone().send(method, path, "");
        answer.isProblem(405, "method_not_allowed");
        assertThat(answer.header("Allow")).contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nowhere", "/tenant/", "/tenant/acme/", "/tenant/acme/users", "/tenant/acme/user/x/y", "/Tenant"
            })
    void knowsNoOtherPath(String path) {
        Person.anyone().get(path).isProblem(404, "not_found");
    }

    @Test
    void saysWhichRequestAProblemIsAbout() {
        Answer answer = Person.anyone().get("/tenant/nobodys").isProblem(404, "tenant_not_found");
        assertThat(answer.json().path("requestId").asText()).isEqualTo(answer.requestId());
        assertThat(answer.json().path("instance").asText()).isEqualTo("/tenant/nobodys");
    }
}
