package dev.tenantry.users;

import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal.AlreadyMember;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Correction;
import dev.tenantry.storage.Delete;
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
import java.util.List;
import javax.inject.Inject;

/// The rows of a tenant's people and their headcount.
public final class MemberStore {

    private static final String USER_ID = "userId";
    private static final String USERNAME = "username";
    private static final String GIVEN_NAME = "givenName";
    private static final String FAMILY_NAME = "familyName";
    private static final String JOINED_AT = "joinedAt";
    private static final String ADMINS = "admins";
    private static final String USERS = "users";
    private static final String VIEWERS = "viewers";

    /// Moves on with every change of who has which role, so that a repair knows that there was none.
    private static final String CHANGES = "changes";

    private static final Lookup<Headcount> HEADCOUNT = Lookup.of(Keys::headcount, MemberStore::readHeadcount);

    private final Table table;

    @Inject
    MemberStore(Table table) {
        this.table = table;
    }

    /// How many people of each role there are, to read along at the door.
    public static Lookup<Headcount> headcount() {
        return HEADCOUNT;
    }

    /// A person to read along at the door.
    public static Lookup<Member> member(UserId user) {
        return Lookup.of(scope -> Keys.member(scope, user), MemberStore::read);
    }

    /// Who of the tenant has an e-mail address, to read along at the door.
    public static Lookup<UserId> withEmail(EmailIdentity email) {
        return Lookup.of(scope -> Keys.memberEmail(scope, email), row -> new UserId(row.text(USER_ID)));
    }

    /// Adds to a change that it only happens while nobody of the tenant has that e-mail address.
    public void guardNobodyHas(Change change, TenantScope scope, EmailIdentity email) {
        change.with(Check.that(Keys.memberEmail(scope, email)).isAbsent(USER_ID));
    }

    /// The people of a tenant by user id; a position is a user id. One round trip for each megabyte of rows.
    public Page<Member> list(TenantScope scope, PageRequest page) {
        return table.query(
                Keys.members(scope),
                page,
                MemberStore::read,
                member -> member.userId().value());
    }

    /// Adds to a change that a person joins: refused with [AlreadyMember] if they, or somebody with their e-mail
    /// address, are in.
    public void add(Change change, TenantScope scope, Member member) {
        change.with(Put.newRow(
                        Keys.member(scope, member.userId()),
                        Row.with()
                                .text(USER_ID, member.userId().value())
                                .text(USERNAME, member.username())
                                .text(GIVEN_NAME, member.givenName())
                                .text(FAMILY_NAME, member.familyName())
                                .text(Gate.ROLE, member.role().text())
                                .instant(JOINED_AT, member.joinedAt())
                                .row())
                .orElse(AlreadyMember::new));
        change.with(Put.newRow(
                        Keys.membership(scope, member.userId()),
                        Row.with()
                                .text(TenantDoors.TENANT, scope.tenant().value())
                                .row())
                .orElse(AlreadyMember::new));
        change.with(Put.newRow(
                        Keys.memberEmail(scope, EmailIdentity.of(member.username())),
                        Row.with().text(USER_ID, member.userId().value()).row())
                .orElse(AlreadyMember::new));
        count(change, scope, Headcount.ZERO.plus(member.role(), 1));
    }

    /// Adds to a change that it only happens while a person has the role they were read with.
    public void guardRole(Change change, TenantScope scope, Member member) {
        change.with(Check.that(Keys.member(scope, member.userId()))
                .is(Gate.ROLE, member.role().text()));
    }

    /// Adds to a change that a person has another role, if they still have the one they were read with. Their
    /// headcount is for [#count] to settle, once for all people of the change.
    public void changeRole(Change change, TenantScope scope, Member member, Role role) {
        change.with(Update.of(Keys.member(scope, member.userId()))
                .is(Gate.ROLE, member.role().text())
                .set(Gate.ROLE, role.text()));
    }

    /// Adds to a change that a person leaves, if they still have the role they were read with: refused with
    /// [LastAdmin] if they are that.
    public void remove(Change change, TenantScope scope, Member member) {
        change.with(Delete.of(Keys.member(scope, member.userId()))
                .is(Gate.ROLE, member.role().text()));
        change.with(Delete.of(Keys.membership(scope, member.userId())));
        change.with(Delete.of(Keys.memberEmail(scope, EmailIdentity.of(member.username()))));
        count(change, scope, Headcount.ZERO.plus(member.role(), -1));
    }

    /// Adds to a change that there are so many more people of each role: refused with [LastAdmin] if no admin would
    /// be left. The condition is on the count itself, so it holds for whatever else happens at the same time.
    public void count(Change change, TenantScope scope, Headcount delta) {
        if (delta.equals(Headcount.ZERO) && change.isEmpty()) {
            return;
        }
        Update update = Update.of(Keys.headcount(scope))
                .add(CHANGES, 1)
                .add(ADMINS, delta.admins())
                .add(USERS, delta.users())
                .add(VIEWERS, delta.viewers());
        if (delta.admins() < 0) {
            update.isAtLeast(ADMINS, 1 - delta.admins()).orElse(LastAdmin::new);
        }
        change.with(update);
    }

    /// Counts anew how many people have each role. One round trip, and one for each megabyte of rows.
    public List<Correction> recount(TenantScope scope) {
        Row row = table.read(Keys.headcount(scope));
        Headcount stored = row.isEmpty() ? Headcount.ZERO : readHeadcount(row);
        Headcount counted = Headcount.ZERO;
        for (Member member : Page.all(page -> list(scope, page))) {
            counted = counted.plus(member.role(), 1);
        }
        Headcount right = counted;
        return Correction.of(
                scope,
                "users",
                stored,
                right,
                change -> change.with(Update.of(Keys.headcount(scope))
                        .moves(CHANGES, row)
                        .set(ADMINS, right.admins())
                        .set(USERS, right.users())
                        .set(VIEWERS, right.viewers())));
    }

    private static Headcount readHeadcount(Row row) {
        return new Headcount(row.number(ADMINS), row.number(USERS), row.number(VIEWERS));
    }

    private static Member read(Row row) {
        return new Member(
                new UserId(row.text(USER_ID)),
                row.text(USERNAME),
                row.text(GIVEN_NAME),
                row.text(FAMILY_NAME),
                Role.of(row.text(Gate.ROLE)),
                row.instant(JOINED_AT));
    }
}
