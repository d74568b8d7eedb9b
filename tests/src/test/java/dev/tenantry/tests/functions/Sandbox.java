package dev.tenantry.tests.functions;

import com.amazonaws.services.lambda.runtime.Context;
import dev.tenantry.config.Settings;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.events.RefusedEvent;
import dev.tenantry.local.aws.dns.NameServer;
import dev.tenantry.local.aws.dns.TxtZone;
import dev.tenantry.local.aws.dynamodb.DynamoDbLocal;
import dev.tenantry.local.aws.eventbridge.DeliveredEvents;
import dev.tenantry.local.aws.eventbridge.EventBridgeStandIn;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.WebServer;
import dev.tenantry.local.aws.mail.Outbox;
import dev.tenantry.local.aws.mail.SesStandIn;
import dev.tenantry.local.aws.secrets.SecretsStandIn;
import dev.tenantry.local.aws.template.FunctionDefinition;
import dev.tenantry.local.aws.template.Template;
import dev.tenantry.local.stripe.StripeStandIn;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.FakePayments;
import dev.tenantry.testing.Mailbox;
import dev.tenantry.tests.project.Project;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// The template's functions without a gateway, each invoked with an event as `sam local invoke` would, and a table of
/// their own.
public final class Sandbox implements AutoCloseable {

    private static final Template TEMPLATE = Project.template();
    private static final String TABLE = TEMPLATE.tables().getFirst().name();

    /// Where mail goes, for all sandboxes. Loaded with the first.
    private static final class Ses {

        static final URI URI = start();

        private static URI start() {
            try {
                WebServer server = WebServer.bind(0);
                server.serve(new SesStandIn(new Outbox(), new Faults()));
                return server.uri();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Stripe and its keys, for all sandboxes. Loaded with the first.
    static final class Stripe {

        static final String WEBHOOK_SECRET = "whsec_local";

        static final StripeStandIn API = new StripeStandIn(Clock.systemUTC(), new Faults(), Optional.empty());
        static final SecretsStandIn SECRETS = new SecretsStandIn();
        static final URI API_URI = start(API);
        static final URI SECRETS_URI = start(SECRETS);

        static {
            SECRETS.put(
                    Project.STRIPE_SECRET,
                    "{\"apiKey\":\"" + StripeStandIn.API_KEY + "\",\"webhookSecrets\":[\"" + WEBHOOK_SECRET + "\"]}");
        }

        private static URI start(Endpoint endpoint) {
            try {
                WebServer server = WebServer.bind(0);
                server.serve(endpoint);
                return server.uri();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Where change events go, for all sandboxes. Loaded with the first.
    static final class Bus {

        static final DeliveredEvents DELIVERED = new DeliveredEvents();
        static final Faults FAULTS = new Faults();
        static final URI URI = start();

        private static URI start() {
            try {
                WebServer server = WebServer.bind(0);
                server.serve(new EventBridgeStandIn(TEMPLATE.buses(), DELIVERED, FAULTS, Clock.systemUTC()));
                return server.uri();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /// Where TXT records are looked for, for all sandboxes. Loaded with the first.
    static final class Dns {

        static final TxtZone ZONE = new TxtZone();
        static final URI URI = NameServer.start(ZONE).uri();
    }

    /// A database with the template's table, for one sandbox after the other: to empty it takes a fraction of what
    /// it takes to start it.
    ///
    /// @param uri    where it answers
    /// @param table  what the table is called there
    /// @param isOurs it was started here, for any sandbox
    private record Database(URI uri, DynamoDbClient client, String table, boolean isOurs) {

        /// More are refused (DynamoDB API Reference, "BatchWriteItem").
        private static final int WRITES_IN_ONE_REQUEST = 25;

        private static final Queue<Database> EMPTY = new ConcurrentLinkedQueue<>();

        static Database take() {
            return Optional.ofNullable(EMPTY.poll()).orElseGet(Database::start);
        }

        private static Database start() {
            URI uri = DynamoDbLocal.start(Optional.empty(), TEMPLATE.tables()).uri();
            return new Database(uri, Sandbox.client(uri), TABLE, true);
        }

        List<Map<String, AttributeValue>> items() {
            return client.scanPaginator(scan -> scan.tableName(table)).items().stream()
                    .toList();
        }

        void giveBack() {
            write(items().stream().map(Database::removal));
            List<Map<String, AttributeValue>> left = items();
            if (!left.isEmpty()) {
                throw new AssertionError("Somebody still writes to a sandbox that was closed: " + left);
            }
            if (isOurs) {
                EMPTY.add(this);
            }
        }

        void write(Stream<WriteRequest> writes) {
            writes.gather(Gatherers.windowFixed(WRITES_IN_ONE_REQUEST))
                    .forEach(some -> client.batchWriteItem(write -> write.requestItems(Map.of(table, some))));
        }

        private static WriteRequest removal(Map<String, AttributeValue> item) {
            Map<String, AttributeValue> key = new HashMap<>(item);
            key.keySet().retainAll(Set.of("PK", "SK"));
            return WriteRequest.builder()
                    .deleteRequest(delete -> delete.key(key))
                    .build();
        }
    }

    private final Database database;

    private Sandbox(Database database) {
        this.database = database;
    }

    Sandbox() {
        this(Database.take());
    }

    /// A sandbox over a table that somebody else has made and that nobody else uses.
    static Sandbox over(URI endpoint, Region region, String table) {
        return new Sandbox(new Database(endpoint, client(endpoint, region), table, false));
    }

    public static DynamoDbClient client(URI endpoint) {
        return client(endpoint, Region.US_EAST_1);
    }

    private static DynamoDbClient client(URI endpoint, Region region) {
        return DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(endpoint)
                .region(region)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }

    /// What the runtime of a function would find in its environment.
    static Map<String, String> environment(FunctionDefinition function, URI dynamoDb) {
        Map<String, String> environment = new HashMap<>(function.environment());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", function.logicalId());
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "any");
        environment.put("AWS_SECRET_ACCESS_KEY", "any");
        environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString());
        environment.put("AWS_ENDPOINT_URL_SESV2", Ses.URI.toString());
        environment.put("AWS_ENDPOINT_URL_EVENTBRIDGE", Bus.URI.toString());
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", Stripe.SECRETS_URI.toString());
        environment.put("STRIPE_API_BASE", Stripe.API_URI.toString());
        environment.put("NAME_SERVER", Dns.URI.toString());
        return environment;
    }

    /// A function's handler over another endpoint than the sandbox's own.
    static LambdaFunction handler(FunctionDefinition function, URI dynamoDb) {
        try {
            return Class.forName(className(function))
                    .asSubclass(LambdaFunction.class)
                    .getConstructor(Settings.class)
                    .newInstance(Settings.of(environment(function, dynamoDb)));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(function.handler() + " can't be constructed", e);
        }
    }

    static String className(FunctionDefinition function) {
        return function.handler().substring(0, function.handler().indexOf("::"));
    }

    /// The name of a function in folders and modules: `tenants` of `TenantsFunction`.
    static String nameOf(FunctionDefinition function) {
        return function.logicalId().replace("Function", "").toLowerCase(Locale.ROOT);
    }

    static FunctionDefinition function(String name) {
        return TEMPLATE.functions().stream()
                .filter(function -> nameOf(function).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("template.yaml has no function for " + name));
    }

    /// What the runtime tells a handler of an invocation; ours ask for nothing but its id and the time that is
    /// left.
    static Context context() {
        return context(60_000);
    }

    static Context context(int millisLeft) {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (_, method, _) -> {
                    return switch (method.getName()) {
                        case "getAwsRequestId" -> "invocation";
                        case "getRemainingTimeInMillis" -> millisLeft;
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    LambdaFunction handler(FunctionDefinition function) {
        return handler(function, database.uri());
    }

    /// Has a new handler answer an event; what it prints stays here.
    String invoke(FunctionDefinition function, String event) {
        try (CapturedOutput _ = CapturedOutput.begin()) {
            return invoke(handler(function), event);
        }
    }

    static String invoke(LambdaFunction handler, String event) {
        return invoke(handler, event, context());
    }

    static String invoke(LambdaFunction handler, String event, Context context) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, context);
        } catch (MalformedEvent | RefusedEvent e) {
            return functionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// What Lambda answers if a handler throws.
    static String functionError(Exception thrown) {
        return Json.text(Json.object()
                .put("errorMessage", thrown.getMessage())
                .put("errorType", thrown.getClass().getName()));
    }

    Core core() {
        return Core.over(database.client(), database.table(), Clock.systemUTC());
    }

    Core core(RandomGenerator random) {
        return core(random, new FakePayments());
    }

    Core core(RandomGenerator random, FakePayments stripe) {
        return Core.over(database.client(), database.table(), Clock.systemUTC(), new Mailbox(), random, stripe);
    }

    URI dynamoDbUri() {
        return database.uri();
    }

    /// All rows that hold a number under this name, as text.
    List<String> withNumber(String attribute) {
        return items().stream()
                .filter(item -> Optional.ofNullable(item.get(attribute))
                        .filter(value -> value.type() == AttributeValue.Type.N)
                        .isPresent())
                .map(Object::toString)
                .toList();
    }

    /// All rows of the table.
    List<Map<String, AttributeValue>> items() {
        return database.items();
    }

    /// Puts rows into the table as they are.
    void put(List<Map<String, AttributeValue>> items) {
        database.write(items.stream()
                .map(item ->
                        WriteRequest.builder().putRequest(put -> put.item(item)).build()));
    }

    int rows() {
        return items().size();
    }

    @Override
    public void close() {
        database.giveBack();
    }
}
