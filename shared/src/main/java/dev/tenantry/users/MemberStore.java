package dev.tenantry.users;

import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal.AlreadyMember;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Correction;
import dev.tenantry.storage.Delete;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.inject.Inject;

/// The rows of a tenant's people and their headcount.
public final class MemberStore {

    private static final String USER_ID = "userId";
    private static final String USERNAME = "username";
    private static final String GIVEN_NAME = "givenName";
    private static final String FAMILY_NAME = "familyName";
    private static final String JOINED_AT = "joinedAt";
    private static final String ADMIN_SINCE = "adminSince";

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

    /// Whether a person was removed, to read along at the door.
    public static Lookup<Boolean> former(UserId user) {
        return Lookup.of(scope -> Keys.formerMembership(scope, user), _ -> true);
    }

    /// Who of the tenant has an e-mail address, to read along at the door.
    public static Lookup<UserId> withEmail(EmailIdentity email) {
        return Lookup.of(scope -> Keys.memberEmail(scope, email), row -> new UserId(row.text(USER_ID)));
    }

    /// Adds to a change that it only happens while nobody has ever joined the tenant.
    public static void guardNobodyJoined(Change change, TenantScope scope) {
        change.with(Check.that(Keys.headcount(scope)).isAbsent(ADMINS));
    }

    /// Adds to a change that it only happens while nobody of the tenant has that e-mail address.
    public void guardNobodyHas(Change change, TenantScope scope, EmailIdentity email) {
        change.with(Check.that(Keys.memberEmail(scope, email)).isAbsent(USER_ID));
    }

    /// Those of these people who are in the tenant. One round trip for each hundred of them whom the door has not
    /// read; none if it was the caller alone.
    public Map<UserId, Member> find(TenantScope scope, Set<UserId> people) {
        Map<UserId, Member> found = new HashMap<>();
        List<Lookup<Member>> lookups = new ArrayList<>();
        for (UserId id : people) {
            Lookup<Member> lookup = member(id);
            if (scope.hasRead(lookup)) {
                scope.found(lookup).ifPresent(member -> found.put(id, member));
            } else {
                lookups.add(lookup);
            }
        }
        if (!lookups.isEmpty()) {
            Rows rows =
                    table.read(lookups.stream().map(lookup -> lookup.key(scope)).toList());
            for (Lookup<Member> lookup : lookups) {
                lookup.read(rows.at(lookup.key(scope))).ifPresent(member -> found.put(member.userId(), member));
            }
        }
        return found;
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
                                .instant(ADMIN_SINCE, member.adminSince())
                                .row())
                .orElse(AlreadyMember::new));
        change.with(Put.newRow(
                        Keys.membership(scope, member.userId()),
                        Row.with()
                                .text(TenantDoors.TENANT, scope.tenant().value())
                                .row())
                .orElse(AlreadyMember::new));
        EmailIdentity address = EmailIdentity.of(member.username());
        change.with(Put.newRow(
                        Keys.memberEmail(scope, address),
                        Row.with().text(USER_ID, member.userId().value()).row())
                .orElse(AlreadyMember::new));
        change.with(at(address, scope));
        count(change, scope, Headcount.ZERO.plus(member.role(), 1));
    }

    /// That the address is some member's, found by address. Whether it is, the member's e-mail says.
    private static Put at(EmailIdentity address, TenantScope scope) {
        return Put.newOrWith(
                Keys.memberAt(address, scope),
                tenant(scope),
                TenantDoors.TENANT,
                scope.tenant().value());
    }

    private static Row tenant(TenantScope scope) {
        return Row.with().text(TenantDoors.TENANT, scope.tenant().value()).row();
    }

    /// Adds to a change that it only happens while a person has the role they were read with.
    public void guardRole(Change change, TenantScope scope, Member member) {
        change.with(Check.that(Keys.member(scope, member.userId()))
                .is(Gate.ROLE, member.role().text()));
    }

    /// Adds to a change that it only happens while a person is an admin, as they were read, without a break.
    public void guardAdmin(Change change, TenantScope scope, Member admin) {
        Check check = Check.that(Keys.member(scope, admin.userId())).is(Gate.ROLE, Role.ADMIN.text());
        change.with(
                admin.adminSince().isPresent()
                        ? check.is(ADMIN_SINCE, admin.adminSince().get().toString())
                        : check.isAbsent(ADMIN_SINCE));
    }

    /// Adds to a change that a person has another role, if they still have the one they were read with. Their
    /// headcount is for [#count] to settle, once for all people of the change.
    public void changeRole(Change change, TenantScope scope, Member from, Member to) {
        Update update = Update.of(Keys.member(scope, from.userId()))
                .is(Gate.ROLE, from.role().text())
                .set(Gate.ROLE, to.role().text());
        to.adminSince().ifPresentOrElse(since -> update.set(ADMIN_SINCE, since), () -> update.remove(ADMIN_SINCE));
        change.with(update);
    }

    /// Adds to a change that a person is called otherwise, if they are still called as they were read. An address
    /// that was another member's is this one's from then on, and the other one has none until they are seen with
    /// one. One round trip if the address is another.
    void rename(Change change, TenantScope scope, Member from, Member to) {
        change.with(Update.of(Keys.member(scope, from.userId()))
                .is(USERNAME, from.username())
                .is(GIVEN_NAME, from.givenName())
                .is(FAMILY_NAME, from.familyName())
                .set(USERNAME, to.username())
                .set(GIVEN_NAME, to.givenName())
                .set(FAMILY_NAME, to.familyName()));
        if (!to.address().equals(from.address())) {
            from.address().ifPresent(address -> giveUp(change, scope, from, address));
            to.address().ifPresent(address -> take(change, scope, to, address));
        }
    }

    private static void giveUp(Change change, TenantScope scope, Member member, EmailIdentity address) {
        change.with(Delete.of(Keys.memberEmail(scope, address))
                .is(USER_ID, member.userId().value()));
        change.with(Delete.ifThere(Keys.memberAt(address, scope)));
    }

    private void take(Change change, TenantScope scope, Member member, EmailIdentity address) {
        Row holder = table.read(Keys.memberEmail(scope, address));
        Row own = Row.with().text(USER_ID, member.userId().value()).row();
        if (holder.isEmpty()) {
            change.with(Put.newRow(Keys.memberEmail(scope, address), own));
            change.with(at(address, scope));
            return;
        }
        UserId other = new UserId(holder.text(USER_ID));
        change.with(Update.of(Keys.memberEmail(scope, address))
                .is(USER_ID, other.value())
                .set(USER_ID, member.userId().value()));
        change.with(Update.of(Keys.member(scope, other)).exists().set(USERNAME, ""));
    }

    /// Adds to a change that a person leaves, if they still have the role and the address they were read with:
    /// refused with [LastAdmin] if they are that.
    public void remove(Change change, TenantScope scope, Member member) {
        change.with(Delete.of(Keys.member(scope, member.userId()))
                .is(Gate.ROLE, member.role().text())
                .is(USERNAME, member.username()));
        change.with(Delete.of(Keys.membership(scope, member.userId())));
        change.with(Put.newOrWith(
                Keys.formerMembership(scope, member.userId()),
                tenant(scope),
                TenantDoors.TENANT,
                scope.tenant().value()));
        member.address().ifPresent(address -> giveUp(change, scope, member, address));
        count(change, scope, Headcount.ZERO.plus(member.role(), -1));
    }

    /// Adds to a change that nothing is left to tell that a person was removed.
    public static void forgetFormer(Change change, TenantScope scope, UserId person) {
        change.with(Delete.ifThere(Keys.formerMembership(scope, person)));
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

    /// The rows in other partitions that lead to a member, or led to them as a former one.
    ///
    /// @param row of a member
    public static Set<Key> elsewhere(TenantScope scope, Row row) {
        Member member = read(row);
        Set<Key> keys = new HashSet<>();
        keys.add(Keys.membership(scope, member.userId()));
        keys.add(Keys.formerMembership(scope, member.userId()));
        member.address().ifPresent(address -> keys.add(Keys.memberAt(address, scope)));
        return keys;
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
                row.instant(JOINED_AT),
                row.optionalInstant(ADMIN_SINCE));
    }
}
