package dev.tenantry.invites;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.config.Settings;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantName;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Invites the first admin of a tenant that the operator founded. No limit is in the operator's way; what they send is
/// among the tenant's mails of the day, and not among the address's.
public final class InviteFirstAdmin {

    private static final int ANY_NUMBER = Integer.MAX_VALUE;

    private final InviteStore invites;
    private final AuditStore audit;
    private final Settings settings;
    private final RandomGenerator random;

    @Inject
    InviteFirstAdmin(InviteStore invites, AuditStore audit, Settings settings, RandomGenerator random) {
        this.invites = invites;
        this.audit = audit;
        this.settings = settings;
        this.random = random;
    }

    /// What [#again] needs to have read.
    public static List<Lookup<?>> lookups(EmailAddress admin) {
        return List.of(InviteStore.inviteTo(admin.identity()), InviteStore.register());
    }

    /// Adds an invite to the change that founds its tenant.
    public IssuedInvite first(
            Change change, TenantScope scope, TenantName tenant, EmailAddress admin, Language language) {
        return issue(change, scope, tenant, admin, language, Optional.empty(), InviteRegister.NONE);
    }

    /// Adds an invite to a change of a tenant that nobody has joined yet: one that is there already is renewed, and
    /// what was sent to other addresses, which were wrong, is revoked: there is one at most. Up to one round trip.
    ///
    /// @param scope has read [#lookups]
    public IssuedInvite again(
            Change change, TenantScope scope, TenantName tenant, EmailAddress admin, Language language) {
        return issue(
                change,
                scope,
                tenant,
                admin,
                language,
                scope.found(InviteStore.inviteTo(admin.identity())),
                scope.found(InviteStore.register()).orElse(InviteRegister.NONE));
    }

    private IssuedInvite issue(
            Change change,
            TenantScope scope,
            TenantName tenant,
            EmailAddress admin,
            Language language,
            Optional<Invite> from,
            InviteRegister register) {
        InviteToken token = InviteToken.draw(random);
        Invite to = new Invite(
                from.map(Invite::id).orElseGet(() -> register.lastId() + 1),
                admin,
                Role.ADMIN,
                language,
                Inviter.OPERATOR,
                from.map(Invite::createdAt).orElse(scope.now()),
                scope.now().plus(settings.invites().lifetime()),
                Optional.empty(),
                false,
                token.digest());
        String id = Long.toString(to.id());
        List<Invite> wrong = invites.others(scope, register, from);
        if (wrong.stream().anyMatch(other -> other.receiver().identity().equals(admin.identity()))) {
            // A batch is no snapshot: theirs was made while it was read.
            throw new Conflict();
        }
        audit.record(
                change,
                scope,
                AuditAction.INVITE_REVOKED,
                wrong.stream()
                        .map(other -> Event.removed(Long.toString(other.id()), CreateInvite.told(other)))
                        .toList());
        if (from.isPresent()) {
            invites.renew(change, scope, register, from.get(), to, ANY_NUMBER, wrong);
            audit.record(
                    change,
                    scope,
                    AuditAction.INVITE_RENEWED,
                    Event.changed(id, CreateInvite.told(from.get()), CreateInvite.told(to)));
        } else {
            invites.create(change, scope, to, register, ANY_NUMBER, wrong);
            audit.record(change, scope, AuditAction.INVITE_CREATED, Event.created(id, CreateInvite.told(to)));
        }
        return new IssuedInvite(scope, to, token, from.isEmpty(), tenant.value(), settings.brokerDomain());
    }
}
