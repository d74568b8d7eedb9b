package dev.tenantry.invites;

import dev.tenantry.identity.UserId;
import dev.tenantry.tenancy.Role;
import java.time.Instant;
import java.util.Optional;

/// That somebody may join a tenant, for as long as nobody took it back and they have not accepted.
///
/// @param id          the tenant's own count: 1 is its first invite
/// @param inviter     who sent it last
/// @param createdAt   when the address was first invited
/// @param expiresAt   from then on it can't be accepted, only renewed or revoked
/// @param sentAt      when the latest mail was sent; empty while it was not, for example because it failed
/// @param bounced     the latest mail came back, or its receiver does not want it
/// @param tokenDigest digest of the token in the latest mail; renewing it changes it, so it is the invite's version too
public record Invite(
        long id,
        EmailAddress receiver,
        Role role,
        Language language,
        Inviter inviter,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> sentAt,
        boolean bounced,
        String tokenDigest) {

    /// The invite once its latest mail was sent.
    Invite sent(Instant at) {
        return new Invite(
                id, receiver, role, language, inviter, createdAt, expiresAt, Optional.of(at), bounced, tokenDigest);
    }

    public boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    public UserId invitedBy() {
        return inviter.id();
    }

    /// @param isInviterAdmin whether [Inviter#isStillAdmin]
    Status status(Instant now, boolean isInviterAdmin) {
        if (!isInviterAdmin) {
            return Status.REVOKED;
        }
        return isExpired(now) ? Status.EXPIRED : Status.PENDING;
    }

    /// What has become of an invite.
    public enum Status {
        PENDING("pending"),
        EXPIRED("expired"),
        ACCEPTED("accepted"),
        REVOKED("revoked");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /// The status's name in the API and in the table.
        public String text() {
            return text;
        }
    }
}
