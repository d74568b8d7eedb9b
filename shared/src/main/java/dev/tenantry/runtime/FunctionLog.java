package dev.tenantry.runtime;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Consumption;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of JSON for each invocation, which is at once its log entry and its metrics (CloudWatch embedded metric
/// format). It holds ids, counts and codes: no body, no token, no name, no address.
public final class FunctionLog {

    private static final String NAMESPACE = "Tenantry";
    private static final int MOST_CAUSES = 8;

    private final PrintStream out;
    private final Clock clock;
    private final String functionName;
    private volatile boolean coldStart = true;

    FunctionLog(PrintStream out, Clock clock, String functionName) {
        this.out = out;
        this.clock = clock;
        this.functionName = functionName;
    }

    /// What an invocation was about: the metrics' dimension besides the function.
    ///
    /// @param value null if that is not known, because what came could not be read
    public record Kind(String name, @Nullable String value) {}

    /// Writes the line of one invocation.
    ///
    /// @param error  it failed by a fault of ours
    /// @param fields what else is known of it
    /// @param nanos  how long it took
    /// @param counts metrics of its own
    public void line(
            boolean error,
            String requestId,
            Kind kind,
            JsonText.Writer fields,
            long nanos,
            Consumption consumption,
            Map<String, Long> counts) {
        boolean cold = coldStart;
        coldStart = false;
        print(JsonText.of(json -> {
            start(json, error, requestId);
            if (kind.value() != null) {
                json.writeStringField(kind.name(), kind.value());
            }
            fields.write(json);
            json.writeBooleanField("coldStart", cold);
            json.writeNumberField("durationMs", nanos / 1000 / 1000.0);
            json.writeNumberField("dynamoDbCalls", consumption.calls());
            json.writeNumberField("capacityUnits", consumption.capacityUnits());
            for (Map.Entry<String, Long> count : counts.entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
            }
            metrics(json, kind, counts);
            json.writeEndObject();
        }));
    }

    /// The trace of a fault and of what caused it, in words that hold nothing of what a caller sent: only the SDK's
    /// messages and those of our own checks are repeated, others can quote a body.
    public void fault(String requestId, Throwable fault) {
        print(JsonText.of(json -> {
            start(json, true, requestId);
            trace(json, fault);
            json.writeArrayFieldStart("causes");
            Throwable cause = fault.getCause();
            // Bounded, because causes can go round in a circle.
            for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
                json.writeStartObject();
                trace(json, cause);
                json.writeEndObject();
                cause = cause.getCause();
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void trace(JsonGenerator json, Throwable fault) throws IOException {
        json.writeStringField("fault", fault.getClass().getName());
        String message = fault instanceof Unavailable unavailable ? unavailable.reason() : fault.getMessage();
        if (message != null
                && (fault instanceof Unavailable
                        || fault instanceof IllegalStateException
                        // By name, because not every function ships the SDK.
                        || fault.getClass().getName().startsWith("software.amazon.awssdk."))) {
            json.writeStringField("message", message);
        }
        json.writeArrayFieldStart("trace");
        for (StackTraceElement frame : fault.getStackTrace()) {
            json.writeString(frame.toString());
        }
        json.writeEndArray();
    }

    private void start(JsonGenerator json, boolean error, String requestId) throws IOException {
        json.writeStartObject();
        json.writeStringField("level", error ? "ERROR" : "INFO");
        JsonText.instant(json, "time", clock.instant());
        json.writeStringField("function", functionName);
        json.writeStringField("requestId", requestId);
    }

    private void metrics(JsonGenerator json, Kind kind, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart("_aws");
        json.writeNumberField("Timestamp", clock.millis());
        json.writeArrayFieldStart("CloudWatchMetrics");
        json.writeStartObject();
        json.writeStringField("Namespace", NAMESPACE);
        json.writeArrayFieldStart("Dimensions");
        dimensions(json, "function");
        if (kind.value() != null) {
            dimensions(json, "function", kind.name());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("Metrics");
        metric(json, "durationMs", "Milliseconds");
        metric(json, "dynamoDbCalls", "Count");
        metric(json, "capacityUnits", "Count");
        for (String count : counts.keySet()) {
            metric(json, count, "Count");
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void dimensions(JsonGenerator json, String... names) throws IOException {
        json.writeStartArray();
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }

    private static void metric(JsonGenerator json, String name, String unit) throws IOException {
        json.writeStartObject();
        json.writeStringField("Name", name);
        json.writeStringField("Unit", unit);
        json.writeEndObject();
    }

    private void print(String line) {
        out.println(line);
    }
}
