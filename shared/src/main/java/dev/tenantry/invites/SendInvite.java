package dev.tenantry.invites;

import dev.tenantry.config.Settings;
import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.invites.LatestMails.Mailed;
import dev.tenantry.mail.Mailer;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.TenantScope;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Mails an invite that was stored.
public final class SendInvite {

    /// How often it is tried to take a failed mail out of the counts.
    private static final int TRIES = 5;

    private final InviteMail mail;
    private final Mailer mailer;
    private final InviteStore invites;
    private final MailStore mails;
    private final Table table;
    private final Settings settings;
    private final RandomGenerator random;

    @Inject
    SendInvite(
            InviteMail mail,
            Mailer mailer,
            InviteStore invites,
            MailStore mails,
            Table table,
            Settings settings,
            RandomGenerator random) {
        this.mail = mail;
        this.mailer = mailer;
        this.invites = invites;
        this.mails = mails;
        this.table = table;
        this.settings = settings;
        this.random = random;
    }

    /// A mail that failed does not count: whoever repeats the call need not wait.
    ///
    /// @return that it was sent, to be written down
    /// @throws UpstreamUnavailable if it was not, as far as anyone can tell: the invite is there, but its receiver
    ///                             may not know. Inviting the address again renews the invite and sends it again
    public Change run(IssuedInvite issued) {
        try {
            mailer.send(mail.compose(issued));
        } catch (UpstreamUnavailable e) {
            uncount(issued);
            throw e;
        }
        Change change = Change.empty();
        invites.sent(change, issued.scope(), issued.sent().invite());
        return change;
    }

    private void uncount(IssuedInvite issued) {
        TenantScope scope = issued.scope();
        EmailIdentity receiver = issued.invite().receiver().identity();
        insist(() -> {
            LatestMails from = mails.latest(receiver);
            Change change = Change.empty();
            mails.write(change, receiver, from, from.without(new Mailed(scope.now(), scope.id())), scope.now());
            return change;
        });
        insist(() -> {
            Change change = Change.empty();
            invites.unsent(change, scope, InviteStore.day(scope.now()));
            return change;
        });
    }

    /// What can't be taken out counts on: then the limits are reached a mail too early, and never too late.
    private void insist(Supplier<Change> decide) {
        try {
            Backoff.forWork(random, TRIES).commit(table, _ -> new Decision<>(true, decide.get()));
        } catch (Unavailable e) {
            // It counts on.
        }
    }

    /// Reads the texts of every language, and sends none.
    public void prime() {
        if (settings.inviteSettings().isEmpty()) {
            return;
        }
        mail.prime();
        mailer.prepare();
    }
}
