package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.tenancy.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lists that can be had as CSV. It is read back here by hand, by the rules of RFC 4180.
class CsvTest {

    @Test
    void tellsTheAuditTrailAsItIs() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin()
                .put(tenant.path(), "{\"name\":\"=HYPERLINK(\\\"x\\\"), \\\"2\\\"\"}")
                .is(200);
        tenant.member(Role.VIEWER);
        assertSame(tenant.admin(), tenant.audit());
    }

    @Test
    void tellsUsageAsItIs() {
        TenantFixture tenant = TenantFixture.founded();
        assertSame(tenant.admin(), tenant.path() + "/metrics?from=2026-01-01&to=2026-01-09&limit=3");
    }

    @Test
    void tellsChargersAsTheyAre() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.addProfile("Depot");
        tenant.admin().post(tenant.path() + "/provision", "{}").is(200);
        for (String identity : List.of("-Wallbox", "+1", "Wallbox-2")) {
            assertThat(SERVICE.invoke("ChargerConnectFunction", """
                            {"type": "connect", "tenant": "%s", "identity": "%s", "sourceIp": "192.0.2.17", "tls": true,
                             "connectionId": "c", "at": "%s"}
                            """.formatted(tenant.prefix(), identity, Instant.now()))
                            .path("decision")
                            .asText())
                    .isEqualTo("accepted");
        }
        assertSame(tenant.admin(), tenant.path() + "/charger?limit=2");
        String csv = tenant.admin()
                .get(tenant.path() + "/charger", "Accept", "text/csv")
                .is(200)
                .body();
        assertThat(csv).contains(",'-Wallbox,", ",'+1,", ",Wallbox-2,");
    }

    /// Page by page, the same things under the same names, and the same way on.
    private static void assertSame(Person reader, String path) {
        Optional<String> page = Optional.of(path);
        while (page.isPresent()) {
            Answer json = reader.get(page.get()).is(200);
            Answer csv = reader.get(page.get(), "Accept", "text/csv").is(200);

            assertThat(csv.header("Content-Type")).contains("text/csv; charset=utf-8; header=present");
            assertThat(csv.header("Vary")).contains("Accept");
            assertThat(json.header("Vary")).contains("Accept");
            assertThat(csv.header("Link")).isEqualTo(json.header("Link"));
            List<List<String>> lines = lines(csv.body());
            List<String> names = new ArrayList<>();
            json.json().path(0).fieldNames().forEachRemaining(names::add);
            assertThat(lines.getFirst()).isEqualTo(names).isNotEmpty();
            assertThat(lines).hasSize(1 + json.json().size());
            for (int i = 0; i < json.json().size(); i++) {
                for (int j = 0; j < names.size(); j++) {
                    assertCell(lines.get(i + 1).get(j), json.json().get(i).get(names.get(j)));
                }
            }
            page = json.next();
        }
    }

    private static void assertCell(String cell, JsonNode value) {
        if (value.isContainerNode()) {
            assertThat(Json.parse(cell)).contains(value);
        } else if (value.isTextual() && value.asText().matches("(?s)[-+=@\\t\\r].*")) {
            assertThat(cell).isEqualTo("'" + value.asText());
        } else {
            assertThat(cell).isEqualTo(value.isNull() ? "" : value.asText());
        }
    }

    private static List<List<String>> lines(String csv) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            if (quoted && c == '"' && i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\r')) {
                line.add(cell.toString());
                cell.setLength(0);
                if (c == '\r') {
                    assertThat(csv.charAt(++i)).isEqualTo('\n');
                    lines.add(line);
                    line = new ArrayList<>();
                }
            } else {
                cell.append(c);
            }
        }
        assertThat(line).as("each line is ended").isEmpty();
        assertThat(cell).isEmpty();
        return lines;
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "image/png", "text/csv;q=0", "application/json, text/csv"})
    void staysWithJsonWhereThatFits(String accept) {
        TenantFixture tenant = TenantFixture.founded();
        Answer answer = tenant.admin().get(tenant.audit(), "Accept", accept).is(200);
        assertThat(answer.header("Content-Type")).contains("application/json");
        assertThat(answer.json()).hasSize(1);
    }

    @Test
    void tellsProblemsAsEver() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin().get(tenant.audit() + "?limit=0", "Accept", "text/csv").isInvalid("?limit");
        Person.anyone().get(tenant.audit(), "Accept", "text/csv").isProblem(404, "tenant_not_found");
    }

    @Test
    void givesOtherListsAsJsonAlone() {
        TenantFixture tenant = TenantFixture.founded();
        Answer users = tenant.admin().get(tenant.users(), "Accept", "text/csv").is(200);
        assertThat(users.header("Content-Type")).contains("application/json");
        assertThat(users.header("Vary")).isEmpty();
    }
}
