package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.People;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {

    @Test
    void isToldByTheAddressAndNamesThatTheTokenHasNow() {
        TenantFixture acme = TenantFixture.founded();
        Person bob = acme.member(Role.VIEWER);
        Person renamed = new Person(
                bob.caller(),
                SERVICE.token(Map.of(
                        "sub", bob.id(), "email", "new-" + bob.email(), "givenName", "Robert", "familyName", "B")));

        // Whatever they ask first, and whatever comes of it.
        renamed.get(acme.path() + "/stats").is(200);

        JsonNode user = TenantFixture.all(acme.admin(), acme.users()).stream()
                .filter(it -> it.path("userId").asText().equals(bob.id()))
                .findFirst()
                .orElseThrow();
        assertThat(user.path("username").asText()).isEqualTo("new-" + bob.email());
        assertThat(user.path("givenName").asText()).isEqualTo("Robert");
        String invite = "{\"receiver\":\"%s\",\"role\":\"user\",\"language\":\"en\"}";
        acme.admin()
                .post(acme.path() + "/invite", invite.formatted("new-" + bob.email()))
                .isProblem(409, "already_member");
        acme.admin()
                .post(acme.path() + "/invite", invite.formatted(bob.email()))
                .is(201);
    }

    @Test
    void listsAllPeopleWithTheirRoles() {
        TenantFixture tenant = TenantFixture.founded();
        Person user = tenant.member(Role.USER);
        Person viewer = tenant.member(Role.VIEWER);
        TenantFixture.founded().member(Role.USER);

        List<JsonNode> users = TenantFixture.all(viewer, tenant.users());

        assertThat(users)
                .extracting(
                        it -> it.path("userId").asText() + " " + it.path("role").asText())
                .containsExactlyInAnyOrder(
                        tenant.admin().id() + " admin", user.id() + " user", viewer.id() + " viewer");
        JsonNode ada = users.stream()
                .filter(it -> it.path("userId").asText().equals(tenant.admin().id()))
                .findFirst()
                .orElseThrow();
        assertThat(ada.path("username").asText()).isEqualTo(tenant.admin().email());
        assertThat(ada.path("givenName").asText())
                .isEqualTo(tenant.admin().caller().givenName());
        assertThat(ada.path("familyName").asText())
                .isEqualTo(tenant.admin().caller().familyName());
    }

    @Test
    void listsPageByPage() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.members(6, Role.VIEWER);
        List<JsonNode> whole = TenantFixture.all(tenant.admin(), tenant.users());
        assertThat(whole).hasSize(7);
        assertThat(tenant.admin().get(tenant.users() + "?limit=3").is(200).json())
                .hasSize(3);
        assertThat(TenantFixture.all(tenant.admin(), tenant.users() + "?limit=3"))
                .isEqualTo(whole);
        assertThat(TenantFixture.all(tenant.admin(), tenant.users() + "?limit=1"))
                .isEqualTo(whole);
        assertThat(tenant.admin().get(tenant.users() + "?limit=7").is(200).next())
                .isEmpty();
    }

    @Test
    void takesACursorOnlyInItsOwnList() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.member(Role.USER);
        TenantFixture other = TenantFixture.founded(tenant.admin());
        String next = tenant.admin().get(tenant.users() + "?limit=1").next().orElseThrow();
        String cursor = next.substring(next.indexOf("cursor="));
        tenant.admin().get(other.users() + "?" + cursor).isInvalid("?cursor");
        tenant.admin().get(tenant.audit() + "?" + cursor).isInvalid("?cursor");
        tenant.admin().get("/tenant?" + cursor).isInvalid("?cursor");
        tenant.admin().get(tenant.users() + "?limit=5&" + cursor).is(200);
        Person.anyone().get(next).isProblem(404, "tenant_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "1e2", "99999999999"})
    void refusesALimitOutOfRange(String limit) {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin().get(tenant.users() + "?limit=" + limit).isInvalid("?limit");
    }

    @Test
    void changesOnesRoleForTheNextCall() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.VIEWER);
        grace.put(tenant.path(), "{\"name\":\"Mine\"}").isProblem(403, "insufficient_role");

        JsonNode changed = tenant.admin()
                .put(tenant.user(grace), "{\"role\":\"admin\"}")
                .is(200)
                .json();

        assertThat(changed.path("userId").asText()).isEqualTo(grace.id());
        assertThat(changed.path("role").asText()).isEqualTo("admin");
        grace.put(tenant.path(), "{\"name\":\"Mine\"}").is(200);
        grace.put(tenant.user(tenant.admin()), "{\"role\":\"viewer\"}").is(200);
        tenant.admin().put(tenant.path(), "{\"name\":\"Mine again\"}").isProblem(403, "insufficient_role");
    }

    @Test
    void takesAPersonsIdInCapitals() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.VIEWER);
        tenant.admin()
                .put(tenant.user(grace.id().toUpperCase(Locale.ROOT)), "{\"role\":\"user\"}")
                .is(200);
        assertThat(tenant.roleOf(grace, grace)).contains("user");
    }

    @Test
    void takesBackAListThatWasEdited() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.VIEWER);
        JsonNode list = tenant.admin().get(tenant.users()).is(200).json();
        list.forEach(user -> ((ObjectNode) user).put("role", "admin"));

        JsonNode answer =
                tenant.admin().put(tenant.users(), list.toString()).is(200).json();

        assertThat(answer).isEqualTo(list);
        assertThat(tenant.roleOf(grace, grace)).contains("admin");
        ObjectNode one = (ObjectNode) list.get(0);
        tenant.admin()
                .put(
                        tenant.user(one.path("userId").asText()),
                        one.put("role", "admin").toString())
                .is(200);
    }

    @Test
    void answersTheChangedPeopleInTheOrderTheyWereNamed() {
        TenantFixture tenant = TenantFixture.founded();
        List<Person> people = tenant.members(3, Role.VIEWER);
        Answer answer = tenant.admin()
                .put(tenant.users(), roles(people.reversed(), "user"))
                .is(200);
        assertThat(answer.json().findValuesAsText("userId"))
                .containsExactlyElementsOf(
                        people.reversed().stream().map(Person::id).toList());
    }

    @Test
    void handsATenantOverInOneCall() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.USER);
        tenant.admin()
                .put(tenant.users(), "[" + role(tenant.admin(), "user") + "," + role(grace, "admin") + "]")
                .is(200);
        assertThat(tenant.roleOf(grace, grace)).contains("admin");
        assertThat(tenant.roleOf(grace, tenant.admin())).contains("user");
    }

    @Test
    void changesAllOrNobody() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.VIEWER);
        Person stranger = Person.anyone();

        Answer unknown = tenant.admin()
                .put(tenant.users(), "[" + role(grace, "user") + "," + role(stranger, "user") + "]")
                .isProblem(404, "user_not_found");
        assertThat(unknown.json().path("detail").asText())
                .contains(stranger.id())
                .doesNotContain(grace.id());
        tenant.admin()
                .put(tenant.users(), "[" + role(grace, "user") + "," + role(tenant.admin(), "viewer") + "]")
                .isProblem(409, "last_admin");

        assertThat(tenant.roleOf(grace, grace)).contains("viewer");
        assertThat(tenant.roleOf(grace, tenant.admin())).contains("admin");
        assertThat(tenant.auditEntries(tenant.admin(), "user.role_changed")).isEmpty();
    }

    @Test
    void namesAllFaultsOfABulkChangeAtOnce() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.VIEWER);
        tenant.admin()
                .put(
                        tenant.users(),
                        "[{\"id\":\"x\",\"role\":\"king\"},{\"role\":\"user\"},7,{\"id\":\"" + grace.id()
                                + "\",\"colour\":1},{\"id\":\"" + grace.id() + "\",\"userId\":\""
                                + tenant.admin().id() + "\",\"role\":\"user\"}]")
                .isInvalid("/0/id", "/0/role", "/1/id", "/2", "/3/role", "/3/colour", "/4/id", "/4/userId");
        tenant.admin().put(tenant.users(), roles(List.of(grace, grace), "user")).isInvalid("/1/id");
        tenant.admin()
                .put(
                        tenant.users(),
                        "[{\"id\":\"%1$s\",\"role\":\"boss\"},{\"userId\":\"%1$s\",\"role\":\"user\"},{\"id\":\"%1$s\"}]"
                                .formatted(grace.id()))
                .isInvalid("/0/role", "/1/userId", "/2/id", "/2/role");
        assertThat(tenant.roleOf(grace, grace)).contains("viewer");
    }

    @Test
    void changesOneToNinetyPeopleInOneCall() {
        TenantFixture tenant = TenantFixture.founded();
        List<Person> people = IntStream.range(0, 90)
                .mapToObj(_ -> new Person(RunningService.SERVICE.core().member(tenant.prefix(), Role.VIEWER), ""))
                .toList();
        tenant.admin().put(tenant.users(), roles(people, "user")).is(200);
        assertThat(tenant.auditEntries(tenant.admin(), "user.role_changed")).hasSize(90);

        List<Person> tooMany = new ArrayList<>(people);
        tooMany.add(new Person(People.anyone(), ""));
        tenant.admin().put(tenant.users(), roles(tooMany, "viewer")).isInvalid("");
        tenant.admin().put(tenant.users(), "[]").isInvalid("");
        tenant.admin().put(tenant.users(), "{}").isInvalid("");
    }

    @Test
    void keepsTheLastAdmin() {
        TenantFixture tenant = TenantFixture.founded();
        tenant.member(Role.USER);
        tenant.admin().put(tenant.user(tenant.admin()), "{\"role\":\"user\"}").isProblem(409, "last_admin");
        tenant.admin().delete(tenant.user(tenant.admin())).isProblem(409, "last_admin");
        tenant.admin().put(tenant.user(tenant.admin()), "{\"role\":\"admin\"}").is(200);
        assertThat(tenant.roleOf(tenant.admin(), tenant.admin())).contains("admin");
    }

    @Test
    void removesSomebodyAtOnce() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.ADMIN);
        grace.get(tenant.audit()).is(200);

        tenant.admin().delete(tenant.user(grace)).is(204);

        grace.get(tenant.path()).isProblem(404, "tenant_not_found");
        grace.get(tenant.audit()).isProblem(404, "tenant_not_found");
        grace.put(tenant.path(), "{\"name\":\"Mine\"}").isProblem(404, "tenant_not_found");
        assertThat(grace.get("/tenant").is(200).json()).isEmpty();
        assertThat(tenant.roleOf(tenant.admin(), grace)).isEmpty();
    }

    @Test
    void countsARemovalOnce() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.USER);
        tenant.admin().delete(tenant.user(grace)).is(204);
        tenant.admin().delete(tenant.user(grace)).isProblem(404, "user_not_found");
        assertThat(tenant.auditEntries(tenant.admin(), "user.removed")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "USER", "ADMIN"})
    void letsEverybodyLeave(Role role) {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(role);
        grace.delete(tenant.user(grace)).is(204);
        grace.get(tenant.path()).isProblem(404, "tenant_not_found");
        assertThat(tenant.auditEntries(tenant.admin(), "user.removed")
                        .getFirst()
                        .path("actorId")
                        .asText())
                .isEqualTo(grace.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"VIEWER", "USER"})
    void letsOnlyAdminsRemoveOthers(Role role) {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(role);
        Person other = tenant.member(Role.VIEWER);
        for (String id :
                List.of(other.id(), tenant.admin().id(), UUID.randomUUID().toString(), "nobody")) {
            grace.delete(tenant.user(id)).isProblem(403, "insufficient_role");
        }
        assertThat(TenantFixture.all(other, tenant.users())).hasSize(3);
    }

    @Test
    void knowsNobodyByAnIdThatIsNone() {
        TenantFixture tenant = TenantFixture.founded();
        for (String id : List.of("nobody", UUID.randomUUID().toString(), "1-1-1-1-1")) {
            tenant.admin().put(tenant.user(id), "{\"role\":\"user\"}").isProblem(404, "user_not_found");
            tenant.admin().delete(tenant.user(id)).isProblem(404, "user_not_found");
        }
    }

    @Test
    void cannotReachAnotherTenantsPeople() {
        TenantFixture tenant = TenantFixture.founded();
        TenantFixture other = TenantFixture.founded();
        Person victim = other.member(Role.VIEWER);

        tenant.admin().put(tenant.user(victim), "{\"role\":\"admin\"}").isProblem(404, "user_not_found");
        tenant.admin().put(tenant.users(), "[" + role(victim, "admin") + "]").isProblem(404, "user_not_found");
        tenant.admin().delete(tenant.user(victim)).isProblem(404, "user_not_found");
        for (String path : List.of(other.user(victim), other.user(tenant.admin()))) {
            tenant.admin().put(path, "{\"role\":\"admin\"}").isProblem(404, "tenant_not_found");
            tenant.admin().delete(path).isProblem(404, "tenant_not_found");
        }

        assertThat(other.roleOf(other.admin(), victim)).contains("viewer");
        assertThat(other.auditEntries(other.admin(), "user.role_changed")).isEmpty();
        assertThat(other.auditEntries(other.admin(), "user.removed")).isEmpty();
    }

    @Test
    void hasNoVersionThatIfMatchCouldName() {
        TenantFixture tenant = TenantFixture.founded();
        Person grace = tenant.member(Role.VIEWER);
        tenant.admin()
                .put(tenant.user(grace), "{\"role\":\"user\"}", "If-Match", "\"1\"")
                .isProblem(412, "precondition_failed");
        tenant.admin().delete(tenant.user(grace), "If-Match", "\"1\"").isProblem(412, "precondition_failed");
        assertThat(tenant.roleOf(grace, grace)).contains("viewer");
        tenant.admin()
                .put(tenant.user(grace), "{\"role\":\"user\"}", "If-Match", "*")
                .is(200);
    }

    private static String role(Person person, String role) {
        return "{\"id\":\"" + person.id() + "\",\"role\":\"" + role + "\"}";
    }

    private static String roles(List<Person> people, String role) {
        return people.stream().map(person -> role(person, role)).collect(Collectors.joining(",", "[", "]"));
    }
}
