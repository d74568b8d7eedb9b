package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.tenancy.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTest {

    @Test
    void tellsWhoChangedWhatFromWhereInWhichRequest() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.ADMIN);
        String name = tenant.show().json().path("name").asText();

        Answer rename = grace.put(tenant.path(), "{\"name\":\"Renamed\",\"customDomain\":\"wss://a.example/\"}")
                .is(200);
        Answer demotion =
                grace.put(tenant.user(tenant.admin()), "{\"role\":\"viewer\"}").is(200);
        Answer removal = grace.delete(tenant.user(tenant.admin())).is(204);

        List<JsonNode> trail = tenant.trail(grace);
        assertThat(trail)
                .extracting(entry -> entry.path("action").asText())
                .containsExactly(
                        "user.removed", "user.role_changed", "tenant.updated", "user.joined", "tenant.created");
        assertEntry(trail.get(0), removal, grace, "user", tenant.admin().id(), "{\"role\":\"viewer\"}", "null");
        assertEntry(
                trail.get(1),
                demotion,
                grace,
                "user",
                tenant.admin().id(),
                "{\"role\":\"admin\"}",
                "{\"role\":\"viewer\"}");
        assertEntry(
                trail.get(2),
                rename,
                grace,
                "tenant",
                tenant.prefix(),
                "{\"customDomain\":null,\"name\":\"" + name + "\"}",
                "{\"customDomain\":\"wss://a.example/\",\"name\":\"Renamed\"}");
        assertEntry(
                trail.get(4),
                tenant.founding(),
                tenant.admin(),
                "tenant",
                tenant.prefix(),
                "null",
                "{\"domainPrefix\":\"" + tenant.prefix() + "\",\"name\":\"" + name + "\"}");
    }

    private static void assertEntry(
            JsonNode entry,
            Answer change,
            Person actor,
            String targetType,
            String targetId,
            String before,
            String after) {
        assertThat(entry.path("requestId").asText()).isEqualTo(change.requestId());
        assertThat(entry.path("actorId").asText()).isEqualTo(actor.id());
        assertThat(entry.path("actorName").asText(null))
                .as("only while they are a member")
                .isEqualTo(
                        entry.path("action").asText().equals("tenant.created")
                                ? null
                                : actor.caller().givenName() + " "
                                        + actor.caller().familyName());
        assertThat(entry.path("actorIp").asText()).isEqualTo("127.0.0.1");
        assertThat(entry.path("targetType").asText()).isEqualTo(targetType);
        assertThat(entry.path("targetId").asText()).isEqualTo(targetId);
        assertThat(entry.path("before").toString()).isEqualTo(before);
        assertThat(entry.path("after").toString()).isEqualTo(after);
        assertThat(Duration.between(Instant.parse(entry.path("createdAt").asText()), Instant.now()))
                .isBetween(Duration.ZERO, Duration.ofMinutes(5));
    }

    @Test
    void believesNoHeaderAboutTheAddress() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin()
                .put(
                        tenant.path(),
                        "{\"name\":\"Renamed\"}",
                        "X-Forwarded-For",
                        "203.0.113.99",
                        "Forwarded",
                        "for=203.0.113.99")
                .is(200);
        assertThat(tenant.trail().getFirst().path("actorIp").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void tellsNothingOfWhatDidNotHappen() {
        TenantFixture tenant = TenantFixture.founded();
        Person viewer = tenant.member(Role.VIEWER);
        List<JsonNode> before = tenant.trail();
        String name = tenant.show().json().path("name").asText();

        tenant.admin().put(tenant.path(), "{\"name\":\"" + name + "\"}").is(200);
        tenant.admin().put(tenant.path(), "{}").is(200);
        tenant.admin().put(tenant.path(), "{\"customDomain\":null}").is(200);
        tenant.admin().put(tenant.user(viewer), "{\"role\":\"viewer\"}").is(200);
        tenant.admin().put(tenant.path(), "{\"name\":\"\"}").is(400);
        tenant.admin()
                .put(tenant.path(), "{\"name\":\"X\"}", "If-Match", "\"99\"")
                .is(412);
        tenant.admin().delete(tenant.path(), "If-Match", "\"99\"").is(412);
        tenant.admin().delete(tenant.user(tenant.admin())).is(409);
        viewer.put(tenant.path(), "{\"name\":\"X\"}").is(403);
        viewer.delete(tenant.path()).is(403);
        Person.anyone().put(tenant.path(), "{\"name\":\"X\"}").is(404);
        tenant.admin().post("/tenant", TenantFixture.body("X", tenant.prefix())).is(409);

        assertThat(tenant.trail()).isEqualTo(before);
    }

    @Test
    void listsWhatOneActorDid() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.ADMIN);
        grace.put(tenant.path(), "{\"name\":\"Renamed by Grace\"}").is(200);

        String trail = tenant.path() + "/audit?actorId=";
        assertThat(tenant.admin().get(trail + grace.id()).is(200).json().valueStream())
                .extracting(entry -> entry.path("action").asText())
                .first()
                .isEqualTo("tenant.updated");
        assertThat(tenant.admin().get(trail + grace.id()).is(200).json().valueStream())
                .allMatch(entry -> entry.path("actorId").asText().equals(grace.id()));
        assertThat(tenant.admin().get(trail + "stripe").is(200).json()).isEmpty();
        assertThat(tenant.admin()
                        .get(trail + "grace")
                        .is(400)
                        .json()
                        .path("errors")
                        .path(0)
                        .path("pointer")
                        .asText())
                .isEqualTo("?actorId");
    }

    @Test
    void givesEachPersonOfABulkChangeAnEntry() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.VIEWER);
        Person alan = tenant.member(Role.USER);
        Answer change = tenant.admin()
                .put(
                        tenant.users(),
                        "[{\"id\":\"" + grace.id() + "\",\"role\":\"user\"},{\"id\":\"" + alan.id()
                                + "\",\"role\":\"user\"}," + "{\"id\":\""
                                + tenant.admin().id() + "\",\"role\":\"admin\"}]")
                .is(200);
        // Alan and the admin have these roles already.
        List<JsonNode> entries = tenant.auditEntries(tenant.admin(), "user.role_changed");
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().path("targetId").asText()).isEqualTo(grace.id());
        assertThat(entries.getFirst().path("requestId").asText()).isEqualTo(change.requestId());
    }

    @Test
    void listsNewestFirstPageByPage() {
        TenantFixture tenant = TenantFixture.founded();
        List<Person> people = tenant.members(3, Role.VIEWER);
        for (String role : List.of("user", "viewer")) {
            String body = "["
                    + String.join(
                            ",",
                            people.stream()
                                    .map(person -> "{\"id\":\"" + person.id() + "\",\"role\":\"" + role + "\"}")
                                    .toList())
                    + "]";
            tenant.admin().put(tenant.users(), body).is(200);
        }
        List<JsonNode> whole = tenant.trail();
        assertThat(whole).hasSize(1 + 3 + 6);
        assertThat(whole)
                .extracting(entry -> entry.path("id").asLong())
                .isSortedAccordingTo(Comparator.reverseOrder())
                .doesNotHaveDuplicates();
        for (int limit : new int[] {1, 2, 3, 4, 10}) {
            assertThat(TenantFixture.all(tenant.admin(), tenant.audit() + "?limit=" + limit))
                    .as("limit %s", limit)
                    .isEqualTo(whole);
        }
        assertThat(TenantFixture.all(tenant.admin(), tenant.audit() + "?limit=2&action=user.role_changed"))
                .isEqualTo(whole.subList(0, 6));
    }

    /// An edit of a configuration is told by the names of the keys that it changed, of which there may be 100 with
    /// 50 characters each: a thousand such entries would be more than Lambda lets through.
    @Test
    void endsAPageThatWouldBeTooLarge() {
        TenantFixture tenant = TenantFixture.founded();
        String profile = tenant.addProfile("Depot").header("Location").orElseThrow();
        for (int edit = 0; edit < 120; edit++) {
            ObjectNode configuration = Json.object();
            for (int key = 0; key < 100; key++) {
                configuration.put("x".repeat(47) + (100 + key), Integer.toString(edit));
            }
            tenant.admin()
                    .put(profile, Json.text(Json.object().set("configuration", configuration)))
                    .is(200);
        }

        Answer first = tenant.admin().get(tenant.audit()).is(200);
        Answer table = tenant.admin().get(tenant.audit(), "Accept", "text/csv").is(200);

        assertThat(first.json().size()).isBetween(50, 115);
        assertThat(first.body().length()).isLessThan(2_000_000);
        assertThat(first.next()).isPresent();
        assertThat(table.header("Link")).isEqualTo(first.header("Link"));
        assertThat(tenant.trail()).hasSize(1 + 1 + 120);
    }

    @Test
    void listsOneActionOnly() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin().put(tenant.path(), "{\"name\":\"One\"}").is(200);
        tenant.member(Role.VIEWER);
        tenant.admin().put(tenant.path(), "{\"name\":\"Two\"}").is(200);
        assertThat(tenant.auditEntries(tenant.admin(), "tenant.updated"))
                .extracting(entry -> entry.path("after").path("name").asText())
                .containsExactly("One", "Two");
        assertThat(tenant.auditEntries(tenant.admin(), "tenant.created")).hasSize(1);
        assertThat(tenant.auditEntries(tenant.admin(), "user.removed")).isEmpty();
    }

    @Test
    void listsAHalfOpenSpanOfTime() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin().put(tenant.path(), "{\"name\":\"One\"}").is(200);
        List<JsonNode> trail = tenant.trail();
        Instant renamed = Instant.parse(trail.getFirst().path("createdAt").asText());
        Instant founded = Instant.parse(trail.getLast().path("createdAt").asText());
        assertThat(renamed).isAfter(founded);

        assertThat(span(tenant, "from=" + renamed)).isEqualTo(trail.subList(0, 1));
        assertThat(span(tenant, "from=" + renamed.plusMillis(1))).isEmpty();
        assertThat(span(tenant, "to=" + renamed)).isEqualTo(trail.subList(1, 2));
        assertThat(span(tenant, "to=" + renamed.plusMillis(1))).isEqualTo(trail);
        assertThat(span(tenant, "from=" + founded + "&to=" + renamed)).isEqualTo(trail.subList(1, 2));
        assertThat(span(tenant, "from=" + founded + "&to=" + renamed + "&action=tenant.updated"))
                .isEmpty();
        assertThat(span(tenant, "from=1970-01-01T00:00:00%2B01:00&limit=1")).isEqualTo(trail);
        assertThat(span(tenant, "from=1970-01-01T00:00Z&to=2099-12-31T23:59-01:00"))
                .isEqualTo(trail);
    }

    private static List<JsonNode> span(TenantFixture tenant, String query) {
        return TenantFixture.all(tenant.admin(), tenant.audit() + "?" + query);
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday,?from",
        "from=2026-01-01,?from",
        "to=2026-01-01T00:00:00,?to",
        "action=tenant.painted,?action",
        "action=,?action",
        "limit=0,?limit",
        "limit=1001,?limit",
        "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z,?from",
        "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z,?from",
        "cursor=AAAAAAAAAAA,?cursor",
    })
    void refusesAQueryThatIsNone(String query, String pointer) {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin().get(tenant.audit() + "?" + query).isInvalid(pointer);
    }

    @Test
    void namesAllFaultsOfAQueryAtOnce() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin()
                .get(tenant.audit() + "?from=a&to=b&action=c&limit=d&cursor=e")
                .isInvalid("?from", "?to", "?action", "?limit", "?cursor");
    }

    @Test
    void takesACursorOnlyInItsOwnList() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin().put(tenant.path(), "{\"name\":\"One\"}").is(200);
        TenantFixture other = TenantFixture.founded(tenant.admin());
        String next = tenant.admin().get(tenant.audit() + "?limit=1").next().orElseThrow();
        String cursor = next.substring(next.indexOf("cursor="));
        tenant.admin().get(other.audit() + "?" + cursor).isInvalid("?cursor");
        tenant.admin().get(tenant.audit() + "?action=tenant.updated&" + cursor).isInvalid("?cursor");
        tenant.admin().get(tenant.audit() + "?" + cursor).is(200);
    }

    @Test
    void neverTellsOfAnotherTenant() {
        TenantFixture tenant = TenantFixture.founded();
        TenantFixture other = TenantFixture.founded();
        other.admin().put(other.path(), "{\"name\":\"Secret plans\"}").is(200);
        assertThat(tenant.trail()).hasSize(1);
        assertThat(tenant.trail().toString()).doesNotContain(other.prefix()).doesNotContain("Secret plans");
        tenant.admin().get(other.audit()).isProblem(404, "tenant_not_found");
    }
}
