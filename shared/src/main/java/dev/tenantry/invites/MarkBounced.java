package dev.tenantry.invites;

import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.util.Optional;
import javax.inject.Inject;

/// Marks an invite whose mail came back, so that an admin sees it. Events come late, twice and in any order; what
/// counts is whether the mail that they tell of is still the invite's latest. Nobody did anything, so the audit trail
/// does not tell of it.
public final class MarkBounced {

    private final TenantDoors doors;
    private final InviteStore invites;

    @Inject
    MarkBounced(TenantDoors doors, InviteStore invites) {
        this.doors = doors;
        this.invites = invites;
    }

    /// What a mail that came back led to.
    public enum Outcome {
        /// Whoever looks sees it now.
        MARKED,
        /// It was marked before.
        REPEATED,
        /// The invite was sent again since, or is over, or its tenant is.
        PASSED
    }

    /// One round trip, and one more to mark it.
    public Decision<Outcome> run(MailedInvite mail, String requestId) {
        Lookup<Invite> lookup = InviteStore.invite(mail.inviteId());
        TenantScope scope;
        try {
            scope = doors.mailEvent(mail.tenant(), requestId).open(lookup);
        } catch (TenantNotFound e) {
            return nothing(Outcome.PASSED);
        }
        Optional<Invite> invite =
                scope.found(lookup).filter(found -> found.tokenDigest().equals(mail.tokenDigest()));
        if (invite.isEmpty()) {
            return nothing(Outcome.PASSED);
        }
        if (invite.get().bounced()) {
            return nothing(Outcome.REPEATED);
        }
        Change change = Change.in(scope);
        invites.bounced(change, scope, invite.get());
        return new Decision<>(Outcome.MARKED, change);
    }

    private static Decision<Outcome> nothing(Outcome outcome) {
        return new Decision<>(outcome, Change.empty());
    }
}
