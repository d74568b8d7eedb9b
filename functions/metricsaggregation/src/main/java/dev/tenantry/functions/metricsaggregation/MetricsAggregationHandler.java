package dev.tenantry.functions.metricsaggregation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventEntry;
import dev.tenantry.events.EventFunction;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.stats.RepairCounters;
import dev.tenantry.storage.Drift;
import dev.tenantry.usage.AggregateUsage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The Lambda function that folds waiting usage into days: on its schedule, or whenever somebody invokes it with `{}`.
/// With `{"repair": {"tenant": "acme"}}` it counts anew what that tenant's counters count, and repairs them.
public final class MetricsAggregationHandler extends EventFunction {

    /// Time that one more change can take at most, the storage's own limits and all.
    static final Duration FOR_ONE_MORE = Duration.ofSeconds(30);

    private final AggregateUsage aggregate;
    private final RepairCounters repair;

    public MetricsAggregationHandler() {
        this(Settings.fromEnvironment());
    }

    public MetricsAggregationHandler(Settings settings) {
        this(DaggerMetricsAggregationComponent.factory().create(settings));
    }

    private MetricsAggregationHandler(MetricsAggregationComponent component) {
        super(component.context());
        this.aggregate = component.aggregate();
        this.repair = component.repair();
    }

    @Override
    protected void handle(InputStream in, JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        Optional<DomainPrefix> tenant = Command.read(in).repair();
        if (tenant.isPresent()) {
            repair(tenant.get(), out, requestId, entry);
        } else {
            aggregate(out, requestId, entry);
        }
    }

    private void repair(DomainPrefix tenant, JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        entry.kind("repair");
        entry.tenant(tenant);
        RepairCounters.Repair done;
        try {
            done = repair.run(tenant, this::isTimeLeft);
        } catch (TenantNotFound e) {
            throw new MalformedEvent("/repair/tenant", "must be the domain prefix of an existing tenant");
        }
        entry.count("countersRepaired", done.repaired().size());
        entry.count("countersNotSettled", done.notSettled().size());
        out.writeStartObject();
        out.writeArrayFieldStart("repaired");
        for (Drift drift : done.repaired()) {
            out.writeStartObject();
            out.writeStringField("counter", drift.counter());
            out.writeStringField("stored", drift.stored());
            out.writeStringField("counted", drift.counted());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("notSettled");
        for (Map.Entry<String, RuntimeException> counter : done.notSettled().entrySet()) {
            out.writeStartObject();
            out.writeStringField("counter", counter.getKey());
            if (counter.getValue() instanceof Unavailable unavailable) {
                out.writeStringField("reason", unavailable.reason());
            } else {
                out.writeStringField("reason", "could not be counted; see the log of request " + requestId);
                log.fault(requestId, counter.getValue());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private boolean isTimeLeft() {
        return timeLeft().compareTo(FOR_ONE_MORE) > 0;
    }

    private void aggregate(JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        entry.kind("aggregation");
        AggregateUsage.Aggregation run = aggregate.run(this::isTimeLeft);
        entry.count("batchesFolded", run.batches());
        // Absent where it is not known, which the alarm takes as a bad sign: 0 would be a good one.
        run.lagSeconds().ifPresent(seconds -> entry.count("lagSeconds", seconds));
        entry.count("tenantsFailed", run.failures().size());
        entry.count("batchesUnreadable", run.quarantined().size() + run.stuck().size());
        entry.count("runsIncomplete", run.isComplete() ? 0 : 1);
        run.cutShort().ifPresent(why -> entry.reason("runsIncomplete", why));
        run.failures()
                .forEach((tenant, why) -> log.fault(
                        requestId, new IllegalStateException("usage of " + tenant + " could not be folded", why)));
        run.quarantined()
                .forEach((batch, why) ->
                        log.fault(requestId, new IllegalStateException("batch " + batch + " was quarantined", why)));
        run.stuck()
                .forEach((batch, why) -> log.fault(
                        requestId,
                        new IllegalStateException(
                                "batch " + batch + " can't be read and could not be quarantined", why)));
        out.writeStartObject();
        out.writeNumberField("batchesFolded", run.batches());
        if (run.lagSeconds().isPresent()) {
            out.writeNumberField("lagSeconds", run.lagSeconds().getAsLong());
        }
        texts(out, "tenantsFailed", run.failures().keySet().stream().map(DomainPrefix::value));
        texts(out, "batchesQuarantined", run.quarantined().keySet().stream());
        texts(out, "batchesStuck", run.stuck().keySet().stream());
        out.writeBooleanField("isComplete", run.isComplete());
        out.writeEndObject();
    }

    private static void texts(JsonGenerator out, String name, Stream<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts.toList()) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    @Override
    protected List<String> primingEvents() {
        return List.of("{}", "{\"repair\":{\"tenant\":\"" + DomainPrefix.NOBODYS + "\"}}");
    }
}
