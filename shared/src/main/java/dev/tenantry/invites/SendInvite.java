package dev.tenantry.invites;

import dev.tenantry.mail.Mailer;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Change;
import javax.inject.Inject;

/// Mails an invite that was stored.
public final class SendInvite {

    private final InviteMail mail;
    private final Mailer mailer;
    private final InviteStore invites;

    @Inject
    SendInvite(InviteMail mail, Mailer mailer, InviteStore invites) {
        this.mail = mail;
        this.mailer = mailer;
        this.invites = invites;
    }

    /// @return that it was sent, to be written down
    /// @throws UpstreamUnavailable if it was not, as far as anyone can tell: the invite is there, but its receiver
    ///                             may not know. Inviting the address again renews the invite and sends it again
    public Change run(IssuedInvite issued) {
        mailer.send(mail.compose(issued));
        Change change = Change.empty();
        invites.sent(change, issued.scope(), issued.sent());
        return change;
    }

    /// Loads what a mail takes, and sends none.
    public void prime() {
        mail.prime();
        mailer.prepare();
    }
}
