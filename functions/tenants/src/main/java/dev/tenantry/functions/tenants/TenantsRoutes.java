package dev.tenantry.functions.tenants;

import static dev.tenantry.http.Response.created;
import static dev.tenantry.http.Response.noContent;
import static dev.tenantry.http.Response.ok;
import static dev.tenantry.http.Response.page;
import static dev.tenantry.tenancy.Role.ADMIN;
import static dev.tenantry.tenancy.Role.VIEWER;

import dev.tenantry.config.Settings;
import dev.tenantry.http.Routes;
import dev.tenantry.tenants.CreateTenant;
import dev.tenantry.tenants.DeleteTenant;
import dev.tenantry.tenants.ListOwnTenants;
import dev.tenantry.tenants.ShowTenant;
import dev.tenantry.tenants.UpdateTenant;
import dev.tenantry.tenants.VerifyDomain;
import javax.inject.Inject;
import javax.inject.Provider;

/// What the tenants function answers.
final class TenantsRoutes {

    private final Provider<CreateTenant> create;
    private final Provider<ListOwnTenants> listOwn;
    private final Provider<ShowTenant> show;
    private final Provider<UpdateTenant> update;
    private final Provider<DeleteTenant> delete;
    private final Provider<VerifyDomain> verify;

    private final TenantShape shape;
    private final String brokerDomain;

    @Inject
    TenantsRoutes(
            Provider<CreateTenant> create,
            Provider<ListOwnTenants> listOwn,
            Provider<ShowTenant> show,
            Provider<UpdateTenant> update,
            Provider<DeleteTenant> delete,
            Provider<VerifyDomain> verify,
            TenantShape shape,
            Settings settings) {
        this.create = create;
        this.listOwn = listOwn;
        this.show = show;
        this.update = update;
        this.delete = delete;
        this.verify = verify;
        this.shape = shape;
        this.brokerDomain = settings.brokerDomain();
    }

    Routes table() {
        return Routes.table()
                .post(
                        "/tenant",
                        r -> created(
                                create.get().run(r.caller(), r.body(TenantBody::create)),
                                shape,
                                tenant -> "/tenant/" + tenant.domainPrefix()))
                .get("/tenant", r -> page(r, listOwn.get().run(r.caller(), r.page()), new OwnTenantShape()))
                .get("/tenant/{tenant}", VIEWER, r -> ok(show.get().run(r.door()), shape))
                .put(
                        "/tenant/{tenant}",
                        ADMIN,
                        r -> ok(
                                update.get()
                                        .run(
                                                r.door(),
                                                r.body(body -> TenantBody.edit(body, brokerDomain)),
                                                r.precondition()),
                                shape))
                .delete("/tenant/{tenant}", ADMIN, r -> noContent(delete.get().run(r.door(), r.precondition())))
                .post("/tenant/{tenant}/domain", ADMIN, r -> ok(verify.get().run(r.door(), r.received()), shape));
    }
}
