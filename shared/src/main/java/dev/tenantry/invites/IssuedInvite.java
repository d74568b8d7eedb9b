package dev.tenantry.invites;

import dev.tenantry.tenancy.TenantScope;

/// An invite with all that its mail tells, the token among it, which is known only now.
///
/// @param invite     as it is stored before its mail is sent
/// @param isNew      the address had no invite before; otherwise this renews it
/// @param tenantName what people call the tenant
/// @param inviter    what people call the person who invites
public record IssuedInvite(
        TenantScope scope, Invite invite, InviteToken token, boolean isNew, String tenantName, String inviter) {

    /// The invite as it is once its mail was sent: at the time that everything else of this invite happened, so
    /// that whoever is told of it and whoever looks later see the same.
    public ShownInvite sent() {
        return new ShownInvite(invite.sent(scope.now()), Invite.Status.PENDING);
    }
}
