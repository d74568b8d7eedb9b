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
import dev.tenantry.storage.Page;
import dev.tenantry.storage.Precondition;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Provider;

/// What the chargers function answers.
final class ChargersRoutes {

    private final Provider<ListChargers> list;
    private final Provider<AddChargers> add;
    private final Provider<UpdateChargers> update;
    private final Provider<ShowCharger> showCharger;
    private final Provider<RemoveCharger> remove;
    private final Provider<ListRejections> listRejections;
    private final Provider<ShowProvisioning> show;
    private final Provider<StartProvisioning> start;
    private final Provider<ChangeProvisioning> change;
    private final Provider<StopProvisioning> stop;

    @Inject
    ChargersRoutes(
            Provider<ListChargers> list,
            Provider<AddChargers> add,
            Provider<UpdateChargers> update,
            Provider<ShowCharger> showCharger,
            Provider<RemoveCharger> remove,
            Provider<ListRejections> listRejections,
            Provider<ShowProvisioning> show,
            Provider<StartProvisioning> start,
            Provider<ChangeProvisioning> change,
            Provider<StopProvisioning> stop) {
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
                    Page<ShownCharger> page = list.get().run(r.door(), query.filter(), query.page());
                    // With a filter a page may be empty, so whoever waits wants to know that it goes on.
                    return tabular(r, page, new ChargerShape())
                            .with("X-Looked-Through", Integer.toString(page.looked()));
                })
                .post("/tenant/{tenant}/charger", USER, this::add)
                .put(
                        "/tenant/{tenant}/charger",
                        USER,
                        r -> ok(
                                update.get().run(r.door(), ChargerBody.bulk(r), Precondition.NONE),
                                new ChargerListShape()))
                .get(
                        "/tenant/{tenant}/charger/{chargerId}",
                        VIEWER,
                        r -> ok(showCharger.get().run(r.door(), r.parameter("chargerId")), new ChargerShape()))
                .put(
                        "/tenant/{tenant}/charger/{chargerId}",
                        USER,
                        r -> ok(
                                update.get()
                                        .run(r.door(), ChargerBody.single(r), r.precondition())
                                        .map(List::getFirst),
                                new ChargerShape()))
                .delete(
                        "/tenant/{tenant}/charger/{chargerId}",
                        USER,
                        r -> noContent(remove.get().run(r.door(), r.parameter("chargerId"), r.precondition())))
                .get(
                        "/tenant/{tenant}/refusal",
                        VIEWER,
                        r -> page(r, listRejections.get().run(r.door(), r.page()), new RefusalShape()))
                .get("/tenant/{tenant}/provision", VIEWER, r -> ok(show.get().run(r.door()), new ProvisioningShape()))
                .post(
                        "/tenant/{tenant}/provision",
                        USER,
                        r -> ok(start.get().run(r.door(), r.anyBody(ProvisioningBody::start)), new ProvisioningShape()))
                .put(
                        "/tenant/{tenant}/provision",
                        USER,
                        r -> ok(
                                change.get().run(r.door(), r.body(ProvisioningBody::edit), r.precondition()),
                                new ProvisioningShape()))
                .delete(
                        "/tenant/{tenant}/provision",
                        USER,
                        r -> noContent(stop.get().run(r.door(), r.precondition())));
    }

    /// Who sends one gets one back; who sends an array gets an array.
    private Reply add(Request request) {
        Items<NewCharger> wanted = ChargerBody.create(request);
        Decision<List<ShownCharger>> added = add.get().run(request.door(), wanted.items());
        String path = "/tenant/" + request.parameter("tenant") + "/charger";
        return wanted.areArray()
                ? created(added, new ChargerListShape(), _ -> path)
                : created(
                        added.map(List::getFirst),
                        new ChargerShape(),
                        shown -> path + "/" + shown.charger().id());
    }
}
