package dev.tenantry.tests.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/// Stands before DynamoDB, writes down which IAM actions the requests to it need, and loses answers if it is told to.
final class RecordedDynamoDb implements AutoCloseable {

    private static final String TARGET = "X-Amz-Target";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI real;
    private final HttpServer server;
    private final Set<String> actions = new ConcurrentSkipListSet<>();

    private volatile boolean isLosing;
    private volatile @Nullable String refusal;

    private RecordedDynamoDb(URI real) throws IOException {
        this.real = real;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.createContext("/", this::pass);
        server.start();
    }

    static RecordedDynamoDb before(URI real) throws IOException {
        return new RecordedDynamoDb(real);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// From now on, what transactions come to is done, and nobody hears of it; or no more.
    void loseAnswers(boolean lose) {
        isLosing = lose;
    }

    /// From now on, whatever is asked is refused.
    ///
    /// @param code such as `AccessDeniedException`
    void refuse(String code) {
        refusal = code;
    }

    /// Such as `dynamodb:GetItem`.
    Set<String> actions() {
        return actions;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst(TARGET);
            actions.addAll(
                    actions(target.substring(target.indexOf('.') + 1), new String(body, StandardCharsets.UTF_8)));
            String code = refusal;
            if (code != null) {
                answer(
                        exchange,
                        400,
                        ("{\"__type\": \"com.amazonaws.dynamodb.v20120810#" + code + "\"}")
                                .getBytes(StandardCharsets.UTF_8));
                return;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(real).POST(BodyPublishers.ofByteArray(body));
            for (String name : new String[] {TARGET, "Content-Type", "Authorization", "X-Amz-Date"}) {
                request.header(name, exchange.getRequestHeaders().getFirst(name));
            }
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            if (isLosing && response.statusCode() == 200 && isChange(target, body)) {
                return;
            }
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /// One row alone is a note about another change, such as that it is about to come.
    private static boolean isChange(String target, byte[] body) {
        return target.endsWith(".TransactWriteItems")
                && Json.parse(new String(body, StandardCharsets.UTF_8))
                                .orElseThrow()
                                .path("TransactItems")
                                .size()
                        > 1;
    }

    /// The IAM actions that a request needs. A transaction needs the permissions of its parts (DynamoDB Developer
    /// Guide, "Using IAM with DynamoDB transactions").
    static Set<String> actions(String operation, String body) {
        if (!operation.equals("TransactWriteItems")) {
            return Set.of("dynamodb:" + operation);
        }
        Set<String> actions = new HashSet<>();
        for (JsonNode item : Json.parse(body).orElseThrow().path("TransactItems")) {
            actions.add("dynamodb:" + item.fieldNames().next() + "Item");
        }
        return actions;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
