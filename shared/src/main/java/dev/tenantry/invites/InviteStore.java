package dev.tenantry.invites;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.EmailIdentity;
import dev.tenantry.tenancy.Gate;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenancy.UserId;
import java.util.Optional;
import javax.inject.Inject;

/// The rows of invites. A pending or expired one is written twice, by id and by address, so that each is found by what
/// it is known by; accepting or revoking it leaves nothing but the word for what became of it, under a key that lists do not
/// meet.
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

    private static final Lookup<Long> LAST = Lookup.of(Keys::inviteCount, row -> row.number(LAST_ID));

    private final Table table;

    @Inject
    InviteStore(Table table) {
        this.table = table;
    }

    /// The tenant's latest invite id, to read along at the door; none if there was no invite yet.
    static Lookup<Long> lastId() {
        return LAST;
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

    /// The pending and expired invites of a tenant by id; a position is an id. One round trip for each megabyte of rows.
    public Page<Invite> list(TenantScope scope, PageRequest page) {
        return table.query(Keys.invites(scope), page, InviteStore::read, invite -> Long.toString(invite.id()));
    }

    /// Adds to a change that an address is invited that was not, with the id that follows the last one.
    void create(Change change, TenantScope scope, Invite invite, Optional<Long> lastId) {
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
        Update count = Update.of(Keys.inviteCount(scope)).set(LAST_ID, invite.id());
        lastId.ifPresentOrElse(last -> count.is(LAST_ID, last), () -> count.isAbsent(LAST_ID));
        change.with(count);
        addToken(change, scope, invite);
    }

    /// Adds to a change that an invite becomes what `to` says, if nobody renewed or closed it since it was read. The token it
    /// had leads nowhere from then on.
    void renew(Change change, TenantScope scope, Invite from, Invite to) {
        change.with(renewed(Keys.invite(scope, from.id()), from, to));
        change.with(renewed(Keys.inviteTo(scope, from.receiver().identity()), from, to));
        change.with(Delete.of(Keys.inviteToken(from.tokenDigest())));
        addToken(change, scope, to);
    }

    /// Adds to a change that an invite is accepted or revoked, if nobody renewed or closed it since it was read.
    void close(Change change, TenantScope scope, Invite invite, Invite.Status status) {
        change.with(Delete.of(Keys.invite(scope, invite.id())).is(TOKEN_DIGEST, invite.tokenDigest()));
        change.with(Delete.of(Keys.inviteTo(scope, invite.receiver().identity())));
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
