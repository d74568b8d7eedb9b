package dev.tenantry.functions.billing;

import static dev.tenantry.http.Response.ok;
import static dev.tenantry.tenancy.Role.ADMIN;

import dev.tenantry.billing.OpenPortal;
import dev.tenantry.http.Query;
import dev.tenantry.http.Routes;
import java.net.URI;
import java.util.Optional;
import javax.inject.Inject;

/// What the billing function answers.
final class BillingRoutes {

    private final OpenPortal open;

    @Inject
    BillingRoutes(OpenPortal open) {
        this.open = open;
    }

    Routes table() {
        return Routes.table()
                .get("/tenant/{tenant}/billing", ADMIN, r -> ok(
                        open.run(r.door(), r.query(this::returnUrl), r.received()), new PortalShape()));
    }

    private Optional<URI> returnUrl(Query query) {
        return query.complete(query.optional("returnUrl", open::returnUrl));
    }
}
