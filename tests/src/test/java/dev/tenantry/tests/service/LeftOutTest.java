package dev.tenantry.tests.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantry.local.LocalOptions;
import dev.tenantry.local.LocalService;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.operate.OperateMain;
import dev.tenantry.tests.project.Project;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The service of an operator who has left mail and Stripe out.
class LeftOutTest {

    private static LocalService service;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        service = LocalService.start(LocalOptions.from(
                Map.of("PORT", "0", "SQS_PORT", "0", "MAIL", "0", "STRIPE", "0", "DEMO", "1"), Project.root()));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void saysWhoSetsUpMail() throws IOException, InterruptedException {
        String invite = "{\"receiver\":\"grace@example.com\",\"role\":\"user\",\"language\":\"en\"}";

        refused("POST", "/tenant/demo/invite", "admin", invite, "mail_not_configured");

        assertThat(send("GET", "/tenant/demo/invite", "admin", "").body()).isEqualTo("[]");
        // Whether someone may ask comes first.
        assertThat(send("POST", "/tenant/demo/invite", "user", invite).body()).contains("insufficient_role");
        assertThat(send("POST", "/tenant/nobodys/invite", "admin", invite).body())
                .contains("tenant_not_found");
        assertThat(send("POST", "/invite/accept", "user", "{\"token\":\"any\"}").body())
                .contains("invite_not_found");
    }

    @Test
    void saysWhoSetsUpBilling() throws IOException, InterruptedException {
        refused("GET", "/product", "viewer", "", "billing_not_configured");
        refused("GET", "/tenant/demo/billing", "admin", "", "billing_not_configured");
        refused(
                "POST",
                "/tenant/demo/billing/checkout",
                "admin",
                "{\"productId\":1,\"returnUrl\":\"http://localhost:3000/done\"}",
                "billing_not_configured");

        assertThat(send("GET", "/tenant/demo/billing", "user", "").body()).contains("insufficient_role");
        assertThat(send("GET", "/tenant/demo/billing?returnUrl=https://elsewhere.example", "admin", "")
                        .body())
                .contains("must be a URL on one of these origins");
        assertThat(send("GET", "/tenant/demo/subscription", "viewer", "").body())
                .contains("subscription_not_found");
    }

    /// Not even whether a signature could be one: there is nothing to hold it against.
    @Test
    void takesNoEventOfStripes() throws IOException, InterruptedException {
        HttpRequest event = HttpRequest.newBuilder(URI.create(service.uri() + "/stripe/webhook"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        assertThat(code(client.send(event, HttpResponse.BodyHandlers.ofString()), 409))
                .isEqualTo("billing_not_configured");
    }

    @Test
    void foundsNoTenantWhoseAdminNobodyCanInvite() {
        assertThat(operate("create", "graces", "--name", "Grace's", "--admin", "grace@example.com"))
                .startsWith("mail_not_configured: ");
        assertThat(operate("show", "graces")).startsWith("tenant_not_found: ");
    }

    private static String operate(String... words) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--url";
        all[words.length + 1] = service.uri().toString();
        OperateMain.run(
                List.of(all),
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return err.toString(StandardCharsets.UTF_8);
    }

    private void refused(String method, String path, String role, String body, String code)
            throws IOException, InterruptedException {
        assertThat(code(send(method, path, role, body), 409)).isEqualTo(code);
    }

    private HttpResponse<String> send(String method, String path, String role, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.uri() + path))
                .header("Authorization", "Bearer " + token(role))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String token(String role) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.uri() + "/_local/token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"email\":\"" + role + "@demo.example\"}"))
                .build();
        return Json.parse(client.send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .orElseThrow()
                .path("access_token")
                .asText();
    }

    private static String code(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Json.parse(answer.body()).orElseThrow().path("code").asText();
    }
}
