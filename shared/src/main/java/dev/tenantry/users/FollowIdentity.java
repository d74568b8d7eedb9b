package dev.tenantry.users;

import dev.tenantry.storage.Change;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.TenantScope;
import javax.inject.Inject;

/// Brings a member's address and names up to date with the identity provider's, where a request shows that they are
/// others now: so that the list tells who people are, and whoever has an address now is who has it.
public final class FollowIdentity {

    private final MemberStore members;

    @Inject
    FollowIdentity(MemberStore members) {
        this.members = members;
    }

    /// Costs nothing where all is as it was; else a round trip if the address is another, besides that of the
    /// change. What the token does not say stays, and so does the address unless the provider vouches for the new
    /// one.
    ///
    /// @param scope of the caller, whose row every member's door reads
    /// @return empty if there is nothing to change
    public Change run(TenantScope scope, Caller caller) {
        Change change = Change.empty();
        scope.found(MemberStore.member(caller.id())).ifPresent(from -> {
            Member to = from.called(
                    caller.isEmailVerified() ? caller.email().orElseThrow() : from.username(),
                    caller.givenName().isEmpty() ? from.givenName() : caller.givenName(),
                    caller.familyName().isEmpty() ? from.familyName() : caller.familyName());
            if (!to.isCalledLike(from)) {
                members.rename(change, scope, from, to);
            }
        });
        return change;
    }
}
