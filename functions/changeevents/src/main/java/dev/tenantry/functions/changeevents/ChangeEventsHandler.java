package dev.tenantry.functions.changeevents;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.bus.AnnounceChanges;
import dev.tenantry.bus.ChangeOutcome;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventEntry;
import dev.tenantry.events.EventFunction;
import dev.tenantry.identity.DomainPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/// The Lambda function that tells the event bus of every change that has an audit entry. The table's stream invokes it
/// with the rows that came into being.
///
/// What the bus did not take comes again: the function answers which records those are (AWS Lambda Developer Guide,
/// "Configuring partial batch response with DynamoDB and Lambda"). What can't be understood would come again for
/// nothing, and others with it; so the function fails after it has told of the others, and Lambda divides the batch
/// until that record is alone (docs/adr/0031).
public final class ChangeEventsHandler extends EventFunction {

    /// Time that the last call to the bus can take, and a moment for all the rest.
    static final Duration FOR_ONE_MORE = Duration.ofSeconds(10);

    private final AnnounceChanges announce;

    public ChangeEventsHandler() {
        this(Settings.fromEnvironment());
    }

    public ChangeEventsHandler(Settings settings) {
        this(DaggerChangeEventsComponent.factory().create(settings));
    }

    private ChangeEventsHandler(ChangeEventsComponent component) {
        super(component.context());
        this.announce = component.announce();
    }

    @Override
    protected void handle(InputStream in, JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        entry.kind("changes");
        List<StreamRecord> records = StreamRecord.readAll(in);
        AnnounceChanges.Report report = announce.run(
                records.stream().map(StreamRecord::newRow).toList(),
                ChangeEventShape::detail,
                timeLeft().minus(FOR_ONE_MORE));
        entry.count("changeEventsSent", report.taken());
        entry.count("changeEventsFailed", report.left());
        entry.count("changeEventsRepeated", report.repeated());
        entry.count("recordsIgnored", count(report, ChangeOutcome.IGNORED));
        entry.count("recordsUnreadable", count(report, ChangeOutcome.UNREADABLE));
        if (report.left() > 0 || report.repeated() > 0) {
            report.reason()
                    .ifPresent(reason ->
                            entry.reason(report.left() > 0 ? "changeEventsFailed" : "changeEventsRepeated", reason));
        }
        if (!report.faults().isEmpty()) {
            int first = report.outcomes().indexOf(ChangeOutcome.UNREADABLE);
            throw new IllegalStateException(
                    "an audit row can't be understood, sequence number "
                            + records.get(first).sequenceNumber(),
                    report.faults().getFirst());
        }
        out.writeStartObject();
        out.writeArrayFieldStart("batchItemFailures");
        for (int i = 0; i < records.size(); i++) {
            if (report.outcomes().get(i) == ChangeOutcome.NOT_NOW) {
                out.writeStartObject();
                out.writeStringField("itemIdentifier", records.get(i).sequenceNumber());
                out.writeEndObject();
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static long count(AnnounceChanges.Report report, ChangeOutcome outcome) {
        return report.outcomes().stream().filter(outcome::equals).count();
    }

    /// An audit row, and something else.
    @Override
    public List<String> primingEvents() {
        return List.of("""
                {"Records": [
                  {"eventName": "INSERT", "dynamodb": {"SequenceNumber": "1", "NewImage": {
                    "PK": {"S": "TENANT#%1$s"}, "SK": {"S": "AUDIT#0000000000000001"}, "id": {"N": "1"},
                    "tenantId": {"N": "1"}, "action": {"S": "priming"}, "targetType": {"S": "priming"},
                    "actorId": {"S": "priming"}, "requestId": {"S": "priming"},
                    "createdAt": {"S": "2025-01-01T00:00:00Z"},
                    "events": {"L": [{"M": {"targetId": {"S": "priming"}, "after": {"M": {}}}}]}}}},
                  {"eventName": "REMOVE", "dynamodb": {"SequenceNumber": "2", "Keys": {"PK": {"S": "PRIMING"}}}}
                ]}
                """.formatted(DomainPrefix.NOBODYS.value()));
    }

    /// The table is never asked.
    @Override
    protected void connect() {
        announce.connect();
    }
}
