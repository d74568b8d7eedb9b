package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.operate.OperateMain;
import dev.tenantry.tenancy.Role;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The operator's commands on the running service, as `./operate` gives them.
class OperatorTest {

    /// What somebody saw who gave a command.
    private record Said(int status, String out, String err) {

        JsonNode json() {
            return Json.parse(out).orElseThrow(() -> new AssertionError(out + err));
        }
    }

    private static Said operate(String... words) {
        return operateAnswering("", words);
    }

    private static Said operateAnswering(String typed, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(Arrays.asList(words));
        arguments.addAll(List.of("--url", SERVICE.uri().toString()));
        int status = OperateMain.run(
                arguments,
                Map.of(),
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Said(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void foundsATenantForSomebodyWhoThenComesIn() {
        String prefix = TenantFixture.unusedPrefix();
        Person eve = Person.anyone();

        Said dry = operate("create", prefix, "--name", "Eve's", "--admin", eve.email(), "--dry-run");
        assertThat(dry.json().path("dryRun").asBoolean()).isTrue();
        assertThat(operate("show", prefix).err()).startsWith("tenant_not_found: ");

        Said created = operate("create", prefix, "--name", "Eve's", "--admin", eve.email(), "--language", "de");
        assertThat(created.status()).isZero();
        assertThat(created.json().path("created").asBoolean()).isTrue();
        String mail = SERVICE.mailsTo(eve.email()).getFirst().path("text").asText();
        String token = mail.replaceFirst("(?s).*token=([A-Za-z0-9_-]+).*", "$1");
        eve.post("/invite/accept", "{\"token\":\"" + token + "\"}").is(200);
        eve.get("/tenant/" + prefix).is(200);
        assertThat(operate("create", prefix, "--name", "Eve's", "--admin", eve.email())
                        .err())
                .startsWith("domain_prefix_taken: ");
    }

    @Test
    void suspendsAndResumes() {
        TenantFixture tenant = TenantFixture.founded();
        assertThat(operate("suspend", tenant.prefix(), "--dry-run")
                        .json()
                        .at("/tenant/state")
                        .asText())
                .isEqualTo("suspended");
        assertThat(tenant.show().json().path("suspendedAt").isNull()).isTrue();

        assertThat(operate("suspend", tenant.prefix()).json().path("changed").asBoolean())
                .isTrue();
        assertThat(tenant.show().json().path("suspendedAt").isTextual()).isTrue();
        tenant.admin().put(tenant.path(), "{\"name\":\"No\"}").isProblem(403, "tenant_suspended");
        assertThat(operate("suspend", tenant.prefix()).json().path("changed").asBoolean(true))
                .isFalse();

        assertThat(operate("resume", tenant.prefix()).status()).isZero();
        tenant.admin().put(tenant.path(), "{\"name\":\"Yes\"}").is(200);
        assertThat(tenant.auditEntries(tenant.admin(), "tenant.suspended"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.path("actorId").asText()).isEqualTo("operator");
                    assertThat(entry.path("actorIp").isNull()).isTrue();
                });
    }

    @Test
    void deletesAndRestores() {
        TenantFixture tenant = TenantFixture.founded();
        assertThat(operate("delete", tenant.prefix(), "--dry-run")
                        .json()
                        .at("/tenant/state")
                        .asText())
                .isEqualTo("deleted");
        tenant.show();
        JsonNode deletion = operate("delete", tenant.prefix()).json();
        assertThat(deletion.at("/tenant/state").asText()).isEqualTo("deleted");
        assertThat(operate("delete", tenant.prefix()).json().path("changed").asBoolean(true))
                .isFalse();
        tenant.admin().get(tenant.path()).isProblem(404, "tenant_not_found");
        assertThat(operate("list").out()).contains(tenant.prefix());
        JsonNode shown = operate("show", tenant.prefix()).json();
        for (String time : List.of("deletedAt", "purgedFrom")) {
            assertThat(shown.path(time).isTextual()).as(time).isTrue();
            assertThat(deletion.path("tenant").path(time)).as(time).isEqualTo(shown.path(time));
        }

        assertThat(operate("restore", tenant.prefix())
                        .json()
                        .at("/tenant/state")
                        .asText())
                .isEqualTo("active");
        tenant.show();
    }

    /// What was deleted a moment ago is not purged, whoever is sure of it; who is not sure is asked first.
    @Test
    void asksBeforeWhatCannotBeUndone() {
        TenantFixture tenant = TenantFixture.founded();
        assertThat(operate("purge", tenant.prefix(), "--yes").err()).startsWith("tenant_not_deleted: ");
        operate("delete", tenant.prefix());
        Said unsure = operateAnswering("no\n", "purge", tenant.prefix());
        assertThat(unsure.status()).isEqualTo(1);
        assertThat(unsure.err()).contains("Type " + tenant.prefix()).contains("Nothing was done.");
        assertThat(operateAnswering(tenant.prefix() + "\n", "purge", tenant.prefix())
                        .err())
                .contains("deleted_just_now: ");
        assertThat(operate("purge", tenant.prefix(), "--dry-run")
                        .json()
                        .at("/rows/MEMBER")
                        .asInt())
                .isEqualTo(1);
        operate("restore", tenant.prefix());
        tenant.show();
    }

    @Test
    void erasesAPerson() {
        TenantFixture tenant = TenantFixture.founded();
        Person gone = tenant.member(Role.ADMIN);
        gone.post(tenant.ips(), "{\"ip\":\"192.0.2.1\",\"scope\":\"charger\"}").is(201);

        assertThat(operate("erase", "--email", gone.email(), "--dry-run")
                        .json()
                        .at("/tenants/0/members")
                        .asInt())
                .isEqualTo(1);
        gone.get(tenant.path()).is(200);
        assertThat(operate("erase", "--email", gone.email(), "--yes")
                        .json()
                        .path("isComplete")
                        .asBoolean())
                .isTrue();

        gone.get(tenant.path()).isProblem(404, "tenant_not_found");
        assertThat(tenant.trail().toString()).doesNotContain(gone.id(), gone.email());
        assertThat(tenant.admin().get(tenant.ips()).body()).doesNotContain(gone.id());
        assertThat(operate("erase", "--user", tenant.admin().id(), "--yes").err())
                .startsWith("last_admin: ");
    }

    @Test
    void exportsATenantLineByLine() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.addProfile("Depot");
        List<JsonNode> lines = operate("export", tenant.prefix())
                .out()
                .lines()
                .map(line -> Json.parse(line).orElseThrow())
                .toList();
        assertThat(lines).extracting(line -> line.path("type").asText()).contains("tenant", "user", "profile", "audit");
        assertThat(lines.toString()).contains(tenant.admin().email()).doesNotContain("passwordHash", "tokenDigest");
    }

    @Test
    void countsAnewAndOpensTheApi() {
        TenantFixture tenant = TenantFixture.founded();
        assertThat(operate("repair", tenant.prefix()).json().path("repaired")).isEmpty();
        tenant.addIpElsewhere();
        tenant.admin().get(tenant.path()).isProblem(403, "ip_not_allowed");
        assertThat(operate("show", tenant.prefix())
                        .json()
                        .path("apiAllowlistInForce")
                        .asBoolean())
                .isTrue();
        assertThat(operate("open-api", tenant.prefix()).json().path("changed").asBoolean())
                .isTrue();
        tenant.show();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            ;                        There is no command.
            purgeall acme;           purgeall is not a command.
            show;                    show needs the domain prefix of a tenant.
            list all;                list stands alone.
            create acme --name A;    --admin is missing.
            erase;                   erase needs --user or --email, one of them.
            suspend acme --force;    --force is not an option.
            create acme --name;      --name needs a value.
            show acme --admin a@b.example; show takes no --admin.
            """)
    void saysWhatIsWrongWithACommand(String line, String words) {
        String[] typed = line == null ? new String[0] : line.split(" ");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = OperateMain.run(
                List.of(typed),
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(words).contains("./operate --help");
    }

    @Test
    void saysWhereItFoundNoService() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = OperateMain.run(
                List.of("list", "--url", "http://127.0.0.1:1"),
                Map.of(),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(status).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Nothing answers at http://127.0.0.1:1");
    }
}
