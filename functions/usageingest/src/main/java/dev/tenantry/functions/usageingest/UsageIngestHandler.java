package dev.tenantry.functions.usageingest;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventEntry;
import dev.tenantry.events.EventFunction;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.usage.IngestReports;
import dev.tenantry.usage.Report;
import dev.tenantry.usage.ReportOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The Lambda function that takes usage reports from the queue. It answers which messages are to be delivered again,
/// and only those come back; after five deliveries a message is in the dead-letter queue (AWS Lambda Developer Guide,
/// "Implementing partial batch responses"). For each that is refused the log has its id and the reason.
public final class UsageIngestHandler extends EventFunction {

    /// Time that one more transaction can take at most, its repetitions and the storage's own limits and all.
    static final Duration FOR_ONE_MORE = Duration.ofSeconds(30);

    private static final String DEFERRED = "reportsDeferred";
    private static final String MALFORMED = "reportsMalformed";

    private final IngestReports ingest;
    private final Clock clock;

    public UsageIngestHandler() {
        this(Settings.fromEnvironment());
    }

    public UsageIngestHandler(Settings settings) {
        this(DaggerUsageIngestComponent.factory().create(settings));
    }

    private UsageIngestHandler(UsageIngestComponent component) {
        super(component.context());
        this.ingest = component.ingest();
        this.clock = component.clock();
    }

    @Override
    protected void handle(InputStream in, JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        entry.kind("reports");
        List<String> failed = new ArrayList<>();
        List<Report> reports = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (SqsMessage message : SqsMessage.readAll(in)) {
            try {
                reports.add(ReportBody.read(message.body()));
                ids.add(message.id());
            } catch (InvalidValue e) {
                failed.add(message.id());
                // Its words are ours and repeat nothing of the message.
                entry.refused(message.id(), MALFORMED, String.valueOf(e.getMessage()));
            }
        }
        if (!reports.isEmpty()) {
            // Asked here: the threads that write know nothing of the invocation.
            long deadline = System.nanoTime() + timeLeft().minus(FOR_ONE_MORE).toNanos();
            Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
            List<ReportOutcome> outcomes = ingest.run(reports, () -> System.nanoTime() - deadline < 0, failures::add);
            for (RuntimeException failure : failures) {
                if (failure instanceof Unavailable unavailable) {
                    entry.reason(DEFERRED, unavailable.reason());
                } else {
                    log.fault(requestId, failure);
                }
            }
            for (int i = 0; i < ids.size(); i++) {
                count(reports.get(i), ids.get(i), outcomes.get(i), entry);
                if (!outcomes.get(i).kind().isDone()) {
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

    private static void count(Report report, String id, ReportOutcome outcome, EventEntry entry) {
        String at = "/samples/" + outcome.sample() + "/at ";
        switch (outcome.kind()) {
            case COUNTED -> {
                entry.count("reportsCounted", 1);
                entry.count("samplesCounted", report.samples().size());
            }
            case DUPLICATE -> entry.count("reportsDuplicate", 1);
            case DELETED_TENANT -> entry.count("reportsOfDeletedTenants", 1);
            case NOT_NOW -> entry.count(DEFERRED, 1);
            case UNKNOWN_TENANT -> entry.refused(id, MALFORMED, "/tenant is no tenant's domain prefix");
            case CONFLICT -> entry.refused(id, "reportsConflicting", "/id is that of another report");
            case TOO_OLD -> entry.refused(id, "reportsTooOld", at + "is more than 35 days ago");
            case IN_FUTURE -> entry.refused(id, "reportsInFuture", at + "is more than 5 minutes ahead of our clock");
        }
    }

    /// A report, and one sample alone.
    @Override
    public List<String> primingEvents() {
        String sample = """
                "charger": "PRIMED", "at": "%s", "messagesIn": 1""".formatted(clock.instant());
        String named = """
                "tenant": "%s", "id": "priming-""".formatted(DomainPrefix.NOBODYS);
        return List.of(JsonText.of(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("Records");
            message(json, "1", "{" + named + "1\", \"samples\": [{" + sample + "}]}");
            message(json, "2", "{" + named + "2\", " + sample + "}");
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static void message(JsonGenerator json, String id, String body) throws IOException {
        json.writeStartObject();
        json.writeStringField("messageId", id);
        json.writeStringField("body", body);
        json.writeEndObject();
    }
}
