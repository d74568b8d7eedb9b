package dev.tenantry.functions.chargers;

import static dev.tenantry.http.Response.created;
import static dev.tenantry.http.Response.noContent;
import static dev.tenantry.http.Response.ok;
import static dev.tenantry.http.Response.page;
import static dev.tenantry.http.Response.tabular;
import static dev.tenantry.tenancy.Role.USER;
import static dev.tenantry.tenancy.Role.VIEWER;

import dev.tenantry.chargers.AddChargers;
import dev.tenantry.chargers.ListChargers;
import dev.tenantry.chargers.ListRejections;
import dev.tenantry.chargers.NewCharger;
import dev.tenantry.chargers.RemoveCharger;
import dev.tenantry.chargers.ShowCharger;
import dev.tenantry.chargers.ShownCharger;
import dev.tenantry.chargers.UpdateChargers;
import dev.tenantry.http.Items;
import dev.tenantry.http.Reply;
import dev.tenantry.http.Request;
import dev.tenantry.http.Routes;
import dev.tenantry.provisioning.ChangeProvisioning;
import dev.tenantry.provisioning.ShowProvisioning;
import dev.tenantry.provisioning.StartProvisioning;
import dev.tenantry.provisioning.StopProvisioning;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Precondition;
import java.util.List;
import javax.inject.Inject;

/// What the chargers function answers.
final class ChargersRoutes {

    private final ListChargers list;
    private final AddChargers add;
    private final UpdateChargers update;
    private final ShowCharger showCharger;
    private final RemoveCharger remove;
    private final ListRejections listRejections;
    private final ShowProvisioning show;
    private final StartProvisioning start;
    private final ChangeProvisioning change;
    private final StopProvisioning stop;

    @Inject
    ChargersRoutes(
            ListChargers list,
            AddChargers add,
            UpdateChargers update,
            ShowCharger showCharger,
            RemoveCharger remove,
            ListRejections listRejections,
            ShowProvisioning show,
            StartProvisioning start,
            ChangeProvisioning change,
            StopProvisioning stop) {
        this.list = list;
        this.add = add;
        this.update = update;
        this.showCharger = showCharger;
        this.remove = remove;
        this.listRejections = listRejections;
        this.show = show;
        this.start = start;
        this.change = change;
        this.stop = stop;
    }

    Routes table() {
        return Routes.table()
                .get("/tenant/{tenant}/charger", VIEWER, r -> {
                    ChargerQuery query = r.query(ChargerQuery::read);
                    return tabular(r, list.run(r.door(), query.filter(), query.page()), new ChargerShape());
                })
                .post("/tenant/{tenant}/charger", USER, this::add)
                .put(
                        "/tenant/{tenant}/charger",
                        USER,
                        r -> ok(update.run(r.door(), ChargerBody.bulk(r), Precondition.NONE), new ChargerListShape()))
                .get(
                        "/tenant/{tenant}/charger/{chargerId}",
                        VIEWER,
                        r -> ok(showCharger.run(r.door(), r.parameter("chargerId")), new ChargerShape()))
                .put(
                        "/tenant/{tenant}/charger/{chargerId}",
                        USER,
                        r -> ok(
                                update.run(r.door(), ChargerBody.single(r), r.precondition())
                                        .map(List::getFirst),
                                new ChargerShape()))
                .delete(
                        "/tenant/{tenant}/charger/{chargerId}",
                        USER,
                        r -> noContent(remove.run(r.door(), r.parameter("chargerId"), r.precondition())))
                .get(
                        "/tenant/{tenant}/refusal",
                        VIEWER,
                        r -> page(r, listRejections.run(r.door(), r.page()), new RefusalShape()))
                .get("/tenant/{tenant}/provision", VIEWER, r -> ok(show.run(r.door()), new ProvisioningShape()))
                .post(
                        "/tenant/{tenant}/provision",
                        USER,
                        r -> ok(start.run(r.door(), r.anyBody(ProvisioningBody::start)), new ProvisioningShape()))
                .put(
                        "/tenant/{tenant}/provision",
                        USER,
                        r -> ok(
                                change.run(r.door(), r.body(ProvisioningBody::edit), r.precondition()),
                                new ProvisioningShape()))
                .delete("/tenant/{tenant}/provision", USER, r -> noContent(stop.run(r.door(), r.precondition())));
    }

    /// Who sends one gets one back; who sends an array gets an array.
    private Reply add(Request request) {
        Items<NewCharger> wanted = ChargerBody.create(request);
        Decision<List<ShownCharger>> added = add.run(request.door(), wanted.items());
        String path = "/tenant/" + request.parameter("tenant") + "/charger";
        return wanted.areArray()
                ? created(added, new ChargerListShape(), _ -> path)
                : created(
                        added.map(List::getFirst),
                        new ChargerShape(),
                        shown -> path + "/" + shown.charger().id());
    }
}
