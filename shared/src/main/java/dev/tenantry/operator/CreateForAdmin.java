package dev.tenantry.operator;

import dev.tenantry.identity.TenantId;
import dev.tenantry.invites.EmailAddress;
import dev.tenantry.invites.InviteFirstAdmin;
import dev.tenantry.invites.IssuedInvite;
import dev.tenantry.invites.Language;
import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Gate;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenancy.TenantState;
import dev.tenantry.tenants.FoundTenant;
import dev.tenantry.tenants.NewTenant;
import dev.tenantry.tenants.Tenant;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.users.MemberStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Founds a tenant for somebody, who is invited as its first admin. As long as nobody is in, the same command invites
/// again: an invite can expire, and an address be wrong.
public final class CreateForAdmin {

    private final TenantDoors doors;
    private final TenantStore tenants;
    private final InviteFirstAdmin invite;
    private final FoundTenant founding;
    private final Summaries summaries;
    private final RandomGenerator random;

    @Inject
    CreateForAdmin(
            TenantDoors doors,
            TenantStore tenants,
            InviteFirstAdmin invite,
            FoundTenant founding,
            Summaries summaries,
            RandomGenerator random) {
        this.doors = doors;
        this.tenants = tenants;
        this.invite = invite;
        this.founding = founding;
        this.summaries = summaries;
        this.random = random;
    }

    /// A tenant and the invite that is to be mailed once the change is made.
    ///
    /// @param isNew whether the tenant is; otherwise its admin is invited again
    public record Created(TenantSummary tenant, IssuedInvite invite, boolean isNew) {}

    /// One round trip, and one more where an invite to another address is revoked: an address that was wrong must
    /// not be let in. Whoever accepts that one first has joined, and none of this happens.
    ///
    /// @throws DomainPrefixTaken if the prefix was ever given out to a tenant that somebody has joined, or that has
    ///                           another name
    public Decision<Created> run(NewTenant wanted, EmailAddress admin, Language language, String requestId) {
        Optional<TenantScope> there = there(wanted, admin, requestId);
        return there.isPresent()
                ? inviteAgain(there.get(), wanted, admin, language)
                : found(wanted, admin, language, requestId);
    }

    private Optional<TenantScope> there(NewTenant wanted, EmailAddress admin, String requestId) {
        List<Lookup<?>> lookups = new ArrayList<>(InviteFirstAdmin.lookups(admin));
        lookups.add(MemberStore.headcount());
        try {
            return Optional.of(doors.command(wanted.domainPrefix(), requestId, lookups.toArray(Lookup<?>[]::new)));
        } catch (TenantNotFound e) {
            return Optional.empty();
        }
    }

    private Decision<Created> inviteAgain(TenantScope scope, NewTenant wanted, EmailAddress admin, Language language) {
        if (scope.state() != TenantState.ACTIVE
                || scope.found(MemberStore.headcount()).isPresent()
                || !tenants.tenant(scope).name().equals(wanted.name())) {
            throw new DomainPrefixTaken(wanted.domainPrefix().value());
        }
        Change change = Change.in(scope);
        Gate.insistOnActive(change, scope);
        MemberStore.guardNobodyJoined(change, scope);
        IssuedInvite issued = invite.again(change, scope, wanted.name(), admin, language);
        return new Decision<>(new Created(summaries.of(scope), issued, false), change);
    }

    private Decision<Created> found(NewTenant wanted, EmailAddress admin, Language language, String requestId) {
        TenantId id = TenantId.draw(random);
        TenantScope scope = doors.founding(wanted.domainPrefix(), id, requestId);
        Change change = Change.in(scope);
        Tenant tenant = founding.begin(change, scope, id, wanted, Optional.empty());
        IssuedInvite issued = invite.first(change, scope, wanted.name(), admin, language);
        return new Decision<>(
                new Created(summaries.of(scope, tenant, TenantState.ACTIVE, Optional.empty()), issued, true), change);
    }
}
