package dev.tenantry.invites;

import dev.tenantry.mail.Mailer;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Change;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import javax.inject.Inject;

/// Mails an invite that was stored.
public final class SendInvite {

    private final InviteMail mail;
    private final Mailer mailer;
    private final InviteStore invites;
    private final Clock clock;

    @Inject
    SendInvite(InviteMail mail, Mailer mailer, InviteStore invites, Clock clock) {
        this.mail = mail;
        this.mailer = mailer;
        this.invites = invites;
        this.clock = clock;
    }

    /// @return that it was sent, to be written down
    /// @throws UpstreamUnavailable if it was not, as far as anyone can tell: the invite is there, but its receiver may not
    ///                             know. Inviting the address again renews the invite and sends it again
    public Change run(IssuedInvite issued) {
        mailer.send(mail.compose(issued));
        Change change = Change.empty();
        invites.sent(change, issued.scope(), issued.invite(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return change;
    }
}
