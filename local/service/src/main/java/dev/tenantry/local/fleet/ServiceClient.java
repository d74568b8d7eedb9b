package dev.tenantry.local.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.broker.Answer;
import dev.tenantry.local.broker.BrokerClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;

/// What the fleet asks of a running local service, over its real protocols.
final class ServiceClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String QUEUE = "UsageQueue";
    private static final int WINDOW_SECONDS = 600;

    /// Of chargers in one call of the API.
    private static final int MOST_CHANGES = 20;

    private final FleetOptions options;
    private final HttpClient client = HttpClient.newHttpClient();
    private final BrokerClient broker;

    ServiceClient(FleetOptions options) {
        this.options = options;
        this.broker = new BrokerClient(client, options.service(), new SplittableRandom());
    }

    /// Turns provisioning on for ten minutes, unless it is on and the fleet wants nothing of its own.
    ///
    /// @throws IOException if the service is not there or does not let it happen, saying why
    void startProvisioning() throws IOException {
        String bearer = bearer();
        String provision = options.service() + "/tenant/" + options.tenant() + "/provision";
        if (!options.wantOwnWindow() && get(provision, bearer).path("active").asBoolean()) {
            // Somebody's own window, with a limit or a profile of their choice.
            return;
        }
        ObjectNode window = Json.object().put("durationSeconds", WINDOW_SECONDS);
        options.profile().ifPresent(id -> window.put("profileId", id));
        // A fleet is larger than what a window takes whose opener says nothing of it.
        options.maxChargers()
                .ifPresentOrElse(max -> window.put("maxChargers", max), () -> window.putNull("maxChargers"));
        HttpResponse<String> answer = post(
                provision,
                Json.text(window),
                List.of("Content-Type", "application/json", "Authorization", "Bearer " + bearer));
        if (answer.statusCode() != 200) {
            throw new IOException("Provisioning can't be started: " + answer.statusCode() + " " + answer.body()
                    + whoMay(answer.statusCode()));
        }
    }

    /// What to do where the API does not let somebody in. It does not tell a tenant that is not there from one
    /// that they have no part in.
    private String whoMay(int status) {
        return status == 403 || status == 404
                ? System.lineSeparator() + "Is " + options.user() + " a user or an admin of " + options.tenant()
                        + "? Say with --user who is, and with --tenant where."
                : "";
    }

    /// Asks about a charger.
    Answer ask(ObjectNode event) {
        return broker.ask(event);
    }

    /// Tells of many at once.
    ///
    /// @return the answers, in the order of the events
    List<Answer> tell(List<ObjectNode> events) {
        return broker.tell(events);
    }

    /// Blocks chargers, as somebody would whose box was stolen.
    ///
    /// @throws IOException if that is not let happen, saying why
    void block(long[] ids) throws IOException {
        for (int from = 0; from < ids.length; from += MOST_CHANGES) {
            ArrayNode changes = Json.array();
            LongStream.of(Arrays.copyOfRange(ids, from, Math.min(from + MOST_CHANGES, ids.length)))
                    .forEach(id -> changes.addObject().put("id", id).put("blocked", true));
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(options.service() + "/tenant/" + options.tenant() + "/charger"))
                    .timeout(TIMEOUT)
                    .headers("Content-Type", "application/json", "Authorization", "Bearer " + bearer())
                    .PUT(BodyPublishers.ofString(Json.text(changes)))
                    .build();
            HttpResponse<String> answer = send(request);
            if (answer.statusCode() != 200) {
                throw new IOException("Chargers can't be blocked: " + answer.statusCode() + " " + answer.body());
            }
        }
    }

    /// How often chargers were refused lately, by reason, as the tenant sees it.
    Map<String, Long> refusals() throws IOException {
        Map<String, Long> byReason = new TreeMap<>();
        JsonNode refusals = get(options.service() + "/tenant/" + options.tenant() + "/refusal", bearer());
        if (refusals.isArray()) {
            for (JsonNode refusal : refusals) {
                byReason.merge(
                        refusal.path("reason").asText(), refusal.path("count").asLong(), Long::sum);
            }
        }
        return byReason;
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

    /// Sends a usage report to the queue.
    ///
    /// @return `sent` or `error`
    String send(String queue, String report) {
        try {
            return sqs(
                                    "SendMessage",
                                    Json.text(
                                            Json.object().put("QueueUrl", queue).put("MessageBody", report)))
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

    private String bearer() throws IOException {
        HttpResponse<String> token = post(
                options.service() + "/_local/token",
                Json.text(Json.object().put("email", options.user())),
                List.of("Content-Type", "application/json"));
        return Json.parse(token.body())
                .orElse(Json.object())
                .path("access_token")
                .asText();
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
