package dev.tenantry.tests.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import dev.tenantry.local.aws.http.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Stands between a function and the account that it was deployed into, and is to it what AWS is and moto is not: it
/// refuses what the function's role is not allowed, and keys that have expired.
final class TrialAccount implements AutoCloseable {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Pattern SIGNATURE =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=(\\w+)/\\d+/[a-z0-9-]+/([a-z]+)/aws4_request, .*");

    private static final String TARGET = "x-amz-target";
    private static final List<String> PASSED_ON =
            List.of("authorization", "content-type", TARGET, "x-amz-date", "x-amz-security-token");

    private final WebServer server = WebServer.bind(0);
    private final URI real;
    private final Deployment.Function function;
    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private final Set<String> refused = new ConcurrentSkipListSet<>();

    private volatile @Nullable String fault;

    private TrialAccount(URI real, Deployment.Function function) throws IOException {
        this.real = real;
        this.function = function;
        server.serve(this::answer);
    }

    /// @param real moto's address
    static TrialAccount of(URI real, Deployment.Function function) throws IOException {
        return new TrialAccount(real, function);
    }

    /// Where the function finds the services that it works with.
    Map<String, String> environment() {
        String here = server.uri().toString();
        return Map.of(
                "AWS_ENDPOINT_URL_DYNAMODB", here,
                "AWS_ENDPOINT_URL_SESV2", here,
                "AWS_ENDPOINT_URL_SECRETS_MANAGER", here,
                "AWS_ENDPOINT_URL_EVENTBRIDGE", here);
    }

    /// From now on everything is refused, with this code; or nothing any more that is allowed.
    void refuse(Optional<String> code) {
        fault = code.orElse(null);
    }

    /// From now on these keys are worth nothing.
    void expire(String keyId) {
        expired.add(keyId);
    }

    /// What was asked with no right to it.
    Set<String> refused() {
        return refused;
    }

    private Response answer(Request request) {
        String code = fault;
        if (code != null) {
            return refusal(code);
        }
        Matcher signature =
                SIGNATURE.matcher(request.headers().joined("authorization").orElse(""));
        if (!signature.matches()) {
            refused.add(request.method() + " " + request.path() + " without a signature");
            return refusal("MissingAuthenticationTokenException");
        }
        if (expired.contains(signature.group(1))) {
            refused.add("keys that have expired");
            return refusal("ExpiredTokenException");
        }
        List<String> forbidden = needed(signature.group(2), request)
                .filter(right -> !function.mayDo(right.action(), right.resource()))
                .map(Right::toString)
                .toList();
        if (!forbidden.isEmpty()) {
            refused.addAll(forbidden);
            return refusal("AccessDeniedException");
        }
        return passedOn(request);
    }

    private record Right(String action, String resource) {

        @Override
        public String toString() {
            return action + " on " + resource;
        }
    }

    /// What a role has to be allowed for a request.
    private Stream<Right> needed(String service, Request request) {
        String operation = request.headers().joined(TARGET).orElse("").replaceFirst(".*[.]", "");
        JsonNode body = Json.parse(request.body().text()).orElseGet(Json::object);
        String prefix = "arn:aws:" + service + ":" + function.region() + ":" + function.account() + ":";
        return switch (service) {
            case "dynamodb" ->
                RecordedDynamoDb.actions(operation, request.body().text()).stream()
                        .flatMap(action -> tables(body).map(table -> new Right(action, prefix + "table/" + table)));
            case "events" ->
                // A function that primes puts no event at all.
                StreamSupport.stream(body.path("Entries").spliterator(), false)
                        .map(event -> new Right(
                                "events:" + operation,
                                prefix + "event-bus/"
                                        + event.path("EventBusName").asText()));
            case "secretsmanager" ->
                Stream.of(new Right(
                        "secretsmanager:" + operation, body.path("SecretId").asText()));
            case "ses" -> {
                String sender = body.path("FromEmailAddress").asText();
                yield Stream.of(
                        new Right("ses:SendEmail", prefix + "identity/" + sender.replaceFirst(".*@", "")),
                        new Right(
                                "ses:SendEmail",
                                prefix + "configuration-set/"
                                        + body.path("ConfigurationSetName").asText()));
            }
            default -> Stream.of(new Right(service + ":" + operation, ""));
        };
    }

    /// A transaction and a batch name several, each time the same here.
    private static Stream<String> tables(JsonNode body) {
        List<String> named = new ArrayList<>(body.findValuesAsText("TableName"));
        body.path("RequestItems").fieldNames().forEachRemaining(named::add);
        return named.stream().distinct();
    }

    private static Response refusal(String code) {
        // The JSON protocols look into the body, REST at the header.
        return Response.of(400, "application/x-amz-json-1.0", Body.of("{\"__type\":\"" + code + "\"}"))
                .with("x-amzn-errortype", code);
    }

    private Response passedOn(Request request) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        HttpRequest.Builder further = HttpRequest.newBuilder(real.resolve(request.path() + query))
                .method(
                        request.method(),
                        BodyPublishers.ofByteArray(request.body().bytes()));
        PASSED_ON.forEach(name -> request.headers().joined(name).ifPresent(value -> further.header(name, value)));
        try {
            HttpResponse<byte[]> response = CLIENT.send(further.build(), BodyHandlers.ofByteArray());
            Response answer = Response.of(
                    response.statusCode(),
                    response.headers().firstValue("content-type").orElse("application/json"),
                    Body.of(response.body()));
            return response.headers()
                    .firstValue("x-amzn-errortype")
                    .map(code -> answer.with("x-amzn-errortype", code))
                    .orElse(answer);
        } catch (IOException e) {
            return Response.none();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Response.none();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
