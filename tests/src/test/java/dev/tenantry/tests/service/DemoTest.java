package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.LocalOptions;
import dev.tenantry.local.LocalService;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.People;
import dev.tenantry.tests.functions.CapturedOutput;
import dev.tenantry.tests.functions.Sandbox;
import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.project.Project;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// What somebody finds who starts the service for the first time, and for the second.
class DemoTest {

    private final OpenApi api = OpenApi.load();

    @Test
    void showsSomethingOfEverythingAndTheNumbersAgree(@TempDir Path data) throws Exception {
        try (LocalService service = start(data);
                HttpClient client = HttpClient.newHttpClient()) {
            Guest admin = new Guest(client, service.uri(), "admin@demo.example");
            assertThat(admin.get("").path("name").asText()).isEqualTo("Demo Charging");
            assertThat(texts(admin.get("/user"), "role")).containsExactlyInAnyOrder("admin", "user", "viewer");
            assertThat(texts(admin.get("/invite"), "receiver")).containsExactly("newcomer@demo.example");
            assertThat(texts(admin.get("/ips"), "ip")).containsExactly("127.0.0.0/8");
            JsonNode profiles = admin.get("/profile");
            assertThat(texts(profiles, "displayName")).containsExactlyInAnyOrder("Street", "Depot");
            assertThat(admin.get("/provision").path("active").asBoolean()).isFalse();
            assertThat(admin.get("/audit")).isNotEmpty();
            assertThat(admin.get("/subscription").path("status").asText()).isEqualTo("active");

            JsonNode chargers = admin.get("/charger");
            int online = 0;
            for (JsonNode charger : chargers) {
                online += charger.path("online").asBoolean() ? 1 : 0;
            }
            JsonNode stats = admin.get("/stats");
            assertThat(online).isBetween(1, chargers.size() - 1);
            assertThat(stats.at("/chargers/total").asInt()).isEqualTo(chargers.size());
            assertThat(stats.at("/chargers/online").asInt()).isEqualTo(online);
            assertThat(texts(admin.get("/refusal"), "identity")).containsExactlyInAnyOrder("RDAM 123", "STREET-99");
            assertThat(stats.at("/chargers/recentRefusals").asInt()).isEqualTo(2);
            assertThat(stats.at("/users/total").asInt()).isEqualTo(3);
            assertThat(stats.at("/subscription/quantity").asInt()).isEqualTo(25);
            int used = 0;
            for (JsonNode profile : profiles) {
                used += profile.path("chargerCount").asInt();
            }
            assertThat(used).isEqualTo(chargers.size());

            List<JsonNode> days = new ArrayList<>();
            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            admin.get("/metrics?limit=100&from=" + today.minusDays(60) + "&to=" + today)
                    .forEach(days::add);
            assertThat(days)
                    .hasSize(60)
                    .allSatisfy(
                            day -> assertThat(day.path("messagesIn").asLong()).isPositive());
            assertThat(admin.get("/metrics")).hasSize(30);
            JsonNode hours = admin.get("/metrics?interval=hour&limit=1000");
            assertThat(hours.get(hours.size() - 1).path("chargersOnlineMax").asInt())
                    .isBetween(online, chargers.size());
            assertThat(hours)
                    .allSatisfy(hour ->
                            assertThat(hour.path("chargersOnlineMax").asInt()).isLessThanOrEqualTo(chargers.size()));
        }
    }

    @Test
    void letsEachOfThePeopleInAndNobodyElse(@TempDir Path data) throws Exception {
        try (LocalService service = start(data);
                HttpClient client = HttpClient.newHttpClient()) {
            for (String role : List.of("admin", "user", "viewer")) {
                assertThat(new Guest(client, service.uri(), role + "@demo.example")
                                .get("")
                                .path("domainPrefix")
                                .asText())
                        .isEqualTo("demo");
            }
            assertThat(new Guest(client, service.uri(), "stranger@demo.example")
                            .send("")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void saysWhatToDoWhenItWasInterruptedWhileItWasMade(@TempDir Path data) {
        try (LocalService service = LocalService.start(options(data, "0"));
                DynamoDbClient dynamoDb = Sandbox.client(service.dynamoDbUri())) {
            Core.over(dynamoDb, Project.template().tables().getFirst().name(), Clock.systemUTC())
                    .tenant("demo", People.named("admin"));
        }
        assertThatThrownBy(() -> start(data))
                .isInstanceOf(CannotStart.class)
                // What loses nothing comes first.
                .hasMessageEndingWith("Start with DEMO=0 or another DATA_DIR, or delete " + data
                        + ": the tenants that were made here are lost then.");
        LocalService.start(options(data, "0")).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"oid", "custom:x"})
    void letsItsPeopleInByAnotherClaim(String claim) throws Exception {
        try (LocalService service = LocalService.start(LocalOptions.from(
                        Map.of("PORT", "0", "SQS_PORT", "0", "USER_ID_CLAIM", claim), Project.root()));
                HttpClient client = HttpClient.newHttpClient()) {
            Guest admin = new Guest(client, service.uri(), "admin@demo.example");
            assertThat(admin.get("").path("domainPrefix").asText()).isEqualTo("demo");
            assertThat(new Guest(client, service.uri(), "stranger@example.com")
                            .send("")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void keepsWhatWasMadeOfItInADataDirectory(@TempDir Path data) throws Exception {
        Set<String> chargers;
        try (LocalService service = start(data);
                HttpClient client = HttpClient.newHttpClient()) {
            Guest admin = new Guest(client, service.uri(), "admin@demo.example");
            chargers = new HashSet<>(texts(admin.get("/charger"), "id"));
            assertThat(admin.put("{\"name\":\"Mine\"}").statusCode()).isEqualTo(200);
        }
        try (LocalService service = start(data);
                HttpClient client = HttpClient.newHttpClient()) {
            Guest admin = new Guest(client, service.uri(), "admin@demo.example");
            assertThat(admin.get("").path("name").asText()).isEqualTo("Mine");
            assertThat(new HashSet<>(texts(admin.get("/charger"), "id"))).isEqualTo(chargers);
            assertThat(admin.get("/subscription").path("status").asText()).isEqualTo("active");
            assertThat(admin.get("/billing").path("url").asText()).startsWith("http");
        }
    }

    private static LocalService start(Path data) {
        try (CapturedOutput output = CapturedOutput.begin()) {
            LocalService service = LocalService.start(options(data, "1"));
            // The one line that somebody waits for is the first.
            assertThat(output.text()).isEmpty();
            return service;
        }
    }

    private static LocalOptions options(Path data, String demo) {
        return LocalOptions.from(
                Map.of("PORT", "0", "SQS_PORT", "0", "DATA_DIR", data.toString(), "DEMO", demo), Project.root());
    }

    private static List<String> texts(JsonNode rows, String field) {
        return rows.findValuesAsText(field);
    }

    /// Somebody with a token of the service's own issuer. Each answer is held against `openapi.yaml`.
    private final class Guest {

        private final HttpClient client;
        private final URI service;
        private final String token;

        Guest(HttpClient client, URI service, String email) throws IOException, InterruptedException {
            this.client = client;
            this.service = service;
            HttpRequest request = HttpRequest.newBuilder(service.resolve("/_local/token"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"email\":\"" + email + "\"}"))
                    .build();
            token = Json.parse(client.send(request, BodyHandlers.ofString()).body())
                    .orElseThrow()
                    .path("access_token")
                    .asText();
        }

        JsonNode get(String path) throws IOException, InterruptedException {
            HttpResponse<String> answer = send(path);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return Json.parse(answer.body()).orElseThrow();
        }

        HttpResponse<String> send(String path) throws IOException, InterruptedException {
            return send(path, HttpRequest.newBuilder().GET());
        }

        HttpResponse<String> put(String body) throws IOException, InterruptedException {
            return send(
                    "",
                    HttpRequest.newBuilder()
                            .PUT(BodyPublishers.ofString(body))
                            .header("Content-Type", "application/json"));
        }

        private HttpResponse<String> send(String path, HttpRequest.Builder request)
                throws IOException, InterruptedException {
            HttpResponse<String> answer = client.send(
                    request.uri(service.resolve("/tenant/demo" + path))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofString());
            api.check(answer);
            return answer;
        }
    }
}
