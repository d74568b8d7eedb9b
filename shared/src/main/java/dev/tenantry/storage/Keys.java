package dev.tenantry.storage;

import dev.tenantry.addresses.SourceNetwork;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.identity.Digest;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.HostName;
import dev.tenantry.identity.IdentityPrefix;
import dev.tenantry.identity.TenantId;
import dev.tenantry.identity.UserId;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;

/// Every key of the table, and the only place that spells one; `docs/model.md` is its glossary. Whatever belongs to a
/// tenant takes a [TenantScope], so that a key for somebody else's tenant cannot be written down.
public final class Keys {

    /// Sorts right after `#`, and so ends a range of keys that share what stands before the `#`.
    private static final String AFTER_SEPARATOR = "$";

    /// Sorts after every character that an identity can have, and so ends a range of identities that begin the
    /// same.
    private static final String AFTER_IDENTITY = "~";

    private static final String TENANT_PARTITION = "TENANT#";
    private static final String DELETED_PARTITION = "DELETED_TENANTS";

    private Keys() {}

    /// The tenant itself.
    public static Key tenant(TenantScope scope) {
        return new Key(partition(scope), "TENANT");
    }

    /// That there is a tenant, found without knowing any.
    public static Key listed(TenantScope scope) {
        return listed(scope.tenant());
    }

    /// All tenants but those that are purged, by domain prefix; a position is a domain prefix.
    public static KeyRange listed() {
        return new KeyRange(
                "TENANTS",
                TENANT_PARTITION,
                "TENANT" + AFTER_SEPARATOR,
                false,
                position -> listed(DomainPrefix.inPath(position).orElseThrow(PageRequest::badCursor)));
    }

    /// That a tenant is deleted, found by when it was.
    public static Key deleted(TenantScope scope, Instant deletedAt) {
        return new Key(
                DELETED_PARTITION,
                padded(deletedAt.toEpochMilli()) + "#" + scope.tenant().value());
    }

    /// The tenants that were deleted at an instant or before, the first one first. It is read from its beginning,
    /// since whoever reads it takes out what they find.
    public static KeyRange deletedUntil(Instant latest) {
        return new KeyRange(
                DELETED_PARTITION, padded(0), padded(latest.toEpochMilli()) + AFTER_SEPARATOR, false, position -> {
                    throw new IllegalArgumentException("it is read from its beginning");
                });
    }

    /// Everything in a tenant's partition, the tenant itself among it; a position is a sort key.
    public static KeyRange everything(TenantScope scope) {
        // Sort keys begin with a word in capitals.
        return new KeyRange(
                partition(scope), "A", "Z" + AFTER_IDENTITY, false, position -> new Key(partition(scope), position));
    }

    /// Everything that is found by a person: to which tenants they belong or belonged, and how many they created.
    public static KeyRange everything(UserId user) {
        return everythingIn("USER#" + user.value());
    }

    /// Everything that is found by an e-mail address: which tenants invited it, and where a member has it.
    public static KeyRange everything(EmailIdentity address) {
        return everythingIn(partition(address));
    }

    /// The batches that can't be read.
    public static KeyRange quarantinedBatches() {
        return everythingIn("QUARANTINED_BATCHES");
    }

    private static KeyRange everythingIn(String partition) {
        return new KeyRange(partition, "A", "Z" + AFTER_IDENTITY, false, position -> new Key(partition, position));
    }

    /// The key of a row that was read.
    public static Key of(Row row) {
        return new Key(row.text(Key.PARTITION), row.text(Key.SORT));
    }

    /// The sort key of a row that was read, which is its position in [#everything].
    public static String position(Row row) {
        return row.text(Key.SORT);
    }

    /// What kind of row it is, by the word that its sort key begins with, such as `MEMBER`.
    public static String kind(Row row) {
        String sort = row.text(Key.SORT);
        int separator = sort.indexOf('#');
        return separator < 0 ? sort : sort.substring(0, separator);
    }

    /// Where some of a tenant's people see whether it is closed.
    public static Key gate(TenantScope scope, int number) {
        return new Key(partition(scope), "GATE#" + number);
    }

    /// How many people of each role a tenant has.
    public static Key headcount(TenantScope scope) {
        return new Key(partition(scope), "HEADCOUNT");
    }

    /// A person in a tenant.
    public static Key member(TenantScope scope, UserId user) {
        return new Key(partition(scope), "MEMBER#" + user.value());
    }

    /// The people of a tenant by user id; a position is a user id.
    public static KeyRange members(TenantScope scope) {
        String partition = partition(scope);
        return new KeyRange(
                partition,
                "MEMBER#",
                "MEMBER" + AFTER_SEPARATOR,
                false,
                position -> member(scope, UserId.of(position).orElseThrow(PageRequest::badCursor)));
    }

    /// That a person belongs to a tenant, found by person.
    public static Key membership(TenantScope scope, UserId user) {
        return membership(user, scope.tenant());
    }

    /// The tenants a person belongs to by domain prefix; a position is a domain prefix.
    public static KeyRange memberships(UserId user) {
        return new KeyRange(
                "USER#" + user.value(),
                "TENANT#",
                "TENANT" + AFTER_SEPARATOR,
                false,
                position -> membership(user, DomainPrefix.inPath(position).orElseThrow(PageRequest::badCursor)));
    }

    /// That a person belonged to a tenant and was removed.
    public static Key formerMembership(TenantScope scope, UserId user) {
        return new Key("USER#" + user.value(), "FORMERLY#" + scope.tenant().value());
    }

    /// How many tenants a person has created that are not deleted.
    public static Key founded(UserId user) {
        return new Key("USER#" + user.value(), "FOUNDED");
    }

    /// That a person is being erased, by user id.
    public static Key erasure(UserId user) {
        return new Key("USER#" + user.value(), "ERASURE");
    }

    /// That whoever has an e-mail address is being erased.
    public static Key erasure(EmailIdentity address) {
        return new Key(partition(address), "ERASURE");
    }

    /// How far an erasure has seen to a tenant's rows.
    ///
    /// @param erasure as [#erasure] says
    public static Key erasureIn(Key erasure, TenantScope scope) {
        return new Key(erasure.partition, "ERASURE_IN#" + scope.tenant().value());
    }

    /// That an erasure is about a person, found by person.
    ///
    /// @param erasure as [#erasure] says
    public static Key erasureOf(UserId person, Key erasure) {
        return new Key("USER#" + person.value(), erasureOf(erasure));
    }

    /// That an erasure is about an e-mail address, found by address.
    ///
    /// @param erasure as [#erasure] says
    public static Key erasureOf(EmailIdentity address, Key erasure) {
        return new Key(partition(address), erasureOf(erasure));
    }

    private static String erasureOf(Key erasure) {
        return "ERASURE_OF#" + erasure.partition;
    }

    /// Whether a row tells of that erasure and not of another.
    public static boolean isErasureOf(Key erasure, Row row) {
        return position(row).equals(erasureOf(erasure));
    }

    /// Whether a row is found by whom that erasure was begun for.
    public static boolean isBeside(Key erasure, Row row) {
        return of(row).partition.equals(erasure.partition);
    }

    /// Which invites an address was lately sent, by whichever tenant.
    public static Key mailsTo(EmailIdentity receiver) {
        return new Key(partition(receiver), "MAILS");
    }

    /// That a person with this e-mail address is in a tenant.
    public static Key memberEmail(TenantScope scope, EmailIdentity email) {
        return new Key(partition(scope), "MEMBER_EMAIL#" + email.digest());
    }

    /// That a member of a tenant has an e-mail address, found by address.
    public static Key memberAt(EmailIdentity address, TenantScope scope) {
        return new Key(partition(address), "MEMBER#" + scope.tenant().value());
    }

    /// That a tenant has invited an e-mail address, found by address.
    public static Key invitedAt(EmailIdentity address, TenantScope scope) {
        return new Key(partition(address), "INVITE#" + scope.tenant().value());
    }

    /// How many invites a tenant has ever had.
    public static Key inviteCount(TenantScope scope) {
        return new Key(partition(scope), "INVITES");
    }

    /// A pending or expired invite.
    public static Key invite(TenantScope scope, long id) {
        return new Key(partition(scope), "INVITE#" + padded(id));
    }

    /// A tenant's pending and expired invites by id; a position is an id.
    public static KeyRange invites(TenantScope scope) {
        return new KeyRange(
                partition(scope),
                "INVITE#",
                "INVITE" + AFTER_SEPARATOR,
                false,
                position -> invite(scope, PageRequest.id(position)));
    }

    /// What became of an invite that was accepted or revoked.
    public static Key closedInvite(TenantScope scope, long id) {
        return new Key(partition(scope), "CLOSED_INVITE#" + padded(id));
    }

    /// The one pending or expired invite to an address.
    public static Key inviteTo(TenantScope scope, EmailIdentity receiver) {
        return new Key(partition(scope), "INVITE_TO#" + receiver.digest());
    }

    /// Which invite a token belongs to.
    ///
    /// @param digest of the token, which itself is nowhere in the table
    public static Key inviteToken(String digest) {
        return new Key("INVITE_TOKEN#" + digest, "INVITE_TOKEN");
    }

    /// What a tenant's allowlist is decided on: all its entries in brief.
    public static Key allowlist(TenantScope scope) {
        return new Key(partition(scope), "ALLOWLIST");
    }

    /// An entry of a tenant's allowlist.
    public static Key ip(TenantScope scope, long id) {
        return new Key(partition(scope), "IP#" + padded(id));
    }

    /// The entries of a tenant's allowlist by id; a position is an id.
    public static KeyRange ips(TenantScope scope) {
        return new KeyRange(
                partition(scope),
                "IP#",
                "IP" + AFTER_SEPARATOR,
                false,
                position -> ip(scope, PageRequest.id(position)));
    }

    /// That a usage report was counted.
    ///
    /// @param digest collision-free name of (tenant, id)
    public static Key seenReport(String digest) {
        return new Key("REPORT#" + digest, "REPORT");
    }

    /// Usage that waits to be folded. Its shard is not the tenant's: it is where the aggregation looks.
    ///
    /// @param shard    from 0 to 99
    /// @param position sorts batches of a shard by age
    public static Key batch(int shard, String position) {
        return new Key(shard(shard), "USAGE_BATCH#" + position);
    }

    /// The batches of a shard, oldest first.
    public static KeyRange batches(int shard) {
        return new KeyRange(
                shard(shard),
                "USAGE_BATCH#",
                "USAGE_BATCH" + AFTER_SEPARATOR,
                false,
                position -> batch(shard, position));
    }

    /// The position of what a shard holds, whatever else its row says or lacks.
    public static String positionInShard(Row row) {
        return row.text(Key.SORT).substring("USAGE_BATCH#".length());
    }

    /// A batch that can't be read, where nobody looks but an operator.
    public static Key quarantinedBatch(int shard, String position) {
        return new Key("QUARANTINED_BATCHES", shard(shard) + "#" + position);
    }

    /// What of a tenant's usage does not belong to a single day.
    public static Key usageSummary(TenantScope scope) {
        return new Key(partition(scope), "USAGE");
    }

    /// A tenant's usage on a day in UTC.
    ///
    /// @param day since the epoch, as everywhere here
    public static Key usageDay(TenantScope scope, long day) {
        return new Key(partition(scope), "USAGE_DAY#" + padded(day));
    }

    /// A tenant's usage on the days from one to another, both included, by day.
    public static KeyRange usageDays(TenantScope scope, long from, long to) {
        return usageDays(scope, from, to, false);
    }

    /// A tenant's usage on the days before one, latest first.
    public static KeyRange usageDaysBefore(TenantScope scope, long day) {
        return usageDays(scope, 0, day - 1, true);
    }

    /// When in a minute a tenant's chargers came and went.
    ///
    /// @param minute since the epoch
    public static Key connectionEvents(TenantScope scope, long minute) {
        return new Key(partition(scope), "CONNECTION_EVENTS#" + padded(minute));
    }

    /// What every change to the set of a tenant's charger profiles is decided on: how many there are, and which is
    /// the default.
    public static Key profileRegister(TenantScope scope) {
        return new Key(partition(scope), "PROFILES");
    }

    /// A charger profile.
    public static Key profile(TenantScope scope, long id) {
        return new Key(partition(scope), "PROFILE#" + padded(id));
    }

    /// The charger profiles of a tenant by id; a position is an id.
    public static KeyRange profiles(TenantScope scope) {
        return new KeyRange(
                partition(scope),
                "PROFILE#",
                "PROFILE" + AFTER_SEPARATOR,
                false,
                position -> profile(scope, PageRequest.id(position)));
    }

    /// The one window in which a tenant's new chargers register themselves.
    public static Key provisioning(TenantScope scope) {
        return new Key(partition(scope), "PROVISIONING");
    }

    /// A charger.
    public static Key charger(TenantScope scope, ChargePointIdentity identity) {
        return charger(scope, identity.folded());
    }

    /// The chargers of a tenant by identity; a position is an identity in lower case.
    public static KeyRange chargers(TenantScope scope) {
        return new KeyRange(
                partition(scope), "CHARGER#", "CHARGER" + AFTER_SEPARATOR, false, position -> charger(scope, position));
    }

    /// The chargers of a tenant whose identities begin so, by identity; a position is an identity in lower case.
    public static KeyRange chargers(TenantScope scope, IdentityPrefix prefix) {
        return new KeyRange(
                partition(scope),
                "CHARGER#" + prefix.value(),
                "CHARGER#" + prefix.value() + AFTER_IDENTITY,
                false,
                position -> charger(scope, position));
    }

    /// That a charger's number is taken within its tenant, and by whom.
    public static Key chargerId(TenantScope scope, long id) {
        return new Key(partition(scope), "CHARGER_ID#" + padded(id));
    }

    /// How many chargers a tenant has, one part of it.
    public static Key chargerCounts(TenantScope scope, int part) {
        return new Key(partition(scope), "CHARGER_COUNTS#" + part);
    }

    /// The wrong passwords that lately came from a network for a tenant's chargers. Not in the tenant's partition,
    /// which bears a thousand writes a second: whoever has many addresses makes many such rows. So nothing leads
    /// from the tenant to them, and the key tells neither tenant nor network: they may outlive it by a while.
    public static Key wrongPasswords(TenantScope scope, SourceNetwork network) {
        return new Key(
                "WRONG_PASSWORDS#" + Digest.of(scope.tenant().value() + "#" + network.value()), "WRONG_PASSWORDS");
    }

    /// Which of a tenant's chargers were turned away lately.
    public static Key rejections(TenantScope scope) {
        return new Key(partition(scope), "REJECTIONS");
    }

    /// Which tenant a host belongs to, since that tenant has proven it.
    public static Key domain(HostName host) {
        return new Key("DOMAIN#" + host.value(), "DOMAIN");
    }

    /// That a tenant's number is taken.
    public static Key tenantId(TenantId id) {
        return new Key("TENANT_ID#" + id.value(), "TENANT_ID");
    }

    /// The audit entries of one change.
    ///
    /// @param id time-ordered id of its first entry
    public static Key audit(TenantScope scope, long id) {
        return new Key(partition(scope), "AUDIT#" + padded(id));
    }

    /// Whether a row holds the audit entries of one change, and is the one of its two rows that is found by time.
    public static boolean isAudit(Row row) {
        return row.optionalText(Key.PARTITION).orElse("").startsWith(TENANT_PARTITION)
                && row.optionalText(Key.SORT).orElse("").startsWith("AUDIT#");
    }

    /// The tenant that a row belongs to.
    public static DomainPrefix tenantOf(Row row) {
        return new DomainPrefix(row.text(Key.PARTITION).substring(TENANT_PARTITION.length()));
    }

    /// The audit entries of one change, found by action.
    public static Key auditByAction(TenantScope scope, String action, long id) {
        return new Key(partition(scope), "AUDIT_BY_ACTION#" + action + "#" + padded(id));
    }

    /// A tenant's audit entries, newest first.
    ///
    /// @param from lowest id that belongs to it
    /// @param to   highest id that belongs to it
    public static KeyRange audit(TenantScope scope, long from, long to) {
        return newestFirst(partition(scope), "AUDIT#", from, to);
    }

    /// A tenant's audit entries of one action, newest first.
    public static KeyRange auditByAction(TenantScope scope, String action, long from, long to) {
        return newestFirst(partition(scope), "AUDIT_BY_ACTION#" + action + "#", from, to);
    }

    /// What a tenant has subscribed to.
    public static Key subscription(TenantScope scope) {
        return new Key(partition(scope), "SUBSCRIPTION");
    }

    /// Which tenant a customer at Stripe stands for.
    public static Key stripeCustomer(String id) {
        return new Key("STRIPE_CUSTOMER#" + id, "STRIPE_CUSTOMER");
    }

    /// That a customer at Stripe stands for a tenant or stood for it, found by tenant.
    public static Key customer(TenantScope scope, String id) {
        return new Key(partition(scope), "CUSTOMER#" + id);
    }

    /// That an event of Stripe's was acted upon.
    public static Key stripeEvent(String id) {
        return new Key("STRIPE_EVENT#" + id, "STRIPE_EVENT");
    }

    /// The record of an idempotency key.
    ///
    /// @param digest collision-free name of (tenant, user, route, key)
    public static Key idempotencyRecord(String digest) {
        return new Key("IDEMPOTENCY#" + digest, "IDEMPOTENCY");
    }

    private static KeyRange usageDays(TenantScope scope, long from, long to, boolean descending) {
        return new KeyRange(
                partition(scope), "USAGE_DAY#" + padded(from), "USAGE_DAY#" + padded(to), descending, position -> {
                    throw new IllegalArgumentException("days are read all at once");
                });
    }

    private static String shard(int shard) {
        return "USAGE_SHARD#" + (shard < 10 ? "0" : "") + shard;
    }

    private static Key charger(TenantScope scope, String folded) {
        return new Key(partition(scope), "CHARGER#" + folded);
    }

    /// A row that is never there.
    static Key nowhere() {
        return new Key("PRIMING", "PRIMING");
    }

    private static Key listed(DomainPrefix tenant) {
        return new Key("TENANTS", partition(tenant));
    }

    private static String partition(EmailIdentity address) {
        return "ADDRESS#" + address.digest();
    }

    private static Key membership(UserId user, DomainPrefix tenant) {
        return new Key("USER#" + user.value(), partition(tenant));
    }

    private static KeyRange newestFirst(String partition, String prefix, long from, long to) {
        return new KeyRange(partition, prefix + padded(from), prefix + padded(to), true, position -> {
            throw new IllegalArgumentException("an audit page continues by its range");
        });
    }

    private static String partition(TenantScope scope) {
        return partition(scope.tenant());
    }

    private static String partition(DomainPrefix tenant) {
        return TENANT_PARTITION + tenant.value();
    }

    /// 16 digits hold every id up to 2^53, so that ids sort as text as they do as numbers.
    private static String padded(long id) {
        String digits = Long.toString(id);
        if (id < 0 || digits.length() > 16) {
            throw new IllegalArgumentException("no id has so many digits, or a sign");
        }
        return "0".repeat(16 - digits.length()) + digits;
    }
}
