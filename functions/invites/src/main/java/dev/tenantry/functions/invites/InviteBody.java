package dev.tenantry.functions.invites;

import dev.tenantry.http.Fields;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.Language;
import dev.tenantry.invites.NewInvite;
import dev.tenantry.tenancy.Role;
import java.util.List;

/// What requests say of an invite.
final class InviteBody {

    private static final List<String> READ_ONLY =
            List.of("id", "tenantId", "status", "invitedBy", "createdAt", "expiresAt", "sentAt", "bounced");

    private InviteBody() {}

    static NewInvite create(Fields body) {
        var receiver = body.required("receiver", EmailAddress::new);
        var role = body.required("role", Role::of);
        var language = body.required("language", Language::new);
        body.readOnly(READ_ONLY);
        return body.complete(() -> new NewInvite(receiver.get(), role.get(), language.get()));
    }

    /// Any text: one that can be no token is an unknown one.
    static String token(Fields body) {
        var token = body.required("token", text -> text);
        return body.complete(token);
    }
}
