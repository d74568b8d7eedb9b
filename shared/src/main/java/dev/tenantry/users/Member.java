package dev.tenantry.users;

import dev.tenantry.identity.UserId;
import dev.tenantry.tenancy.Role;
import java.time.Instant;

/// A person in a tenant, as they were named when they joined.
///
/// @param username their e-mail address
public record Member(UserId userId, String username, String givenName, String familyName, Role role, Instant joinedAt) {

    public Member with(Role newRole) {
        return new Member(userId, username, givenName, familyName, newRole, joinedAt);
    }
}
