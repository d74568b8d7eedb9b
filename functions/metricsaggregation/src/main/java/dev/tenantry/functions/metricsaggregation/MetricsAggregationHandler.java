package dev.tenantry.functions.metricsaggregation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.config.Settings;
import dev.tenantry.events.EventEntry;
import dev.tenantry.events.EventFunction;
import dev.tenantry.events.MalformedEvent;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.stats.RepairCounters;
import dev.tenantry.storage.Drift;
import dev.tenantry.tenancy.DomainPrefix;
import dev.tenantry.usage.AggregateUsage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The Lambda function that folds waiting usage into days: on its schedule, or whenever somebody invokes it with `{}`. With
/// `{"repair": {"tenant": "acme"}}` it counts anew what that tenant's counters count, and mends them.
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
        super(component.desk());
        this.aggregate = component.aggregate();
        this.repair = component.repair();
    }

    @Override
    protected void handle(InputStream in, JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        Optional<DomainPrefix> tenant = Command.read(in).repair();
        if (tenant.isPresent()) {
            repair(tenant.get(), out, entry);
        } else {
            aggregate(out, requestId, entry);
        }
    }

    private void repair(DomainPrefix tenant, JsonGenerator out, EventEntry entry) throws IOException {
        entry.kind("repair");
        entry.tenant(tenant);
        List<Drift> drifts;
        try {
            drifts = repair.run(tenant);
        } catch (TenantNotFound e) {
            throw new MalformedEvent("/repair/tenant", "must be a tenant that there is");
        }
        entry.count("countersMended", drifts.size());
        out.writeStartObject();
        out.writeArrayFieldStart("mended");
        for (Drift drift : drifts) {
            out.writeStartObject();
            out.writeStringField("counter", drift.counter());
            out.writeStringField("stored", drift.stored());
            out.writeStringField("counted", drift.counted());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private void aggregate(JsonGenerator out, String requestId, EventEntry entry) throws IOException {
        entry.kind("aggregation");
        AggregateUsage.Run run = aggregate.run(() -> timeLeft().compareTo(FOR_ONE_MORE) > 0);
        entry.count("parcelsFolded", run.parcels());
        // Absent where it is not known, which the alarm takes as a bad sign: 0 would be a good one.
        run.lagSeconds().ifPresent(seconds -> entry.count("lagSeconds", seconds));
        entry.count("tenantsFailed", run.failures().size());
        entry.count("parcelsSetAside", run.setAside().size());
        entry.count("runsIncomplete", run.isComplete() ? 0 : 1);
        run.failures()
                .forEach((tenant, why) -> log.fault(
                        requestId, new IllegalStateException("usage of " + tenant + " could not be folded", why)));
        run.setAside()
                .forEach((parcel, why) -> log.fault(
                        requestId, new IllegalStateException("parcel " + parcel + " was set aside", why)));
        out.writeStartObject();
        out.writeNumberField("parcelsFolded", run.parcels());
        if (run.lagSeconds().isPresent()) {
            out.writeNumberField("lagSeconds", run.lagSeconds().getAsLong());
        }
        out.writeArrayFieldStart("tenantsFailed");
        for (DomainPrefix tenant : run.failures().keySet()) {
            out.writeString(tenant.value());
        }
        out.writeEndArray();
        out.writeArrayFieldStart("parcelsSetAside");
        for (String parcel : run.setAside().keySet()) {
            out.writeString(parcel);
        }
        out.writeEndArray();
        out.writeBooleanField("isComplete", run.isComplete());
        out.writeEndObject();
    }

    @Override
    protected List<String> rehearsal() {
        return List.of("{}", "{\"repair\":{\"tenant\":\"rehearsal\"}}");
    }
}
