package dev.tenantry.local.aws.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The GetSecretValue operation of AWS Secrets Manager (AWS Secrets Manager API Reference, "GetSecretValue").
public final class SecretsStandIn implements Endpoint {

    private static final String GET = "secretsmanager.GetSecretValue";

    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();

    /// Stores a secret, or a new version of it.
    ///
    /// @param id ARN or name
    public void put(String id, String secret) {
        secrets.put(id, secret);
    }

    /// How often a secret was asked for.
    public int calls() {
        return calls.get();
    }

    @Override
    public Response answer(Request request) {
        calls.incrementAndGet();
        if (request.headers().joined("x-amz-target").filter(GET::equals).isEmpty()) {
            return error("InvalidRequestException", "Only GetSecretValue is served locally.");
        }
        String id = Json.parse(request.body().text())
                .map(body -> body.path("SecretId"))
                .map(JsonNode::asText)
                .orElse("");
        Optional<String> secret = Optional.ofNullable(secrets.get(id));
        if (secret.isEmpty()) {
            return error("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
        }
        return Response.of(
                200,
                "application/x-amz-json-1.1",
                Body.of(Json.text(Json.object()
                        .put("ARN", id)
                        .put("Name", id)
                        .put("SecretString", secret.get())
                        .put("VersionId", UUID.randomUUID().toString()))));
    }

    private static Response error(String type, String message) {
        return Response.of(
                400,
                "application/x-amz-json-1.1",
                Body.of(Json.text(Json.object().put("__type", type).put("message", message))));
    }
}
