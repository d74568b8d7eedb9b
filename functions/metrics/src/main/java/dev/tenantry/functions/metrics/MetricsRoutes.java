package dev.tenantry.functions.metrics;

import static dev.tenantry.http.Response.page;
import static dev.tenantry.tenancy.Role.VIEWER;

import dev.tenantry.http.Routes;
import dev.tenantry.metrics.ShowMetrics;
import javax.inject.Inject;

/// What the metrics function answers.
final class MetricsRoutes {

    private final ShowMetrics metrics;

    @Inject
    MetricsRoutes(ShowMetrics metrics) {
        this.metrics = metrics;
    }

    Routes table() {
        return Routes.table().get("/tenant/{tenant}/metrics", VIEWER, r -> {
            MetricsQuery query = r.query(MetricsQuery::read);
            return page(r, metrics.run(r.door(), query.range(), query.page()), new MetricsWindowShape());
        });
    }
}
