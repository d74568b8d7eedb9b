package dev.tenantry.functions.audit;

import static dev.tenantry.http.Response.tabular;
import static dev.tenantry.tenancy.Role.ADMIN;

import dev.tenantry.http.Routes;
import dev.tenantry.users.ListAudit;
import javax.inject.Inject;

/// What the audit function answers.
final class AuditRoutes {

    private final ListAudit list;

    @Inject
    AuditRoutes(ListAudit list) {
        this.list = list;
    }

    Routes table() {
        return Routes.table().get("/tenant/{tenant}/audit", ADMIN, r -> {
            AuditQuery query = r.query(AuditQuery::read);
            return tabular(
                    r,
                    list.run(r.door(), query.from(), query.to(), query.action(), query.actorId(), query.page()),
                    new AuditShape());
        });
    }
}
