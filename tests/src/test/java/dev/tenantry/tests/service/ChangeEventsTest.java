package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tests.project.Project;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// From a request to the bus: the table, its stream, the function, with nothing in between that a test made up.
class ChangeEventsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012(), _ -> {})
            .getSchema(Project.read(Project.root().resolve("docs/schemas/change-event.json")));

    private final TenantFixture tenant = TenantFixture.founded();

    @Test
    void tellOfEachAuditEntryInTheOrderOfTheTrail() {
        changeAllKindsOfThings();

        List<JsonNode> trail = tenant.trail().reversed();
        List<JsonNode> told = told(trail.size());

        assertThat(told).hasSameSizeAs(trail);
        List<JsonNode> inOrder = told.stream()
                .sorted(Comparator.comparingLong(event -> event.at("/detail/id").asLong()))
                .toList();
        long id = tenant.show().json().path("id").asLong();
        for (int i = 0; i < trail.size(); i++) {
            JsonNode entry = trail.get(i);
            JsonNode event = inOrder.get(i);
            assertThat(event.path("detail-type")).isEqualTo(entry.path("action"));
            assertThat(event.at("/detail/tenant").asText()).isEqualTo(tenant.prefix());
            assertThat(event.at("/detail/tenantId").asLong()).isEqualTo(id);
            for (String same : List.of("id", "action", "actorId", "targetType", "targetId", "requestId", "createdAt")) {
                assertThat(event.path("detail").path(same)).as(same).isEqualTo(entry.path(same));
            }
            assertThat(SCHEMA.validate(Json.text(event), InputFormat.JSON)).isEmpty();
        }
        assertThat(trail.stream().map(entry -> entry.path("action").asText()).distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void tellNobodyWhatOnlySomeMayRead() {
        changeAllKindsOfThings();
        List<JsonNode> trail = tenant.trail();
        String told = Json.text(told(trail.size()));

        assertThat(Json.text(trail)).contains("192.0.2.0/24", "cpms.example.com", "127.0.0.1");
        assertThat(told)
                .contains(tenant.prefix())
                .doesNotContain(
                        "192.0.2.0",
                        "grace@secret.example",
                        "correct horse",
                        "127.0.0.1",
                        "before",
                        "after",
                        "cpms.example.com");
    }

    @Test
    void comeThoughTheBusFailsForAWhile() {
        SERVICE.fail("events", "error", 3);
        SERVICE.fail("events", "throttle", 3);
        tenant.addProfile("Depot");
        tenant.addIp("192.0.2.1", "charger");

        List<JsonNode> trail = tenant.trail();

        assertThat(new HashSet<>(ids(told(trail.size())))).isEqualTo(new HashSet<>(trailIds(trail)));
        assertThat(SERVICE.callOff("events")).isZero();
    }

    /// The row stands in the stream before the changes that follow.
    @Test
    void comeAlthoughARowBeforeThemCantBeUnderstood() {
        int givenUp = SERVICE.messages("ChangeEventFailures");
        SERVICE.core()
                .commit(change -> change.with(Put.newRow(
                        Keys.audit(SERVICE.core().scope(tenant.prefix()), 1),
                        Row.with().text("whatever", "it is").row())));
        tenant.addIp("192.0.2.1", "charger");
        tenant.addProfile("Depot");

        assertThat(told(3))
                .extracting(event -> event.path("detail-type").asText())
                .containsExactlyInAnyOrder("tenant.created", "ip.added", "profile.created");
        long end = System.nanoTime() + LONG.toNanos();
        while (SERVICE.messages("ChangeEventFailures") == givenUp && System.nanoTime() - end < 0) {
            pause();
        }
        assertThat(SERVICE.messages("ChangeEventFailures")).isEqualTo(givenUp + 1);
    }

    private void changeAllKindsOfThings() {
        Person grace = tenant.member(Role.USER);
        Person viewer = tenant.member(Role.VIEWER);
        tenant.admin().put(tenant.path(), "{\"name\":\"Renamed\"}").is(200);
        tenant.admin()
                .put(
                        tenant.users(),
                        "[{\"id\":\"" + grace.id() + "\",\"role\":\"admin\"},{\"id\":\"" + viewer.id()
                                + "\",\"role\":\"user\"}]")
                .is(200);
        tenant.admin().delete(tenant.user(viewer)).is(204);
        tenant.admin()
                .post(tenant.invites(), TenantFixture.invite("grace@secret.example"))
                .is(201);
        tenant.addIp("192.0.2.0/24", "charger");
        Answer profile = tenant.admin()
                .post(
                        tenant.profiles(),
                        "{\"displayName\":\"Depot\",\"cpmsUrl\":\"wss://cpms.example.com/ocpp\","
                                + "\"securityProfile\":1,\"password\":\"correct horse battery\"}")
                .is(201);
        tenant.addProfile("Street");
        tenant.admin()
                .put(tenant.profiles() + "/" + profile.json().path("id").asText(), "{\"displayName\":\"North\"}")
                .is(200);
        tenant.admin().post(tenant.path() + "/provision", "{}").is(200);
        tenant.admin().delete(tenant.path() + "/provision").is(204);
        Answer chargers = tenant.admin()
                .post(tenant.path() + "/charger", "[{\"identity\":\"W1\"},{\"identity\":\"W2\"}]")
                .is(201);
        String charger =
                tenant.path() + "/charger/" + chargers.json().path(0).path("id").asText();
        tenant.admin().put(charger, "{\"blocked\":true}").is(200);
        tenant.admin().delete(charger).is(204);
    }

    /// The tenant's events as far as they have come, each once, newest first.
    ///
    /// @param atLeast how many to wait for
    private List<JsonNode> told(int atLeast) {
        long end = System.nanoTime() + LONG.toNanos();
        while (true) {
            List<JsonNode> told = new ArrayList<>();
            SERVICE.events().forEach(event -> {
                if (event.at("/detail/tenant").asText().equals(tenant.prefix())
                        && !ids(told).contains(event.at("/detail/id").asLong())) {
                    told.add(event);
                }
            });
            if (told.size() >= atLeast || System.nanoTime() - end > 0) {
                return told;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static List<Long> ids(List<JsonNode> events) {
        return events.stream().map(event -> event.at("/detail/id").asLong()).toList();
    }

    private static List<Long> trailIds(List<JsonNode> trail) {
        return trail.stream().map(entry -> entry.path("id").asLong()).toList();
    }
}
