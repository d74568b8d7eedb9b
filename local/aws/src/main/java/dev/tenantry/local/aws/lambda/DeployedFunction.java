package dev.tenantry.local.aws.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.template.FunctionDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A function with its handler, ready to be invoked by many threads at once.
///
/// In AWS each of them has an instance of its own; here they share one, since handlers keep no state of a request.
public final class DeployedFunction implements AutoCloseable {

    private final FunctionDefinition definition;
    private final RequestStreamHandler handler;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    DeployedFunction(FunctionDefinition definition, RequestStreamHandler handler, Clock clock) {
        this.definition = definition;
        this.handler = handler;
        this.clock = clock;
    }

    /// What the template says of it.
    public FunctionDefinition definition() {
        return definition;
    }

    /// Runs the handler on an event, no longer than the function's timeout. What Lambda would not let through is
    /// not let through either: an event that is too large does not reach the handler, and an answer that is too
    /// large is a function error.
    public Invocation invoke(String event) {
        return invoke(event, UUID.randomUUID().toString());
    }

    Invocation invoke(String event, String requestId) {
        byte[] bytes = event.getBytes(UTF_8);
        if (bytes.length > PayloadLimits.REQUEST_BYTES) {
            return new Invocation.Refused(PayloadLimits.REQUEST_BYTES);
        }
        Context context = new InvocationContext(definition, requestId, clock);
        Future<byte[]> answer = threads.submit(() -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            handler.handleRequest(new ByteArrayInputStream(bytes), out, context);
            return out.toByteArray();
        });
        try {
            byte[] payload = answer.get(definition.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return payload.length > PayloadLimits.RESPONSE_BYTES
                    ? tooLarge(payload.length, requestId)
                    : new Invocation.Returned(new String(payload, UTF_8));
        } catch (TimeoutException tooSlow) {
            answer.cancel(true);
            return timedOut(requestId);
        } catch (ExecutionException failure) {
            return failed(failure.getCause() == null ? failure : failure.getCause(), requestId);
        } catch (InterruptedException stopping) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return failed(stopping, requestId);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private Invocation timedOut(String requestId) {
        String message = String.format(
                Locale.ROOT,
                "RequestId: %s Error: Task timed out after %.2f seconds",
                requestId,
                definition.timeout().toMillis() / 1000.0);
        System.err.println(definition.logicalId() + ": " + message);
        return new Invocation.Failed(
                Json.text(Json.object().put("errorType", "Sandbox.Timedout").put("errorMessage", message)));
    }

    private Invocation tooLarge(int bytes, String requestId) {
        System.err.println(definition.logicalId() + ": request " + requestId + " was answered with " + bytes
                + " bytes, and Lambda lets " + PayloadLimits.RESPONSE_BYTES + " through at most");
        return new Invocation.Failed(Json.text(Json.object()
                .put("errorType", "Function.ResponseSizeTooLarge")
                .put(
                        "errorMessage",
                        "Response payload size exceeded maximum allowed payload size (" + PayloadLimits.RESPONSE_BYTES
                                + " bytes).")));
    }

    private Invocation failed(Throwable thrown, String requestId) {
        System.err.println(definition.logicalId() + ": request " + requestId + " failed");
        thrown.printStackTrace(System.err);
        ObjectNode error = Json.object()
                .put("errorMessage", thrown.getMessage())
                .put("errorType", thrown.getClass().getName());
        ArrayNode trace = error.putArray("stackTrace");
        for (StackTraceElement element : thrown.getStackTrace()) {
            trace.add(element.toString());
        }
        return new Invocation.Failed(Json.text(error));
    }
}
