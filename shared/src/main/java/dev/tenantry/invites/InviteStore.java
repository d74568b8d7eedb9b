package dev.tenantry.invites;

import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.invites.InviteRegister.Waiting;
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
import dev.tenantry.storage.Rows;
import dev.tenantry.storage.Table;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Gate;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import javax.inject.Inject;

/// The rows of invites. A pending or expired one is written twice, by id and by address, so that each is found by what
/// it is known by; accepting or revoking it leaves nothing but the word for what became of it, under a key that lists
/// do not meet.
public final class InviteStore {

    private static final String ID = "id";
    private static final String RECEIVER = "receiver";
    private static final String LANGUAGE = "language";
    private static final String INVITED_BY = TenantDoors.INVITED_BY;
    private static final String INVITER_SINCE = "inviterSince";
    private static final String CREATED_AT = "createdAt";

    /// Not `expiresAt`, which is the table's TTL attribute: an expired invite stays.
    private static final String VALID_UNTIL = "validUntil";

    private static final String TOKEN_DIGEST = "tokenDigest";

    /// When SES took the latest mail; absent while it did not.
    private static final String SENT_AT = "sentAt";

    /// That the latest mail came back; absent while it did not.
    private static final String BOUNCED = "bounced";

    private static final String STATUS = "status";
    private static final String CLOSED_AT = "closedAt";
    private static final String LAST_ID = "lastId";

    /// Begins the name of an attribute that says until when the invite is valid whose id follows, in milliseconds
    /// since the epoch (docs/adr/0019).
    private static final String UNTIL = "until";

    /// Begins the name of an attribute that says who sent the invite whose id follows.
    private static final String BY = "by";

    /// The day in UTC, since the epoch, on which the latest mail was sent, and how many were sent on it.
    private static final String MAILS_ON = "mailsOn";

    private static final String MAILS = "mails";

    /// Moves on with every change of the above, so that a repair knows that there was none.
    private static final String CHANGES = "changes";

    /// What one change corrects at most: an expression has 4 KB (DynamoDB Developer Guide, "Expression
    /// parameters").
    private static final int MOST_CORRECTED = 50;

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

    /// The invites that wait but for one, as a register knows them. One round trip, and none if there are no
    /// others.
    List<Invite> others(TenantScope scope, InviteRegister register, Optional<Invite> than) {
        List<Key> keys = new TreeSet<>(register.waiting().keySet())
                .stream()
                        .filter(id -> than.filter(it -> it.id() == id).isEmpty())
                        .map(id -> Keys.invite(scope, id))
                        .toList();
        Rows rows = keys.isEmpty() ? Rows.NONE : table.read(keys);
        return keys.stream()
                .map(rows::at)
                .filter(row -> !row.isEmpty())
                .map(InviteStore::read)
                .toList();
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
    void create(Change change, TenantScope scope, Invite invite, InviteRegister register, int mailsPerDay) {
        create(change, scope, invite, register, mailsPerDay, List.of());
    }

    /// The same, and that others are revoked, if nobody renewed or closed them since they were read.
    void create(
            Change change,
            TenantScope scope,
            Invite invite,
            InviteRegister register,
            int mailsPerDay,
            List<Invite> revoked) {
        Row row = Row.with()
                .number(ID, invite.id())
                .text(RECEIVER, invite.receiver().value())
                .text(Gate.ROLE, invite.role().text())
                .text(LANGUAGE, invite.language().tag())
                .text(INVITED_BY, invite.invitedBy().value())
                .instant(INVITER_SINCE, invite.inviter().adminSince())
                .instant(CREATED_AT, invite.createdAt())
                .instant(VALID_UNTIL, invite.expiresAt())
                .text(TOKEN_DIGEST, invite.tokenDigest())
                .row();
        change.with(Put.newRow(Keys.invite(scope, invite.id()), row));
        change.with(Put.newRow(Keys.inviteTo(scope, invite.receiver().identity()), row));
        Update count = valid(scope, invite, register, mailsPerDay).set(LAST_ID, invite.id());
        revoke(change, scope, count, revoked);
        change.with(register.lastId() == 0 ? count.isAbsent(LAST_ID) : count.is(LAST_ID, register.lastId()));
        change.with(Put.newRow(
                Keys.invitedAt(invite.receiver().identity(), scope),
                Row.with().text(TenantDoors.TENANT, scope.tenant().value()).row()));
        addToken(change, scope, invite);
    }

    /// Adds to a change that an invite becomes what `to` says, if nobody renewed or closed it since it was read.
    /// The token it had leads nowhere from then on.
    void renew(Change change, TenantScope scope, InviteRegister register, Invite from, Invite to, int mailsPerDay) {
        renew(change, scope, register, from, to, mailsPerDay, List.of());
    }

    /// The same, and that others are revoked, if nobody renewed or closed them since they were read.
    void renew(
            Change change,
            TenantScope scope,
            InviteRegister register,
            Invite from,
            Invite to,
            int mailsPerDay,
            List<Invite> revoked) {
        change.with(renewed(Keys.invite(scope, from.id()), from, to));
        change.with(renewed(Keys.inviteTo(scope, from.receiver().identity()), from, to));
        Update count = valid(scope, to, register, mailsPerDay);
        revoke(change, scope, count, revoked);
        change.with(count);
        change.with(Delete.of(Keys.inviteToken(from.tokenDigest())));
        addToken(change, scope, to);
    }

    /// Adds to a change that an invite is accepted or revoked, if nobody renewed or closed it since it was read.
    void close(Change change, TenantScope scope, Invite invite, Invite.Status status) {
        change.with(forgotten(Update.of(Keys.inviteCount(scope)).add(CHANGES, 1), invite));
        closeRows(change, scope, invite, status);
    }

    private static void revoke(Change change, TenantScope scope, Update register, List<Invite> revoked) {
        for (Invite invite : revoked) {
            forgotten(register, invite);
            closeRows(change, scope, invite, Invite.Status.REVOKED);
        }
    }

    private static void closeRows(Change change, TenantScope scope, Invite invite, Invite.Status status) {
        change.with(Delete.of(Keys.invite(scope, invite.id())).is(TOKEN_DIGEST, invite.tokenDigest()));
        change.with(Delete.of(Keys.inviteTo(scope, invite.receiver().identity())));
        // Whoever follows its link is told what became of it; who sent it is nobody's business any more.
        change.with(Update.of(Keys.inviteToken(invite.tokenDigest())).exists().remove(INVITED_BY));
        change.with(Delete.ifThere(Keys.invitedAt(invite.receiver().identity(), scope)));
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

    /// Adds to a change that an invite's mail came back, if it is still that mail's invite, since a newer mail need
    /// not come back as well; and if nobody knew.
    void bounced(Change change, TenantScope scope, Invite invite) {
        change.with(Update.of(Keys.invite(scope, invite.id()))
                .is(TOKEN_DIGEST, invite.tokenDigest())
                .isAbsent(BOUNCED)
                .set(BOUNCED, true));
    }

    /// The rows in other partitions that lead to an invite.
    ///
    /// @param row of an invite by id, or of a closed one
    public static Set<Key> elsewhere(TenantScope scope, Row row) {
        Set<Key> keys = new HashSet<>();
        keys.add(Keys.inviteToken(row.text(TOKEN_DIGEST)));
        row.optionalText(RECEIVER)
                .ifPresent(receiver -> keys.add(Keys.invitedAt(new EmailAddress(receiver).identity(), scope)));
        return keys;
    }

    /// Counts anew which invites there are, until when each is valid and who sent it. One round trip, and one for
    /// each megabyte of rows.
    public List<Correction> recount(TenantScope scope) {
        Row row = table.read(Keys.inviteCount(scope));
        Map<Long, Waiting> stored =
                row.isEmpty() ? Map.of() : new TreeMap<>(readRegister(row).waiting());
        Map<Long, Waiting> counted = new TreeMap<>();
        for (Invite invite : Page.all(page -> list(scope, page))) {
            counted.put(invite.id(), new Waiting(invite.expiresAt(), Optional.of(invite.inviter())));
        }
        Set<Long> ids = new TreeSet<>(stored.keySet());
        ids.addAll(counted.keySet());
        ids.removeIf(id -> Objects.equals(stored.get(id), counted.get(id)));
        if (ids.isEmpty()) {
            return List.of();
        }
        Update update = Update.of(Keys.inviteCount(scope)).moves(CHANGES, row);
        for (long id : ids.stream().limit(MOST_CORRECTED).toList()) {
            Waiting there = counted.get(id);
            if (there == null) {
                update.remove(UNTIL + id).remove(BY + id);
            } else {
                set(update, id, there);
            }
        }
        Drift drift =
                new Drift("invites", stored.size() + " known", counted.size() + " there, " + ids.size() + " differ");
        return List.of(
                new Correction("invites", List.of(drift), Change.in(scope).with(update), ids.size() > MOST_CORRECTED));
    }

    /// Adds to a change that a mail of that day was not sent after all.
    void unsent(Change change, TenantScope scope, long day) {
        change.with(Update.of(Keys.inviteCount(scope))
                .is(MAILS_ON, day)
                .isAtLeast(MAILS, 1)
                .add(MAILS, -1));
    }

    /// That an invite waits, and that one more mail was sent, if the day's are not all used up. Which of the day's
    /// it is matters only where a day begins.
    private static Update valid(TenantScope scope, Invite invite, InviteRegister register, int mailsPerDay) {
        Update update = Update.of(Keys.inviteCount(scope)).add(CHANGES, 1);
        Optional<Long> day = register.mails().map(InviteRegister.Mails::day);
        long today = register.day(scope.now());
        if (day.equals(Optional.of(today))) {
            update.is(MAILS_ON, today).isAtMost(MAILS, mailsPerDay - 1L).add(MAILS, 1);
        } else {
            day.ifPresentOrElse(earlier -> update.is(MAILS_ON, earlier), () -> update.isAbsent(MAILS_ON));
            update.set(MAILS_ON, today).set(MAILS, 1);
        }
        return set(update, invite.id(), new Waiting(invite.expiresAt(), Optional.of(invite.inviter())));
    }

    private static Update forgotten(Update register, Invite closed) {
        return register.remove(UNTIL + closed.id()).remove(BY + closed.id());
    }

    private static Update set(Update register, long id, Waiting waiting) {
        return register.set(UNTIL + id, waiting.until().toEpochMilli())
                .set(BY + id, packed(waiting.by().orElseThrow()));
    }

    /// The user id's 16 bytes, and the milliseconds since the epoch if there are any.
    private static byte[] packed(Inviter inviter) {
        UUID id = UUID.fromString(inviter.id().value());
        ByteBuffer bytes = ByteBuffer.allocate(inviter.adminSince().isPresent() ? 3 * Long.BYTES : 2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        inviter.adminSince().ifPresent(since -> bytes.putLong(since.toEpochMilli()));
        return bytes.array();
    }

    private static Inviter unpacked(byte[] packed) {
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        UserId id = new UserId(new UUID(bytes.getLong(), bytes.getLong()).toString());
        return new Inviter(
                id, bytes.hasRemaining() ? Optional.of(Instant.ofEpochMilli(bytes.getLong())) : Optional.empty());
    }

    /// A day in UTC, since the epoch.
    static long day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay();
    }

    private static InviteRegister readRegister(Row row) {
        Map<Long, Waiting> waiting = new TreeMap<>();
        row.numbers(UNTIL)
                .forEach((id, until) -> waiting.put(
                        Long.valueOf(id),
                        new Waiting(
                                Instant.ofEpochMilli(until),
                                row.has(BY + id) ? Optional.of(unpacked(row.bytes(BY + id))) : Optional.empty())));
        return new InviteRegister(
                row.number(LAST_ID),
                waiting,
                row.has(MAILS_ON)
                        ? Optional.of(new InviteRegister.Mails(row.number(MAILS_ON), (int) row.number(MAILS)))
                        : Optional.empty());
    }

    private static Update renewed(Key key, Invite from, Invite to) {
        Update update = Update.of(key);
        to.inviter()
                .adminSince()
                .ifPresentOrElse(since -> update.set(INVITER_SINCE, since), () -> update.remove(INVITER_SINCE));
        return update.is(TOKEN_DIGEST, from.tokenDigest())
                .set(RECEIVER, to.receiver().value())
                .set(Gate.ROLE, to.role().text())
                .set(LANGUAGE, to.language().tag())
                .set(INVITED_BY, to.invitedBy().value())
                .set(VALID_UNTIL, to.expiresAt())
                .set(TOKEN_DIGEST, to.tokenDigest())
                .remove(SENT_AT)
                .remove(BOUNCED);
    }

    private static void addToken(Change change, TenantScope scope, Invite invite) {
        change.with(Put.newRow(
                Keys.inviteToken(invite.tokenDigest()),
                Row.with()
                        .text(TenantDoors.TENANT, scope.tenant().value())
                        .number(TenantDoors.INVITE_ID, invite.id())
                        .text(INVITED_BY, invite.invitedBy().value())
                        .text(TenantDoors.RECEIVER, invite.receiver().identity().digest())
                        .row()));
    }

    private static Invite read(Row row) {
        return new Invite(
                row.number(ID),
                new EmailAddress(row.text(RECEIVER)),
                Role.of(row.text(Gate.ROLE)),
                new Language(row.text(LANGUAGE)),
                new Inviter(new UserId(row.text(INVITED_BY)), row.optionalInstant(INVITER_SINCE)),
                row.instant(CREATED_AT),
                row.instant(VALID_UNTIL),
                row.optionalInstant(SENT_AT),
                row.has(BOUNCED),
                row.text(TOKEN_DIGEST));
    }
}
