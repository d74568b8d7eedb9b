package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.audit.AuditEntry;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Row;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.People;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/// Sixteen callers at once, and what must hold when the dust has settled.
class RacesTest {

    private static final int ROUNDS = 4;

    @RepeatedTest(5)
    void keepsOneAdminWhenAllOfThemLeave() throws InterruptedException {
        TenantFixture tenant = TenantFixture.founded();
        List<Person> admins = new ArrayList<>(tenant.members(Rivals.COUNT - 1, Role.ADMIN));
        admins.add(tenant.admin());

        List<Answer> answers = Rivals.answers(i -> admins.get(i).delete(tenant.user(admins.get(i))));

        assertThat(Rivals.count(answers, 204)).isEqualTo(Rivals.COUNT - 1);
        int last = indexOf(answers, 409);
        answers.get(last).isProblem(409, "last_admin");
        Person survivor = admins.get(last);
        assertThat(TenantFixture.all(survivor, tenant.users())).hasSize(1);
        assertThat(tenant.auditEntries(survivor, "user.removed")).hasSize(Rivals.COUNT - 1);
        assertHeadcount(tenant, survivor);
    }

    @RepeatedTest(5)
    void keepsOneAdminWhenAllOfThemStepDown() throws InterruptedException {
        TenantFixture tenant = TenantFixture.founded();
        List<Person> admins = new ArrayList<>(tenant.members(Rivals.COUNT - 1, Role.ADMIN));
        admins.add(tenant.admin());

        List<Answer> answers = Rivals.answers(i -> i % 2 == 0
                ? admins.get(i).put(tenant.user(admins.get(i)), "{\"role\":\"user\"}")
                : admins.get(i)
                        .put(tenant.users(), "[{\"userId\":\"" + admins.get(i).id() + "\",\"role\":\"viewer\"}]"));

        assertThat(Rivals.count(answers, 200)).isEqualTo(Rivals.COUNT - 1);
        Person survivor = admins.get(indexOf(answers, 409));
        assertThat(tenant.auditEntries(survivor, "user.role_changed")).hasSize(Rivals.COUNT - 1);
        assertHeadcount(tenant, survivor);
    }

    /// Even ones leave; each odd one throws their neighbour out or takes their role away.
    @RepeatedTest(5)
    void keepsOneAdminWhenTheyTurnOnEachOther() throws InterruptedException {
        TenantFixture tenant = TenantFixture.founded();
        List<Person> admins = new ArrayList<>(tenant.members(Rivals.COUNT - 1, Role.ADMIN));
        admins.add(tenant.admin());

        List<Answer> answers = Rivals.answers(i -> {
            Person self = admins.get(i);
            Person neighbour = admins.get((i + 1) % Rivals.COUNT);
            return switch (i % 4) {
                case 0 -> self.delete(tenant.user(self));
                case 1 -> self.put(tenant.user(neighbour), "{\"role\":\"viewer\"}");
                case 2 -> self.put(tenant.user(self), "{\"role\":\"user\"}");
                default -> self.delete(tenant.user(neighbour));
            };
        });

        assertThat(answers).extracting(Answer::status).isSubsetOf(200, 204, 403, 404, 409);
        Person survivor = admins.stream()
                .filter(admin -> admin.get(tenant.audit()).status() == 200)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no admin is left"));
        assertThat(requestIds(tenant.auditEntries(survivor, "user.removed")))
                .containsExactlyInAnyOrderElementsOf(requestIds(answers, 204));
        assertThat(requestIds(tenant.auditEntries(survivor, "user.role_changed")))
                .containsExactlyInAnyOrderElementsOf(requestIds(answers, 200));
        assertThat(TenantFixture.all(survivor, tenant.users()))
                .hasSize(Rivals.COUNT - (int) Rivals.count(answers, 204));
        assertHeadcount(tenant, survivor);
    }

    @RepeatedTest(5)
    void givesAPrefixToOne() throws InterruptedException {
        String prefix = TenantFixture.unusedPrefix();
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < Rivals.COUNT; i++) {
            people.add(Person.anyone());
        }

        List<Answer> answers =
                Rivals.answers(i -> people.get(i).post("/tenant", TenantFixture.body("Of " + i, prefix)));

        assertThat(Rivals.count(answers, 201)).isOne();
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> answer.isProblem(409, "domain_prefix_taken"));
        int winner = indexOf(answers, 201);
        for (int i = 0; i < Rivals.COUNT; i++) {
            assertThat(people.get(i).get("/tenant").json()).hasSize(i == winner ? 1 : 0);
        }
        assertThat(people.get(winner).get("/tenant/" + prefix).json())
                .isEqualTo(answers.get(winner).json());
        assertThat(people.get(winner).get("/tenant/" + prefix + "/audit").json())
                .hasSize(1);
    }

    @RepeatedTest(2)
    void losesNoUpdateWithIfMatch() throws InterruptedException {
        TenantFixture tenant = TenantFixture.founded();
        tenant.admin().put(tenant.path(), "{\"name\":\"0\"}").is(200);

        List<Integer> successes = Rivals.race(
                _ -> () -> {
                    int succeeded = 0;
                    for (int i = 0; i < 6; i++) {
                        Answer seen = tenant.show();
                        int number = Integer.parseInt(seen.json().path("name").asText());
                        Answer answer = tenant.admin()
                                .put(tenant.path(), "{\"name\":\"" + (number + 1) + "\"}", "If-Match", seen.etag());
                        assertThat(answer.status()).isIn(200, 412);
                        succeeded += answer.status() == 200 ? 1 : 0;
                    }
                    return succeeded;
                },
                Integer.class);

        int sum = successes.stream().mapToInt(Integer::intValue).sum();
        assertThat(sum).isPositive();
        assertThat(tenant.show().json().path("name").asText()).isEqualTo(Integer.toString(sum));
        assertThat(tenant.auditEntries(tenant.admin(), "tenant.updated")).hasSize(1 + sum);
    }

    @Test
    void tellsAnUnbrokenStoryWithoutIfMatch() throws InterruptedException {
        TenantFixture tenant = TenantFixture.founded();
        String first = tenant.show().json().path("name").asText();

        List<Integer> successes = Rivals.race(
                i -> () -> {
                    int succeeded = 0;
                    for (int round = 0; round < ROUNDS; round++) {
                        Answer answer =
                                tenant.admin().put(tenant.path(), "{\"name\":\"" + i + " of round " + round + "\"}");
                        // Who meets others for too long on a slow machine is told that it may have happened.
                        assertThat(answer.status()).isIn(200, 503);
                        succeeded += answer.status() == 200 ? 1 : 0;
                    }
                    return succeeded;
                },
                Integer.class);

        Map<String, String> story = new HashMap<>();
        List<JsonNode> entries = tenant.auditEntries(tenant.admin(), "tenant.updated");
        int sum = successes.stream().mapToInt(Integer::intValue).sum();
        assertThat(sum).isPositive();
        assertThat(entries).hasSizeBetween(sum, Rivals.COUNT * ROUNDS);
        entries.forEach(entry -> story.put(
                entry.path("before").path("name").asText(),
                entry.path("after").path("name").asText()));
        String name = first;
        for (int i = 0; i < entries.size(); i++) {
            assertThat(story).as("somebody changed this").containsKey(name);
            name = story.remove(name);
        }
        assertThat(name).isEqualTo(tenant.show().json().path("name").asText());
    }

    /// Each is another kind of change at first, and everybody makes all of them. That none has to be repeated,
    /// `ContentionTest` counts: here it is a matter of the machine, too.
    @Test
    void makesEveryChangeOfDifferentThings() throws InterruptedException {
        TenantFixture tenant = TenantFixture.founded();
        tenant.addProfile("Standard");
        List<Person> admins = tenant.members(Rivals.COUNT, Role.ADMIN);
        List<Person> viewers = tenant.members(Rivals.COUNT, Role.VIEWER);

        Rivals.race(
                i -> () -> {
                    Person admin = admins.get(i);
                    for (int kind = 0; kind < 6; kind++) {
                        switch ((i + kind) % 6) {
                            case 0 ->
                                insist(() -> admin.post(
                                                tenant.invites(), TenantFixture.invite("guest-" + i + "@example.com")))
                                        .is(201);
                            case 1 ->
                                insist(() -> admin.post(
                                                tenant.ips(), "{\"ip\":\"10.0.0." + i + "\",\"scope\":\"charger\"}"))
                                        .is(201);
                            case 2 ->
                                insist(() -> admin.post(tenant.profiles(), TenantFixture.profile("Of " + i)))
                                        .is(201);
                            case 3 ->
                                insist(() -> admin.post(
                                                tenant.path() + "/charger", "[{\"identity\":\"CP-" + i + "\"}]"))
                                        .is(201);
                            case 4 ->
                                insist(() -> admin.put(tenant.user(viewers.get(i)), "{\"role\":\"user\"}"))
                                        .is(200);
                            default ->
                                insist(() -> admin.put(tenant.path(), "{\"name\":\"Of " + i + "\"}"))
                                        .is(200);
                        }
                    }
                    return i;
                },
                Integer.class);

        assertThat(List.of("invite.created", "ip.added", "charger.added", "user.role_changed", "tenant.updated"))
                .allSatisfy(action ->
                        assertThat(tenant.auditEntries(tenant.admin(), action)).hasSize(Rivals.COUNT));
        JsonNode stats = tenant.admin().get(tenant.path() + "/stats").is(200).json();
        assertThat(stats.at("/pendingInvites").asInt()).isEqualTo(Rivals.COUNT);
        assertThat(stats.at("/profiles").asInt()).isEqualTo(1 + Rivals.COUNT);
        assertThat(stats.at("/chargers/total").asInt()).isEqualTo(Rivals.COUNT);
        assertThat(TenantFixture.all(tenant.admin(), tenant.ips())).hasSize(Rivals.COUNT);
        assertHeadcount(tenant, tenant.admin());
    }

    /// The order of audit ids is the order in which changes were decided on, not made; so the trail is read the
    /// moment the tenant is gone, and must be the same when all is quiet.
    @RepeatedTest(5)
    void changesNothingOnceATenantIsDeleted() throws InterruptedException {
        TenantFixture tenant = TenantFixture.founded();
        List<Person> people = tenant.members(Rivals.COUNT, Role.VIEWER);
        CountDownLatch warm = new CountDownLatch(Rivals.COUNT - 1);
        List<List<AuditEntry>> trails = new ArrayList<>();

        List<Integer> changes = Rivals.race(
                i -> () -> {
                    if (i == 0) {
                        warm.await();
                        tenant.admin().delete(tenant.path()).is(204);
                        trails.add(trailOfTheDeleted(tenant));
                        return 0;
                    }
                    int changed = 0;
                    while (true) {
                        String role = changed % 2 == 0 ? "user" : "viewer";
                        Answer answer = tenant.admin().put(tenant.user(people.get(i)), "{\"role\":\"" + role + "\"}");
                        warm.countDown();
                        if (answer.status() != 200) {
                            answer.isProblem(404, "tenant_not_found");
                            return changed;
                        }
                        changed++;
                    }
                },
                Integer.class);

        List<AuditEntry> trail = trailOfTheDeleted(tenant);
        assertThat(trails.getFirst()).isEqualTo(trail);
        assertThat(trail)
                .filteredOn(entry -> entry.action().equals("user.role_changed"))
                .hasSize(changes.stream().mapToInt(Integer::intValue).sum());
        assertThat(trail)
                .filteredOn(entry -> entry.action().equals("tenant.deleted"))
                .hasSize(1);
    }

    /// As above: whoever lost their role has made their last change before the answer that took it is out.
    @RepeatedTest(5)
    void changesNothingForSomebodyDemoted() throws InterruptedException {
        TenantFixture tenant = TenantFixture.founded();
        List<Person> people = tenant.members(Rivals.COUNT, Role.ADMIN);
        CountDownLatch warm = new CountDownLatch(Rivals.COUNT - 1);
        List<List<JsonNode>> trails = new ArrayList<>();
        String demotions = people.stream()
                .map(person -> "{\"id\":\"" + person.id() + "\",\"role\":\"viewer\"}")
                .collect(Collectors.joining(",", "[", "]"));

        List<Integer> changes = Rivals.race(
                i -> () -> {
                    if (i == 0) {
                        warm.await();
                        tenant.admin().put(tenant.users(), demotions).is(200);
                        trails.add(tenant.auditEntries(tenant.admin(), "user.removed"));
                        return 0;
                    }
                    // They remove people one after the other, so that nothing but their own role stands in their way.
                    int removed = 0;
                    while (true) {
                        Person victim = tenant.member(Role.USER);
                        Answer answer = people.get(i).delete(tenant.user(victim));
                        warm.countDown();
                        if (answer.status() != 204) {
                            answer.isProblem(403, "insufficient_role");
                            return removed;
                        }
                        removed++;
                    }
                },
                Integer.class);

        List<JsonNode> trail = tenant.auditEntries(tenant.admin(), "user.removed");
        assertThat(trails.getFirst()).isEqualTo(trail);
        assertThat(trail).hasSize(changes.stream().mapToInt(Integer::intValue).sum());
    }

    /// Nobody can ask for it any more; a founder's scope rests on nothing.
    private static List<AuditEntry> trailOfTheDeleted(TenantFixture tenant) {
        TenantScope scope = SERVICE.core()
                .doors()
                .founder(People.named("auditor"), new DomainPrefix(tenant.prefix()), new TenantId(1));
        return SERVICE.core()
                .audit()
                .list(
                        scope,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new PageRequest(1000, Optional.empty()))
                .items();
    }

    private static void assertHeadcount(TenantFixture tenant, Person reader) {
        Row row = SERVICE.core().table().read(Keys.headcount(SERVICE.core().scope(tenant.prefix())));
        Map<String, Long> counted = new HashMap<>(Map.of("admin", 0L, "user", 0L, "viewer", 0L));
        for (JsonNode user : TenantFixture.all(reader, tenant.users())) {
            counted.merge(user.path("role").asText(), 1L, Long::sum);
        }
        assertThat(Map.of("admin", row.number("admins"), "user", row.number("users"), "viewer", row.number("viewers")))
                .isEqualTo(counted);
        assertThat(counted.get("admin")).isPositive();
    }

    private static int indexOf(List<Answer> answers, int status) {
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i).status() == status) {
                return i;
            }
        }
        throw new AssertionError("no " + status + " among " + answers);
    }

    private static List<String> requestIds(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.path("requestId").asText()).toList();
    }

    private static List<String> requestIds(List<Answer> answers, int status) {
        return answers.stream()
                .filter(answer -> answer.status() == status)
                .map(Answer::requestId)
                .toList();
    }

    /// Repeats a call as somebody would who is told to.
    private static Answer insist(Supplier<Answer> call) {
        Answer answer = call.get();
        for (int i = 0; i < 20 && answer.status() == 503; i++) {
            answer = call.get();
        }
        return answer;
    }
}
