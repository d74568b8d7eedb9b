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
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Stands before DynamoDB and writes down which IAM actions the requests to it need.
final class RecordedDynamoDb implements AutoCloseable {

    private static final String TARGET = "X-Amz-Target";

    private final URI real;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> actions = new ConcurrentSkipListSet<>();

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

    /// Such as `dynamodb:GetItem`.
    Set<String> actions() {
        return actions;
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst(TARGET);
            record(target.substring(target.indexOf('.') + 1), new String(body, StandardCharsets.UTF_8));
            HttpRequest.Builder request = HttpRequest.newBuilder(real).POST(BodyPublishers.ofByteArray(body));
            for (String name : new String[] {TARGET, "Content-Type", "Authorization", "X-Amz-Date"}) {
                request.header(name, exchange.getRequestHeaders().getFirst(name));
            }
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A transaction needs the permissions of its parts (DynamoDB Developer Guide, "Using IAM with DynamoDB
    /// transactions").
    private void record(String operation, String body) {
        if (!operation.equals("TransactWriteItems")) {
            actions.add("dynamodb:" + operation);
            return;
        }
        for (JsonNode item : Json.parse(body).orElseThrow().path("TransactItems")) {
            actions.add("dynamodb:" + item.fieldNames().next() + "Item");
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
