package dev.tenantry.local.aws.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// An HTTP/1.1 server on loopback, one virtual thread per request.
public final class WebServer implements AutoCloseable {

    /// The largest request body, which API Gateway fixes (Amazon API Gateway Developer Guide, "Quotas for
    /// configuring and running an HTTP API": payload size).
    private static final int LARGEST_BODY_BYTES = 10 * 1024 * 1024;

    static {
        // Without it, Nagle's algorithm and delayed acknowledgements together hold each small response for 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean serving;

    private WebServer(HttpServer server) {
        this.server = server;
    }

    /// Takes the port. Requests wait in the backlog until [#serve].
    ///
    /// @param port 0 for any free one
    /// @throws IOException if the port is taken
    public static WebServer bind(int port) throws IOException {
        return new WebServer(HttpServer.create(new InetSocketAddress(loopback(), port), 0));
    }

    /// The address to reach it at.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// Begins to answer.
    public void serve(Endpoint endpoint) {
        server.createContext("/", exchange -> {
            try (exchange) {
                Response response = answer(exchange, endpoint);
                // An exchange that is closed before it has a response takes its connection with it.
                if (response.isBrokenOff()) {
                    breakOff(exchange);
                } else if (!response.isNone()) {
                    send(exchange, response);
                }
            }
        });
        server.setExecutor(threads);
        server.start();
        serving = true;
    }

    @Override
    public void close() {
        if (!serving) {
            // A server that never ran keeps its socket when it is stopped: only its dispatcher lets go of it.
            server.start();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    private static InetAddress loopback() throws IOException {
        // Not InetAddress.getLoopbackAddress(): it may be ::1, and the address shown says 127.0.0.1.
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static Response answer(HttpExchange exchange, Endpoint endpoint) throws IOException {
        Optional<Body> body = body(exchange);
        if (body.isEmpty()) {
            return Response.json(413, "{\"message\":\"Request Entity Too Large\"}");
        }
        try {
            return endpoint.answer(request(exchange, body.get()));
        } catch (RuntimeException unexpected) {
            unexpected.printStackTrace(System.err);
            return Response.json(500, "{\"message\":\"Internal Server Error\"}");
        }
    }

    private static Optional<Body> body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] bytes = in.readNBytes(LARGEST_BODY_BYTES + 1);
            return bytes.length > LARGEST_BODY_BYTES ? Optional.empty() : Optional.of(Body.of(bytes));
        }
    }

    private static Request request(HttpExchange exchange, Body body) {
        // The target is taken apart by hand: for "//a" the URI says that "a" is an authority.
        String target = exchange.getRequestURI().toString();
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        if (!path.startsWith("/")) {
            path = Optional.ofNullable(exchange.getRequestURI().getRawPath()).orElse("/");
        }
        return new Request(
                exchange.getRequestMethod(),
                exchange.getProtocol(),
                path,
                question < 0 ? "" : target.substring(question + 1),
                Fields.of(exchange.getRequestHeaders()),
                body,
                exchange.getRemoteAddress().getAddress().getHostAddress(),
                exchange.getLocalAddress().getPort());
    }

    private static void breakOff(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        response.headers()
                .asMap()
                .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
        if (response.headers()
                .joined("content-type")
                .filter(type -> type.startsWith("text/html"))
                .isPresent()) {
            // No page is shown in another unless it says so itself, and no answer is taken for another kind than it
            // says to be.
            exchange.getResponseHeaders().putIfAbsent("content-security-policy", List.of("frame-ancestors 'none'"));
            exchange.getResponseHeaders().putIfAbsent("x-content-type-options", List.of("nosniff"));
        }
        boolean bodiless = exchange.getRequestMethod().equals("HEAD")
                || response.status() == 204
                || response.status() == 304
                || response.body().isEmpty();
        exchange.sendResponseHeaders(
                response.status(), bodiless ? -1 : response.body().size());
        if (!bodiless) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(response.body().bytes());
            }
        }
    }
}
