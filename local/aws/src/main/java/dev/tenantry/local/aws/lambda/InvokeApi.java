package dev.tenantry.local.aws.lambda;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Body;
import dev.tenantry.local.aws.http.Endpoint;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.http.Request;
import dev.tenantry.local.aws.http.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The Invoke operation of the Lambda API, for the AWS CLI and SDKs (AWS Lambda API Reference, "Invoke").
public final class InvokeApi implements Endpoint {

    /// Where the API's paths begin: the version of the API.
    public static final String PREFIX = "/2015-03-31/";

    private static final Pattern INVOCATIONS = Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");

    private final DeployedFunctions functions;
    private final UnaryOperator<String> preparation;

    /// @param preparation what becomes of an event before a function gets it
    public InvokeApi(DeployedFunctions functions, UnaryOperator<String> preparation) {
        this.functions = functions;
        this.preparation = preparation;
    }

    @Override
    public Response answer(Request request) {
        String requestId = UUID.randomUUID().toString();
        return dispatch(request, requestId).with("x-amzn-requestid", requestId);
    }

    private Response dispatch(Request request, String requestId) {
        Matcher path = INVOCATIONS.matcher(request.path());
        if (!path.matches() || !request.method().equals("POST")) {
            return error(404, "UnknownOperationException", "Only Invoke is served locally.");
        }
        String name = URLDecoder.decode(path.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        Optional<DeployedFunction> function = FunctionName.parse(name)
                .flatMap(parsed -> functions
                        .find(parsed.name())
                        .filter(found -> serves(found, parsed.qualifier().or(() -> qualifier(request)))));
        if (function.isEmpty()) {
            return error(
                    404,
                    "ResourceNotFoundException",
                    "Function not found: " + (name.startsWith("arn:") ? name : FunctionName.arn(name)));
        }
        String payload = request.body().isEmpty() ? "{}" : request.body().text();
        if (Json.parse(payload).isEmpty()) {
            return error(400, "InvalidRequestContentException", "Could not parse request body into json.");
        }
        String event = preparation.apply(payload);
        String type = request.headers().joined("x-amz-invocation-type").orElse("RequestResponse");
        return switch (type) {
            case "RequestResponse" -> answer(function.get().invoke(event, requestId));
            case "Event" -> {
                int size = request.body().size();
                if (size > PayloadLimits.ASYNCHRONOUS_REQUEST_BYTES) {
                    yield tooLarge(size + " byte payload is too large for the Event invocation type (limit "
                            + PayloadLimits.ASYNCHRONOUS_REQUEST_BYTES + " bytes)");
                }
                Thread.startVirtualThread(() -> function.get().invoke(event, requestId));
                yield Response.of(202);
            }
            case "DryRun" -> Response.of(204);
            default -> error(400, "InvalidParameterValueException", "Unknown invocation type: " + type);
        };
    }

    private static Response answer(Invocation invocation) {
        return switch (invocation) {
            case Invocation.Returned(String answer) -> executed(answer);
            case Invocation.Failed(String error) -> executed(error).with("x-amz-function-error", "Unhandled");
            case Invocation.Refused(int limit) ->
                tooLarge("Request must be smaller than " + limit + " bytes for the InvokeFunction operation");
        };
    }

    /// By the name that the service gives, which is not the one that its reference has
    /// (`RequestTooLargeException`).
    private static Response tooLarge(String message) {
        return error(413, "RequestEntityTooLargeException", message);
    }

    private static Response executed(String payload) {
        return Response.of(200, "application/json", Body.of(payload)).with("x-amz-executed-version", "$LATEST");
    }

    private static boolean serves(DeployedFunction function, Optional<String> qualifier) {
        return qualifier.isEmpty()
                || qualifier.get().equals("$LATEST")
                || qualifier.equals(function.definition().alias());
    }

    private static Optional<String> qualifier(Request request) {
        for (String parameter : request.query().split("&", -1)) {
            if (parameter.startsWith("Qualifier=")) {
                return Optional.of(
                        URLDecoder.decode(parameter.substring("Qualifier=".length()), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    private static Response error(int status, String type, String message) {
        ObjectNode error = Json.object().put("Type", "User").put("Message", message);
        return Response.json(status, Json.text(error)).with("x-amzn-errortype", type);
    }
}
