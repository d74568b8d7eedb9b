package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvitesTest {

    private static final String KEY = "Idempotency-Key";

    private final TenantFixture acme = TenantFixture.founded();
    private final Person admin = acme.admin();
    private final Person grace = Person.anyone();
    private final String invites = acme.path() + "/invite";

    @Test
    void mailsALinkThatLetsItsReceiverIn() {
        Answer invited =
                admin.post(invites, body(grace.email(), "user", "de-at")).is(201);

        assertThat(invited.header("Location")).contains(invites + "/1");
        assertThat(invited.json().path("language").asText()).isEqualTo("de-AT");
        assertThat(invited.json().path("status").asText()).isEqualTo("pending");
        assertThat(invited.json().path("invitedBy").asText()).isEqualTo(admin.id());
        assertThat(SERVICE.mailsTo(grace.email())).singleElement().satisfies(mail -> {
            assertThat(mail.path("language").asText()).isEqualTo("de");
            assertThat(mail.path("subject").asText()).isEqualTo("Einladung zu Tenant " + acme.prefix());
            assertThat(mail.path("acceptUrl").asText())
                    .isEqualTo(SERVICE.uri() + "/console/invite/accept?token="
                            + mail.path("token").asText());
            assertThat(invited.body()).doesNotContain(mail.path("token").asText());
        });

        Answer accepted = accept(grace, token(grace)).is(200);

        assertThat(accepted.json().path("tenant").asText()).isEqualTo(acme.prefix());
        assertThat(accepted.json().path("role").asText()).isEqualTo("user");
        assertThat(acme.roleOf(admin, grace)).contains("user");
        assertThat(grace.get("/tenant").json()).hasSize(1);
        assertThat(TenantFixture.all(admin, invites)).isEmpty();
        assertThat(acme.trail())
                .extracting(entry -> entry.path("action").asText())
                .containsExactly("user.joined", "invite.created", "tenant.created");
    }

    @Test
    void renewsAnInviteInsteadOfAddingOne() {
        admin.post(invites, body(grace.email(), "user", "en")).is(201);
        String old = token(grace);

        Answer renewed =
                admin.post(invites, body(grace.email(), "viewer", "nl")).is(200);

        assertThat(renewed.header("Location")).isEmpty();
        assertThat(renewed.json().path("id").asInt()).isEqualTo(1);
        assertThat(renewed.json().path("role").asText()).isEqualTo("viewer");
        assertThat(SERVICE.mailsTo(grace.email())).hasSize(2);
        accept(grace, old).isProblem(404, "invite_not_found");
        accept(grace, token(grace)).is(200);
    }

    @Test
    void namesAllFaultsOfAnInviteAtOnce() {
        admin.post(invites, body("grace", "boss", "de_AT")).isInvalid("/receiver", "/role", "/language");
        admin.post(invites, "{\"rolle\":\"user\"}").isInvalid("/receiver", "/role", "/language", "/rolle");
        admin.post(invites, body("eve@example.com\\r\\nBcc: x@example.com", "user", "en"))
                .isInvalid("/receiver");
        assertThat(TenantFixture.all(admin, invites)).isEmpty();
    }

    @Test
    void isForAdminsOnly() {
        admin.post(invites, body(grace.email(), "user", "en")).is(201);
        for (Role role : List.of(Role.VIEWER, Role.USER)) {
            Person member = acme.member(role);
            member.post(invites, body("x@example.com", "user", "en")).isProblem(403, "insufficient_role");
            member.get(invites).isProblem(403, "insufficient_role");
            member.delete(invites + "/1").isProblem(403, "insufficient_role");
        }
        Person stranger = TenantFixture.founded().admin();
        stranger.post(invites, body("x@example.com", "user", "en")).isProblem(404, "tenant_not_found");
        stranger.get(invites).isProblem(404, "tenant_not_found");
        stranger.delete(invites + "/1").isProblem(404, "tenant_not_found");
    }

    @Test
    void refusesToInviteAMember() {
        Person member = acme.member(Role.VIEWER);
        admin.post(invites, body(member.email().toUpperCase(Locale.ROOT), "admin", "en"))
                .isProblem(409, "already_member");
    }

    @Test
    void listsInvitesPageByPage() {
        for (int i = 1; i <= 5; i++) {
            admin.post(invites, body("page" + i + "@example.com", "user", "en")).is(201);
        }
        admin.delete(invites + "/3").is(204);

        assertThat(TenantFixture.all(admin, invites + "?limit=2"))
                .extracting(invite -> invite.path("id").asInt())
                .containsExactly(1, 2, 4, 5);
    }

    @Test
    void revokesAnInvite() {
        admin.post(invites, body(grace.email(), "user", "en")).is(201);

        admin.delete(invites + "/1").is(204);

        accept(grace, token(grace)).isProblem(410, "invite_revoked");
        admin.delete(invites + "/1").isProblem(404, "invite_not_found");
        admin.delete(invites + "/x").isProblem(404, "invite_not_found");
    }

    @Test
    void isForTheSamePersonHoweverTheirAddressIsWritten() {
        String id = UUID.randomUUID().toString();
        admin.post(invites, body("Info-" + id + "@xn--bcher-kva.example", "user", "en"))
                .is(201);
        admin.post(invites, body("kim-" + id + "@example.com", "user", "en")).is(201);
        String token = SERVICE.mailsTo("Info-" + id + "@xn--bcher-kva.example")
                .getFirst()
                .path("token")
                .asText();
        String kims = SERVICE.mailsTo("kim-" + id + "@example.com")
                .getFirst()
                .path("token")
                .asText();

        Person kelvin = new Person(
                grace.caller(), SERVICE.token(Map.of("sub", grace.id(), "email", "\u212aim-" + id + "@example.com")));
        accept(kelvin, kims).isProblem(403, "invite_email_mismatch");
        Person info = new Person(
                grace.caller(), SERVICE.token(Map.of("sub", grace.id(), "email", "info-" + id + "@bücher.example")));
        accept(info, token).is(200);
    }

    @Test
    void countsAsRevokedOnceItsSenderIsNoAdmin() {
        Person other = acme.member(Role.ADMIN);
        other.post(invites, body(grace.email(), "admin", "en")).is(201);
        String token = token(grace);
        admin.delete(acme.users() + "/" + other.id()).is(204);

        accept(grace, token).isProblem(410, "invite_revoked");
        assertThat(TenantFixture.all(admin, invites))
                .extracting(invite -> invite.path("status").asText())
                .containsExactly("revoked");
        admin.post(invites, body(grace.email(), "user", "en")).is(200);
        accept(grace, token(grace)).is(200);
    }

    @Test
    void isSentByWhoHasAVerifiedAddressOnly() {
        Person unverified = new Person(
                admin.caller(),
                SERVICE.token(Map.of("sub", admin.id(), "email", admin.email(), "emailVerified", false)));

        unverified.post(invites, body(grace.email(), "user", "en")).isProblem(403, "email_not_verified");
        unverified.get(invites).is(200);
        assertThat(SERVICE.mailsTo(grace.email())).isEmpty();
    }

    @Test
    void letsNobodyElseInAndNobodyTwice() {
        admin.post(invites, body(grace.email(), "user", "en")).is(201);
        String token = token(grace);
        Caller caller = grace.caller();
        Person unverified = new Person(
                caller, SERVICE.token(Map.of("sub", grace.id(), "email", grace.email(), "emailVerified", false)));

        accept(Person.anyone(), token).isProblem(403, "invite_email_mismatch");
        accept(unverified, token).isProblem(403, "invite_email_mismatch");
        accept(grace, "nonsense").isProblem(404, "invite_not_found");
        grace.post("/invite/accept", "{}").isInvalid("/token");
        grace.post("/invite/accept", "{\"token\":1}").isInvalid("/token");
        accept(grace, token).is(200);
        accept(grace, token).isProblem(409, "invite_already_used");
        admin.delete(invites + "/1").isProblem(409, "invite_already_used");
    }

    @Test
    void repeatsTheAnswerToAcceptingWithAKey() {
        admin.post(invites, body(grace.email(), "user", "en")).is(201);
        String body = "{\"token\":\"" + token(grace) + "\"}";
        String key = UUID.randomUUID().toString();

        Answer first = grace.post("/invite/accept", body, KEY, key).is(200);

        assertThat(grace.post("/invite/accept", body, KEY, key).is(200).body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "slow", "reset"})
    void canBeRepeatedAfterMailFailed(String kind) {
        String key = UUID.randomUUID().toString();
        SERVICE.failMails(kind, 1);

        long start = System.nanoTime();
        Answer failed =
                admin.post(invites, body(grace.email(), "user", "en"), KEY, key).isProblem(502, "upstream_unavailable");

        // Five seconds are promised, the slow one takes thirty; what is between is for a machine that is busy.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
        assertThat(TenantFixture.all(admin, invites))
                .singleElement()
                .satisfies(invite -> assertThat(invite.path("sentAt").isNull()).isTrue());
        assertThat(SERVICE.log(failed)).anyMatch(line -> line.contains("\"reason\":\"SES: "));
        assertThat(SERVICE.mailsTo(grace.email())).isEmpty();
        assertThat(TenantFixture.all(admin, invites)).hasSize(1);

        Answer again =
                admin.post(invites, body(grace.email(), "user", "en"), KEY, key).is(200);
        Answer replayed =
                admin.post(invites, body(grace.email(), "user", "en"), KEY, key).is(200);

        assertThat(again.json().path("id").asInt()).isEqualTo(1);
        assertThat(TenantFixture.all(admin, invites)).containsExactly(again.json());
        assertThat(replayed.header("Idempotent-Replayed")).contains("true");
        assertThat(replayed.body()).isEqualTo(again.body());
        assertThat(SERVICE.mailsTo(grace.email())).hasSize(1);
        accept(grace, token(grace)).is(200);
    }

    @Test
    void logsNeitherAddressNorToken() {
        Answer invited = admin.post(invites, body(grace.email(), "user", "en")).is(201);
        Answer mismatched = accept(Person.anyone(), token(grace));
        Answer accepted = accept(grace, token(grace)).is(200);

        for (Answer answer : List.of(invited, mismatched, accepted)) {
            assertThat(SERVICE.log(answer))
                    .isNotEmpty()
                    .allSatisfy(line ->
                            assertThat(line).doesNotContain(grace.email()).doesNotContain(token(grace)));
        }
    }

    @Test
    void makesOneInviteOfManyAtOnce() throws InterruptedException {
        List<Answer> answers = Rivals.answers(_ -> admin.post(invites, body(grace.email(), "user", "en")));

        List<Answer> told = answers.stream().filter(Answer::succeeded).toList();
        assertThat(Rivals.count(answers, 201)).isEqualTo(1);
        // On a machine that is busy, one of so many may not get its turn in time.
        assertThat(answers)
                .filteredOn(answer -> !answer.succeeded())
                .allSatisfy(answer -> answer.isProblem(503, "unavailable"));
        assertThat(told).extracting(answer -> answer.json().path("id").asInt()).containsOnly(1);
        List<JsonNode> mails = SERVICE.mailsTo(grace.email());
        assertThat(mails).hasSameSizeAs(told);
        assertThat(mails.stream()
                        .filter(mail ->
                                accept(grace, mail.path("token").asText()).succeeded()))
                .hasSize(1);
    }

    @Test
    void sendsOneMailForManyRequestsWithOneKey() throws InterruptedException {
        String key = UUID.randomUUID().toString();
        List<Answer> answers = Rivals.answers(_ -> admin.post(invites, body(grace.email(), "user", "en"), KEY, key));

        assertThat(Rivals.count(answers, 201)).isPositive();
        assertThat(answers).allSatisfy(answer -> {
            if (answer.status() != 201) {
                answer.isProblem(409, "idempotency_in_progress");
            }
        });
        assertThat(SERVICE.mailsTo(grace.email())).hasSize(1);
    }

    @Test
    void canBeAcceptedFromAnAddressThatTheAllowlistKeepsOut() {
        admin.post(invites, body(grace.email(), "user", "en")).is(201);
        acme.addIpElsewhere();

        accept(grace, token(grace)).is(200);
        grace.get(acme.path()).isProblem(403, "ip_not_allowed");
    }

    @Test
    void makesOneMemberOfManyAcceptances() throws InterruptedException {
        admin.post(invites, body(grace.email(), "user", "en")).is(201);
        String token = token(grace);

        List<Answer> answers = Rivals.answers(_ -> accept(grace, token));

        assertThat(Rivals.count(answers, 200)).isEqualTo(1);
        assertThat(Rivals.count(answers, 409)).isEqualTo(Rivals.COUNT - 1);
        assertThat(TenantFixture.all(admin, acme.users())).hasSize(2);
        assertThat(acme.auditEntries(admin, "user.joined")).hasSize(1);
    }

    @Test
    void isEitherAcceptedOrRevoked() throws InterruptedException {
        admin.post(invites, body(grace.email(), "user", "en")).is(201);
        String token = token(grace);

        List<Answer> answers = Rivals.answers(i -> i % 2 == 0 ? accept(grace, token) : admin.delete(invites + "/1"));

        assertThat(Rivals.count(answers, 200) + Rivals.count(answers, 204)).isEqualTo(1);
        assertThat(acme.auditEntries(admin, "user.joined").size()
                        + acme.auditEntries(admin, "invite.revoked").size())
                .isEqualTo(1);
    }

    private static String token(Person person) {
        return SERVICE.mailsTo(person.email()).getFirst().path("token").asText();
    }

    private static Answer accept(Person person, String token) {
        return person.post("/invite/accept", "{\"token\":\"" + token + "\"}");
    }

    private static String body(String receiver, String role, String language) {
        return "{\"receiver\":\"" + receiver + "\",\"role\":\"" + role + "\",\"language\":\"" + language + "\"}";
    }
}
