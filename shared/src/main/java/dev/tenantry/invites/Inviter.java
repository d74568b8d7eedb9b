package dev.tenantry.invites;

import dev.tenantry.identity.UserId;
import dev.tenantry.tenancy.Role;
import dev.tenantry.users.Member;
import java.time.Instant;
import java.util.Optional;

/// Who sent an invite, as the admin that they were then. It counts for as long as they are that without a break:
/// whoever is removed or demoted leaves no way in behind, and becoming an admin again brings none back.
///
/// @param adminSince as in [Member]
public record Inviter(UserId id, Optional<Instant> adminSince) {

    /// The operator, who needs to be no admin.
    static final Inviter OPERATOR = new Inviter(UserId.OPERATOR, Optional.empty());

    static Inviter of(Member admin) {
        return new Inviter(admin.userId(), admin.adminSince());
    }

    boolean isOperator() {
        return equals(OPERATOR);
    }

    /// Whether they are the same admin still; the operator always is.
    ///
    /// @param now the member of that id, empty if there is none
    boolean isStillAdmin(Optional<Member> now) {
        return isOperator()
                || now.filter(member ->
                                member.role() == Role.ADMIN && of(member).equals(this))
                        .isPresent();
    }
}
