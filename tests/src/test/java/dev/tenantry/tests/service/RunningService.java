package dev.tenantry.tests.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.LocalOptions;
import dev.tenantry.local.LocalService;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.testing.Core;
import dev.tenantry.tests.functions.CapturedOutput;
import dev.tenantry.tests.functions.Sandbox;
import dev.tenantry.tests.openapi.OpenApi;
import dev.tenantry.tests.project.Project;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The service of the real `template.yaml`, one for all tests of this JVM. Each answer, and each request body that was
/// taken, is held against `openapi.yaml` on its way.
final class RunningService {

    static final RunningService SERVICE = new RunningService();

    private static final String JSON = "application/json";

    private final OpenApi api = OpenApi.load();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CapturedOutput log;
    private final LocalService service;
    private final Core core;

    private RunningService() {
        // The functions take hold of standard output when they are made, so their lines come here from then on.
        try (CapturedOutput output = CapturedOutput.begin()) {
            log = output;
            service = LocalService.start(LocalOptions.from(
                    Map.of(
                            "PORT", "0",
                            "SQS_PORT", "0",
                            "DEMO", "0",
                            "BROKER_DOMAIN", Project.BROKER_DOMAIN,
                            // Limits that are in no test's way; they have tests of their own.
                            "TENANTS_PER_PERSON", "10000",
                            "INVITES_PER_ADDRESS", "1000",
                            "INVITE_COOLDOWN_SECONDS", "0"),
                    Project.root()));
        }
        String table = Project.template().tables().getFirst().name();
        core = Core.over(Sandbox.client(service.dynamoDbUri()), table, Clock.systemUTC());
    }

    OpenApi api() {
        return api;
    }

    /// The core over the service's own table, for what callers can't do yet or must not be able to.
    Core core() {
        return core;
    }

    /// The functions' log lines of one request.
    List<String> log(Answer answer) {
        return log.lines().stream()
                .filter(line -> line.contains(answer.requestId()))
                .toList();
    }

    /// A token from the local issuer.
    String token(Map<String, Object> claims) {
        HttpResponse<String> response =
                exchange("POST", "/_local/token", Json.text(claims), List.of("Content-Type", JSON));
        JsonNode answer = Json.parse(response.body()).orElseThrow();
        return answer.path("access_token").asText();
    }

    /// The issuer that its tokens name.
    String issuer() {
        String payload = token(Map.of("email", "ada@example.com")).split("[.]", -1)[1];
        return Json.parse(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8))
                .orElseThrow()
                .path("iss")
                .asText();
    }

    /// Puts a message into the usage queue.
    void sendUsage(String body) {
        sqs(
                "SendMessage",
                "\"QueueUrl\":\"" + queueUrl("UsageQueue") + "\",\"MessageBody\":"
                        + Json.text(Json.object().put("b", body))
                                .replaceFirst("^[{]\"b\":", "")
                                .replaceFirst("[}]$", ""));
    }

    /// How many messages are in the dead-letter queue.
    int deadLetters() {
        return messages("UsageDeadLetters");
    }

    /// How many messages are in a queue.
    int messages(String queue) {
        return sqs(
                        "GetQueueAttributes",
                        "\"QueueUrl\":\"" + queueUrl(queue) + "\",\"AttributeNames\":[\"ApproximateNumberOfMessages\"]")
                .at("/Attributes/ApproximateNumberOfMessages")
                .asInt();
    }

    private String queueUrl(String name) {
        return sqs("GetQueueUrl", "\"QueueName\":\"" + name + "\"")
                .path("QueueUrl")
                .asText();
    }

    /// Amazon SQS Developer Guide, "Making API requests with AWS JSON protocol".
    private JsonNode sqs(String action, String fields) {
        HttpRequest request = HttpRequest.newBuilder(
                        service.sqsUri().orElseThrow().resolve("/"))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS." + action)
                .POST(BodyPublishers.ofString("{" + fields + "}"))
                .build();
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return Json.parse(answer.body()).orElseThrow();
    }

    /// The mails sent to an address, newest first.
    List<JsonNode> mailsTo(String address) {
        List<JsonNode> mails = new ArrayList<>();
        Json.parse(exchange("GET", "/_local/outbox", "", List.of()).body())
                .orElseThrow()
                .forEach(mail -> {
                    if (mail.path("to").asText().equals(address)) {
                        mails.add(mail);
                    }
                });
        return mails;
    }

    /// The change events so far, newest first.
    JsonNode events() {
        return Json.parse(exchange("GET", "/_local/events", "", List.of()).body())
                .orElseThrow();
    }

    /// Invokes a function by Lambda's API.
    ///
    /// @return what it answered, or its function error
    JsonNode invoke(String function, String event) {
        HttpResponse<String> answer = exchange(
                "POST", "/2015-03-31/functions/" + function + "/invocations", event, List.of("Content-Type", JSON));
        return Json.parse(answer.body()).orElseThrow();
    }

    /// Where it answers.
    URI uri() {
        return service.uri();
    }

    /// Where its queues answer.
    URI sqsUri() {
        return service.sqsUri().orElseThrow();
    }

    /// Lets the next mails fail.
    void failMails(String kind, int count) {
        fail("mail", kind, count);
    }

    /// Lets the next calls to a stand-in fail.
    void fail(String stand, String kind, int count) {
        HttpResponse<String> answer = post(
                "/_local/fault", "{\"service\":\"" + stand + "\",\"kind\":\"" + kind + "\",\"count\":" + count + "}");
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
    }

    /// Calls off the faults that have not happened.
    ///
    /// @return how many these were
    int callOff(String stand) {
        HttpResponse<String> left = exchange("GET", "/_local/fault", "", List.of());
        fail(stand, "error", 0);
        return Json.parse(left.body()).orElseThrow().path(stand).size();
    }

    /// Publishes TXT records.
    ///
    /// @param records by name, as JSON
    HttpResponse<String> publish(String records) {
        return exchange("PUT", "/_local/dns", records, List.of());
    }

    /// All TXT records.
    JsonNode dns() {
        return Json.parse(exchange("GET", "/_local/dns", "", List.of()).body()).orElseThrow();
    }

    /// Makes or changes a tenant's subscription at Stripe.
    ///
    /// @param fields besides the tenant, as JSON
    JsonNode subscribe(String tenant, String fields) {
        HttpResponse<String> answer =
                post("/_local/stripe/subscription", "{\"tenant\":\"" + tenant + "\"," + fields + "}");
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.body());
        }
        return Json.parse(answer.body()).orElseThrow();
    }

    /// A page that browsers get.
    HttpResponse<String> fetch(String path) {
        return exchange("GET", path, "", List.of("Accept", "text/html"));
    }

    HttpResponse<String> post(String path, String body) {
        return exchange("POST", path, body, List.of());
    }

    /// Sends the form of a page of the stand-in for Stripe.
    HttpResponse<String> submit(String url, String form) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    /// A page of the stand-in for Stripe.
    String page(String url) {
        return get(HttpRequest.newBuilder(URI.create(url)));
    }

    /// An answer of the stand-in for Stripe.
    String stripe(String path) {
        return get(HttpRequest.newBuilder(service.stripeUri().resolve(path))
                .header("Authorization", "Bearer sk_test_local"));
    }

    /// Asks the stand-in for Stripe to do something.
    ///
    /// @param form    parameters, encoded like a form
    /// @param headers names and values in turn
    JsonNode stripe(String method, String path, String form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.stripeUri().resolve(path))
                .method(method, BodyPublishers.ofString(form))
                .header("Authorization", "Bearer sk_test_local")
                .header("Content-Type", "application/x-www-form-urlencoded");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Json.parse(get(request)).orElseThrow();
    }

    private String get(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// @param headers names and values in turn; a body is JSON unless they say otherwise
    Answer send(String method, String path, String body, List<String> headers) {
        HttpResponse<String> response = exchange(method, path, body, headers);
        judge(response, body);
        return new Answer(response);
    }

    private void judge(HttpResponse<String> response, String body) {
        String method = response.request().method();
        String path = response.request().uri().getRawPath();
        if (api.documents(method, path)) {
            api.check(response);
            if (response.statusCode() < 300 && !body.isEmpty()) {
                // A byte order mark is no part of what the body says.
                api.checkRequest(method, path, JSON, body.replaceFirst("^\ufeff", ""));
            }
        } else if (response.headers().firstValue("X-Request-Id").isPresent()) {
            api.checkUnrouted(
                    method, path, response.statusCode(), response.headers().map(), response.body());
        }
    }

    private HttpResponse<String> exchange(String method, String path, String body, List<String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.uri() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty() && !headers.contains("Content-Type")) {
            request.header("Content-Type", JSON);
        }
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return send(request.build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
