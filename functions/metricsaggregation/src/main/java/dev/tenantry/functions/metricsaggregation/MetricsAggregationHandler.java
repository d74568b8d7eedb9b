package dev.tenantry.functions.metricsaggregation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventEntry;
import dev.tenantry.events.EventFunction;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.usage.AggregateUsage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// The Lambda function that folds waiting usage into days: on its schedule, or whenever somebody invokes it with `{}`.
public final class MetricsAggregationHandler extends EventFunction {

    /// Time that one more change can take at most, the storage's own limits and all.
    static final Duration FOR_ONE_MORE = Duration.ofSeconds(30);

    private final AggregateUsage aggregate;

    public MetricsAggregationHandler() {
        this(Settings.fromEnvironment());
    }

    public MetricsAggregationHandler(Settings settings) {
        this(DaggerMetricsAggregationComponent.factory().create(settings));
    }

    private MetricsAggregationHandler(MetricsAggregationComponent component) {
        super(component.context());
        this.aggregate = component.aggregate();
    }

    @Override
    protected void handle(InputStream in, JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        Command.require(in);
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

    private boolean isTimeLeft() {
        return timeLeft().compareTo(FOR_ONE_MORE) > 0;
    }

    private static void texts(JsonGenerator out, String name, Stream<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts.toList()) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    @Override
    public List<String> primingEvents() {
        return List.of("{}");
    }
}
