package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Usage from the queue to the windows, over SQS's and HTTP's own protocols.
class UsageTest {

    private static final AtomicInteger IDS = new AtomicInteger();

    @Test
    void countsWhatComesThroughTheQueueOnce() {
        TenantFixture tenant = TenantFixture.founded();
        Instant at = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        String sample = sample("once", tenant.prefix(), at);
        for (int i = 0; i < 3; i++) {
            SERVICE.sendUsage(sample);
        }
        SERVICE.sendUsage(sample("another", tenant.prefix(), at));
        until(() -> {
            aggregate();
            return messages(tenant) >= 10;
        });
        assertThat(messages(tenant)).isEqualTo(10);
        JsonNode stats = tenant.admin().get(tenant.path() + "/stats").is(200).json();
        assertThat(stats.at("/period/messages").asLong()).isIn(0L, 14L);
        assertThat(stats.at("/users/total").asInt()).isEqualTo(1);
        assertThat(stats.path("subscription").isNull()).isTrue();
    }

    /// Lambda takes 6 MB at once.
    @Test
    void handsOverInPartsWhatIsTooMuchForOneInvocation() {
        TenantFixture tenant = TenantFixture.founded();
        Instant at = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        for (int i = 0; i < 40; i++) {
            SERVICE.sendUsage(sample("large-" + i, tenant.prefix(), at) + " ".repeat(200_000));
        }
        until(() -> {
            aggregate();
            return messages(tenant) >= 40 * 5;
        });
        assertThat(messages(tenant)).isEqualTo(40 * 5);
    }

    /// As large as SQS takes a message, and five of them are more than one invocation bears.
    @Test
    void takesTheLargestReports() {
        TenantFixture tenant = TenantFixture.founded();
        Instant at = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        for (int i = 0; i < 6; i++) {
            StringJoiner samples = new StringJoiner(
                    ",", "{\"id\":\"" + i + "\",\"tenant\":\"" + tenant.prefix() + "\",\"samples\":[", "]}");
            for (int charger = 0; charger < 10_000; charger++) {
                samples.add(
                        "{\"at\":\"" + at + "\",\"charger\":\"CP-" + charger + "\",\"messagesIn\":1,\"bytesIn\":27}");
            }
            SERVICE.sendUsage(samples + " ".repeat(1_048_576 - samples.length()));
        }
        until(() -> {
            aggregate();
            return messages(tenant) >= 60_000;
        });
        assertThat(messages(tenant)).isEqualTo(60_000);
    }

    @Test
    void bringsEachCounterToItsOwnField() {
        TenantFixture tenant = TenantFixture.founded();
        Instant at = Instant.now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
        SERVICE.sendUsage("{\"id\":\"1\",\"tenant\":\"" + tenant.prefix() + "\",\"charger\":\"CP-1\",\"at\":\"" + at
                + "\",\"messagesIn\":1,\"messagesOut\":20,\"bytesIn\":300,\"bytesOut\":4000,\"errors\":700000}");
        // Who comes and goes is not reported.
        SERVICE.core()
                .importUsage()
                .run(
                        new DomainPrefix(tenant.prefix()),
                        List.of(Sample.of(at, new Counters(0, 0, 0, 0, 50_000, 6_000, 0))));
        until(() -> {
            aggregate();
            return messages(tenant) > 0;
        });
        String hour = "/metrics?interval=hour&from=" + at + "&to=" + at.plusMillis(1);
        assertThat(Json.text(tenant.admin().get(tenant.path() + hour).is(200).json()))
                .endsWith(",\"messagesIn\":1,\"messagesOut\":20,\"bytesIn\":300,\"bytesOut\":4000,\"connects\":50000,"
                        + "\"disconnects\":6000,\"errors\":700000,\"chargersOnlineMax\":44000,\"isFinal\":false}]");
    }

    @Test
    void bringsEachCountToItsOwnField() {
        TenantFixture tenant = TenantFixture.founded();
        SERVICE.subscribe(tenant.prefix(), "\"status\":\"active\",\"quantity\":25");
        Core core = SERVICE.core();
        TenantScope scope = core.scope(tenant.prefix());
        for (String receiver : List.of("hedy@example.com", "linus@example.com")) {
            tenant.admin()
                    .post(
                            tenant.path() + "/invite",
                            "{\"receiver\":\"" + receiver + "\",\"role\":\"viewer\",\"language\":\"en\"}")
                    .is(201);
        }
        core.table()
                .commit(Change.empty()
                        .with(Update.of(Keys.headcount(scope))
                                .set("admins", 1)
                                .set("users", 2)
                                .set("viewers", 3))
                        .with(Update.of(Keys.profileRegister(scope))
                                .set("lastId", 7)
                                .set("count", 7))
                        .with(Update.of(Keys.chargerCounts(scope, 3))
                                .set("total", 90)
                                .set("provisioned", 80)
                                .set("online", 50)));
        core.importUsage()
                .run(
                        new DomainPrefix(tenant.prefix()),
                        List.of(Sample.of(Instant.now(), new Counters(10, 1, 2000, 200, 0, 0, 0))));
        aggregate();

        JsonNode stats = tenant.admin().get(tenant.path() + "/stats").is(200).json();
        assertThat(Json.text(stats))
                .contains("\"users\":{\"total\":6,\"admin\":1,\"user\":2,\"viewer\":3}")
                .contains("\"pendingInvites\":2,\"profiles\":7,")
                .contains(
                        "\"chargers\":{\"total\":90,\"provisioned\":80,\"online\":50,\"max\":25,\"recentRefusals\":0}")
                .contains("\"messages\":11,\"bytes\":2200}")
                .contains("\"subscription\":{\"status\":\"active\",\"quantity\":25}");

        SERVICE.subscribe(tenant.prefix(), "\"status\":\"canceled\"");
        JsonNode without = tenant.admin().get(tenant.path() + "/stats").is(200).json();
        assertThat(without.at("/subscription/status").asText()).isEqualTo("canceled");
        assertThat(without.at("/chargers/max").isNull()).isTrue();
    }

    /// Five deliveries, a few seconds each.
    @Test
    void sendsWhatCannotBeCountedToTheDeadLettersAndTheRestIsUnharmed() {
        TenantFixture tenant = TenantFixture.founded();
        Instant now = Instant.now();
        int before = SERVICE.deadLetters();
        SERVICE.sendUsage("no sample");
        SERVICE.sendUsage(sample("stranger", "no-such-tenant", now));
        SERVICE.sendUsage(sample("late", tenant.prefix(), now.minus(Duration.ofDays(36))));
        SERVICE.sendUsage(sample("typo", tenant.prefix(), now).replace("messagesIn", "messageIn"));
        SERVICE.sendUsage(sample("good", tenant.prefix(), now.minusSeconds(3600)));
        until(() -> SERVICE.deadLetters() == before + 4);
        aggregate();
        assertThat(messages(tenant)).isEqualTo(5);
    }

    @Test
    void showsWindowsToEveryMemberAndRefusesWhatIsNoRange() {
        TenantFixture tenant = TenantFixture.founded();
        Person viewer = tenant.member(Role.VIEWER);
        assertThat(viewer.get(tenant.path() + "/metrics").is(200).json()).hasSize(30);
        assertThat(viewer.get(tenant.path()
                                + "/metrics?interval=week&from=2025-10-15T15:19Z&to=2025-10-28&timeZone=EST")
                        .is(200)
                        .json())
                .extracting(window -> window.path("windowStart").asText())
                .containsExactly("2025-10-13T05:00:00.000Z", "2025-10-20T05:00:00.000Z", "2025-10-27T05:00:00.000Z");
        Answer page = viewer.get(
                        tenant.path() + "/metrics?from=2025-10-25&to=2025-10-28&timeZone=Europe%2FBerlin&limit=2")
                .is(200);
        assertThat(page.json().get(1).path("windowEnd").asText()).isEqualTo("2025-10-26T23:00:00.000Z");
        assertThat(viewer.get(page.next().orElseThrow()).is(200).json()).hasSize(1);
        assertThat(viewer.get(tenant.path() + "/metrics?from=2025-10-25T00:00%2B02:00&to=2025-10-25T22:00:00.001Z")
                        .is(200)
                        .json())
                .hasSize(2);
        assertThat(viewer.get(tenant.path() + "/metrics?from=2020-01-01&to=2025-01-01&interval=hour")
                        .is(400)
                        .code())
                .isEqualTo("range_too_large");
        for (String query : new String[] {
            "timeZone=%2B02:00", "interval=year", "from=yesterday", "from=2025-01-02&to=2025-01-01", "limit=0"
        }) {
            assertThat(viewer.get(tenant.path() + "/metrics?" + query).is(400).code())
                    .isEqualTo("invalid_request");
        }
        Person.anyone().get(tenant.path() + "/metrics?timeZone=nowhere").is(404);
        Person.anyone().get(tenant.path() + "/stats").is(404);
    }

    private static String sample(String id, String tenant, Instant at) {
        return "{\"id\":\"" + id + "-" + (id.equals("once") ? "" : IDS.incrementAndGet()) + "\",\"tenant\":\"" + tenant
                + "\",\"charger\":\"CP-1\",\"at\":\"" + at + "\",\"messagesIn\":5,\"messagesOut\":2}";
    }

    private static long messages(TenantFixture tenant) {
        long messages = 0;
        for (JsonNode window :
                tenant.admin().get(tenant.path() + "/metrics").is(200).json()) {
            messages += window.path("messagesIn").asLong();
        }
        return messages;
    }

    private static void aggregate() {
        assertThat(SERVICE.invoke("MetricsAggregationFunction", "{}").has("errorType"))
                .isFalse();
    }

    private static void until(BooleanSupplier done) {
        long end = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the queue takes too long").isLessThan(end);
            try {
                Thread.sleep(250);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
