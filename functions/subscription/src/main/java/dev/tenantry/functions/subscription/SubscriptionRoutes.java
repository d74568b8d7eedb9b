package dev.tenantry.functions.subscription;

import static dev.tenantry.http.Response.ok;
import static dev.tenantry.tenancy.Role.VIEWER;

import dev.tenantry.http.Routes;
import dev.tenantry.subscriptions.ShowSubscription;
import javax.inject.Inject;

/// What the subscription function answers.
final class SubscriptionRoutes {

    private final ShowSubscription show;

    @Inject
    SubscriptionRoutes(ShowSubscription show) {
        this.show = show;
    }

    Routes table() {
        return Routes.table()
                .get("/tenant/{tenant}/subscription", VIEWER, r -> ok(show.run(r.door()), new SubscriptionShape()));
    }
}
