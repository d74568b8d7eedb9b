package dev.tenantry.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.storage.Usage;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One line of JSON for each request, which is at once its log entry and its metrics (CloudWatch embedded metric format).
/// It holds ids, counts and codes: no body, no token, no name, no address.
final class RequestLog {

    private static final String NAMESPACE = "Tenantry";

    private final PrintStream out;
    private final Clock clock;
    private final String functionName;
    private boolean coldStart = true;

    RequestLog(PrintStream out, Clock clock, String functionName) {
        this.out = out;
        this.clock = clock;
        this.functionName = functionName;
    }

    /// What is known of a request so far.
    static final class Entry {
        @Nullable String route;
        @Nullable String tenant;
        @Nullable String userId;
        @Nullable String code;
        @Nullable String reason;
        @Nullable String outcome;
        /// A metric that this request counts one for.
        @Nullable String count;
        int attempts = 1;
    }

    void request(Entry entry, String requestId, int status, long nanos, Usage usage) {
        boolean cold = coldStart;
        coldStart = false;
        print(Json.text(json -> {
            json.writeStartObject();
            json.writeStringField("level", status >= 500 ? "ERROR" : "INFO");
            Json.instant(json, "time", clock.instant());
            json.writeStringField("function", functionName);
            json.writeStringField("requestId", requestId);
            if (entry.route != null) {
                json.writeStringField("route", entry.route);
            }
            if (entry.tenant != null) {
                json.writeStringField("tenant", entry.tenant);
            }
            if (entry.userId != null) {
                json.writeStringField("userId", entry.userId);
            }
            json.writeNumberField("status", status);
            if (entry.code != null) {
                json.writeStringField("code", entry.code);
            }
            if (entry.reason != null) {
                json.writeStringField("reason", entry.reason);
            }
            if (entry.outcome != null) {
                json.writeStringField("outcome", entry.outcome);
            }
            if (entry.count != null) {
                json.writeNumberField(entry.count, 1);
            }
            json.writeNumberField("attempts", entry.attempts);
            json.writeBooleanField("coldStart", cold);
            json.writeNumberField("durationMs", nanos / 1000 / 1000.0);
            json.writeNumberField("dynamoDbCalls", usage.calls());
            json.writeNumberField("capacityUnits", usage.capacityUnits());
            json.writeNumberField("clientErrors", status >= 400 && status < 500 ? 1 : 0);
            json.writeNumberField("serverErrors", status >= 500 ? 1 : 0);
            metrics(json, entry.count);
            json.writeEndObject();
        }));
    }

    /// The trace of a fault, in words that hold nothing of what a caller sent: only the SDK's messages are repeated, others
    /// can quote a body.
    void fault(String requestId, Throwable fault) {
        print(Json.text(json -> {
            json.writeStartObject();
            json.writeStringField("level", "ERROR");
            Json.instant(json, "time", clock.instant());
            json.writeStringField("function", functionName);
            json.writeStringField("requestId", requestId);
            json.writeStringField("fault", fault.getClass().getName());
            if (fault instanceof IllegalStateException
                    // By name, because not every function ships the SDK.
                    || fault.getClass().getName().startsWith("software.amazon.awssdk.")) {
                Json.text(json, "message", Optional.ofNullable(fault.getMessage()));
            }
            json.writeArrayFieldStart("trace");
            for (StackTraceElement frame : fault.getStackTrace()) {
                json.writeString(frame.toString());
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private void metrics(JsonGenerator json, @Nullable String count) throws IOException {
        json.writeObjectFieldStart("_aws");
        json.writeNumberField("Timestamp", clock.millis());
        json.writeArrayFieldStart("CloudWatchMetrics");
        json.writeStartObject();
        json.writeStringField("Namespace", NAMESPACE);
        json.writeArrayFieldStart("Dimensions");
        dimensions(json, "function");
        dimensions(json, "function", "route");
        json.writeEndArray();
        json.writeArrayFieldStart("Metrics");
        metric(json, "durationMs", "Milliseconds");
        metric(json, "dynamoDbCalls", "Count");
        metric(json, "capacityUnits", "Count");
        metric(json, "clientErrors", "Count");
        metric(json, "serverErrors", "Count");
        if (count != null) {
            metric(json, count, "Count");
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void dimensions(JsonGenerator json, String... names)
            throws IOException {
        json.writeStartArray();
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    private static void metric(JsonGenerator json, String name, String unit)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("Name", name);
        json.writeStringField("Unit", unit);
        json.writeEndObject();
    }

    private void print(String line) {
        out.println(line);
    }
}
