package dev.tenantry.tests.functions;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.WebServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// What Lambda is to a runtime of which it takes a snapshot (AWS Lambda Developer Guide, "Using the Lambda runtime API"
/// and "Lambda SnapStart runtime hooks"), and to the SDK, which asks it for the role's keys.
final class RuntimeApi implements AutoCloseable {

    private static final String RUNTIME = "/2018-06-01/runtime/";

    /// Keys that have no more than this left are old to the SDK, and it asks for others.
    private static final Duration SOON = Duration.ofMinutes(1);

    /// How long those keys are new that are there while a function primes. A snapshot may be days old.
    private static final Duration WHILE_PRIMING = Duration.ofSeconds(1);

    private static final Duration LATER_ON = Duration.ofHours(6);

    private final WebServer server = WebServer.bind(0);
    private final String functionArn;
    private final Duration timeout;
    private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> running = new ConcurrentHashMap<>();
    private final CompletableFuture<Boolean> snapshot = new CompletableFuture<>();
    private final CompletableFuture<Boolean> restored = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final AtomicInteger keysOfThisLife = new AtomicInteger();

    private volatile String keyId = "ASIABEFORESNAPSHOT";
    private volatile Duration lifetime = SOON.plus(WHILE_PRIMING);
    private volatile Instant latestExpiry = Instant.EPOCH;

    private record Invocation(String id, String event, CompletableFuture<byte[]> answer) {}

    /// @param functionArn what is invoked
    /// @param timeout     the longest an invocation may take
    RuntimeApi(String functionArn, Duration timeout) throws IOException {
        this.functionArn = functionArn;
        this.timeout = timeout;
        server.serve(this::answer);
    }

    /// What it adds to the environment.
    Map<String, String> environment() {
        URI uri = server.uri();
        return Map.of(
                "AWS_LAMBDA_RUNTIME_API",
                uri.getAuthority(),
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                uri + "/credentials",
                "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                functionArn);
    }

    /// Done when the hooks before the snapshot are; fails with what the runtime reports instead.
    CompletableFuture<Boolean> snapshot() {
        return snapshot;
    }

    /// Done when the hooks after the restore are.
    ///
    /// @return as [#snapshot]
    CompletableFuture<Boolean> restore() {
        restored.complete(true);
        return ready;
    }

    /// From now on other keys are handed out.
    ///
    /// @return the id of those that were handed out until now
    String renewKeys() {
        String former = keyId;
        keyId = "ASIAAFTERRESTORE";
        lifetime = LATER_ON;
        keysOfThisLife.set(0);
        return former;
    }

    /// When the SDK takes all keys for old that it has.
    Instant keysAreOld() {
        return latestExpiry.minus(SOON);
    }

    /// How often keys were asked for since they were renewed, or from the beginning on.
    int keysHandedOut() {
        return keysOfThisLife.get();
    }

    /// Done when the function has answered, be it with an error.
    CompletableFuture<byte[]> invoke(String event) {
        Invocation invocation = new Invocation(
                "8476a536-e9f4-11e8-9739-%012d".formatted(System.nanoTime() % 1_000_000_000_000L),
                event,
                new CompletableFuture<>());
        running.put(invocation.id(), invocation);
        waiting.add(invocation);
        return invocation.answer();
    }

    private Response answer(Request request) {
        if (request.path().equals("/credentials")) {
            return keys(request);
        }
        String what = request.path().substring(RUNTIME.length());
        return switch (what) {
            case "restore/next" -> {
                snapshot.complete(true);
                restored.join();
                // Without a content type the client crashes.
                yield Response.json(200, "");
            }
            case "invocation/next" -> {
                snapshot.completeExceptionally(new AssertionError("It asks for an event before its snapshot."));
                ready.complete(true);
                yield next();
            }
            case "init/error", "restore/error" -> {
                AssertionError fault =
                        new AssertionError(what + ": " + request.body().text());
                snapshot.completeExceptionally(fault);
                ready.completeExceptionally(fault);
                yield Response.json(202, "{}");
            }
            default -> answered(what.split("/", -1), request.body());
        };
    }

    private Response next() {
        try {
            Invocation invocation = waiting.take();
            return Response.json(200, invocation.event())
                    .with("Lambda-Runtime-Aws-Request-Id", invocation.id())
                    .with(
                            "Lambda-Runtime-Deadline-Ms",
                            Long.toString(Instant.now().plus(timeout).toEpochMilli()))
                    .with("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Response.none();
        }
    }

    /// `invocation/<id>/response`, or `…/error`.
    private Response answered(String[] what, Body body) {
        Invocation invocation = running.remove(what[1]);
        if (invocation == null) {
            return Response.json(404, "{}");
        }
        invocation.answer().complete(body.bytes());
        return Response.json(202, "{}");
    }

    private Response keys(Request request) {
        if (!request.headers().all("authorization").contains(functionArn)) {
            return Response.json(401, "{}");
        }
        keysOfThisLife.incrementAndGet();
        latestExpiry = Instant.now().plus(lifetime);
        return Response.json(
                200,
                Json.text(Json.object()
                        .put("AccessKeyId", keyId)
                        .put("SecretAccessKey", "secret")
                        .put("Token", "token")
                        .put("Expiration", latestExpiry.toString())));
    }

    /// An answer as text.
    static String text(byte[] answer) {
        return new String(answer, UTF_8);
    }

    @Override
    public void close() {
        restored.complete(true);
        server.close();
    }
}
