package dev.tenantry.functions.metrics;

import static dev.tenantry.http.Response.ok;
import static dev.tenantry.http.Response.tabular;
import static dev.tenantry.tenancy.Role.VIEWER;

import dev.tenantry.http.Routes;
import dev.tenantry.metrics.ShowMetrics;
import dev.tenantry.stats.ShowStats;
import javax.inject.Inject;
import javax.inject.Provider;

/// What the metrics function answers.
final class MetricsRoutes {

    private final Provider<ShowStats> stats;
    private final Provider<ShowMetrics> metrics;

    @Inject
    MetricsRoutes(Provider<ShowStats> stats, Provider<ShowMetrics> metrics) {
        this.stats = stats;
        this.metrics = metrics;
    }

    Routes table() {
        return Routes.table()
                .get("/tenant/{tenant}/stats", VIEWER, r -> ok(stats.get().run(r.door()), new StatsShape()))
                .get("/tenant/{tenant}/metrics", VIEWER, r -> {
                    MetricsQuery query = r.query(MetricsQuery::read);
                    return tabular(
                            r, metrics.get().run(r.door(), query.range(), query.page()), new MetricsWindowShape());
                });
    }
}
