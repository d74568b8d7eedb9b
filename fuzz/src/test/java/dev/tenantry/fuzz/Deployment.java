package dev.tenantry.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tenantry.addresses.IpBlock;
import dev.tenantry.billing.CustomerId;
import dev.tenantry.chargers.ChargerFixture;
import dev.tenantry.config.Settings;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.UserId;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.ips.IpDescription;
import dev.tenantry.ips.IpScope;
import dev.tenantry.ips.NewIp;
import dev.tenantry.local.aws.dynamodb.DynamoDbLocal;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.WebServer;
import dev.tenantry.local.aws.mail.Outbox;
import dev.tenantry.local.aws.mail.SesStandIn;
import dev.tenantry.local.aws.secrets.SecretsStandIn;
import dev.tenantry.local.aws.template.Template;
import dev.tenantry.local.stripe.StripeStandIn;
import dev.tenantry.profiles.ProfileFixture;
import dev.tenantry.profiles.SecurityProfile;
import dev.tenantry.provisioning.NewWindow;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.storage.Change;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.NewTenant;
import dev.tenantry.tenants.TenantName;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.LambdaContext;
import dev.tenantry.testing.People;
import dev.tenantry.usage.Counters;
import dev.tenantry.usage.Sample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Gatherers;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The functions of the template over a table of their own, with mail, Stripe and its keys. There are two tenants,
/// `acme`, of which the inputs know, and one that none of them can know. Each input meets the same rows.
final class Deployment {

    /// Of the tenant that nobody knows: in its name and in all that it has, and so in no answer.
    static final String CANARY = "Otter8c1f";

    static final String WEBHOOK_SECRET = "whsec_fuzz";
    static final CustomerId CUSTOMER = new CustomerId("cus_Na6dX7aXxi11N4");

    /// As in the sample events.
    static final Caller ADA = caller("11111111-1111-4111-8111-111111111111", "ada");

    private static final String STRIPE_SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:stripe-AbCdEf";

    private static final String FOREIGN = "otter-8c1f";

    private static final int MOST_TRIES = 5;

    /// More are refused (DynamoDB API Reference, "BatchWriteItem").
    private static final int WRITES_IN_ONE_REQUEST = 25;

    private final Template template = Template.read(
            root().resolve("template.yaml"),
            Map.of(
                    "JwtIssuer", "https://identity.example.com/",
                    "JwtAudience", "tenantry",
                    "BrokerDomain", "ocpp.example.com",
                    "CorsOrigins", "https://portal.example.com",
                    "MailIdentity", "example.com",
                    "MailSender", "no-reply@example.com",
                    "PortalUrl", "https://portal.example.com",
                    "StripeSecretId", STRIPE_SECRET));

    private final String table = template.tables().getFirst().name();
    private final URI dynamoDb =
            DynamoDbLocal.start(Optional.empty(), template.tables()).uri();
    private final DynamoDbClient client = DynamoDbClient.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .endpointOverride(dynamoDb)
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .build();
    private final Core core = Core.over(client, table, Clock.systemUTC());
    private final StripeStandIn stripe = new StripeStandIn(Clock.systemUTC(), new Faults(), Optional.empty());
    private final SecretsStandIn secrets = new SecretsStandIn();
    private final Map<String, String> endpoints = Map.of(
            "AWS_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "any",
            "AWS_SECRET_ACCESS_KEY", "any",
            "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString(),
            "AWS_ENDPOINT_URL_SESV2", serve(new SesStandIn(new Outbox(), new Faults())),
            "AWS_ENDPOINT_URL_SECRETS_MANAGER", serve(secrets),
            "STRIPE_API_BASE", serve(stripe));

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final Set<RowKey> foreign;
    private final Map<RowKey, Map<String, AttributeValue>> beginning;

    /// @param partition
    /// @param sort      in its partition
    record RowKey(String partition, String sort) {

        static RowKey of(Map<String, AttributeValue> row) {
            return new RowKey(
                    requireNonNull(row.get("PK")).s(),
                    requireNonNull(row.get("SK")).s());
        }

        Map<String, AttributeValue> attributes() {
            return Map.of("PK", AttributeValue.fromS(partition), "SK", AttributeValue.fromS(sort));
        }
    }

    Deployment() {
        secrets.put(
                STRIPE_SECRET,
                "{\"apiKey\":\"" + StripeStandIn.API_KEY + "\",\"webhookSecrets\":[\"" + WEBHOOK_SECRET + "\"]}");
        acme();
        Set<RowKey> known = rows().keySet();
        foreign();
        beginning = rows();
        foreign = new HashSet<>(beginning.keySet());
        foreign.removeAll(known);
    }

    static Path root() {
        return Path.of(System.getProperty("tenantry.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    /// A function as the template has it deployed. What it logs stays here.
    <F extends LambdaFunction> F function(String logicalId, Function<Settings, F> constructor) {
        Map<String, String> environment = new HashMap<>(template.functions().stream()
                .filter(function -> function.logicalId().equals(logicalId))
                .findFirst()
                .orElseThrow()
                .environment());
        environment.putAll(endpoints);
        environment.put("AWS_LAMBDA_FUNCTION_NAME", logicalId);
        PrintStream out = System.out;
        System.setOut(new PrintStream(log, true, UTF_8));
        try {
            return constructor.apply(Settings.of(environment));
        } finally {
            System.setOut(out);
        }
    }

    /// Has a function answer an event. A service that it waited for in vain says something of this machine and
    /// nothing of the event, which then is sent again.
    String invoke(LambdaFunction function, byte[] event) {
        String answer = invokeOnce(function, event);
        for (int tries = 1; tries < MOST_TRIES && isOfAServiceThatWasLate(answer); tries++) {
            answer = invokeOnce(function, event);
        }
        return answer;
    }

    private static boolean isOfAServiceThatWasLate(String answer) {
        return answer.startsWith("{\"statusCode\":502") || answer.startsWith("{\"statusCode\":503");
    }

    private String invokeOnce(LambdaFunction function, byte[] event) {
        log.reset();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            function.handleRequest(new ByteArrayInputStream(event), out, new LambdaContext(Duration.ofMinutes(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(UTF_8);
    }

    /// What the last invocation logged, for whoever looks into a finding.
    String log() {
        return log.toString(UTF_8);
    }

    /// What the last input did to the table, and undoes it.
    Effects takeBack() {
        Map<RowKey, Map<String, AttributeValue>> now = rows();
        Map<RowKey, Map<String, AttributeValue>> written = new HashMap<>(now);
        written.entrySet().removeIf(row -> row.getValue().equals(beginning.get(row.getKey())));
        Set<RowKey> removed = new HashSet<>(beginning.keySet());
        removed.removeAll(now.keySet());

        List<WriteRequest> writes = new ArrayList<>();
        for (RowKey row : written.keySet()) {
            writes.add(
                    beginning.containsKey(row)
                            ? put(requireNonNull(beginning.get(row)))
                            : WriteRequest.builder()
                                    .deleteRequest(delete -> delete.key(row.attributes()))
                                    .build());
        }
        removed.forEach(row -> writes.add(put(requireNonNull(beginning.get(row)))));
        writes.stream()
                .gather(Gatherers.windowFixed(WRITES_IN_ONE_REQUEST))
                .forEach(some -> client.batchWriteItem(write -> write.requestItems(Map.of(table, some))));
        return new Effects(written, removed);
    }

    /// @param written rows that are new or others than before
    /// @param removed keys of rows that are no more
    record Effects(Map<RowKey, Map<String, AttributeValue>> written, Set<RowKey> removed) {

        boolean isNone() {
            return written.isEmpty() && removed.isEmpty();
        }
    }

    /// Those rows of an effect that are the other tenant's.
    List<RowKey> ofTheOtherTenant(Effects effects) {
        Set<RowKey> changed = new HashSet<>(effects.written().keySet());
        changed.addAll(effects.removed());
        return changed.stream()
                .filter(row -> foreign.contains(row) || row.partition().equals("TENANT#" + FOREIGN))
                .toList();
    }

    private Map<RowKey, Map<String, AttributeValue>> rows() {
        Map<RowKey, Map<String, AttributeValue>> rows = new HashMap<>();
        client.scanPaginator(scan -> scan.tableName(table)).items().forEach(row -> rows.put(RowKey.of(row), row));
        return rows;
    }

    private static WriteRequest put(Map<String, AttributeValue> row) {
        return WriteRequest.builder().putRequest(put -> put.item(row)).build();
    }

    private static String serve(Endpoint endpoint) {
        try {
            WebServer server = WebServer.bind(0);
            server.serve(endpoint);
            return server.uri().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acme() {
        core.tenant("acme", ADA);
        core.commit(core.addMember()
                .run(
                        core.scope("acme"),
                        caller("22222222-2222-4222-8222-222222222222", "grace"),
                        "grace@example.com",
                        Role.USER));
        fill("acme", ADA, "hedy@example.com", "DEPOT");
        subscribe();
    }

    private void foreign() {
        Caller otto = People.anyone();
        core.commit(core.createTenant().run(otto, new NewTenant(new TenantName(CANARY), new DomainPrefix(FOREIGN))));
        fill(FOREIGN, otto, CANARY + "@example.com", CANARY);
    }

    /// One of each thing that a tenant can have.
    private void fill(String tenant, Caller admin, String invited, String name) {
        core.commit(core.createInvite()
                .run(
                        core.door(admin, tenant, Role.ADMIN),
                        admin,
                        new NewInvite(new EmailAddress(invited), Role.VIEWER, new Language("en"))));
        NewIp ip = new NewIp(
                IpBlock.parse("192.0.2.0/24"), Optional.of(new IpDescription(name)), IpScope.CHARGER, Optional.empty());
        core.commit(core.addIp().run(core.door(admin, tenant, Role.ADMIN), ip));
        long open = ProfileFixture.create(core, tenant, SecurityProfile.NONE);
        long guarded = ProfileFixture.create(core, tenant, SecurityProfile.BASIC_OVER_TLS, "correct horse battery");
        Instant now = Clock.systemUTC().instant();
        ChargerFixture.enter(core, tenant, ChargerFixture.charger(1, name + "-NORTH-01", open, now));
        ChargerFixture.enter(core, tenant, ChargerFixture.charger(2, name + "-NORTH-02", guarded, now));
        core.commit(core.startProvisioning()
                .run(
                        core.door(admin, tenant, Role.USER),
                        new NewWindow(Optional.of(open), Duration.ofHours(24), Optional.empty())));
        core.importUsage().run(new DomainPrefix(tenant), List.of(Sample.of(now, new Counters(1, 1, 100, 50, 0, 0, 0))));
    }

    private void subscribe() {
        TenantScope scope = core.scope("acme");
        Change change = Change.in(scope);
        core.tenants().assignCustomer(change, scope, core.tenants().tenant(scope), CUSTOMER.value());
        core.table().commit(change);
        stripe.subscribe(CUSTOMER.value(), 10);
    }

    private static Caller caller(String id, String name) {
        return new Caller(
                new UserId(id),
                Optional.of(name + "@example.com"),
                true,
                name,
                "Example",
                "203.0.113.10",
                "preparation");
    }
}
