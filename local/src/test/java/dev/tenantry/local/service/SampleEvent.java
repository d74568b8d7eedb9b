package dev.tenantry.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.ips.IpBlock;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.local.http.Json;
import dev.tenantry.local.openapi.OpenApi;
import dev.tenantry.local.template.FunctionDefinition;
import dev.tenantry.profiles.Configuration;
import dev.tenantry.profiles.CpmsUrl;
import dev.tenantry.profiles.HeartbeatInterval;
import dev.tenantry.profiles.NewProfile;
import dev.tenantry.profiles.ProfileName;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.DomainPrefix;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenancy.UserId;
import dev.tenantry.testing.Core;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// A file under `events/` and what must come of it.
///
/// @param name     folder and name, such as `tenants/get-tenant`
/// @param function the function that its folder names
/// @param json     the event
record SampleEvent(String name, FunctionDefinition function, String json) {

    /// Status by name. Where a tenant is to be created there is none yet; everywhere else there is `acme`, with Ada as its
    /// admin and Grace as a user, Hedy invited, one entry in its allowlist, and two charger profiles, the first of
    /// which is the default.
    private static final Map<String, Integer> STATUS = Map.ofEntries(
            Map.entry("audit/list-audit", 200),
            Map.entry("audit/list-audit-filtered", 200),
            Map.entry("fallback/preflight", 204),
            Map.entry("fallback/unknown-method", 405),
            Map.entry("fallback/unknown-path", 404),
            Map.entry("invites/accept-invite", 200),
            Map.entry("invites/create-invite", 201),
            Map.entry("invites/create-invite-idempotent", 201),
            Map.entry("invites/create-invite-invalid", 400),
            Map.entry("invites/list-invites", 200),
            Map.entry("invites/revoke-invite", 204),
            Map.entry("ips/add-ip", 201),
            Map.entry("ips/add-ip-host-bits", 400),
            Map.entry("ips/add-ip-lock-out", 409),
            Map.entry("ips/list-ips", 200),
            Map.entry("ips/remove-ip", 204),
            Map.entry("profiles/create-profile", 201),
            Map.entry("profiles/create-profile-invalid", 400),
            Map.entry("profiles/create-profile-limit", 409),
            Map.entry("profiles/delete-profile", 204),
            Map.entry("profiles/delete-profile-default", 409),
            Map.entry("profiles/get-profile", 200),
            Map.entry("profiles/get-profile-unknown", 404),
            Map.entry("profiles/list-profiles", 200),
            Map.entry("profiles/update-profile", 200),
            // The event names version 7, the profile is still at its first.
            Map.entry("profiles/update-profile-if-match", 412),
            Map.entry("profiles/update-profile-password", 200),
            Map.entry("tenants/create-tenant", 201),
            Map.entry("tenants/create-tenant-idempotent", 201),
            Map.entry("tenants/create-tenant-invalid", 400),
            Map.entry("tenants/delete-tenant", 204),
            Map.entry("tenants/get-tenant", 200),
            Map.entry("tenants/list-tenants", 200),
            Map.entry("tenants/update-tenant", 200),
            Map.entry("tenants/update-tenant-base64", 200),
            // The event names version 7, the tenant is still at its first.
            Map.entry("tenants/update-tenant-if-match", 412),
            Map.entry("tenants/update-tenant-invalid-json", 400),
            Map.entry("users/change-role", 200),
            Map.entry("users/change-roles", 200),
            Map.entry("users/list-users", 200),
            Map.entry("users/list-users-page", 200),
            Map.entry("users/remove-user", 204));

    static final Set<String> NAMES = STATUS.keySet();

    private static final Caller ADA = caller("11111111-1111-4111-8111-111111111111", "Ada", "Lovelace");
    private static final Caller GRACE = caller("22222222-2222-4222-8222-222222222222", "Grace", "Hopper");

    /// Draws the bytes of the token in `events/invites/accept-invite.json`, and numbers in sequence.
    private static final RandomGenerator HEDYS_TOKEN = new RandomGenerator() {
        private final AtomicLong last = new AtomicLong();

        @Override
        public long nextLong() {
            return last.addAndGet(1L << 32);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            byte[] token = Base64.getUrlDecoder().decode("ptaeOG5KIOrKeJ1HJeHsdluEHKjyj5Q48AIrUfyvAno");
            System.arraycopy(token, 0, bytes, 0, bytes.length);
        }
    };

    static SampleEvent of(Path file) {
        String name = name(file);
        return new SampleEvent(
                name, Sandbox.function(name.substring(0, name.indexOf('/'))), Project.read(file));
    }

    static String name(Path file) {
        return Project.root().resolve("events").relativize(file).toString().replaceFirst("[.]json$", "");
    }

    String routeKey() {
        return event().path("routeKey").asText();
    }

    /// A new table in the state that the event is meant for.
    Sandbox sandbox() {
        Sandbox sandbox = new Sandbox();
        if (!routeKey().equals("POST /tenant")) {
            Core core = sandbox.core(HEDYS_TOKEN);
            core.tenant("acme", ADA);
            TenantScope scope = core.doors().operator(new DomainPrefix("acme"), ADA.actor());
            core.commit(core.addMember().run(scope, GRACE, GRACE.email().orElseThrow(), Role.USER));
            core.commit(core.createInvite()
                    .run(
                            core.door(ADA, "acme", Role.ADMIN),
                            ADA,
                            new NewInvite(new EmailAddress("hedy@example.com"), Role.VIEWER, new Language("en"))));
            NewIp depot = new NewIp(IpBlock.parse("192.0.2.0/24"), Optional.empty(), IpScope.CHARGER, Optional.empty());
            core.commit(core.addIp().run(core.door(ADA, "acme", Role.ADMIN), depot));
            for (String name : List.of("Depot", "Street")) {
                NewProfile profile = new NewProfile(
                        new ProfileName(name),
                        Optional.empty(),
                        CpmsUrl.parse("wss://cpms.example.com/ocpp"),
                        false,
                        false,
                        HeartbeatInterval.USUAL,
                        SecurityProfile.NONE,
                        Optional.empty(),
                        Configuration.NONE);
                core.commit(core.createProfile().run(core.door(ADA, "acme", Role.USER), profile));
            }
            if (name.equals("profiles/create-profile-limit")) {
                // As many as there may be, by the register that counts them.
                core.table().commit(Change.empty().with(Update.of(Keys.profileRegister(scope)).set("count", 200)));
            }
        }
        return sandbox;
    }

    /// Holds an answer to it against its name and the API's description.
    void check(OpenApi api, String text) {
        JsonNode answer = Json.parse(text).orElseThrow(() -> new AssertionError("no JSON: " + text));
        int expected = Optional.ofNullable(STATUS.get(name))
                .orElseThrow(() -> new AssertionError("nobody said what is expected of " + name));
        assertThat(answer.path("statusCode").asInt()).as(text).isEqualTo(expected);
        List<String> fields = new ArrayList<>();
        answer.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).isSubsetOf("statusCode", "headers", "cookies", "body", "isBase64Encoded");
        assertThat(answer.path("isBase64Encoded").asBoolean()).isFalse();

        String method = event().at("/requestContext/http/method").asText();
        String path = event().path("rawPath").asText();
        String body = answer.path("body").asText("");
        if (api.documents(method, path)) {
            api.check(method, path, expected, headers(answer), body);
        } else if (!method.equals("OPTIONS")) {
            api.checkUnrouted(method, path, expected, headers(answer), body);
        }
    }

    private static Map<String, List<String>> headers(JsonNode answer) {
        Map<String, List<String>> headers = new HashMap<>();
        answer.path("headers").properties().forEach(header -> {
            assertThat(header.getValue().isTextual()).as(header.getKey()).isTrue();
            headers.put(header.getKey(), List.of(header.getValue().asText()));
        });
        return headers;
    }

    private JsonNode event() {
        return Json.parse(json).orElseThrow();
    }

    private static Caller caller(String id, String givenName, String familyName) {
        return new Caller(
                new UserId(id),
                Optional.of(givenName.toLowerCase(Locale.ROOT) + "@example.com"),
                true,
                givenName,
                familyName,
                "203.0.113.10",
                "preparation");
    }
}
