package dev.tenantry.functions.billing;

import static dev.tenantry.http.Response.ok;
import static dev.tenantry.tenancy.Role.ADMIN;

import dev.tenantry.billing.OpenPortal;
import dev.tenantry.billing.OpenedPortal;
import dev.tenantry.billing.Outcome;
import dev.tenantry.http.Query;
import dev.tenantry.http.Reply;
import dev.tenantry.http.Routes;
import dev.tenantry.storage.Decision;
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
                .get(
                        "/tenant/{tenant}/billing",
                        ADMIN,
                        r -> opened(open.run(r.door(), r.query(this::returnUrl), r.received())));
    }

    /// What a new customer has subscribed to may be as unreadable as what an event tells of.
    private static Reply opened(Decision<OpenedPortal> portal) {
        return ok(portal, new PortalShape()).noting(portal.result().adopted().map(Outcome::text));
    }

    private Optional<URI> returnUrl(Query query) {
        return query.complete(query.optional("returnUrl", open::returnUrl));
    }
}
