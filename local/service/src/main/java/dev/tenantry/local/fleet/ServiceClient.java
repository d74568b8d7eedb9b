package dev.tenantry.local.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What the fleet asks of a running local service, over its real protocols.
final class ServiceClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String QUEUE = "UsageQueue";
    private static final int WINDOW_SECONDS = 600;

    private final FleetOptions options;
    private final HttpClient client = HttpClient.newHttpClient();

    ServiceClient(FleetOptions options) {
        this.options = options;
    }

    /// Turns provisioning on for ten minutes, unless it is on and the fleet wants nothing of its own.
    ///
    /// @throws IOException if the service is not there or does not let it happen, saying why
    void startProvisioning() throws IOException {
        HttpResponse<String> token = post(
                options.service() + "/_local/token",
                Json.text(Json.object().put("email", options.user())),
                List.of("Content-Type", "application/json"));
        String bearer = Json.parse(token.body())
                .orElse(Json.object())
                .path("access_token")
                .asText();
        String provision = options.service() + "/tenant/" + options.tenant() + "/provision";
        if (!options.wantOwnWindow() && get(provision, bearer).path("active").asBoolean()) {
            // Somebody's own window, with a limit or a profile of their choice.
            return;
        }
        ObjectNode window = Json.object().put("durationSeconds", WINDOW_SECONDS);
        options.profile().ifPresent(id -> window.put("profileId", id));
        options.maxChargers().ifPresent(max -> window.put("maxChargers", max));
        HttpResponse<String> answer = post(
                provision,
                Json.text(window),
                List.of("Content-Type", "application/json", "Authorization", "Bearer " + bearer));
        if (answer.statusCode() != 200) {
            throw new IOException("Provisioning can't be started: " + answer.statusCode() + " " + answer.body());
        }
    }

    /// Tells the service of a charger, by Lambda's Invoke API.
    ///
    /// @return what became of it: `accepted`, `registered`, a reason against it, or `error`
    String tell(String event) {
        try {
            HttpResponse<String> answer = post(
                    options.service() + "/2015-03-31/functions/ChargerConnectFunction/invocations",
                    event,
                    List.of("Content-Type", "application/json"));
            JsonNode json = Json.parse(answer.body()).orElse(Json.object());
            if (answer.statusCode() != 200
                    || answer.headers().firstValue("x-amz-function-error").isPresent()) {
                return Verdict.ERROR;
            }
            if (json.path("decision").asText().equals("rejected")) {
                return json.path("reason").asText(Verdict.ERROR);
            }
            return json.path("registered").asBoolean()
                    ? "registered"
                    : json.path("decision").asText(Verdict.ERROR);
        } catch (IOException e) {
            return Verdict.ERROR;
        }
    }

    /// The usage queue's URL; empty if there is no such queue.
    Optional<String> usageQueue() {
        try {
            return sqs("GetQueueUrl", Json.text(Json.object().put("QueueName", QUEUE)))
                    .map(answer -> answer.path("QueueUrl").asText())
                    .filter(url -> !url.isEmpty());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Sends a usage sample to the queue.
    ///
    /// @return `sent` or `error`
    String send(String queue, String sample) {
        try {
            return sqs(
                                    "SendMessage",
                                    Json.text(
                                            Json.object().put("QueueUrl", queue).put("MessageBody", sample)))
                            .isPresent()
                    ? "sent"
                    : Verdict.ERROR;
        } catch (IOException e) {
            return Verdict.ERROR;
        }
    }

    /// SQS's JSON protocol (Amazon SQS Developer Guide, "AWS JSON protocol"). Locally nobody checks the signature.
    private Optional<JsonNode> sqs(String operation, String body) throws IOException {
        HttpResponse<String> answer = post(
                options.sqs() + "/",
                body,
                List.of(
                        "Content-Type", "application/x-amz-json-1.0",
                        "X-Amz-Target", "AmazonSQS." + operation,
                        "Authorization",
                                "AWS4-HMAC-SHA256 Credential=local/20250101/us-east-1/sqs/aws4_request, "
                                        + "SignedHeaders=host, Signature=local"));
        return answer.statusCode() == 200 ? Json.parse(answer.body()) : Optional.empty();
    }

    private JsonNode get(String uri, String bearer) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + bearer)
                .build();
        return Json.parse(send(request).body()).orElse(Json.object());
    }

    private HttpResponse<String> post(String uri, String body, List<String> headers) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .timeout(TIMEOUT)
                .headers(headers.toArray(String[]::new))
                .POST(BodyPublishers.ofString(body))
                .build();
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
