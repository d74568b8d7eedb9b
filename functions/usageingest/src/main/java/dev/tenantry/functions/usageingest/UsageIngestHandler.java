package dev.tenantry.functions.usageingest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventEntry;
import dev.tenantry.events.EventFunction;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.usage.IngestSamples;
import dev.tenantry.usage.Sample;
import dev.tenantry.usage.SampleOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The Lambda function that takes usage samples from the queue. It answers which messages are to be delivered again,
/// and only those come back; after five deliveries a message is in the dead-letter queue (AWS Lambda Developer Guide,
/// "Implementing partial batch responses").
public final class UsageIngestHandler extends EventFunction {

    /// Time that one more transaction can take at most, its repetitions and the storage's own limits and all.
    static final Duration FOR_ONE_MORE = Duration.ofSeconds(30);

    private final IngestSamples ingest;

    public UsageIngestHandler() {
        this(Settings.fromEnvironment());
    }

    public UsageIngestHandler(Settings settings) {
        this(DaggerUsageIngestComponent.factory().create(settings));
    }

    private UsageIngestHandler(UsageIngestComponent component) {
        super(component.context());
        this.ingest = component.ingest();
    }

    @Override
    protected void handle(InputStream in, JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        entry.kind("samples");
        List<SqsMessage> messages = SqsMessage.readAll(in);
        List<String> failed = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (SqsMessage message : messages) {
            try {
                samples.add(SampleBody.read(message.body()));
                ids.add(message.id());
            } catch (InvalidValue e) {
                failed.add(message.id());
                entry.count("samplesMalformed", 1);
                // Its words are ours and repeat nothing of the message.
                entry.reason("samplesMalformed", String.valueOf(e.getMessage()));
            }
        }
        if (!samples.isEmpty()) {
            // Asked here: the threads that write know nothing of the invocation.
            long deadline = System.nanoTime() + timeLeft().minus(FOR_ONE_MORE).toNanos();
            Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
            List<SampleOutcome> outcomes = ingest.run(samples, () -> System.nanoTime() - deadline < 0, failures::add);
            for (RuntimeException failure : failures) {
                if (failure instanceof Unavailable unavailable) {
                    entry.reason(metric(SampleOutcome.NOT_NOW), unavailable.reason());
                } else {
                    log.fault(requestId, failure);
                }
            }
            for (int i = 0; i < ids.size(); i++) {
                SampleOutcome outcome = outcomes.get(i);
                entry.count(metric(outcome), 1);
                if (!outcome.isCounted()) {
                    failed.add(ids.get(i));
                }
            }
        }
        out.writeStartObject();
        out.writeArrayFieldStart("batchItemFailures");
        for (String id : failed) {
            out.writeStartObject();
            out.writeStringField("itemIdentifier", id);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static String metric(SampleOutcome outcome) {
        return switch (outcome) {
            case COUNTED -> "samplesCounted";
            case DUPLICATE -> "samplesDuplicate";
            case UNKNOWN_TENANT -> "samplesUnknownTenant";
            case TOO_OLD -> "samplesTooOld";
            case IN_FUTURE -> "samplesInFuture";
            case NOT_NOW -> "samplesDeferred";
        };
    }

    /// A sample too old to be counted, and a message that is none.
    @Override
    protected List<String> primingEvents() {
        String sample = "{\\\"id\\\":\\\"priming\\\",\\\"tenant\\\":\\\"priming\\\",\\\"charger\\\":\\\"none\\\","
                + "\\\"at\\\":\\\"2025-01-01T00:00:00.000Z\\\",\\\"messagesIn\\\":1}";
        return List.of("{\"Records\":[{\"messageId\":\"1\",\"body\":\"" + sample + "\"},"
                + "{\"messageId\":\"2\",\"body\":\"priming\"}]}");
    }
}
