package dev.tenantry.functions.invites;

import static dev.tenantry.http.Response.created;
import static dev.tenantry.http.Response.noContent;
import static dev.tenantry.http.Response.ok;
import static dev.tenantry.http.Response.page;
import static dev.tenantry.tenancy.Role.ADMIN;

import dev.tenantry.http.Reply;
import dev.tenantry.http.Routes;
import dev.tenantry.invites.AcceptInvite;
import dev.tenantry.invites.CreateInvite;
import dev.tenantry.invites.IssuedInvite;
import dev.tenantry.invites.ListInvites;
import dev.tenantry.invites.RevokeInvite;
import dev.tenantry.invites.SendInvite;
import dev.tenantry.invites.ShownInvite;
import dev.tenantry.storage.Decision;
import javax.inject.Inject;

/// What the invites function answers.
final class InvitesRoutes {

    private final ListInvites list;
    private final CreateInvite create;
    private final SendInvite send;
    private final RevokeInvite revoke;
    private final AcceptInvite accept;
    private final InviteShape shape = new InviteShape();

    @Inject
    InvitesRoutes(ListInvites list, CreateInvite create, SendInvite send, RevokeInvite revoke, AcceptInvite accept) {
        this.list = list;
        this.create = create;
        this.send = send;
        this.revoke = revoke;
        this.accept = accept;
    }

    Routes table() {
        return Routes.table()
                .get("/tenant/{tenant}/invite", ADMIN, r -> page(r, list.run(r.door(), r.page()), shape))
                .post(
                        "/tenant/{tenant}/invite",
                        ADMIN,
                        r -> mailed(create.run(r.door(), r.caller(), r.body(InviteBody::create))))
                .delete(
                        "/tenant/{tenant}/invite/{inviteId}",
                        ADMIN,
                        r -> noContent(revoke.run(r.door(), r.parameter("inviteId"))))
                .post(
                        "/invite/accept",
                        r -> ok(accept.run(r.caller(), r.body(InviteBody::token)), new AcceptanceShape()));
    }

    private Reply mailed(Decision<IssuedInvite> decision) {
        IssuedInvite issued = decision.result();
        Decision<ShownInvite> invite = decision.map(IssuedInvite::sent);
        Reply reply = issued.isNew()
                ? created(
                        invite,
                        shape,
                        it -> "/tenant/" + issued.scope().tenant() + "/invite/"
                                + it.invite().id())
                : ok(invite, shape);
        return reply.after(() -> send.run(issued));
    }
}
