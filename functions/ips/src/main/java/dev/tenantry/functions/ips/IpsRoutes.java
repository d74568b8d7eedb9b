package dev.tenantry.functions.ips;

import static dev.tenantry.http.Response.created;
import static dev.tenantry.http.Response.noContent;
import static dev.tenantry.http.Response.ok;
import static dev.tenantry.http.Response.page;
import static dev.tenantry.tenancy.Role.ADMIN;
import static dev.tenantry.tenancy.Role.VIEWER;

import dev.tenantry.http.Routes;
import dev.tenantry.ips.AddIp;
import dev.tenantry.ips.ListIps;
import dev.tenantry.ips.RemoveIp;
import dev.tenantry.ips.UpdateIp;
import javax.inject.Inject;
import javax.inject.Provider;

/// What the ips function answers.
final class IpsRoutes {

    private final Provider<ListIps> list;
    private final Provider<AddIp> add;
    private final Provider<UpdateIp> update;
    private final Provider<RemoveIp> remove;

    @Inject
    IpsRoutes(Provider<ListIps> list, Provider<AddIp> add, Provider<UpdateIp> update, Provider<RemoveIp> remove) {
        this.list = list;
        this.add = add;
        this.update = update;
        this.remove = remove;
    }

    Routes table() {
        return Routes.table()
                .get(
                        "/tenant/{tenant}/ips",
                        VIEWER,
                        // Whoever is about to shut others out has to know where they are themselves.
                        r -> page(r, list.get().run(r.door(), r.page()), new IpShape())
                                .with("X-Caller-Address", r.caller().sourceIp()))
                .post(
                        "/tenant/{tenant}/ips",
                        ADMIN,
                        r -> created(
                                add.get().run(r.door(), r.body(IpBody::read)),
                                new IpShape(),
                                entry -> "/tenant/" + r.parameter("tenant") + "/ips/" + entry.id()))
                .put(
                        "/tenant/{tenant}/ips/{ipId}",
                        ADMIN,
                        r -> ok(
                                update.get().run(r.door(), r.parameter("ipId"), r.body(IpBody::edit), r.precondition()),
                                new IpShape()))
                .delete(
                        "/tenant/{tenant}/ips/{ipId}",
                        ADMIN,
                        r -> noContent(remove.get().run(r.door(), r.parameter("ipId"), r.precondition())));
    }
}
