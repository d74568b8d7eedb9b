package dev.tenantry.runtime;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Consumption;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One line of JSON for each invocation, which is at once its log entry and its metrics (CloudWatch embedded metric
/// format). It holds ids, counts and codes: no body, no token, no name, no address.
public final class FunctionLog {

    /// What an alarm, the dashboard or a document watches. Each metric costs by the hour in which a function tells
    /// it, so whatever else is counted is a field of the line, which queries can add up.
    public static final Set<String> METRICS = Set.of(
            "batchesUnreadable",
            "credentialsRefused",
            "customersOfDeletedTenants",
            "eventsWithoutCustomer",
            "faults",
            "lagSeconds",
            "limitsReached",
            "reportsConflicting",
            "runsIncomplete",
            "serverErrors",
            "severalSubscriptions",
            "tenantsFailed",
            "tenantsNotPurged",
            "unknownCustomers",
            "unknownStatuses",
            "unreadableProducts");

    private static final String NAMESPACE = "Tenantry";
    private static final int MOST_CAUSES = 8;

    private final PrintStream out;
    private final Clock clock;
    private final String functionName;
    private volatile boolean coldStart = true;
    private volatile @Nullable FunctionLog warned;

    FunctionLog(PrintStream out, Clock clock, String functionName) {
        this.out = out;
        this.clock = clock;
        this.functionName = functionName;
    }

    /// What sort of invocation it was.
    ///
    /// @param value null if that is not known, because what came could not be read
    public record Kind(String name, @Nullable String value) {}

    /// Writes the line of one invocation.
    ///
    /// @param error  it failed by a fault of ours
    /// @param fields what else is known of it
    /// @param nanos  how long it took
    /// @param counts what of it is counted. One that is 0 stands in the line and is no metric, whatever its name:
    ///               each that is told costs by the hour, and nobody asks for none
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
            start(json, error ? "ERROR" : "INFO", requestId);
            if (kind.value() != null) {
                json.writeStringField(kind.name(), kind.value());
            }
            fields.write(json);
            json.writeBooleanField("coldStart", cold);
            json.writeNumberField("durationMs", nanos / 1000 / 1000.0);
            json.writeNumberField("dynamoDbCalls", consumption.calls());
            json.writeNumberField("capacityUnits", consumption.capacityUnits());
            List<String> metrics = new ArrayList<>();
            for (Map.Entry<String, Long> count : counts.entrySet()) {
                json.writeNumberField(count.getKey(), count.getValue());
                if (count.getValue() != 0 && METRICS.contains(count.getKey())) {
                    metrics.add(count.getKey());
                }
            }
            if (!metrics.isEmpty()) {
                metrics(json, metrics);
            }
            json.writeEndObject();
        }));
    }

    /// Why one message of a delivery is not taken.
    ///
    /// @param messageId what the queue calls it
    /// @param metric    under which it is counted
    /// @param words     of ours, which repeat nothing of what a caller wrote
    public void refusal(String requestId, String messageId, String metric, String words) {
        print(JsonText.of(json -> {
            start(json, "INFO", requestId);
            json.writeStringField("messageId", messageId);
            json.writeStringField("refused", metric);
            json.writeStringField("reason", words);
            json.writeEndObject();
        }));
    }

    /// From now on lines are made and not written, and what fails is a warning in another log: nobody's invocation
    /// came to nothing.
    void becomeSilent(FunctionLog other) {
        warned = other;
    }

    /// What went wrong while nobody waited.
    void warning(String requestId, Throwable problem) {
        trace("WARN", requestId, problem);
    }

    /// The trace of a fault and of what caused it, in words that hold nothing of what a caller sent: only the SDK's
    /// messages and those of our own checks are repeated, others can quote a body.
    public void fault(String requestId, Throwable fault) {
        FunctionLog other = warned;
        if (other == null) {
            trace("ERROR", requestId, fault);
        } else {
            other.warning(requestId, fault);
        }
    }

    private void trace(String level, String requestId, Throwable fault) {
        print(JsonText.of(json -> {
            start(json, level, requestId);
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

    private void start(JsonGenerator json, String level, String requestId) throws IOException {
        json.writeStartObject();
        json.writeStringField("level", level);
        JsonText.instant(json, "time", clock.instant());
        json.writeStringField("function", functionName);
        json.writeStringField("requestId", requestId);
    }

    /// By function alone, since every further dimension multiplies what is paid for.
    private void metrics(JsonGenerator json, List<String> names) throws IOException {
        json.writeObjectFieldStart("_aws");
        json.writeNumberField("Timestamp", clock.millis());
        json.writeArrayFieldStart("CloudWatchMetrics");
        json.writeStartObject();
        json.writeStringField("Namespace", NAMESPACE);
        json.writeArrayFieldStart("Dimensions");
        json.writeStartArray();
        json.writeString("function");
        json.writeEndArray();
        json.writeEndArray();
        json.writeArrayFieldStart("Metrics");
        for (String name : names) {
            json.writeStartObject();
            json.writeStringField("Name", name);
            json.writeStringField("Unit", "Count");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void print(String line) {
        if (warned == null) {
            out.println(line);
        }
    }
}
