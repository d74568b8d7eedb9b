package dev.tenantry.invites;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.config.Settings;
import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.invites.LatestMails.Mailed;
import dev.tenantry.refusal.Refusal.AlreadyMember;
import dev.tenantry.refusal.Refusal.EmailNotVerified;
import dev.tenantry.refusal.Refusal.InviteQuota;
import dev.tenantry.refusal.Refusal.InviteTooSoon;
import dev.tenantry.refusal.Refusal.LimitReached;
import dev.tenantry.refusal.Refusal.MailNotConfigured;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Lookup;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.Door;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.text.OneLine;
import dev.tenantry.users.Member;
import dev.tenantry.users.MemberStore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
    private final MailStore mails;
    private final AuditStore audit;
    private final Settings settings;
    private final RandomGenerator random;

    @Inject
    CreateInvite(
            TenantStore tenants,
            MemberStore members,
            InviteStore invites,
            MailStore mails,
            AuditStore audit,
            Settings settings,
            RandomGenerator random) {
        this.tenants = tenants;
        this.members = members;
        this.invites = invites;
        this.mails = mails;
        this.audit = audit;
        this.settings = settings;
        this.random = random;
    }

    /// @param inviter the admin who asks
    /// @throws EmailNotVerified if nobody has verified that the inviter's address is theirs
    /// @throws MailNotConfigured if this service sends no mail
    /// @throws AlreadyMember if somebody with that address is in the tenant
    /// @throws InviteTooSoon if the address has just got a mail, or too many of them
    /// @throws InviteQuota   if the tenant has sent too many of them
    /// @throws LimitReached  if there are [#MAX_INVITES], and none of them is to that address
    public Decision<IssuedInvite> run(Door door, Caller inviter, NewInvite wanted) {
        EmailIdentity receiver = wanted.receiver().identity();
        Lookup<UserId> member = MemberStore.withEmail(receiver);
        Lookup<Invite> current = InviteStore.inviteTo(receiver);
        Lookup<LatestMails> latest = MailStore.to(receiver);
        Lookup<Member> self = MemberStore.member(inviter.id());
        TenantScope scope = door.open(member, current, InviteStore.register(), latest, self);
        if (!inviter.isEmailVerified()) {
            throw new EmailNotVerified();
        }
        Settings.Invites rules = settings.invites();
        if (scope.found(member).isPresent()) {
            throw new AlreadyMember();
        }

        Optional<Invite> from = scope.found(current);
        InviteRegister register = scope.found(InviteStore.register()).orElse(InviteRegister.NONE);
        LatestMails sent = scope.found(latest).orElse(LatestMails.NONE);
        LatestMails sending = sent.with(new Mailed(scope.now(), scope.id()), rules.limits());
        requireQuota(scope, register, rules.limits().perDay());
        Change change = Change.in(scope);
        members.guardNobodyHas(change, scope, receiver);
        mails.write(change, receiver, sent, sending, scope.now());
        InviteToken token = InviteToken.draw(random);
        if (from.isEmpty() && register.waiting().size() >= MAX_INVITES) {
            throw new LimitReached("pending and expired invites", MAX_INVITES);
        }
        Invite to = new Invite(
                from.map(Invite::id).orElseGet(() -> register.lastId() + 1),
                wanted.receiver(),
                wanted.role(),
                wanted.language(),
                Inviter.of(scope.found(self).orElseThrow()),
                from.map(Invite::createdAt).orElse(scope.now()),
                scope.now().plus(rules.lifetime()),
                Optional.empty(),
                false,
                token.digest());
        String id = Long.toString(to.id());
        int perDay = rules.limits().perDay();
        if (from.isPresent()) {
            invites.renew(change, scope, register, from.get(), to, perDay);
            audit.record(change, scope, AuditAction.INVITE_RENEWED, Event.changed(id, told(from.get()), told(to)));
        } else {
            invites.create(change, scope, to, register, perDay);
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

    private static void requireQuota(TenantScope scope, InviteRegister register, int perDay) {
        long today = register.day(scope.now());
        if (register.mailsOn(today) >= perDay) {
            Instant tomorrow =
                    LocalDate.ofEpochDay(today + 1).atStartOfDay(ZoneOffset.UTC).toInstant();
            throw new InviteQuota(perDay, LatestMails.seconds(scope.now(), tomorrow));
        }
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
