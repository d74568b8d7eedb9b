package dev.tenantry.users;

import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.tenancy.Role;
import java.time.Instant;
import java.util.Optional;

/// A person in a tenant, as the identity provider named them when they were last seen.
///
/// @param username   their e-mail address; empty once it is another member's, until they are seen with one of their own
/// @param adminSince since when they have been an admin without a break; empty for who is none, and for admins of the
///                   first days
public record Member(
        UserId userId,
        String username,
        String givenName,
        String familyName,
        Role role,
        Instant joinedAt,
        Optional<Instant> adminSince) {

    /// Somebody who joins.
    public Member(UserId userId, String username, String givenName, String familyName, Role role, Instant joinedAt) {
        this(userId, username, givenName, familyName, role, joinedAt, since(role, joinedAt));
    }

    /// The same person with another role.
    public Member with(Role newRole, Instant now) {
        return new Member(userId, username, givenName, familyName, newRole, joinedAt, since(newRole, now));
    }

    /// The same person, as they are called now.
    Member called(String newUsername, String newGivenName, String newFamilyName) {
        return new Member(userId, newUsername, newGivenName, newFamilyName, role, joinedAt, adminSince);
    }

    /// Whether both have one address and one name, asked one by one: a record's own equals is made at its first
    /// call, and every member's request would pay for it at a cold start.
    boolean isCalledLike(Member other) {
        return username.equals(other.username)
                && givenName.equals(other.givenName)
                && familyName.equals(other.familyName);
    }

    /// What they are called: by their names, else by their address; empty if they have neither.
    public Optional<String> name() {
        String names = (givenName + " " + familyName).strip();
        return Optional.of(names.isEmpty() ? username : names).filter(it -> !it.isEmpty());
    }

    /// Whom their address stands for; empty if they have none.
    public Optional<EmailIdentity> address() {
        return Optional.of(username).filter(it -> !it.isEmpty()).map(EmailIdentity::of);
    }

    private static Optional<Instant> since(Role role, Instant at) {
        return role == Role.ADMIN ? Optional.of(at) : Optional.empty();
    }
}
