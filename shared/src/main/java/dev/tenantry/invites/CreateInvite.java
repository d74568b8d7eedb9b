package dev.tenantry.invites;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.config.Settings;
import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal.AlreadyMember;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.text.OneLine;
import dev.tenantry.users.MemberStore;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Invites an address into a tenant, or renews the invite that it has: one address, one invite. The mail is for
/// [SendInvite] to send, once this is stored.
public final class CreateInvite {

    /// Of an inviter, as the mail shows it: what the identity provider lets people call themselves is not ours to
    /// check.
    private static final int LONGEST_NAME = 100;

    /// Most invites of a tenant that wait or have run out: each has a place in the row that counts them.
    public static final int MAX_INVITES = 500;

    private final TenantStore tenants;
    private final MemberStore members;
    private final InviteStore invites;
    private final AuditStore audit;
    private final Settings settings;
    private final RandomGenerator random;

    @Inject
    CreateInvite(
            TenantStore tenants,
            MemberStore members,
            InviteStore invites,
            AuditStore audit,
            Settings settings,
            RandomGenerator random) {
        this.tenants = tenants;
        this.members = members;
        this.invites = invites;
        this.audit = audit;
        this.settings = settings;
        this.random = random;
    }

    /// @param inviter the admin who asks
    /// @throws AlreadyMember if somebody with that address is in the tenant
    /// @throws LimitReached  if there are [#MAX_INVITES], and none of them is to that address
    public Decision<IssuedInvite> run(Door door, Caller inviter, NewInvite wanted) {
        EmailIdentity receiver = wanted.receiver().identity();
        Lookup<UserId> member = MemberStore.withEmail(receiver);
        Lookup<Invite> current = InviteStore.inviteTo(receiver);
        TenantScope scope = door.open(member, current, InviteStore.register());
        if (scope.found(member).isPresent()) {
            throw new AlreadyMember();
        }

        Change change = Change.in(scope);
        members.guardNobodyHas(change, scope, receiver);
        InviteToken token = InviteToken.draw(random);
        Optional<Invite> from = scope.found(current);
        InviteRegister register = scope.found(InviteStore.register()).orElse(InviteRegister.NONE);
        if (from.isEmpty() && register.validUntil().size() >= MAX_INVITES) {
            throw new LimitReached("pending and expired invites", MAX_INVITES);
        }
        Invite to = new Invite(
                from.map(Invite::id).orElseGet(() -> register.lastId() + 1),
                wanted.receiver(),
                wanted.role(),
                wanted.language(),
                inviter.id(),
                from.map(Invite::createdAt).orElse(scope.now()),
                scope.now().plus(settings.invites().lifetime()),
                Optional.empty(),
                token.digest());
        String id = Long.toString(to.id());
        if (from.isPresent()) {
            invites.renew(change, scope, from.get(), to);
            audit.record(change, scope, AuditAction.INVITE_RENEWED, Event.changed(id, told(from.get()), told(to)));
        } else {
            invites.create(change, scope, to, register);
            audit.record(change, scope, AuditAction.INVITE_CREATED, Event.created(id, told(to)));
        }
        return new Decision<>(
                new IssuedInvite(
                        scope,
                        to,
                        token,
                        from.isEmpty(),
                        tenants.tenant(scope).name().value(),
                        name(inviter)),
                change);
    }

    /// What the audit trail tells of an invite. Not whom it went to: the trail outlives the invite, an address is
    /// personal.
    static Map<String, Object> told(Invite invite) {
        return Map.of(
                "role", invite.role().text(), "language", invite.language().tag());
    }

    private static String name(Caller person) {
        String name = OneLine.salvaged(person.givenName() + " " + person.familyName(), LONGEST_NAME);
        return name.isEmpty() ? person.email().orElse(person.id().value()) : name;
    }
}
