package dev.tenantry.functions.chargers;

import static dev.tenantry.http.Response.noContent;
import static dev.tenantry.http.Response.ok;
import static dev.tenantry.http.Response.page;
import static dev.tenantry.http.Response.tabular;
import static dev.tenantry.tenancy.Role.USER;
import static dev.tenantry.tenancy.Role.VIEWER;

import dev.tenantry.chargers.ListChargers;
import dev.tenantry.chargers.ListRejections;
import dev.tenantry.http.Routes;
import dev.tenantry.provisioning.ShowProvisioning;
import dev.tenantry.provisioning.StartProvisioning;
import dev.tenantry.provisioning.StopProvisioning;
import javax.inject.Inject;

/// What the chargers function answers.
final class ChargersRoutes {

    private final ListChargers list;
    private final ListRejections listRejections;
    private final ShowProvisioning show;
    private final StartProvisioning start;
    private final StopProvisioning stop;

    @Inject
    ChargersRoutes(
            ListChargers list,
            ListRejections listRejections,
            ShowProvisioning show,
            StartProvisioning start,
            StopProvisioning stop) {
        this.list = list;
        this.listRejections = listRejections;
        this.show = show;
        this.start = start;
        this.stop = stop;
    }

    Routes table() {
        return Routes.table()
                .get(
                        "/tenant/{tenant}/charger",
                        VIEWER,
                        r -> tabular(r, list.run(r.door(), r.page()), new ChargerShape()))
                .get(
                        "/tenant/{tenant}/refusal",
                        VIEWER,
                        r -> page(r, listRejections.run(r.door(), r.page()), new RefusalShape()))
                .get("/tenant/{tenant}/provision", VIEWER, r -> ok(show.run(r.door()), new ProvisioningShape()))
                .post(
                        "/tenant/{tenant}/provision",
                        USER,
                        r -> ok(start.run(r.door(), r.anyBody(ProvisioningBody::read)), new ProvisioningShape()))
                .delete("/tenant/{tenant}/provision", USER, r -> noContent(stop.run(r.door(), r.precondition())));
    }
}
