package dev.tenantry.invites;

import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Correction;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Drift;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Gate;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.inject.Inject;

/// The rows of invites. A pending or expired one is written twice, by id and by address, so that each is found by what
/// it is known by; accepting or revoking it leaves nothing but the word for what became of it, under a key that lists
/// do not meet.
public final class InviteStore {

    private static final String ID = "id";
    private static final String RECEIVER = "receiver";
    private static final String LANGUAGE = "language";
    private static final String INVITED_BY = "invitedBy";
    private static final String CREATED_AT = "createdAt";

    /// Not `expiresAt`, which is the table's TTL attribute: an expired invite stays.
    private static final String VALID_UNTIL = "validUntil";

    private static final String TOKEN_DIGEST = "tokenDigest";

    /// When SES took the latest mail; absent while it did not.
    private static final String SENT_AT = "sentAt";

    private static final String STATUS = "status";
    private static final String CLOSED_AT = "closedAt";
    private static final String LAST_ID = "lastId";

    /// Begins the name of an attribute that says until when the invite is valid whose id follows, in milliseconds
    /// since the epoch. Setting and removing one meets no other (docs/adr/0019).
    private static final String UNTIL = "until";

    /// Moves on with every change of the above, so that a repair knows that there was none.
    private static final String CHANGES = "changes";

    /// What one change corrects at most: an expression has 4 KB (DynamoDB Developer Guide, "Expression
    /// parameters").
    private static final int MOST_CORRECTED = 100;

    private static final Lookup<InviteRegister> REGISTER = Lookup.of(Keys::inviteCount, InviteStore::readRegister);

    private final Table table;

    @Inject
    InviteStore(Table table) {
        this.table = table;
    }

    /// What numbers and counts the tenant's invites, to read along at the door; none if there was no invite yet.
    public static Lookup<InviteRegister> register() {
        return REGISTER;
    }

    /// A pending or expired invite, to read along at the door.
    static Lookup<Invite> invite(long id) {
        return Lookup.of(scope -> Keys.invite(scope, id), InviteStore::read);
    }

    /// The pending or expired invite to an address, to read along at the door.
    static Lookup<Invite> inviteTo(EmailIdentity receiver) {
        return Lookup.of(scope -> Keys.inviteTo(scope, receiver), InviteStore::read);
    }

    /// What became of an invite that was accepted or revoked, to read along at the door.
    static Lookup<ClosedInvite> closed(long id) {
        return Lookup.of(
                scope -> Keys.closedInvite(scope, id),
                row -> new ClosedInvite(
                        row.text(STATUS).equals(Invite.Status.ACCEPTED.text()), row.text(TOKEN_DIGEST)));
    }

    /// The pending and expired invites of a tenant by id; a position is an id. One round trip for each megabyte of
    /// rows.
    public Page<Invite> list(TenantScope scope, PageRequest page) {
        return table.query(Keys.invites(scope), page, InviteStore::read, invite -> Long.toString(invite.id()));
    }

    /// Adds to a change that an address is invited that was not, with the id that follows the last one.
    void create(Change change, TenantScope scope, Invite invite, InviteRegister register) {
        Row row = Row.with()
                .number(ID, invite.id())
                .text(RECEIVER, invite.receiver().value())
                .text(Gate.ROLE, invite.role().text())
                .text(LANGUAGE, invite.language().tag())
                .text(INVITED_BY, invite.invitedBy().value())
                .instant(CREATED_AT, invite.createdAt())
                .instant(VALID_UNTIL, invite.expiresAt())
                .text(TOKEN_DIGEST, invite.tokenDigest())
                .row();
        change.with(Put.newRow(Keys.invite(scope, invite.id()), row));
        change.with(Put.newRow(Keys.inviteTo(scope, invite.receiver().identity()), row));
        Update count = valid(scope, invite).set(LAST_ID, invite.id());
        change.with(register.lastId() == 0 ? count.isAbsent(LAST_ID) : count.is(LAST_ID, register.lastId()));
        addToken(change, scope, invite);
    }

    /// Adds to a change that an invite becomes what `to` says, if nobody renewed or closed it since it was read.
    /// The token it had leads nowhere from then on.
    void renew(Change change, TenantScope scope, Invite from, Invite to) {
        change.with(renewed(Keys.invite(scope, from.id()), from, to));
        change.with(renewed(Keys.inviteTo(scope, from.receiver().identity()), from, to));
        change.with(valid(scope, to));
        change.with(Delete.of(Keys.inviteToken(from.tokenDigest())));
        addToken(change, scope, to);
    }

    /// Adds to a change that an invite is accepted or revoked, if nobody renewed or closed it since it was read.
    void close(Change change, TenantScope scope, Invite invite, Invite.Status status) {
        change.with(Delete.of(Keys.invite(scope, invite.id())).is(TOKEN_DIGEST, invite.tokenDigest()));
        change.with(Delete.of(Keys.inviteTo(scope, invite.receiver().identity())));
        change.with(
                Update.of(Keys.inviteCount(scope)).remove(UNTIL + invite.id()).add(CHANGES, 1));
        change.with(Put.newRow(
                Keys.closedInvite(scope, invite.id()),
                Row.with()
                        .text(STATUS, status.text())
                        .text(TOKEN_DIGEST, invite.tokenDigest())
                        .instant(CLOSED_AT, scope.now())
                        .row()));
    }

    /// Adds to a change that an invite's mail is on its way, if it is still that mail's invite.
    void sent(Change change, TenantScope scope, Invite sent) {
        change.with(Update.of(Keys.invite(scope, sent.id()))
                .is(TOKEN_DIGEST, sent.tokenDigest())
                .set(SENT_AT, sent.sentAt().orElseThrow()));
    }

    /// Counts anew which invites there are, and until when each is valid. One round trip, and one for each megabyte
    /// of rows.
    public List<Correction> recount(TenantScope scope) {
        Row row = table.read(Keys.inviteCount(scope));
        Map<Long, Instant> stored =
                row.isEmpty() ? Map.of() : new TreeMap<>(readRegister(row).validUntil());
        Map<Long, Instant> counted = new TreeMap<>();
        for (Invite invite : Page.all(page -> list(scope, page))) {
            counted.put(invite.id(), invite.expiresAt());
        }
        Set<Long> ids = new TreeSet<>(stored.keySet());
        ids.addAll(counted.keySet());
        ids.removeIf(id -> Objects.equals(stored.get(id), counted.get(id)));
        if (ids.isEmpty()) {
            return List.of();
        }
        Update update = Update.of(Keys.inviteCount(scope)).moves(CHANGES, row);
        for (long id : ids.stream().limit(MOST_CORRECTED).toList()) {
            Instant until = counted.get(id);
            if (until == null) {
                update.remove(UNTIL + id);
            } else {
                update.set(UNTIL + id, until.toEpochMilli());
            }
        }
        Drift drift =
                new Drift("invites", stored.size() + " known", counted.size() + " there, " + ids.size() + " differ");
        return List.of(
                new Correction("invites", List.of(drift), Change.in(scope).with(update), ids.size() > MOST_CORRECTED));
    }

    private static Update valid(TenantScope scope, Invite invite) {
        return Update.of(Keys.inviteCount(scope))
                .set(UNTIL + invite.id(), invite.expiresAt().toEpochMilli())
                .add(CHANGES, 1);
    }

    private static InviteRegister readRegister(Row row) {
        Map<Long, Instant> validUntil = new TreeMap<>();
        row.numbers(UNTIL).forEach((id, until) -> validUntil.put(Long.valueOf(id), Instant.ofEpochMilli(until)));
        return new InviteRegister(row.number(LAST_ID), validUntil);
    }

    private static Update renewed(Key key, Invite from, Invite to) {
        return Update.of(key)
                .is(TOKEN_DIGEST, from.tokenDigest())
                .set(RECEIVER, to.receiver().value())
                .set(Gate.ROLE, to.role().text())
                .set(LANGUAGE, to.language().tag())
                .set(INVITED_BY, to.invitedBy().value())
                .set(VALID_UNTIL, to.expiresAt())
                .set(TOKEN_DIGEST, to.tokenDigest())
                .remove(SENT_AT);
    }

    private static void addToken(Change change, TenantScope scope, Invite invite) {
        change.with(Put.newRow(
                Keys.inviteToken(invite.tokenDigest()),
                Row.with()
                        .text(TenantDoors.TENANT, scope.tenant().value())
                        .number(TenantDoors.INVITE_ID, invite.id())
                        .text(TenantDoors.RECEIVER, invite.receiver().identity().digest())
                        .row()));
    }

    private static Invite read(Row row) {
        return new Invite(
                row.number(ID),
                new EmailAddress(row.text(RECEIVER)),
                Role.of(row.text(Gate.ROLE)),
                new Language(row.text(LANGUAGE)),
                new UserId(row.text(INVITED_BY)),
                row.instant(CREATED_AT),
                row.instant(VALID_UNTIL),
                row.optionalInstant(SENT_AT),
                row.text(TOKEN_DIGEST));
    }
}
