package dev.tenantry.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.config.Settings;
import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.dns.NameServer;
import dev.tenantry.local.aws.dns.TxtZone;
import dev.tenantry.local.aws.dynamodb.DynamoDbLocal;
import dev.tenantry.local.aws.eventbridge.DeliveredEvents;
import dev.tenantry.local.aws.eventbridge.EventBridgeStandIn;
import dev.tenantry.local.aws.fault.Faults;
import dev.tenantry.local.aws.gateway.HttpApi;
import dev.tenantry.local.aws.gateway.JwtAuthorizer;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.LoopbackHosts;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.Site;
import dev.tenantry.local.aws.http.WebServer;
import dev.tenantry.local.aws.lambda.DeployedFunctions;
import dev.tenantry.local.aws.lambda.EnvironmentReader;
import dev.tenantry.local.aws.lambda.InvokeApi;
import dev.tenantry.local.aws.lambda.Schedule;
import dev.tenantry.local.aws.mail.LostMail;
import dev.tenantry.local.aws.mail.Outbox;
import dev.tenantry.local.aws.mail.SesStandIn;
import dev.tenantry.local.aws.secrets.SecretsStandIn;
import dev.tenantry.local.aws.sns.Topics;
import dev.tenantry.local.aws.sqs.QueuePoller;
import dev.tenantry.local.aws.sqs.Sqs;
import dev.tenantry.local.aws.streams.StreamPoller;
import dev.tenantry.local.aws.template.JwtDefinition;
import dev.tenantry.local.aws.template.Template;
import dev.tenantry.local.aws.template.TemplateProblem;
import dev.tenantry.local.console.Console;
import dev.tenantry.local.console.ConsoleSettings;
import dev.tenantry.local.demo.DemoData;
import dev.tenantry.local.identity.ForeignIssuer;
import dev.tenantry.local.identity.IdentityProvider;
import dev.tenantry.local.identity.OpenIdProvider;
import dev.tenantry.local.identity.SigningKey;
import dev.tenantry.local.reference.ApiReference;
import dev.tenantry.local.stripe.SampleSignature;
import dev.tenantry.local.stripe.StripeControl;
import dev.tenantry.local.stripe.StripeStandIn;
import dev.tenantry.local.stripe.Webhooks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// The running local service.
public final class LocalService implements AutoCloseable {

    private static final String AUDIENCE = "tenantry-local";
    private static final String CONSOLE_CLIENT = "tenantry-console";
    private static final String PORT = "PORT";

    private static final String STRIPE_SECRET = "arn:aws:secretsmanager:us-east-1:000000000000:secret:stripe";

    /// A thread for each. The common pool has one only on a machine with two cores, and then nothing is alongside.
    private static final Executor ALONGSIDE = Thread::startVirtualThread;

    private final WebServer server;
    private final DynamoDbLocal dynamoDb;
    private final Optional<Sqs> sqs;
    private final URI stripe;
    private final Deque<AutoCloseable> parts;

    private LocalService(
            WebServer server, DynamoDbLocal dynamoDb, Optional<Sqs> sqs, URI stripe, Deque<AutoCloseable> parts) {
        this.server = server;
        this.dynamoDb = dynamoDb;
        this.sqs = sqs;
        this.stripe = stripe;
        this.parts = parts;
    }

    /// Starts everything and returns when the first request can be answered.
    ///
    /// @throws CannotStart if it does not start; nothing is left running then
    public static LocalService start(LocalOptions options) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        try {
            return start(options, parts);
        } catch (RuntimeException failure) {
            close(parts);
            throw reported(failure);
        }
    }

    private static LocalService start(LocalOptions options, Deque<AutoCloseable> parts) {
        // The port first: when it is taken, that is known before anything heavy begins.
        WebServer server = bind(PORT, options.port());
        parts.push(server);
        JwtDefinition jwt =
                options.jwt().orElseGet(() -> new JwtDefinition(server.uri().toString(), List.of(AUDIENCE)));
        Clock clock = Clock.systemUTC();
        // Asked before anything heavy begins, too.
        Optional<IdentityProvider> foreign =
                options.jwt().map(it -> ForeignIssuer.of(it.issuer(), server.uri(), options.portals(), clock));
        Map<String, String> parameters = new HashMap<>(options.limits().parameters());
        parameters.putAll(Map.ofEntries(
                Map.entry("JwtIssuer", jwt.issuer()),
                Map.entry("JwtAudience", String.join(",", jwt.audiences())),
                Map.entry("BrokerDomain", options.brokerDomain()),
                Map.entry("UserIdClaim", options.userIdClaim()),
                Map.entry("SubscriptionEnforcement", options.subscriptionEnforcement()),
                // The console is of this origin; the billing portal leads back to it, too.
                Map.entry("CorsOrigins", options.portalOrigins() + "," + server.uri()),
                Map.entry("MailIdentity", options.mail() ? "tenantry.example" : ""),
                Map.entry("MailSender", options.mail() ? "no-reply@tenantry.example" : ""),
                Map.entry(
                        "PortalUrl",
                        options.portalUrl()
                                .orElseGet(
                                        () -> server.uri().resolve("/console").toString())),
                Map.entry("InviteTtl", options.inviteTtl().toString()),
                Map.entry("StripeSecretId", options.stripe() ? STRIPE_SECRET : "")));
        Template template = Template.read(options.template(), parameters);
        // Like the port above: known before anything heavy begins. A template without queues needs no SQS.
        Optional<Integer> sqsPort =
                template.queues().isEmpty() ? Optional.empty() : Optional.of(Sqs.reserve(options.sqsPort()));
        CompletableFuture<Optional<Sqs>> starting =
                CompletableFuture.supplyAsync(() -> sqsPort.map(port -> Sqs.start(port, template.queues())), ALONGSIDE);
        // Whatever happens meanwhile, it is closed.
        parts.push(() -> starting.exceptionally(_ -> Optional.empty()).join().ifPresent(Sqs::close));
        CompletableFuture<IdentityProvider> identity = CompletableFuture.supplyAsync(
                () -> foreign.orElseGet(() -> new OpenIdProvider(
                        SigningKey.generate(),
                        jwt.issuer(),
                        AUDIENCE,
                        options.userIdClaim(),
                        options.portals(),
                        options.demo() ? DemoData.people() : List.of(),
                        clock)),
                ALONGSIDE);
        DynamoDbLocal dynamoDb = DynamoDbLocal.start(options.dataDirectory(), template.tables());
        parts.push(dynamoDb);
        Faults faults = new Faults();
        Outbox outbox = new Outbox();
        WebServer ses = bind(PORT, 0);
        parts.push(ses);
        ses.serve(new SesStandIn(outbox, faults));
        DeliveredEvents delivered = new DeliveredEvents();
        WebServer eventBridge = bind(PORT, 0);
        parts.push(eventBridge);
        eventBridge.serve(new EventBridgeStandIn(template.buses(), delivered, faults, clock));
        SecretsStandIn secrets = new SecretsStandIn();
        secrets.put(STRIPE_SECRET, stripeSecret(options));
        WebServer secretsManager = bind(PORT, 0);
        parts.push(secretsManager);
        secretsManager.serve(secrets);
        StripeStandIn stripe = new StripeStandIn(
                clock, faults, options.dataDirectory().map(directory -> directory.resolve("stripe.json")));
        WebServer stripeApi = bind("STRIPE_PORT", options.stripePort());
        parts.push(stripeApi);
        stripeApi.serve(new LoopbackHosts(stripe));
        TxtZone dns = new TxtZone();
        NameServer nameServer = NameServer.start(dns);
        parts.push(nameServer);
        Map<String, String> runtimeEnvironment = runtimeEnvironment(
                dynamoDb.uri(), ses.uri(), eventBridge.uri(), secretsManager.uri(), stripeApi.uri(), nameServer.uri());
        // The demo is made by the core alone, so it need not wait for the functions.
        CompletableFuture<Boolean> demo = CompletableFuture.supplyAsync(
                () -> options.demo()
                        && new DemoData(settings(template, runtimeEnvironment), options.dataDirectory()).make(),
                ALONGSIDE);
        DeployedFunctions functions = DeployedFunctions.deploy(
                template.functions(), new EnvironmentReader<>(Settings.class, Settings::of), runtimeEnvironment, clock);
        parts.push(functions);
        boolean newDemo = demo.join();
        Optional<Sqs> sqs = starting.join();
        sqs.ifPresent(queues -> template.sources()
                .forEach(source -> parts.push(QueuePoller.start(
                        queues, source, functions.find(source.functionId()).orElseThrow()))));
        parts.push(Schedule.start(template.schedules(), functions));
        IdentityProvider tokens = identity.join();
        LostMail lostMail = new LostMail(
                outbox,
                template.mail(),
                new Topics(
                        template.topics(),
                        (function, event) ->
                                functions.find(function).orElseThrow().invoke(event),
                        (queue, message) -> sqs.orElseThrow().send(queue, message),
                        clock),
                clock);
        HttpApi api = new HttpApi(
                template, template.jwt().map(it -> new JwtAuthorizer(it, tokens.keys(), clock)), functions, clock);
        Webhooks webhooks = new Webhooks(options.stripeWebhookSecret(), clock);
        URI webhook = server.uri().resolve("/stripe/webhook");
        StripeControl stripeControl =
                new StripeControl(stripe, webhooks, webhook, () -> settings(template, runtimeEnvironment));
        if (newDemo && options.stripe()) {
            DemoData.inTime(options.dataDirectory(), () -> {
                stripeControl.adopt(DemoData.TENANT, DemoData.CHARGE_POINTS);
                return DemoData.TENANT;
            });
        }
        parts.push(stripe.deliver(webhooks, webhook));
        server.serve(new LoopbackHosts(site(
                options, jwt, tokens, functions, outbox, lostMail, delivered, faults, dns, stripeControl, api, clock)));
        template.streams()
                .forEach(source -> parts.push(StreamPoller.start(
                        dynamoDb.uri(),
                        source,
                        functions.find(source.functionId()).orElseThrow(),
                        message -> source.failures()
                                .ifPresent(queue -> sqs.orElseThrow().send(queue, message)))));
        return new LocalService(server, dynamoDb, sqs, stripeApi.uri(), parts);
    }

    /// Where it answers.
    public URI uri() {
        return server.uri();
    }

    /// Where DynamoDB Local answers.
    public URI dynamoDbUri() {
        return dynamoDb.uri();
    }

    /// Where SQS answers; nowhere if the template has no queue.
    public Optional<URI> sqsUri() {
        return sqs.map(Sqs::uri);
    }

    /// Where the stand-in for Stripe answers.
    public URI stripeUri() {
        return stripe;
    }

    @Override
    public void close() {
        close(parts);
    }

    private static Endpoint site(
            LocalOptions options,
            JwtDefinition jwt,
            IdentityProvider tokens,
            DeployedFunctions functions,
            Outbox outbox,
            LostMail lostMail,
            DeliveredEvents delivered,
            Faults faults,
            TxtZone dns,
            StripeControl stripe,
            HttpApi api,
            Clock clock) {
        SampleSignature samples = new SampleSignature(options.stripeWebhookSecret(), clock);
        ApiReference reference = new ApiReference(options.openApi());
        // Where tokens come from elsewhere, their audience is the client that they are for.
        String clientId = options.jwt().isPresent() ? jwt.audiences().getFirst() : CONSOLE_CLIENT;
        Console console = new Console(
                new ConsoleSettings(jwt.issuer(), clientId, options.brokerDomain()), options.consoleSources());
        return tokens.on(Site.plan())
                .get("/", request -> Response.of(302).with("location", "/docs"))
                .get("/docs", reference)
                .below("/docs/", reference)
                .get("/openapi.yaml", reference::description)
                .get("/console", request -> Response.of(302).with("location", Console.PATH))
                .below(Console.PATH, console)
                // Requests are answered only once everything runs, so this needs no look at the parts.
                .get("/_local/health", request -> Response.json(200, "{\"status\":\"ok\"}"))
                .get("/_local/outbox", outbox::list)
                .post("/_local/mail/bounce", lostMail::bounce)
                .get("/_local/events", delivered::list)
                .get("/_local/dns", dns::list)
                .put("/_local/dns", dns::change)
                .get("/_local/fault", faults::list)
                .post("/_local/fault", faults::order)
                .post("/_local/stripe/subscription", stripe::subscription)
                .post("/_local/stripe/portal", stripe::portal)
                .below("/_local/", request -> Response.json(404, "{\"message\":\"Not Found\"}"))
                .below(InvokeApi.PREFIX, new InvokeApi(functions, samples::sign))
                .otherwise(samples.before(api));
    }

    /// Made up, never taken from the process: a developer's real credentials and endpoints must not reach a
    /// handler.
    private static Map<String, String> runtimeEnvironment(
            URI dynamoDb, URI ses, URI eventBridge, URI secretsManager, URI stripe, URI nameServer) {
        return Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString(),
                "AWS_ENDPOINT_URL_SESV2", ses.toString(),
                "AWS_ENDPOINT_URL_EVENTBRIDGE", eventBridge.toString(),
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", secretsManager.toString(),
                "STRIPE_API_BASE", stripe.toString(),
                "NAME_SERVER", nameServer.toString());
    }

    private static String stripeSecret(LocalOptions options) {
        ObjectNode secret = Json.object().put("apiKey", StripeStandIn.API_KEY);
        secret.putArray("webhookSecrets").add(options.stripeWebhookSecret());
        return Json.text(secret);
    }

    private static Settings settings(Template template, Map<String, String> runtimeEnvironment) {
        Map<String, String> environment = new HashMap<>(runtimeEnvironment);
        template.functions().forEach(function -> environment.putAll(function.environment()));
        return Settings.of(environment);
    }

    private static WebServer bind(String option, int port) {
        try {
            return WebServer.bind(port);
        } catch (IOException taken) {
            throw new CannotStart(
                    (option.equals(PORT) ? "Port " : option + " ") + port + " can't be used (" + taken.getMessage()
                            + "). Choose another, e.g. " + option + "=" + (port == 8080 ? 8081 : 8080) + ".",
                    taken);
        }
    }

    private static RuntimeException reported(RuntimeException failure) {
        return switch (failure) {
            case TemplateProblem problem -> new CannotStart(String.valueOf(problem.getMessage()), problem);
            case UncheckedIOException unreadable ->
                new CannotStart(String.valueOf(unreadable.getMessage()), unreadable);
            case CompletionException wrapped when wrapped.getCause() instanceof RuntimeException cause -> cause;
            default -> failure;
        };
    }

    /// The newest part first.
    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception leftOver) {
                leftOver.printStackTrace(System.err);
            }
        }
    }
}
