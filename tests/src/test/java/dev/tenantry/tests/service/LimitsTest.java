package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.LocalOptions;
import dev.tenantry.local.LocalService;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.project.Project;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The limits that a deployment sets, on services of their own: one with the defaults, and others.
class LimitsTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final OpenApi api = OpenApi.load();

    @Test
    void areThoseOfTheTemplateByDefault() throws IOException, InterruptedException {
        try (LocalService service = start(Map.of())) {
            String ada = token(service, "ada@example.com", true);
            post(service, "/tenant", ada, tenant(0), 201);
            post(service, "/tenant/tenant0/invite", ada, invite("grace@example.com"), 201);
            // The members' answer is said first, and other addresses have their own minute.
            post(service, "/tenant/tenant0/invite", ada, invite("ada@example.com"), 409);
            post(service, "/tenant/tenant0/invite", ada, invite("hedy@example.com"), 201);

            HttpResponse<String> tooSoon =
                    post(service, "/tenant/tenant0/invite", ada, invite("Grace@Example.com"), 429);

            assertThat(code(tooSoon)).isEqualTo("invite_too_soon");
            assertThat(tooSoon.headers().firstValue("Retry-After").map(Integer::valueOf))
                    .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 60));
            for (int i = 1; i < 10; i++) {
                post(service, "/tenant", ada, tenant(i), 201);
            }
            assertThat(code(post(service, "/tenant", ada, tenant(10), 409))).isEqualTo("limit_reached");
            String unverified = token(service, "eve@example.com", false);
            assertThat(code(post(service, "/tenant", unverified, tenant(11), 403)))
                    .isEqualTo("email_not_verified");
        }
    }

    @Test
    void areThoseThatAreChosen() throws IOException, InterruptedException {
        Map<String, String> chosen =
                Map.of("INVITES_PER_DAY", "2", "INVITE_COOLDOWN_SECONDS", "0", "INVITES_PER_ADDRESS", "1", "DEMO", "1");
        try (LocalService service = start(chosen)) {
            String ada = token(service, "ada@example.com", true);
            post(service, "/tenant", ada, tenant(0), 201);
            post(service, "/tenant/tenant0/invite", ada, invite("grace@example.com"), 201);
            assertThat(code(post(service, "/tenant/tenant0/invite", ada, invite("grace@example.com"), 429)))
                    .isEqualTo("invite_too_soon");
            post(service, "/tenant/tenant0/invite", ada, invite("hedy@example.com"), 201);

            HttpResponse<String> quota = post(service, "/tenant/tenant0/invite", ada, invite("emmy@example.com"), 429);

            assertThat(code(quota)).isEqualTo("invite_quota");
            assertThat(quota.headers().firstValue("Retry-After").map(Integer::valueOf))
                    .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 86_400));
        }
    }

    @Test
    void canLeaveTenantsToTheOperator() throws IOException, InterruptedException {
        try (LocalService service = start(Map.of("TENANT_CREATION", "operator", "DEMO", "1"))) {
            String admin = token(service, "admin@demo.example", true);

            assertThat(code(post(service, "/tenant", admin, tenant(0), 403))).isEqualTo("tenant_creation_closed");
            assertThat(send(service, "GET", "/tenant/demo", admin, "").statusCode())
                    .isEqualTo(200);
        }
    }

    private static LocalService start(Map<String, String> limits) {
        Map<String, String> environment = new HashMap<>(Map.of("PORT", "0", "SQS_PORT", "0", "DEMO", "0"));
        environment.putAll(limits);
        return LocalService.start(LocalOptions.from(environment, Project.root()));
    }

    private String token(LocalService service, String email, boolean verified)
            throws IOException, InterruptedException {
        String body = "{\"email\":\"" + email + "\",\"emailVerified\":" + verified + "}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.uri() + "/_local/token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return json(client.send(request, HttpResponse.BodyHandlers.ofString()))
                .path("access_token")
                .asText();
    }

    private HttpResponse<String> post(LocalService service, String path, String token, String body, int status)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = send(service, "POST", path, token, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private HttpResponse<String> send(LocalService service, String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.uri() + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        api.check(answer);
        return answer;
    }

    private static String code(HttpResponse<String> answer) {
        return json(answer).path("code").asText();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body()).orElseThrow();
    }

    private static String tenant(int i) {
        return "{\"name\":\"Tenant\",\"domainPrefix\":\"tenant" + i + "\"}";
    }

    private static String invite(String receiver) {
        return "{\"receiver\":\"" + receiver + "\",\"role\":\"user\",\"language\":\"en\"}";
    }
}
