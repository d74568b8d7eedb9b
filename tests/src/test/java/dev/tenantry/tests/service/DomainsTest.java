package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.tenancy.Role;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Custom domains, from the wish for one to a charger that comes by it. DNS is local mode's.
class DomainsTest {

    private final TenantFixture tenant = TenantFixture.founded();
    private final String host = "chargers." + tenant.prefix() + ".example";

    @Test
    void goesFromTheWishToTheProof() {
        assertThat(tenant.show().json().path("customDomainStatus").isNull()).isTrue();
        assertThat(tenant.show().json().path("customDomainRecord").isNull()).isTrue();
        assertThat(verify(tenant)
                        .isProblem(409, "domain_not_verified")
                        .json()
                        .path("detail")
                        .asText())
                .contains("Set customDomain first");

        Answer wanted = want(tenant, host);
        JsonNode record = wanted.json().path("customDomainRecord");
        assertThat(wanted.json().path("customDomainStatus").asText()).isEqualTo("pending");
        assertThat(record.path("name").asText()).isEqualTo("_tenantry-challenge." + host);
        assertThat(detail(verify(tenant))).contains("DNS has no name _tenantry-challenge." + host);

        publish(record.path("name").asText(), "v=spf1 -all", "x\u202e\ty".repeat(60), "3", "4", "5", "6");
        assertThat(detail(verify(tenant)))
                .contains("v=spf1 -all")
                .contains("…")
                .contains("and 1 more")
                .doesNotContain("\u202e")
                .hasSizeLessThan(700);

        publish(
                record.path("name").asText(),
                "v=spf1 -all",
                record.path("value").asText());
        Answer verified = verify(tenant).is(200);
        assertThat(verified.json().path("customDomainStatus").asText()).isEqualTo("verified");
        assertThat(verified.json().path("customDomainRecord")).isEqualTo(record);
        assertThat(verified.etag()).isEqualTo(wanted.etag());
        assertThat(tenant.show().json()).isEqualTo(verified.json());
        assertThat(tenant.auditEntries(tenant.admin(), "domain.verified"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.path("targetType").asText()).isEqualTo("domain");
                    assertThat(entry.path("targetId").asText()).isEqualTo(host);
                });

        // What was proven stays so without the record.
        SERVICE.publish("{\"" + record.path("name").asText() + "\":null}");
        assertThat(verify(tenant).is(200).json()).isEqualTo(verified.json());
        assertThat(tenant.auditEntries(tenant.admin(), "domain.verified")).hasSize(1);
    }

    @Test
    void isForAdminsAndForMembersOfTheTenant() {
        want(tenant, host);
        tenant.member(Role.USER).post(path(tenant), "").isProblem(403, "insufficient_role");
        Person.anyone().post(path(tenant), "").isProblem(404, "tenant_not_found");
    }

    @Test
    void takesBackATenantWithADomainThatWasEdited() {
        want(tenant, host);
        prove(tenant);
        ObjectNode edited = (ObjectNode) tenant.show().json();
        edited.put("name", "Edited");

        JsonNode now =
                tenant.admin().put(tenant.path(), edited.toString()).is(200).json();

        assertThat(now.path("name").asText()).isEqualTo("Edited");
        assertThat(now.path("customDomainStatus").asText()).isEqualTo("verified");
    }

    @Test
    void belongsToOneOfManyThatProveItAtOnce() {
        List<TenantFixture> tenants =
                IntStream.range(0, 4).mapToObj(_ -> TenantFixture.founded()).toList();
        ObjectNode records = Json.object();
        tenants.forEach(one -> {
            JsonNode record = want(one, host).json().path("customDomainRecord");
            records.withArray(record.path("name").asText())
                    .add(record.path("value").asText());
        });
        assertThat(SERVICE.publish(Json.text(records)).statusCode()).isEqualTo(200);

        List<Answer> answers = tenants.parallelStream().map(DomainsTest::verify).toList();

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> answer.isProblem(409, "domain_taken"));
        assertThat(tenants)
                .filteredOn(one ->
                        one.show().json().path("customDomainStatus").asText().equals("verified"))
                .hasSize(1);
    }

    @Test
    void leadsChargersToWhoeverHasIt() {
        TenantFixture other = TenantFixture.founded();
        Stream.of(tenant, other).forEach(one -> {
            ProfileFixture.create(SERVICE.core(), one.prefix(), SecurityProfile.NONE);
            one.admin().post(one.path() + "/provision", "{}").is(200);
        });
        assertThat(connect("Wallbox-1").path("reason").asText()).isEqualTo("unknown_tenant");
        want(tenant, host);
        assertThat(connect("Wallbox-1").path("reason").asText()).isEqualTo("unknown_tenant");
        prove(tenant);
        JsonNode accepted = connect("Wallbox-1");
        assertThat(accepted.path("registered").asBoolean()).isTrue();
        assertThat(accepted.path("tenant").asText()).isEqualTo(tenant.prefix());
        assertThat(connect("Wallbox-1").path("chargerId")).isEqualTo(accepted.path("chargerId"));

        // Given up, and proven by another one: from that moment nobody is led to the first.
        tenant.admin().put(tenant.path(), "{\"customDomain\":null}").is(200);
        assertThat(connect("Wallbox-1").path("reason").asText()).isEqualTo("unknown_tenant");
        want(other, host);
        prove(other);
        JsonNode elsewhere = connect("Wallbox-1");
        assertThat(elsewhere.path("registered").asBoolean()).isTrue();
        assertThat(elsewhere.path("tenant").asText()).isEqualTo(other.prefix());

        other.admin().delete(other.path()).is(204);
        assertThat(connect("Wallbox-1").path("reason").asText()).isEqualTo("unknown_tenant");
    }

    @Test
    void publishesWhatADeveloperWrites() {
        assertThat(SERVICE.publish("{\"A." + host + ".\":[\"one\"],\"b." + host + "\":[]}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(SERVICE.dns().path("a." + host))
                .singleElement()
                .satisfies(value -> assertThat(value.asText()).isEqualTo("one"));
        assertThat(SERVICE.dns().has("b." + host)).isFalse();
        for (String wrong : List.of("", "[]", "{\"a..b\":[]}", "{\"a.example\":7}", "{\"a.example\":[7]}")) {
            assertThat(SERVICE.publish(wrong).statusCode()).as(wrong).isEqualTo(400);
        }
    }

    private static String path(TenantFixture tenant) {
        return tenant.path() + "/domain";
    }

    private static Answer want(TenantFixture tenant, String host) {
        return tenant.admin()
                .put(tenant.path(), "{\"customDomain\":\"wss://" + host + "/\"}")
                .is(200);
    }

    private static Answer verify(TenantFixture tenant) {
        return tenant.admin().post(path(tenant), "");
    }

    private static void prove(TenantFixture tenant) {
        JsonNode record = tenant.show().json().path("customDomainRecord");
        publish(record.path("name").asText(), record.path("value").asText());
        verify(tenant).is(200);
    }

    private static void publish(String name, String... values) {
        ObjectNode records = Json.object();
        for (String value : values) {
            records.withArray(name).add(value);
        }
        assertThat(SERVICE.publish(Json.text(records)).statusCode()).isEqualTo(200);
    }

    private static String detail(Answer answer) {
        return answer.isProblem(409, "domain_not_verified")
                .json()
                .path("detail")
                .asText();
    }

    private JsonNode connect(String identity) {
        return SERVICE.invoke("ChargerConnectFunction", """
                {"type": "connect", "host": "%s:443", "identity": "%s", "sourceIp": "192.0.2.17", "tls": true,
                 "connectionId": "%s", "at": "2026-01-31T12:00:00Z"}
                """.formatted(host, identity, host));
    }
}
