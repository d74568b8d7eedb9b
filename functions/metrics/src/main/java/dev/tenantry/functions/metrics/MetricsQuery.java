package dev.tenantry.functions.metrics;

import dev.tenantry.http.Query;
import dev.tenantry.metrics.Bound;
import dev.tenantry.metrics.Interval;
import dev.tenantry.metrics.MetricsRange;
import dev.tenantry.metrics.TimeZoneName;
import dev.tenantry.storage.PageRequest;

/// Which windows are asked for, and which page of them.
record MetricsQuery(MetricsRange range, PageRequest page) {

    static MetricsQuery read(Query query) {
        var from = query.optionalTime("from", Bound::of);
        var to = query.optionalTime("to", Bound::of);
        var interval = query.optional("interval", Interval::of);
        var timeZone = query.optional("timeZone", TimeZoneName::of);
        var page = query.page();
        return query.complete(() -> new MetricsQuery(
                new MetricsRange(
                        interval.get().orElse(Interval.DAY),
                        timeZone.get().orElse(TimeZoneName.UTC),
                        from.get(),
                        to.get()),
                page.get()));
    }
}
