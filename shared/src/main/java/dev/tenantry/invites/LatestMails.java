package dev.tenantry.invites;

import dev.tenantry.config.Settings.MailLimits;
import dev.tenantry.identity.TenantId;
import dev.tenantry.refusal.Refusal.InviteTooSoon;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The invites that an address was sent within the latest day, by whichever tenant.
///
/// @param version 0 as long as there was none, one more with every change
/// @param mails   oldest first
record LatestMails(long version, List<Mailed> mails) {

    /// Of an address that nobody has written to.
    static final LatestMails NONE = new LatestMails(0, List.of());

    /// How long a mail counts.
    static final Duration DAY = Duration.ofDays(1);

    LatestMails {
        mails = List.copyOf(mails);
    }

    /// A mail.
    record Mailed(Instant at, TenantId by) {}

    /// With one more mail, and without those that no longer count.
    ///
    /// @throws InviteTooSoon if the address gets no mail yet
    LatestMails with(Mailed mail, MailLimits limits) {
        List<Mailed> counting = new ArrayList<>();
        for (Mailed earlier : mails) {
            if (earlier.at().plus(DAY).isAfter(mail.at())) {
                counting.add(earlier);
            }
            if (earlier.by().equals(mail.by())) {
                requireOver(earlier.at().plus(limits.cooldown()), mail.at());
            }
        }
        if (counting.size() >= limits.perAddress()) {
            // When so many have ceased to count that there is room for one.
            requireOver(counting.get(counting.size() - limits.perAddress()).at().plus(DAY), mail.at());
        }
        counting.add(mail);
        return new LatestMails(version + 1, counting);
    }

    /// Without one mail: it failed.
    LatestMails without(Mailed mail) {
        List<Mailed> others = new ArrayList<>(mails);
        others.remove(mail);
        return new LatestMails(version + 1, others);
    }

    private static void requireOver(Instant until, Instant now) {
        if (until.isAfter(now)) {
            throw new InviteTooSoon(seconds(now, until));
        }
    }

    /// In whole seconds, and never too early.
    static long seconds(Instant now, Instant until) {
        return Duration.between(now, until).plusMillis(999).toSeconds();
    }
}
