package dev.tenantry.tests.service;

import static dev.tenantry.tests.service.RunningService.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.addresses.IpBlock;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.tenancy.Role;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.People;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A tenant of a test's own.
///
/// @param admin   its founder
/// @param founding the answer to its founding
record TenantFixture(String prefix, Person admin, Answer founding) {

    static final String ELSEWHERE = "198.51.100.77";

    private static final AtomicInteger PREFIXES = new AtomicInteger();

    static TenantFixture founded() {
        return founded(Person.anyone());
    }

    static TenantFixture founded(Person admin) {
        String prefix = unusedPrefix();
        return new TenantFixture(
                prefix,
                admin,
                admin.post("/tenant", body("Tenant " + prefix, prefix)).is(201));
    }

    /// A prefix that no other test uses.
    static String unusedPrefix() {
        return "tenant-" + PREFIXES.incrementAndGet();
    }

    static String body(String name, String prefix) {
        return "{\"name\":\"" + name + "\",\"domainPrefix\":\"" + prefix + "\"}";
    }

    String path() {
        return "/tenant/" + prefix;
    }

    String users() {
        return path() + "/user";
    }

    String user(Person person) {
        return user(person.id());
    }

    String user(String userId) {
        return users() + "/" + userId;
    }

    String ips() {
        return path() + "/ips";
    }

    String profiles() {
        return path() + "/profile";
    }

    /// The body of a profile that says no more than it must.
    static String profile(String displayName) {
        return "{\"displayName\":\"" + displayName + "\",\"cpmsUrl\":\"wss://cpms.example.com/ocpp\"}";
    }

    Answer addProfile(String displayName) {
        return admin.post(profiles(), profile(displayName)).is(201);
    }

    String invites() {
        return path() + "/invite";
    }

    /// The body of an invite to an address.
    static String invite(String receiver) {
        return "{\"receiver\":\"" + receiver + "\",\"role\":\"user\",\"language\":\"en\"}";
    }

    String audit() {
        return path() + "/audit";
    }

    Answer addIp(String ip, String scope) {
        return admin.post(ips(), "{\"ip\":\"" + ip + "\",\"scope\":\"" + scope + "\"}")
                .is(201);
    }

    /// Lets the tenant's people in from an address only that nobody here calls from.
    void addIpElsewhere() {
        Core core = SERVICE.core();
        NewIp entry = new NewIp(IpBlock.parse(ELSEWHERE), Optional.empty(), IpScope.API, Optional.empty());
        core.insist(() -> core.addIp().run(core.door(People.at(ELSEWHERE, admin.caller()), prefix, Role.ADMIN), entry));
    }

    /// Someone new in the tenant.
    Person member(Role role) {
        return Person.of(SERVICE.core().member(prefix, role));
    }

    List<Person> members(int count, Role role) {
        List<Person> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            members.add(member(role));
        }
        return members;
    }

    Answer show() {
        return admin.get(path()).is(200);
    }

    /// The audit trail as an admin reads it, newest first.
    List<JsonNode> trail(Person reader) {
        return all(reader, audit());
    }

    List<JsonNode> trail() {
        return trail(admin);
    }

    /// The entries of one action, oldest first.
    List<JsonNode> auditEntries(Person reader, String action) {
        return all(reader, audit() + "?action=" + action).reversed();
    }

    /// The role that somebody has according to the list of people.
    Optional<String> roleOf(Person reader, Person person) {
        return all(reader, users()).stream()
                .filter(user -> user.path("userId").asText().equals(person.id()))
                .map(user -> user.path("role").asText())
                .findFirst();
    }

    /// A list, all its pages.
    static List<JsonNode> all(Person reader, String path) {
        List<JsonNode> items = new ArrayList<>();
        Optional<String> page = Optional.of(path);
        while (page.isPresent()) {
            Answer answer = reader.get(page.get()).is(200);
            answer.json().forEach(items::add);
            assertThat(answer.next()).as("a page leads on").isNotEqualTo(page);
            page = answer.next();
        }
        return items;
    }
}
