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
import javax.inject.Provider;

/// What the invites function answers.
final class InvitesRoutes {

    private final Provider<ListInvites> list;
    private final Provider<CreateInvite> create;
    private final Provider<SendInvite> send;
    private final Provider<RevokeInvite> revoke;
    private final Provider<AcceptInvite> accept;
    private final InviteShape shape = new InviteShape();

    @Inject
    InvitesRoutes(
            Provider<ListInvites> list,
            Provider<CreateInvite> create,
            Provider<SendInvite> send,
            Provider<RevokeInvite> revoke,
            Provider<AcceptInvite> accept) {
        this.list = list;
        this.create = create;
        this.send = send;
        this.revoke = revoke;
        this.accept = accept;
    }

    Routes table() {
        return Routes.table()
                .get("/tenant/{tenant}/invite", ADMIN, r -> page(r, list.get().run(r.door(), r.page()), shape))
                .post(
                        "/tenant/{tenant}/invite",
                        ADMIN,
                        r -> mailed(create.get().run(r.door(), r.caller(), r.body(InviteBody::create))))
                .delete(
                        "/tenant/{tenant}/invite/{inviteId}",
                        ADMIN,
                        r -> noContent(revoke.get().run(r.door(), r.parameter("inviteId"))))
                .post(
                        "/invite/accept",
                        r -> ok(accept.get().run(r.caller(), r.body(InviteBody::token)), new AcceptanceShape()));
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
        return reply.after(() -> send.get().run(issued));
    }
}
