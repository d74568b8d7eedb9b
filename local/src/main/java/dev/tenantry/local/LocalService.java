package dev.tenantry.local;

import dev.tenantry.config.Settings;
import dev.tenantry.local.demo.DemoData;
import dev.tenantry.local.dynamodb.DynamoDbLocal;
import dev.tenantry.local.fault.Faults;
import dev.tenantry.local.gateway.HttpApi;
import dev.tenantry.local.gateway.JwtAuthorizer;
import dev.tenantry.local.http.Endpoint;
import dev.tenantry.local.http.Response;
import dev.tenantry.local.http.Site;
import dev.tenantry.local.http.WebServer;
import dev.tenantry.local.identity.SigningKey;
import dev.tenantry.local.identity.TokenIssuer;
import dev.tenantry.local.lambda.DeployedFunctions;
import dev.tenantry.local.lambda.InvokeApi;
import dev.tenantry.local.mail.Outbox;
import dev.tenantry.local.mail.SesStandIn;
import dev.tenantry.local.reference.ApiReference;
import dev.tenantry.local.reference.UsagePage;
import dev.tenantry.local.template.Template;
import dev.tenantry.local.template.TemplateProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The running local service.
public final class LocalService implements AutoCloseable {

    private static final String AUDIENCE = "tenantry-local";

    private final WebServer server;
    private final DynamoDbLocal dynamoDb;
    private final Deque<AutoCloseable> parts;

    private LocalService(WebServer server, DynamoDbLocal dynamoDb, Deque<AutoCloseable> parts) {
        this.server = server;
        this.dynamoDb = dynamoDb;
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
        WebServer server = bind(options.port());
        parts.push(server);
        String issuer = server.uri() + "/_local/issuer";
        Template template = Template.read(
                options.template(),
                Map.of(
                        "JwtIssuer", issuer,
                        "JwtAudience", AUDIENCE,
                        "BrokerDomain", options.brokerDomain(),
                        "CorsOrigins", options.portalOrigins(),
                        "MailIdentity", "tenantry.example",
                        "MailSender", "no-reply@tenantry.example",
                        "PortalUrl", options.portalUrl(),
                        "InviteTtl", options.inviteTtl().toString()));
        CompletableFuture<SigningKey> signing = CompletableFuture.supplyAsync(SigningKey::generate);
        DynamoDbLocal dynamoDb = DynamoDbLocal.start(options.dataDirectory(), template.tables());
        parts.push(dynamoDb);
        Faults faults = new Faults();
        Outbox outbox = new Outbox();
        WebServer ses = bind(0);
        parts.push(ses);
        ses.serve(new SesStandIn(outbox, faults));
        Map<String, String> runtimeEnvironment = runtimeEnvironment(dynamoDb.uri(), ses.uri());
        Clock clock = Clock.systemUTC();
        DeployedFunctions functions = DeployedFunctions.deploy(template.functions(), runtimeEnvironment, clock);
        parts.push(functions);
        if (options.demo()) {
            new DemoData(settings(template, runtimeEnvironment)).make();
        }
        SigningKey key = signing.join();
        TokenIssuer tokens = new TokenIssuer(key, issuer, AUDIENCE, clock);
        HttpApi api = new HttpApi(
                template,
                template.jwt().map(jwt -> new JwtAuthorizer(jwt, key.published(), clock)),
                functions,
                clock);
        server.serve(site(options, tokens, functions, outbox, faults, api));
        return new LocalService(server, dynamoDb, parts);
    }

    /// Where it answers.
    public URI uri() {
        return server.uri();
    }

    /// Where DynamoDB Local answers.
    public URI dynamoDbUri() {
        return dynamoDb.uri();
    }

    @Override
    public void close() {
        close(parts);
    }

    private static Endpoint site(
            LocalOptions options,
            TokenIssuer tokens,
            DeployedFunctions functions,
            Outbox outbox,
            Faults faults,
            HttpApi api) {
        ApiReference reference = new ApiReference(options.openApi());
        UsagePage usage = new UsagePage();
        return Site.plan()
                .get("/", request -> Response.of(302).with("location", "/docs"))
                .get("/docs", reference)
                .get("/docs/usage", usage)
                .below("/docs/usage/", usage)
                .below("/docs/", reference)
                .get("/openapi.yaml", reference::description)
                // Requests are answered only once everything runs, so this needs no look at the parts.
                .get("/_local/health", request -> Response.json(200, "{\"status\":\"ok\"}"))
                .post("/_local/token", tokens::token)
                .get("/_local/outbox", outbox::list)
                .post("/_local/fault", faults::order)
                .get("/_local/issuer/.well-known/openid-configuration", tokens::configuration)
                .get("/_local/issuer/.well-known/jwks.json", tokens::keys)
                .below("/_local/", request -> Response.json(404, "{\"message\":\"Not Found\"}"))
                .below(InvokeApi.PREFIX, new InvokeApi(functions))
                .otherwise(api);
    }

    /// Made up, never taken from the process: a developer's real credentials and endpoints must not reach a handler.
    private static Map<String, String> runtimeEnvironment(URI dynamoDb, URI ses) {
        return Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString(),
                "AWS_ENDPOINT_URL_SESV2", ses.toString());
    }

    private static Settings settings(Template template, Map<String, String> runtimeEnvironment) {
        Map<String, String> environment = new HashMap<>(runtimeEnvironment);
        template.functions().forEach(function -> environment.putAll(function.environment()));
        return Settings.of(environment);
    }

    private static WebServer bind(int port) {
        try {
            return WebServer.bind(port);
        } catch (IOException taken) {
            throw new CannotStart(
                    "Port " + port + " can't be used (" + taken.getMessage() + "). Choose another, e.g. PORT="
                            + (port == 8080 ? 8081 : 8080) + ".",
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
