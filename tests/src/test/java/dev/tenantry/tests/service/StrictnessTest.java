package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.identity.UserId;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tests.openapi.Operation;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the service says no to instead of passing over it, and what it understands in every form.
class StrictnessTest {

    static List<Operation> operations() {
        return AuthorisationTest.operations();
    }

    /// Whatever the ids in the path are, and though there is a body to complain about.
    @ParameterizedTest
    @MethodSource("operations")
    void knowsTheParametersOfEveryOperation(Operation operation) {
        TenantFixture tenant = TenantFixture.founded();
        String path = operation.path().replace("{tenant}", tenant.prefix()).replaceAll("[{][a-zA-Z]+[}]", "404");

        Answer answer = tenant.admin().send(operation.method(), path + "?colour=red&Limit=1&colour=blue", "");

        answer.isProblem(400, "invalid_request");
        assertThat(answer.pointers()).contains("?colour", "?Limit").doesNotHaveDuplicates();
        assertThat(tenant.trail()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "/metrics?timezone=Europe/Berlin, ?timezone",
        "/audit?actorid=zzz, ?actorid",
        "/charger?Online=false, ?Online",
        "/user?role=admin, ?role",
        "?expand=users, ?expand",
        "/stats?from=2026-01-01, ?from",
        "/billing?returnURL=https://portal.example.com, ?returnURL",
        "/profile/1?include=chargers, ?include",
    })
    void namesAParameterThatIsNone(String path, String pointer) {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin().get(tenant.path() + path).isInvalid(pointer);
    }

    @Test
    void namesTheFaultsOfKnownAndUnknownParametersAtOnce() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin()
                .get(tenant.path() + "/metrics?timezone=UTC&interval=fortnight&limit=0&x")
                .isInvalid("?timezone", "?interval", "?limit", "?x");
    }

    @Test
    void asksTheWebhookNothing() {
        SERVICE.send("POST", "/stripe/webhook?whatever=1", "{}", List.of()).isInvalid("Stripe-Signature");
    }

    /// Whatever is answered, and to whom.
    @Test
    void saysWhatKindAnAnswerIsAndThatItComesByHttpsAlone() {
        TenantFixture tenant = TenantFixture.founded();
        for (Answer answer : List.of(
                tenant.show(),
                Person.anyone().get(tenant.path()),
                tenant.admin().get("/nowhere"),
                SERVICE.send("POST", "/stripe/webhook", "{}", List.of()))) {
            assertThat(answer.response().headers().allValues("X-Content-Type-Options"))
                    .containsExactly("nosniff");
            assertThat(answer.response().headers().allValues("Strict-Transport-Security"))
                    .containsExactly("max-age=31536000");
        }
    }

    @Test
    void showsNoPageInSomebodyElses() {
        for (String path : List.of("/docs", "/console/")) {
            HttpResponse<String> page = SERVICE.fetch(path);
            assertThat(page.headers().firstValue("Content-Type").orElse(""))
                    .as(path)
                    .startsWith("text/html");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("frame-ancestors 'none'");
            assertThat(page.headers().allValues("X-Content-Type-Options"))
                    .as(path)
                    .containsExactly("nosniff");
        }
    }

    @Test
    void saysThatAWrongAddressOfTheWebhookIsWrong() {
        for (String path : List.of("/stripe/webhook/", "/stripe/webhooks", "/stripe/webhook/x")) {
            SERVICE.send("POST", path, "{}", List.of()).isProblem(404, "not_found");
        }
        assertThat(SERVICE.send("GET", "/stripe/webhook/", "", List.of()).status())
                .isEqualTo(401);
    }

    @Test
    void readsABodyWithAByteOrderMark() {
        TenantFixture tenant = TenantFixture.founded();
        JsonNode renamed = tenant.admin()
                .put(tenant.path(), "\ufeff{\"name\":\"Renamed\"}")
                .is(200)
                .json();
        assertThat(renamed.path("name").asText()).isEqualTo("Renamed");
    }

    @Test
    void tellsOfACompressedBodyThatItIs() {
        TenantFixture tenant = TenantFixture.founded();
        Answer answer = tenant.admin()
                .put(tenant.path(), "{\"name\":\"Renamed\"}", "Content-Encoding", "gzip")
                .isProblem(415, "unsupported_media_type");
        assertThat(answer.header("Accept-Encoding")).contains("identity");
        assertThat(answer.json().path("detail").asText()).contains("compressed");
    }

    @Test
    void trimsAnAddressLikeEverythingElse() {
        TenantFixture tenant = TenantFixture.founded();
        JsonNode entry = tenant.admin()
                .post(tenant.ips(), "{\"ip\":\" 192.0.2.0/24\\n\",\"description\":\"  Depot \"}")
                .is(201)
                .json();
        assertThat(entry.path("ip").asText()).isEqualTo("192.0.2.0/24");
        assertThat(entry.path("description").asText()).isEqualTo("Depot");
        tenant.admin().post(tenant.ips(), "{\"ip\":\"192.0.2.0/24\"}").isProblem(409, "duplicate_ip");
    }

    @Test
    void knowsPeopleWhoseSubIsNoUuid() {
        for (String sub : List.of("auth0|65f1c0ffee", "1234567890", "grace@example.com")) {
            TenantFixture tenant = TenantFixture.founded();
            String token = SERVICE.token(Map.of("sub", sub, "email", "grace@example.com"));
            String id = UserId.named(SERVICE.issuer(), sub).value();

            Answer invite = tenant.admin()
                    .post(tenant.invites(), TenantFixture.invite("grace@example.com"))
                    .is(201);
            String mailed = SERVICE.mailsTo("grace@example.com")
                    .getFirst()
                    .path("token")
                    .asText();
            SERVICE.send(
                            "POST",
                            "/invite/accept",
                            "{\"token\":\"" + mailed + "\"}",
                            List.of("Authorization", "Bearer " + token))
                    .is(200);

            assertThat(invite.status()).isEqualTo(201);
            assertThat(tenant.admin().get(tenant.users()).json().findValuesAsText("userId"))
                    .contains(id);
            tenant.admin().put(tenant.user(id), "{\"role\":\"viewer\"}").is(200);
            assertThat(SERVICE.send("GET", "/tenant", "", List.of("Authorization", "Bearer " + token))
                            .is(200)
                            .json()
                            .findValuesAsText("domainPrefix"))
                    .contains(tenant.prefix());
        }
    }

    @Test
    void isTheSamePersonHoweverTheirUuidIsWritten() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.VIEWER);
        String token = SERVICE.token(Map.of("sub", grace.id().toUpperCase(Locale.ROOT), "email", grace.email()));
        SERVICE.send("GET", tenant.path(), "", List.of("Authorization", "Bearer " + token))
                .is(200);
    }
}
