package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.addresses.IpBlock;
import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.StripeEvent;
import dev.tenantry.chargers.ChargerEvent;
import dev.tenantry.chargers.ChargerFixture;
import dev.tenantry.chargers.ConnectionId;
import dev.tenantry.chargers.Credentials;
import dev.tenantry.chargers.Rejection;
import dev.tenantry.edit.Edit;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.UserId;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.local.stripe.SampleSignature;
import dev.tenantry.local.stripe.Webhooks;
import dev.tenantry.profiles.PasswordHash;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Precondition;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.CustomDomain;
import dev.tenantry.tenants.DomainProof;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantEdit;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.FakePayments;
import dev.tenantry.testing.States;
import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.project.Project;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Sample;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A file under `events/` and what must come of it.
///
/// @param name     folder and name, such as `tenants/get-tenant`
/// @param function the function that its folder names, as the operator whom the event meets has deployed it
/// @param json     the event
record SampleEvent(String name, FunctionDefinition function, String json) {

    /// Status by name. Where a tenant is to be created there is none yet; everywhere else there is `acme`, with Ada
    /// as its admin and Grace as a user, Hedy invited, one entry in its allowlist, and two charger profiles, the
    /// first of which is the default. It has a subscription, unless the event is about billing or its deletion.
    static final Map<String, Integer> STATUS = Map.ofEntries(
            Map.entry("audit/list-audit", 200),
            Map.entry("audit/list-audit-new-address", 200),
            Map.entry("audit/list-audit-csv", 200),
            Map.entry("audit/list-audit-filtered", 200),
            Map.entry("billing/create-checkout", 201),
            Map.entry("billing/create-checkout-idempotent", 201),
            Map.entry("billing/create-checkout-invalid", 400),
            Map.entry("billing/create-checkout-subscribed", 409),
            Map.entry("billing/list-products", 200),
            Map.entry("billing/open-portal", 200),
            Map.entry("billing/open-portal-new-address", 200),
            Map.entry("billing/open-portal-foreign-url", 400),
            Map.entry("chargers/change-provisioning", 200),
            Map.entry("chargers/change-provisioning-off", 409),
            Map.entry("chargers/create-charger", 201),
            Map.entry("chargers/create-charger-binary-key", 201),
            Map.entry("chargers/create-charger-exists", 409),
            Map.entry("chargers/create-charger-no-profile", 409),
            Map.entry("chargers/create-chargers", 201),
            Map.entry("chargers/create-chargers-idempotent", 201),
            Map.entry("chargers/create-chargers-twice", 400),
            Map.entry("chargers/delete-charger", 204),
            Map.entry("chargers/get-charger", 200),
            Map.entry("chargers/list-chargers-filtered", 200),
            Map.entry("chargers/list-chargers-unknown-filter", 400),
            Map.entry("chargers/update-charger", 200),
            // The event names version 7, the charger is still at its first.
            Map.entry("chargers/update-charger-if-match", 412),
            Map.entry("chargers/update-chargers", 200),
            Map.entry("chargers/update-chargers-unknown", 404),
            Map.entry("chargers/list-chargers", 200),
            Map.entry("chargers/list-chargers-csv", 200),
            Map.entry("chargers/list-refusals", 200),
            Map.entry("chargers/show-provisioning", 200),
            Map.entry("chargers/start-provisioning", 200),
            Map.entry("chargers/start-provisioning-idempotent", 200),
            Map.entry("chargers/start-provisioning-invalid", 400),
            Map.entry("chargers/start-provisioning-no-profile", 409),
            Map.entry("chargers/stop-provisioning", 204),
            Map.entry("fallback/preflight", 204),
            Map.entry("fallback/unknown-method", 405),
            Map.entry("fallback/unknown-path", 404),
            Map.entry("invites/accept-invite", 200),
            Map.entry("invites/create-invite", 201),
            Map.entry("invites/create-invite-idempotent", 201),
            Map.entry("invites/create-invite-invalid", 400),
            Map.entry("invites/create-invite-too-soon", 429),
            Map.entry("invites/create-invite-unverified", 403),
            Map.entry("invites/list-invites", 200),
            Map.entry("invites/revoke-invite", 204),
            Map.entry("ips/add-ip", 201),
            Map.entry("ips/add-ip-host-bits", 400),
            Map.entry("ips/add-ip-lock-out", 409),
            Map.entry("ips/list-ips", 200),
            Map.entry("ips/remove-ip", 204),
            Map.entry("ips/update-ip", 200),
            Map.entry("ips/update-ip-if-match", 412),
            Map.entry("ips/update-ip-permanent", 409),
            Map.entry("profiles/create-profile", 201),
            Map.entry("profiles/create-profile-binary-key", 201),
            Map.entry("profiles/create-profile-invalid", 400),
            Map.entry("profiles/create-profile-limit", 409),
            Map.entry("profiles/create-profile-secret-configuration", 400),
            Map.entry("profiles/delete-profile", 204),
            Map.entry("profiles/delete-profile-default", 409),
            Map.entry("profiles/get-profile", 200),
            Map.entry("profiles/get-profile-unknown", 404),
            Map.entry("profiles/list-profiles", 200),
            Map.entry("profiles/update-profile", 200),
            // The event names version 7, the profile is still at its first.
            Map.entry("profiles/update-profile-if-match", 412),
            Map.entry("profiles/update-profile-password", 200),
            Map.entry("profiles/update-profile-rotation", 200),
            Map.entry("profiles/update-profile-two-passwords", 400),
            Map.entry("metrics/get-stats", 200),
            Map.entry("metrics/get-stats-new-address", 200),
            Map.entry("metrics/list-metrics", 200),
            Map.entry("metrics/list-metrics-csv", 200),
            Map.entry("metrics/list-metrics-offset", 400),
            Map.entry("subscription/get-subscription", 200),
            Map.entry("subscription/get-subscription-new-address", 200),
            Map.entry("tenants/create-tenant", 201),
            Map.entry("tenants/create-tenant-idempotent", 201),
            Map.entry("tenants/create-tenant-invalid", 400),
            Map.entry("tenants/create-tenant-unverified", 403),
            Map.entry("tenants/delete-tenant", 204),
            Map.entry("tenants/get-tenant", 200),
            Map.entry("tenants/get-tenant-new-address", 200),
            Map.entry("tenants/get-tenant-unknown-parameter", 400),
            Map.entry("tenants/list-tenants", 200),
            Map.entry("tenants/update-tenant", 200),
            Map.entry("tenants/update-tenant-base64", 200),
            // The event names version 7, the tenant is still at its first.
            Map.entry("tenants/update-tenant-if-match", 412),
            Map.entry("tenants/update-tenant-invalid-json", 400),
            // The tenant has a verified custom domain, which the event removes.
            Map.entry("tenants/update-tenant-clear-domain", 200),
            Map.entry("tenants/verify-domain", 200),
            Map.entry("tenants/verify-domain-not-published", 409),
            Map.entry("users/change-role", 200),
            Map.entry("users/change-roles", 200),
            Map.entry("users/list-users", 200),
            Map.entry("users/list-users-new-address", 200),
            Map.entry("users/list-users-page", 200),
            Map.entry("users/remove-user", 204),
            Map.entry("webhook/no-customer", 200),
            Map.entry("webhook/subscription-deleted-base64", 200),
            Map.entry("webhook/subscription-updated", 200),
            Map.entry("webhook/too-old", 400),
            Map.entry("webhook/uninteresting", 200),
            Map.entry("webhook/unknown-customer", 200),
            Map.entry("webhook/wrong-signature", 400));

    /// Answer by name, of functions without HTTP.
    private static final Map<String, String> ANSWER = Map.ofEntries(
            Map.entry("changeevents/changes", "{\"batchItemFailures\":[]}"),
            Map.entry("changeevents/nothing-to-tell", "{\"batchItemFailures\":[]}"),
            Map.entry(
                    "metricsaggregation/aggregate",
                    "{\"batchesFolded\":1,\"lagSeconds\":0,\"tenantsFailed\":[],\"batchesQuarantined\":[],\"batchesStuck\":[],"
                            + "\"isComplete\":true}"),
            Map.entry(
                    "metricsaggregation/aggregate-deleted-tenant",
                    "{\"batchesFolded\":1,\"lagSeconds\":0,\"tenantsFailed\":[],\"batchesQuarantined\":[],\"batchesStuck\":[],"
                            + "\"isComplete\":true}"),
            Map.entry(
                    "metricsaggregation/aggregate-quarantined-batch",
                    "{\"batchesFolded\":1,\"lagSeconds\":0,\"tenantsFailed\":[],\"batchesQuarantined\":[\"5#0000000000000-1\"],"
                            + "\"batchesStuck\":[],\"isComplete\":true}"),
            Map.entry(
                    "metricsaggregation/unknown-command",
                    "{\"errorMessage\":\"/repair is not a field of this event; send {} for the aggregation, and other commands to"
                            + " the operator's function\",\"errorType\":\"dev.tenantry.events.MalformedEvent\"}"),
            Map.entry(
                    "usageingest/reports",
                    "{\"batchItemFailures\":[{\"itemIdentifier\":\"5\"},{\"itemIdentifier\":\"3\"},{\"itemIdentifier\":\"4\"}]}"),
            Map.entry("mailevents/bounce", "{\"marked\":1,\"repeated\":0,\"passed\":0,\"ignored\":0}"),
            Map.entry("mailevents/complaint", "{\"marked\":1,\"repeated\":0,\"passed\":0,\"ignored\":0}"),
            Map.entry("mailevents/transient-bounce", "{\"marked\":0,\"repeated\":0,\"passed\":0,\"ignored\":1}"),
            Map.entry("mailevents/new-topic", "{\"marked\":0,\"repeated\":0,\"passed\":0,\"ignored\":1}"),
            Map.entry(
                    "mailevents/no-event",
                    "{\"errorMessage\":\"/Records/0/Sns/Message must be an event of Amazon SES\",\"errorType\":"
                            + "\"dev.tenantry.events.MalformedEvent\"}"));

    /// What the operator is answered, from its beginning on: it goes on with times and drawn numbers.
    private static final Map<String, String> BEGINNING_OF_ANSWER = Map.ofEntries(
            Map.entry("operator/list", "{\"tenants\":[{\"domainPrefix\":\"acme\",\"state\":\"active\",\"id\":"),
            Map.entry("operator/show", "{\"domainPrefix\":\"acme\",\"state\":\"active\",\"id\":"),
            Map.entry("operator/show-unknown", "{\"errorMessage\":\"tenant_not_found: There is no such tenant"),
            Map.entry(
                    "operator/create",
                    "{\"dryRun\":false,\"tenant\":{\"domainPrefix\":\"globex\",\"state\":\"active\",\"id\":"),
            Map.entry(
                    "operator/suspend",
                    "{\"dryRun\":false,\"tenant\":{\"domainPrefix\":\"acme\",\"state\":\"suspended\""),
            Map.entry(
                    "operator/suspend-dry-run",
                    "{\"dryRun\":true,\"tenant\":{\"domainPrefix\":\"acme\",\"state\":\"suspended\""),
            Map.entry(
                    "operator/resume", "{\"dryRun\":false,\"tenant\":{\"domainPrefix\":\"acme\",\"state\":\"active\""),
            Map.entry("operator/delete-subscribed", "{\"errorMessage\":\"subscription_active: acme has a subscription"),
            Map.entry(
                    "operator/restore", "{\"dryRun\":false,\"tenant\":{\"domainPrefix\":\"acme\",\"state\":\"active\""),
            Map.entry("operator/purge-not-deleted", "{\"errorMessage\":\"tenant_not_deleted: acme is not deleted."),
            Map.entry("operator/purge-due", "{\"dryRun\":false,\"purged\":[],\"failed\":[]}"),
            Map.entry(
                    "operator/erase-dry-run",
                    "{\"dryRun\":true,\"userIds\":[\"22222222-2222-4222-8222-222222222222\"],\"tenants\":[{\"tenant\":\"acme\","
                            + "\"members\":1,"),
            Map.entry(
                    "operator/erase-last-admin",
                    "{\"errorMessage\":\"last_admin: Without them there would be no admin"),
            Map.entry("operator/export", "{\"lines\":[{\"type\":\"audit\","),
            Map.entry("operator/open-api", "{\"dryRun\":false,\"tenant\":\"acme\",\"changed\":false}"),
            Map.entry(
                    "operator/repair",
                    "{\"dryRun\":false,\"repaired\":[{\"counter\":\"users\",\"stored\":\"Headcount[admins=1, users=7, viewers=0]\","
                            + "\"counted\":\"Headcount[admins=1, users=1, viewers=0]\"}],\"notSettled\":[]}"),
            Map.entry("operator/repair-dry-run", "{\"dryRun\":true,\"repaired\":[],\"notSettled\":[]}"),
            Map.entry("operator/misspelt-repair", "{\"errorMessage\":\"the event must have one command of list, show,"),
            Map.entry("operator/two-commands", "{\"errorMessage\":\"the event must have one command of list, show,"));

    /// What the operator has set in the function's environment, by name; all else is as the template has it.
    private static final Map<String, Map<String, String>> SETTINGS = Map.of(
            "chargerconnect/connect-charger-limit", Map.of("CHARGERS_PER_TENANT", "2"),
            "chargerconnect/connect-subscription-inactive", Map.of("SUBSCRIPTION_ENFORCEMENT", "connection"));

    /// Of events that come without HTTP, the decision or the reason against it. The tenant has two chargers, one
    /// with a password and TLS, and no subscription, and provisioning is on for one more; where `full` is expected
    /// it is not for more, where `unknown_charger` is, it is off; where `charger_blocked` is, the first of them is
    /// blocked; and where `too_many_attempts` is, five wrong passwords came before. For `connect-binary-key`
    /// provisioning is on for chargers that hold such a key.
    private static final Map<String, String> DECISION = Map.ofEntries(
            Map.entry(
                    "chargerconnect/batch",
                    "accepted, accepted, registered, bad_credentials, /connectionId is required; /at must be an ISO"
                            + " 8601 time with Z or an offset, such as 2026-01-31T12:00:00.000Z, accepted"),
            Map.entry("chargerconnect/batch-empty", "/events must be an array of 1 to 100 events"),
            Map.entry("chargerconnect/boot-1.6", "accepted"),
            Map.entry("chargerconnect/boot-2.0.1", "accepted"),
            Map.entry("chargerconnect/boot-odd", "accepted"),
            Map.entry("chargerconnect/connect", "accepted"),
            Map.entry("chargerconnect/connect-blocked", "charger_blocked"),
            Map.entry("chargerconnect/connect-charger-limit", "charger_limit"),
            Map.entry("chargerconnect/connect-custom-domain", "accepted"),
            Map.entry("chargerconnect/connect-unknown-host", "unknown_tenant"),
            Map.entry("chargerconnect/connect-registers", "registered"),
            Map.entry("chargerconnect/connect-password", "accepted"),
            Map.entry("chargerconnect/connect-bad-credentials", "bad_credentials"),
            Map.entry("chargerconnect/connect-binary-key", "registered"),
            Map.entry("chargerconnect/connect-too-many-attempts", "too_many_attempts"),
            Map.entry("chargerconnect/connect-insecure-transport", "insecure_transport"),
            Map.entry("chargerconnect/connect-invalid-identity", "invalid_identity"),
            Map.entry("chargerconnect/connect-ip-not-allowed", "ip_not_allowed"),
            Map.entry("chargerconnect/connect-provisioning-full", "provisioning_full"),
            Map.entry("chargerconnect/connect-space-in-identity", "registered"),
            Map.entry("chargerconnect/connect-subscription-inactive", "subscription_inactive"),
            Map.entry("chargerconnect/connect-unknown-charger", "unknown_charger"),
            Map.entry("chargerconnect/connect-unknown-tenant", "unknown_tenant"),
            Map.entry(
                    "chargerconnect/connect-malformed",
                    "/tls must be true or false; /connectionId is required; /at must be an ISO 8601 time with Z or an"
                            + " offset, such as 2026-01-31T12:00:00.000Z"),
            Map.entry("chargerconnect/disconnect", "accepted"));

    static final Set<String> NAMES = Stream.of(STATUS, ANSWER, BEGINNING_OF_ANSWER, DECISION)
            .flatMap(expected -> expected.keySet().stream())
            .collect(Collectors.toUnmodifiableSet());

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
                name,
                deployed(name),
                // Usage is only taken for some weeks.
                signed(name, Project.read(file))
                        .replace("2025-10-16T09:30:00.000Z", Instant.now().toString()));
    }

    /// What the operator has set otherwise than the template.
    Map<String, String> settings() {
        return SETTINGS.getOrDefault(name, Map.of());
    }

    private static FunctionDefinition deployed(String name) {
        FunctionDefinition function = Sandbox.function(name.substring(0, name.indexOf('/')));
        Map<String, String> environment = new HashMap<>(function.environment());
        environment.putAll(SETTINGS.getOrDefault(name, Map.of()));
        return new FunctionDefinition(
                function.logicalId(),
                function.handler(),
                function.timeout(),
                function.memoryMib(),
                function.alias(),
                environment);
    }

    /// Whether it is that function, whatever its settings, that the event is given to.
    boolean isFor(FunctionDefinition other) {
        return function.logicalId().equals(other.logicalId());
    }

    /// Signed as the local service does it for an event that asks for it. The others are about their signature.
    private static String signed(String name, String text) {
        JsonNode event = Json.parse(text).orElseThrow();
        String header = event.at("/headers/stripe-signature").asText();
        Matcher timestamp = Pattern.compile("t=([0-9]+),.*").matcher(header);
        if (timestamp.matches()) {
            Instant signedAt = Instant.ofEpochSecond(Long.parseLong(timestamp.group(1)));
            boolean genuine = header.equals(Webhooks.signature(
                    Sandbox.Stripe.WEBHOOK_SECRET, signedAt, event.path("body").asText()));
            assertThat(genuine).as("the signature of " + name).isEqualTo(name.equals("webhook/too-old"));
        }
        return new SampleSignature(Sandbox.Stripe.WEBHOOK_SECRET, Clock.systemUTC()).sign(text);
    }

    static String name(Path file) {
        return Project.root().resolve("events").relativize(file).toString().replaceFirst("[.]json$", "");
    }

    String routeKey() {
        return event().path("routeKey").asText();
    }

    /// What there is before an event, as far as events have it in common. It is made once, and its rows are what
    /// the tables of these events begin with.
    private enum Beginning {
        NOTHING,
        TENANT,
        CHARGERS,
        CHARGERS_AND_ONE_BY_HAND,
        PROFILES;

        private static final Map<Beginning, List<Map<String, AttributeValue>>> ROWS = new ConcurrentHashMap<>();

        /// Fills an empty table with all this.
        void fill(Sandbox sandbox) {
            sandbox.put(ROWS.computeIfAbsent(this, Beginning::rows));
        }

        private List<Map<String, AttributeValue>> rows() {
            try (Sandbox sandbox = new Sandbox()) {
                if (this != NOTHING) {
                    prepare(sandbox.core(HEDYS_TOKEN));
                }
                return sandbox.items();
            }
        }

        private void prepare(Core core) {
            found(core);
            switch (this) {
                case NOTHING, TENANT -> {}
                case CHARGERS -> connectTwo(core);
                case CHARGERS_AND_ONE_BY_HAND -> {
                    long guarded = connectTwo(core);
                    // With a number that events can name.
                    ChargerFixture.enter(
                            core,
                            "acme",
                            ChargerFixture.charger(1_704_382_911, "DEPOT-NORTH-03", guarded, Instant.now()));
                }
                case PROFILES -> profilesAndUsage(core);
            }
        }
    }

    private Beginning beginning() {
        if (routeKey().equals("POST /tenant")) {
            return Beginning.NOTHING;
        }
        if (name.equals("chargerconnect/connect-binary-key") || name.endsWith("-no-profile")) {
            return Beginning.TENANT;
        }
        if (name.startsWith("chargers/")) {
            return Beginning.CHARGERS_AND_ONE_BY_HAND;
        }
        return name.startsWith("charger") ? Beginning.CHARGERS : Beginning.PROFILES;
    }

    /// A new table in the state that the event is meant for.
    Sandbox sandbox() {
        return prepared(new Sandbox());
    }

    /// An empty table, now in that state.
    Sandbox prepared(Sandbox sandbox) {
        Beginning beginning = beginning();
        beginning.fill(sandbox);
        FakePayments stripe = new FakePayments();
        Core core = sandbox.core(HEDYS_TOKEN, stripe);
        if (name.endsWith("-domain") || name.contains("-domain-")) {
            customDomain(core);
        }
        if (name.endsWith("-too-soon")) {
            inviteHedy(sandbox.core());
        }
        switch (beginning) {
            case NOTHING -> {}
            case TENANT, CHARGERS, CHARGERS_AND_ONE_BY_HAND -> chargers(core);
            case PROFILES -> profiles(core, stripe);
        }
        return sandbox;
    }

    /// A moment ago, however long ago the rest was made.
    private static void inviteHedy(Core core) {
        core.commit(core.createInvite()
                .run(
                        core.door(ADA, "acme", Role.ADMIN),
                        ADA,
                        new NewInvite(new EmailAddress("hedy@example.com"), Role.VIEWER, new Language("en"))));
    }

    private static void found(Core core) {
        core.tenant("acme", ADA);
        TenantScope scope = core.doors().operator(new DomainPrefix("acme"), ADA.actor());
        core.commit(core.addMember().run(scope, GRACE, GRACE.email().orElseThrow(), Role.USER));
        inviteHedy(core);
        NewIp depot = new NewIp(IpBlock.parse("192.0.2.0/24"), Optional.empty(), IpScope.CHARGER, Optional.empty());
        core.commit(core.addIp().run(core.door(ADA, "acme", Role.ADMIN), depot));
    }

    private static void profilesAndUsage(Core core) {
        for (String name : List.of("Depot", "Street")) {
            core.commit(core.createProfile().run(core.door(ADA, "acme", Role.USER), ProfileFixture.wanted(name)));
        }
        core.importUsage()
                .run(new DomainPrefix("acme"), List.of(Sample.of(Instant.now(), new Counters(1, 1, 100, 50, 0, 0, 0))));
    }

    private void profiles(Core core, FakePayments stripe) {
        TenantScope scope = core.doors().operator(new DomainPrefix("acme"), ADA.actor());
        if (name.equals("profiles/create-profile-limit")) {
            // As many as there may be, by the register that counts them.
            core.table()
                    .commit(Change.empty()
                            .with(Update.of(Keys.profileRegister(scope)).set("count", 200)));
        }
        if (name.equals("operator/repair")) {
            core.table()
                    .commit(Change.empty().with(Update.of(Keys.headcount(scope)).set("users", 7)));
        }
        if (name.equals("metricsaggregation/aggregate-quarantined-batch")) {
            core.table()
                    .commit(Change.empty()
                            .with(Put.newRow(
                                    Keys.batch(5, "0000000000000-1"),
                                    Row.with().text("tenant", "acme").row())));
        }
        // A tenant that pays can neither begin to pay nor be deleted.
        if ((!name.startsWith("billing/") || name.endsWith("-subscribed"))
                && !name.equals("tenants/delete-tenant")
                && !isOfADeletedTenant()) {
            subscribe(core, stripe);
        }
        if (isOfADeletedTenant()) {
            core.commit(core.deleteTenant().run(core.door(ADA, "acme", Role.ADMIN), Precondition.NONE));
        }
    }

    private boolean isOfADeletedTenant() {
        return name.equals("operator/restore") || name.endsWith("-deleted-tenant");
    }

    /// `wss://ocpp.acme.example/`, proven already unless the event is about that; its record is in DNS unless the
    /// event is about its absence.
    private void customDomain(Core core) {
        String host = name.endsWith("-not-published") ? "nowhere.acme.example" : "ocpp.acme.example";
        TenantEdit edit = new TenantEdit(Optional.empty(), new Edit.Set<>(new CustomDomain("wss://" + host + "/")));
        Tenant tenant =
                core.commit(core.updateTenant().run(core.door(ADA, "acme", Role.ADMIN), edit, Precondition.NONE));
        DomainProof proof = tenant.domainProof().orElseThrow();
        if (!name.endsWith("-not-published")) {
            Sandbox.Dns.ZONE.publish(proof.name(), List.of(proof.value()));
        }
        if (!name.contains("verify-domain")) {
            core.dns().publish(proof.name(), proof.value());
            core.commit(core.verifyDomain().run(core.door(ADA, "acme", Role.ADMIN), Instant.now()));
        }
    }

    /// To five charge points, which by now are another number at Stripe.
    private static void subscribe(Core core, FakePayments stripe) {
        CustomerId customer = new CustomerId("cus_Na6dX7aXxi11N4");
        TenantScope scope = core.scope("acme");
        Change change = Change.in(scope);
        core.tenants().assignCustomer(change, scope, core.tenants().tenant(scope), customer.value());
        core.table().commit(change);
        stripe.put(
                customer,
                new BilledSubscription(
                        "sub_1MowQVLkdIwHu7ixeRlqHVzs",
                        States.of("active", false, Optional.of(Instant.parse("2025-11-15T15:19:50Z"))),
                        Instant.parse("2025-10-15T15:19:50Z"),
                        5,
                        "prod_1"));
        core.commit(core.followSubscription()
                .run(
                        new StripeEvent("evt_1", "customer.subscription.created", Optional.of(customer)),
                        "preparation",
                        scope.now()));
        Sandbox.Stripe.API.subscribe(customer.value(), 10);
    }

    /// One with a password and one without.
    ///
    /// @return the profile of the former
    private static long connectTwo(Core core) {
        long open = ProfileFixture.create(core, "acme", SecurityProfile.NONE);
        long guarded = ProfileFixture.create(core, "acme", SecurityProfile.BASIC_OVER_TLS, "correct horse battery");
        provision(core, open, Optional.empty());
        connect(core, "DEPOT-NORTH-01", Optional.empty());
        provision(core, guarded, Optional.empty());
        connect(core, "DEPOT-NORTH-02", Optional.of("Basic REVQT1QtTk9SVEgtMDI6Y29ycmVjdCBob3JzZSBiYXR0ZXJ5"));
        provision(core, open, Optional.of(1L));
        return guarded;
    }

    private void chargers(Core core) {
        if (name.equals("chargerconnect/connect-binary-key")) {
            PasswordHash key = ProfileFixture.hashOfHex("30af3c5a9e3f00b1ff4e80c0a1d2e3f405161728");
            provision(core, ProfileFixture.create(core, "acme", SecurityProfile.BASIC_OVER_TLS, key), Optional.empty());
            return;
        }
        if (name.equals("chargers/change-provisioning-off")) {
            core.insist(() -> core.stopProvisioning().run(core.door(ADA, "acme", Role.USER), Precondition.NONE));
            return;
        }
        switch (DECISION.getOrDefault(name, "")) {
            case "provisioning_full" -> connect(core, "DEPOT-NORTH-99", Optional.empty());
            case "too_many_attempts" -> {
                for (int i = 0; i < 5; i++) {
                    assertThatThrownBy(() ->
                                    connect(core, "DEPOT-NORTH-02", Optional.of("Basic REVQT1QtTk9SVEgtMDI6YQ==")))
                            .isInstanceOf(Rejection.class);
                }
            }
            case "charger_blocked" ->
                core.table()
                        .commit(Change.empty()
                                .with(Update.of(Keys.charger(
                                                core.scope("acme"), new ChargePointIdentity("DEPOT-NORTH-01")))
                                        .set("blocked", true)));
            case "unknown_charger" ->
                core.insist(() -> core.stopProvisioning().run(core.door(ADA, "acme", Role.USER), Precondition.NONE));
            default -> {}
        }
    }

    private static void provision(Core core, long profile, Optional<Long> maxChargers) {
        NewWindow window = new NewWindow(Optional.of(profile), Duration.ofHours(1), maxChargers);
        core.insist(() -> core.startProvisioning().run(core.door(ADA, "acme", Role.USER), window));
    }

    private static void connect(Core core, String identity, Optional<String> authorization) {
        ChargerEvent event = new ChargerEvent(
                "acme",
                identity,
                "192.0.2.17",
                new ConnectionId("7c1f4a52-0000"),
                Instant.parse("2025-10-15T09:30:00Z"),
                "preparation");
        core.insist(() -> core.connectCharger().run(event, new Credentials(true, Optional.empty(), authorization)));
    }

    /// Holds an answer to it against its name and the API's description.
    void check(OpenApi api, String text) {
        if (BEGINNING_OF_ANSWER.containsKey(name)) {
            assertThat(text).startsWith(BEGINNING_OF_ANSWER.get(name));
            return;
        }
        if (ANSWER.containsKey(name)) {
            // How long it waited says more of this machine than of the service.
            assertThat(text.replaceFirst("\"lagSeconds\":[0-9]+", "\"lagSeconds\":0"))
                    .isEqualTo(ANSWER.get(name));
            return;
        }
        JsonNode answer = Json.parse(text).orElseThrow(() -> new AssertionError("no JSON: " + text));
        if (DECISION.containsKey(name)) {
            assertThat(decision(answer)).isEqualTo(DECISION.get(name));
            return;
        }
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

    private static String decision(JsonNode answer) {
        if (answer.has("errorMessage")) {
            return answer.path("errorMessage").asText();
        }
        if (answer.has("answers")) {
            List<String> decisions = new ArrayList<>();
            answer.path("answers").forEach(each -> decisions.add(decision(each)));
            return String.join(", ", decisions);
        }
        if (answer.has("error")) {
            return answer.path("error").asText();
        }
        if (answer.path("decision").asText().equals("rejected")) {
            return answer.path("reason").asText();
        }
        return answer.path("registered").asBoolean()
                ? "registered"
                : answer.path("decision").asText();
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
