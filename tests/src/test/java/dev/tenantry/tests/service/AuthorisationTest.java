package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.chargers.ChargerFixture;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.openapi.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every documented operation, asked by everybody: who may do what comes from `x-required-role`.
class AuthorisationTest {

    private static final String SIGNED_IN = "signed-in";

    /// A body that each operation takes, of the person it is about. Those without one are not here.
    private static final Map<String, Function<Person, String>> BODIES = Map.ofEntries(
            Map.entry("createTenant", _ -> TenantFixture.body("Acme", TenantFixture.unusedPrefix())),
            Map.entry("addTenantIp", _ -> "{\"ip\":\"192.0.2.0/24\"}"),
            Map.entry("updateTenantIp", _ -> "{\"description\":\"Depot\"}"),
            Map.entry("createProfile", _ -> TenantFixture.profile("Another")),
            Map.entry("updateProfile", _ -> "{\"displayName\":\"Renamed\"}"),
            Map.entry("createCheckout", _ -> "{\"productId\":1,\"returnUrl\":\"http://localhost:3000\"}"),
            Map.entry("startProvisioning", _ -> "{\"durationSeconds\":60}"),
            Map.entry("changeProvisioning", _ -> "{\"durationSeconds\":60}"),
            Map.entry("createChargers", _ -> "[{\"identity\":\"Wallbox-1\"}]"),
            Map.entry("updateChargers", _ -> "[{\"id\":4711,\"blocked\":true}]"),
            Map.entry("updateCharger", _ -> "{\"blocked\":true}"),
            Map.entry("updateTenant", _ -> "{\"name\":\"Renamed\"}"),
            Map.entry("bulkSetUserRoles", person -> "[{\"id\":\"" + person.id() + "\",\"role\":\"user\"}]"),
            Map.entry("setUserRole", _ -> "{\"role\":\"user\"}"),
            Map.entry("createTenantInvite", _ -> TenantFixture.invite("guest@example.com")),
            Map.entry("acceptInvite", AuthorisationTest::invited));

    /// All that people call. What other services call is signed instead: `BillingTest` sees to that.
    static List<Operation> operations() {
        return OpenApi.load().operations().stream()
                .filter(operation -> !operation.requiredRole().equals("stripe"))
                .toList();
    }

    static List<Operation> ofATenant() {
        return operations().stream()
                .filter(operation -> !operation.requiredRole().equals(SIGNED_IN))
                .toList();
    }

    static Stream<Arguments> ofATenantByRole() {
        return ofATenant().stream()
                .flatMap(operation -> Stream.of(Role.values()).map(role -> Arguments.of(operation, role)));
    }

    @ParameterizedTest
    @MethodSource("ofATenantByRole")
    void admitsMembersByTheirRole(Operation operation, Role role) {
        TenantFixture tenant = TenantFixture.founded();
        Person caller = tenant.member(role);
        Role required = Role.of(operation.requiredRole());
        // Whom one may remove without being an admin: oneself.
        Person target = operation.id().equals("removeTenantUser") ? caller : tenant.member(Role.VIEWER);

        if (operation.path().contains("{ipId}")) {
            tenant.addIp("192.0.2.7", "charger");
        }
        if (operation.path().contains("{profileId}")
                || operation.path().contains("/charger")
                || operation.path().endsWith("/provision")) {
            tenant.addProfile("Depot");
        }
        if (operation.path().contains("/charger")) {
            ChargerFixture.enter(
                    SERVICE.core(), tenant.prefix(), ChargerFixture.charger(4711, "Depot-1", 1, Instant.now()));
        }
        if (operation.id().equals("changeProvisioning")) {
            tenant.admin().post(tenant.path() + "/provision", "").is(200);
        }
        if (operation.path().contains("{inviteId}")) {
            tenant.admin()
                    .post(tenant.invites(), TenantFixture.invite("guest@example.com"))
                    .is(201);
        }
        if (operation.id().equals("getTenantSubscription")) {
            SERVICE.subscribe(tenant.prefix(), "\"quantity\":1");
        }

        if (operation.id().equals("verifyDomain")) {
            publishDomain(tenant);
        }

        Answer answer = ask(operation, caller, tenant, target);

        if (role.includes(required)) {
            answer.is(success(operation));
        } else {
            answer.isProblem(403, "insufficient_role");
            assertThat(answer.json().path("detail").asText()).contains(required.text());
            assertThat(askBadly(operation, caller, tenant, target))
                    .allSatisfy(bad -> bad.isProblem(403, "insufficient_role"));
        }
    }

    /// A custom domain whose record is in DNS.
    private static void publishDomain(TenantFixture tenant) {
        JsonNode record = tenant.admin()
                .put(tenant.path(), "{\"customDomain\":\"wss://" + tenant.prefix() + ".example/\"}")
                .is(200)
                .json()
                .path("customDomainRecord");
        SERVICE.publish("{\"" + record.path("name").asText() + "\":[\""
                + record.path("value").asText() + "\"]}");
    }

    @ParameterizedTest
    @MethodSource("ofATenant")
    void tellsStrangersNothing(Operation operation) {
        TenantFixture tenant = TenantFixture.founded();
        Person stranger = TenantFixture.founded().admin();
        ask(operation, stranger, tenant, tenant.admin()).isProblem(404, "tenant_not_found");
        assertThat(askBadly(operation, stranger, tenant, tenant.admin()))
                .allSatisfy(bad -> bad.isProblem(404, "tenant_not_found"));
    }

    @ParameterizedTest
    @MethodSource("ofATenant")
    void admitsMembersFromAnAllowedAddressOnly(Operation operation) {
        TenantFixture tenant = TenantFixture.founded();
        Person viewer = tenant.member(Role.VIEWER);
        tenant.addIpElsewhere();

        ask(operation, tenant.admin(), tenant, viewer).isProblem(403, "ip_not_allowed");
        // Before the role is looked at, and after membership is.
        ask(operation, viewer, tenant, viewer).isProblem(403, "ip_not_allowed");
        ask(operation, Person.anyone(), tenant, viewer).isProblem(404, "tenant_not_found");
        assertThat(askBadly(operation, tenant.admin(), tenant, viewer))
                .allSatisfy(bad -> bad.isProblem(403, "ip_not_allowed"));
        // Whoever calls from elsewhere cannot say so in a header.
        tenant.admin()
                .send(
                        operation.method(),
                        path(operation, tenant, viewer),
                        body(operation, viewer),
                        "X-Forwarded-For",
                        TenantFixture.ELSEWHERE,
                        "Forwarded",
                        "for=" + TenantFixture.ELSEWHERE)
                .isProblem(403, "ip_not_allowed");
    }

    @ParameterizedTest
    @MethodSource("ofATenant")
    void answersOfADeletedTenantAsOfNone(Operation operation) {
        TenantFixture tenant = TenantFixture.founded();
        Person viewer = tenant.member(Role.VIEWER);
        tenant.admin().delete(tenant.path()).is(204);

        Answer deleted = ask(operation, tenant.admin(), tenant, viewer).isProblem(404, "tenant_not_found");
        ask(operation, viewer, tenant, viewer).isProblem(404, "tenant_not_found");
        assertThat(askBadly(operation, tenant.admin(), tenant, viewer))
                .allSatisfy(bad -> bad.isProblem(404, "tenant_not_found"));

        TenantFixture nowhere = new TenantFixture(TenantFixture.unusedPrefix(), tenant.admin(), tenant.founding());
        Answer unknown = ask(operation, tenant.admin(), nowhere, viewer).isProblem(404, "tenant_not_found");
        assertThat(unknown.json().path("detail")).isEqualTo(deleted.json().path("detail"));
        assertThat(unknown.response().headers().map().keySet())
                .isEqualTo(deleted.response().headers().map().keySet());
    }

    @ParameterizedTest
    @MethodSource("ofATenant")
    void tellsWhoWasRemovedNothing(Operation operation) {
        TenantFixture tenant = TenantFixture.founded();
        Person removed = tenant.member(Role.ADMIN);
        tenant.admin().delete(tenant.user(removed)).is(204);

        ask(operation, removed, tenant, tenant.admin()).isProblem(404, "tenant_not_found");
        assertThat(askBadly(operation, removed, tenant, tenant.admin()))
                .allSatisfy(bad -> bad.isProblem(404, "tenant_not_found"));
    }

    @ParameterizedTest
    @MethodSource("ofATenant")
    void changesNothingInASuspendedTenant(Operation operation) {
        TenantFixture tenant = TenantFixture.founded();
        Person viewer = tenant.member(Role.VIEWER);
        assertThat(SERVICE.invoke("OperatorFunction", "{\"suspend\":{\"tenant\":\"" + tenant.prefix() + "\"}}")
                        .path("changed")
                        .asBoolean())
                .isTrue();
        List<JsonNode> trail = tenant.trail();

        Answer answer = ask(operation, tenant.admin(), tenant, viewer);
        if (operation.method().equals("GET") && !operation.id().equals("getBillingPortal")) {
            assertThat(answer.status()).isIn(success(operation), 404);
            assertThat(answer.json().path("code").asText("")).isNotEqualTo("tenant_not_found");
        } else {
            // The portal for the first time founds a customer at Stripe.
            answer.isProblem(403, "tenant_suspended");
        }
        if (!operation.method().equals("GET")) {
            assertThat(askBadly(operation, tenant.admin(), tenant, viewer))
                    .allSatisfy(bad -> bad.isProblem(403, "tenant_suspended"));
            // Who may not come in at all is told that first.
            ask(operation, Person.anyone(), tenant, viewer).isProblem(404, "tenant_not_found");
        }
        assertThat(tenant.trail()).isEqualTo(trail);
    }

    @ParameterizedTest
    @MethodSource("ofATenant")
    void knowsNoTenantByAWordThatIsNoPrefix(Operation operation) {
        Person ada = Person.anyone();
        for (String word : List.of("-", "ACME", "%20", "a%2Fb", "TENANT%23acme", "%F0%9F%94%8C", "x".repeat(300))) {
            TenantFixture nowhere = new TenantFixture(word, ada, ada.get("/tenant"));
            ask(operation, ada, nowhere, ada).isProblem(404, "tenant_not_found");
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void admitsNobodyWithoutAToken(Operation operation) {
        TenantFixture tenant = TenantFixture.founded();
        for (List<String> headers : List.of(
                List.<String>of(),
                List.of("Authorization", "Bearer x.y.z"),
                List.of("Authorization", "Bearer " + forged(tenant.admin().token())),
                List.of("Authorization", "Bearer " + expired(tenant.admin())))) {
            SERVICE.send(
                            operation.method(),
                            path(operation, tenant, tenant.admin()),
                            body(operation, tenant.admin()),
                            headers)
                    .is(401);
        }
        tenant.show();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void admitsAnybodyToWhatIsNobodys(Operation operation) {
        if (operation.requiredRole().equals(SIGNED_IN)) {
            Person ada = Person.anyone();
            String path = operation.path();
            assertThat(path).doesNotContain("{tenant}");
            ada.send(operation.method(), path, body(operation, ada)).is(success(operation));
        } else {
            assertThat(operation.path()).startsWith("/tenant/{tenant}");
        }
    }

    @Test
    void hasABodyForEveryOperationThatTakesOne() {
        List<String> needing = operations().stream()
                .filter(operation ->
                        operation.method().equals("POST") || operation.method().equals("PUT"))
                // It looks into DNS, and needs nothing said.
                .filter(operation -> !operation.id().equals("verifyDomain"))
                .map(Operation::id)
                .toList();
        assertThat(BODIES.keySet()).containsExactlyInAnyOrderElementsOf(needing);
    }

    private static Answer ask(Operation operation, Person caller, TenantFixture tenant, Person target) {
        return caller.send(operation.method(), path(operation, tenant, target), body(operation, target));
    }

    /// Requests that are refused for their form when somebody asks who may.
    private static List<Answer> askBadly(Operation operation, Person caller, TenantFixture tenant, Person target) {
        String path = path(operation, tenant, target);
        List<Answer> answers = new ArrayList<>();
        answers.add(caller.send(operation.method(), path + "?nonsense=1", body(operation, target)));
        if (BODIES.containsKey(operation.id())) {
            answers.add(caller.send(operation.method(), path, "{"));
            answers.add(caller.send(operation.method(), path, "{\"colour\":1}"));
            answers.add(caller.send(operation.method(), path, "x", "Content-Type", "text/plain"));
            answers.add(caller.send(operation.method(), path, "x".repeat(256 * 1024 + 1)));
        }
        if (operation.id().startsWith("list") || operation.id().equals("getTenantMetrics")) {
            answers.add(caller.send(operation.method(), path + "?limit=0&cursor=x", ""));
        }
        if (operation.id().equals("getBillingPortal")) {
            answers.add(caller.send(operation.method(), path + "?returnUrl=https%3A%2F%2Fevil.example", ""));
        }
        if (List.of(
                        "updateTenant",
                        "deleteTenant",
                        "updateProfile",
                        "deleteProfile",
                        "updateCharger",
                        "deleteCharger",
                        "changeProvisioning",
                        "stopProvisioning")
                .contains(operation.id())) {
            answers.add(caller.send(operation.method(), path, body(operation, target), "If-Match", "\"99\""));
            answers.add(caller.send(operation.method(), path, body(operation, target), "If-Match", "x"));
        }
        return answers;
    }

    private static String path(Operation operation, TenantFixture tenant, Person target) {
        return operation
                .path()
                .replace("{tenant}", tenant.prefix())
                .replace("{userId}", target.id())
                .replace("{ipId}", "1")
                .replace("{profileId}", "1")
                .replace("{chargerId}", "4711")
                .replace("{inviteId}", "1");
    }

    /// The body with which somebody accepts an invite that was just sent to them.
    private static String invited(Person person) {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin()
                .post(tenant.invites(), TenantFixture.invite(person.email()))
                .is(201);
        return "{\"token\":\""
                + SERVICE.mailsTo(person.email()).getFirst().path("token").asText() + "\"}";
    }

    private static String body(Operation operation, Person target) {
        return BODIES.getOrDefault(operation.id(), _ -> "").apply(target);
    }

    private static int success(Operation operation) {
        return switch (operation.method().toUpperCase(Locale.ROOT)) {
            // What these make is nothing that one could go to: a member, a mode, a proof.
            case "POST" ->
                List.of("acceptInvite", "startProvisioning", "verifyDomain").contains(operation.id()) ? 200 : 201;
            case "DELETE" -> 204;
            default -> 200;
        };
    }

    private static String forged(String token) {
        int signature = token.lastIndexOf('.') + 1;
        char other = token.charAt(signature) == 'A' ? 'B' : 'A';
        return token.substring(0, signature) + other + token.substring(signature + 1);
    }

    private static String expired(Person person) {
        return SERVICE.token(Map.of("sub", person.id(), "email", person.email(), "expiresInSeconds", -1));
    }
}
