package dev.tenantry.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.config.Settings;
import dev.tenantry.local.aws.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A function that does what the request asks of it, in the header `x-probe` or the member `probe`.
public final class ProbeHandler implements RequestStreamHandler {

    private final Settings settings;

    public ProbeHandler(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonNode event = Json.parse(new String(input.readAllBytes(), UTF_8)).orElseThrow();
        String probe =
                event.path("probe").asText(event.path("headers").path("x-probe").asText("echo"));
        output.write(answer(probe, event, context).getBytes(UTF_8));
    }

    private String answer(String probe, JsonNode event, Context context) {
        return switch (probe) {
            case "throw" -> throw new IllegalStateException("probed");
            case "hang" -> hang();
            case "malformed" -> "{\"statusCode\":\"many\"}";
            case "context" -> Json.text(context(context));
            case "table" -> Json.text(Json.object().put("status", tableStatus()));
            case "answer" -> '"' + "x".repeat(event.path("bytes").asInt() - 2) + '"';
            case "cors" -> Json.text(response().set("headers", Json.object().put("Access-Control-Allow-Origin", "*")));
            default -> Json.text(response().put("body", Json.text(event)));
        };
    }

    private ObjectNode context(Context context) {
        return Json.object()
                .put("functionName", context.getFunctionName())
                .put("requestId", context.getAwsRequestId())
                .put("remainingMillis", context.getRemainingTimeInMillis())
                .put("settingsFunctionName", settings.functionName())
                .put("brokerDomain", settings.brokerDomain())
                .put("keyId", settings.credentials().orElseThrow().id());
    }

    private String tableStatus() {
        Settings.AccessKeys keys = settings.credentials().orElseThrow();
        try (DynamoDbClient dynamoDb = DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(settings.dynamoDbEndpoint().orElse(URI.create("http://missing.invalid")))
                .region(Region.of(settings.region()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(keys.id(), keys.secret())))
                .build()) {
            return dynamoDb.describeTable(it -> it.tableName(settings.tableName()))
                    .table()
                    .tableStatusAsString();
        }
    }

    private static ObjectNode response() {
        ObjectNode response = Json.object().put("statusCode", 200);
        response.putObject("headers").put("Content-Type", "application/json");
        return response;
    }

    /// Ends only when it is interrupted.
    private static String hang() {
        try {
            new CountDownLatch(1).await();
            return "";
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
