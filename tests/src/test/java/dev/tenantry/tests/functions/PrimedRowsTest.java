package dev.tenantry.tests.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.addresses.IpBlock;
import dev.tenantry.billing.BilledSubscription;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.billing.StripeEvent;
import dev.tenantry.chargers.ChargerFixture;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.UserId;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.streams.AttributeJson;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.storage.Change;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.FakePayments;
import dev.tenantry.testing.Mailbox;
import dev.tenantry.testing.States;
import dev.tenantry.tests.project.Project;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The rows of nobody's tenant that functions find while they prime, `priming.json`. They are as the core writes them,
/// from long ago but for what runs out. With `-Dpriming.write=true` this writes them anew.
class PrimedRowsTest {

    private static final Path FILE =
            Project.root().resolve("shared/src/main/resources/dev/tenantry/runtime/priming.json");

    private static final String TENANT = DomainPrefix.NOBODYS.value();

    /// Whom Stripe's events are about.
    private static final String BILLED = TENANT + "-billed";

    private static final Caller ADMIN = caller("00000000-0000-4000-8000-000000000001", "priming@example.com");
    private static final Caller MEMBER = caller("00000000-0000-4000-8000-000000000002", "member@example.com");

    /// Long before any invocation, and long after.
    private static final Instant ONCE = Instant.parse("2025-01-01T00:00:00Z");

    private static final Instant LATE = Instant.parse("2999-01-01T00:00:00Z");

    /// Tokens of zeros, and never the same number.
    private static final class Draws implements RandomGenerator {
        private final AtomicLong last = new AtomicLong();

        @Override
        public long nextLong() {
            return last.addAndGet(1L << 32);
        }

        @Override
        public void nextBytes(byte[] bytes) {
            // Zeros, as they are.
        }
    }

    @Test
    void areAsTheCoreWritesThem() throws IOException {
        ArrayNode rows = rows();
        ObjectNode file = (ObjectNode) Json.parse(Project.read(FILE)).orElseThrow();
        if (Boolean.getBoolean("priming.write")) {
            String lines = rows.valueStream().map(JsonNode::toString).collect(Collectors.joining(",\n    "));
            String answers =
                    file.path("answers").valueStream().map(JsonNode::toString).collect(Collectors.joining(",\n    "));
            Files.writeString(
                    FILE, "{\n  \"answers\": [\n    " + answers + "\n  ],\n  \"rows\": [\n    " + lines + "\n  ]\n}\n");
            return;
        }
        assertThat(kinds(file.path("rows"))).isEqualTo(kinds(rows));
    }

    /// Of each row its key, without what is drawn, and the names of its attributes.
    private static List<String> kinds(JsonNode rows) {
        return rows.valueStream()
                .map(row -> row.path("PK").path("S").asText() + " "
                        + row.path("SK").path("S").asText().replaceAll("#.*", "") + " "
                        + row.propertyStream().map(Map.Entry::getKey).sorted().toList())
                .sorted()
                .toList();
    }

    private static ArrayNode rows() {
        try (Sandbox sandbox = new Sandbox()) {
            prepare(sandbox);
            ArrayNode rows = Json.array();
            List<ObjectNode> all = new ArrayList<>();
            sandbox.items().forEach(item -> {
                ObjectNode row = AttributeJson.of(item);
                // It has run out, and DynamoDB removes it whenever it likes. Nobody primes with an event that was.
                if (row.path("SK").path("S").asText().equals("STRIPE_EVENT")) {
                    return;
                }
                // This one begins to pay, and the other is paid for.
                if (row.path("PK").path("S").asText().endsWith("#" + TENANT)) {
                    row.remove("stripeCustomerId");
                }
                all.add(row);
            });
            all.stream()
                    .sorted(Comparator.comparing(row -> row.path("PK").path("S").asText() + "\n"
                            + row.path("SK").path("S").asText()))
                    .forEach(rows::add);
            return rows;
        }
    }

    private static void prepare(Sandbox sandbox) {
        Draws draws = new Draws();
        Core core = core(sandbox, ONCE, draws);
        core.tenant(TENANT, ADMIN);
        TenantScope scope = core.doors().operator(DomainPrefix.NOBODYS, ADMIN.actor());
        core.commit(core.addMember().run(scope, MEMBER, MEMBER.email().orElseThrow(), Role.USER));
        core.commit(core.addIp()
                .run(
                        core.door(ADMIN, TENANT, Role.ADMIN),
                        new NewIp(IpBlock.parse("192.0.2.0/24"), Optional.empty(), IpScope.CHARGER, Optional.empty())));
        long open = ProfileFixture.create(core, TENANT, SecurityProfile.NONE);
        long guarded = ProfileFixture.create(core, TENANT, SecurityProfile.BASIC_OVER_TLS, "primedprimedprimed");
        ChargerFixture.enter(core, TENANT, ChargerFixture.charger(1, "SPARE", open, ONCE));
        ChargerFixture.enter(core, TENANT, ChargerFixture.charger(2, "PRIMED", guarded, ONCE));
        core.importUsage().run(DomainPrefix.NOBODYS, List.of(Sample.of(ONCE, new Counters(1, 1, 100, 50, 0, 0, 0))));
        core.tenant(BILLED, ADMIN);
        bill(sandbox, draws, TENANT, "cus_other");
        bill(sandbox, draws, BILLED, "cus_priming");
        Core late = core(sandbox, LATE, draws);
        late.commit(late.createInvite()
                .run(
                        late.door(ADMIN, TENANT, Role.ADMIN),
                        ADMIN,
                        new NewInvite(new EmailAddress("invited@example.com"), Role.VIEWER, new Language("en"))));
        late.insist(() -> late.startProvisioning()
                .run(
                        late.door(ADMIN, TENANT, Role.USER),
                        new NewWindow(Optional.of(open), Duration.ofHours(1), Optional.of(5L))));
    }

    /// Puts a customer of Stripe's on record, and the subscription that it had.
    private static void bill(Sandbox sandbox, Draws draws, String tenant, String id) {
        CustomerId customer = new CustomerId(id);
        FakePayments stripe = new FakePayments();
        stripe.put(
                customer,
                new BilledSubscription(
                        "sub_priming", States.of("canceled", false, Optional.of(ONCE)), ONCE, 5, "prod_priming"));
        Core core = core(sandbox, ONCE, draws, stripe);
        TenantScope scope = core.scope(tenant);
        Change change = Change.in(scope);
        core.tenants().assignCustomer(change, scope, core.tenants().tenant(scope), id);
        core.table().commit(change);
        core.commit(core.followSubscription()
                .run(
                        new StripeEvent("evt_" + id, "customer.subscription.created", Optional.of(customer)),
                        "priming",
                        ONCE));
    }

    private static Core core(Sandbox sandbox, Instant now, RandomGenerator random) {
        return core(sandbox, now, random, new FakePayments());
    }

    private static Core core(Sandbox sandbox, Instant now, RandomGenerator random, FakePayments stripe) {
        return Core.over(
                Sandbox.client(sandbox.dynamoDbUri()),
                Project.template().tables().getFirst().name(),
                Clock.fixed(now, ZoneOffset.UTC),
                new Mailbox(),
                random,
                stripe);
    }

    private static Caller caller(String id, String email) {
        return new Caller(new UserId(id), Optional.of(email), true, "Priming", "Priming", "192.0.2.1", "priming");
    }
}
