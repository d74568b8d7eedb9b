package dev.tenantry.tenancy;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.TenantId;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal.InviteEmailMismatch;
import dev.tenantry.refusal.Refusal.InviteNotFound;
import dev.tenantry.refusal.Refusal.IpNotAllowed;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Rows;
import dev.tenantry.storage.Table;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Singleton;

/// Every way into a tenant, each with the evidence it rests on. Nothing else makes a [TenantScope].
@Singleton
public final class TenantDoors {

    /// Attribute of rows that lead to a tenant, such as a membership: the tenant's domain prefix.
    public static final String TENANT = "tenant";

    /// Attribute of an invite token's row: the invite it belongs to.
    public static final String INVITE_ID = "inviteId";

    /// Attribute of an invite token's row: who sent the invite.
    public static final String INVITED_BY = "invitedBy";

    /// Attribute of an invite token's row: the [EmailIdentity] that the invite was sent to.
    public static final String RECEIVER = "receiver";

    /// Whom the audit trail names for what chargers did.
    private static final String BROKER = "broker";

    /// Who tells what became of mails. It is in no audit trail.
    private static final String MAIL_SERVICE = "ses";

    /// Whom the audit trail names for what the operator did.
    private static final String OPERATOR = "operator";

    /// Who does what nobody asked for.
    private static final Actor SYSTEM = new Actor("system", Optional.empty(), "schedule");

    /// An invite whose holder proved to be the one it was sent to.
    ///
    /// @param inviter empty if the token's row does not tell
    /// @param door    throws [InviteNotFound] if the tenant was deleted, [TenantSuspended] if it is that
    public record Invitation(long inviteId, Optional<UserId> inviter, Door door) {}

    /// A customer of Stripe's who stands for a tenant.
    ///
    /// @param alongside the row that was read along, empty if there is none
    /// @param door      throws [TenantNotFound] if the tenant was deleted
    public record Billed(DomainPrefix tenant, Row alongside, Door door) {}

    private final Table table;
    private final Clock clock;

    @Inject
    TenantDoors(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /// A member's way in. Evidence: the verified token says who they are, the table says that they belong here and
    /// may come from where they call.
    ///
    /// One batch read of strongly consistent items, whatever is read along. Its scope guards changes by the tenant
    /// being open, not suspended, and the role being the same: a change by someone demoted a moment ago does not
    /// happen. Whoever only reads may do so in a suspended tenant; [TenantScope#requireActive] is for the others.
    ///
    /// @param tenant the path's word for the tenant
    /// @param needed the lowest role that may pass
    public Door member(Caller caller, String tenant, Role needed) {
        return lookups -> {
            DomainPrefix prefix = DomainPrefix.inPath(tenant).orElseThrow(TenantNotFound::new);
            // Only its keys are used until the rows have been seen; nobody outside gets hold of this one.
            TenantScope candidate = new TenantScope(prefix, caller.actor(), now(), Role.VIEWER, List.of(), Rows.NONE);
            Key tenantKey = Keys.tenant(candidate);
            Key memberKey = Keys.member(candidate, caller.id());
            List<Key> keys = new ArrayList<>();
            keys.add(tenantKey);
            keys.add(memberKey);
            for (Lookup<?> lookup : lookups) {
                keys.add(lookup.key(candidate));
            }

            Rows rows = table.read(keys);
            Row member = rows.at(memberKey);
            if (!Gate.isOpen(rows.at(tenantKey)) || member.isEmpty()) {
                throw new TenantNotFound();
            }
            Instant now = now();
            if (!Gate.admits(rows.at(tenantKey), caller.sourceIp(), now)) {
                throw new IpNotAllowed(caller.sourceIp());
            }
            Role role = Gate.roleOf(member);
            List<Check> guards =
                    List.of(Gate.stillActive(candidate, caller.id()), Gate.stillHolds(candidate, caller.id(), role));
            boolean isHeld = Gate.isHeld(rows.at(tenantKey), caller.actor(), now);
            TenantScope scope =
                    new TenantScope(prefix, Optional.empty(), caller.actor(), now, role, guards, rows, isHeld);
            scope.require(needed);
            return scope;
        };
    }

    /// The way in of somebody who was invited. Evidence: the token, a secret that only the invite's mail told, and
    /// the verified e-mail address, which must be the one that the mail went to. One round trip, and one more to
    /// open the door.
    ///
    /// Its scope gives the lowest role and guards changes by the tenant being open and not suspended. Whether the
    /// invite still holds is for the use case to see and to make a condition of its change.
    ///
    /// @param tokenDigest digest of the token
    /// @throws InviteNotFound      if there is no such token, for example because a newer one replaced it
    /// @throws InviteEmailMismatch if the caller's address is another one, or not verified
    public Invitation invitee(Caller caller, String tokenDigest) {
        Row token = table.read(Keys.inviteToken(tokenDigest));
        if (token.isEmpty()) {
            throw new InviteNotFound();
        }
        Optional<EmailIdentity> verified =
                caller.email().filter(_ -> caller.emailVerified()).map(EmailIdentity::of);
        if (!verified.equals(Optional.of(new EmailIdentity(token.text(RECEIVER))))) {
            throw new InviteEmailMismatch();
        }
        TenantScope candidate = new TenantScope(
                new DomainPrefix(token.text(TENANT)), caller.actor(), now(), Role.VIEWER, List.of(), Rows.NONE);
        return new Invitation(
                token.number(INVITE_ID), token.optionalText(INVITED_BY).map(UserId::new), lookups -> {
                    Rows rows = readWithTenant(candidate, lookups);
                    if (!Gate.isOpen(rows.at(Keys.tenant(candidate)))) {
                        throw new InviteNotFound();
                    }
                    Instant now = now();
                    TenantScope scope = new TenantScope(
                            candidate.tenant(),
                            Optional.empty(),
                            caller.actor(),
                            now,
                            Role.VIEWER,
                            List.of(Gate.stillActive(candidate, caller.id())),
                            rows,
                            Gate.isHeld(rows.at(Keys.tenant(candidate)), caller.actor(), now));
                    scope.requireActive();
                    return scope;
                });
    }

    /// A charger's way in, as the broker tells of it. Evidence: only the broker's role may invoke the function that
    /// goes through here (`template.yaml`). Whether that charger may do anything is for the use case to see.
    ///
    /// One batch read. Its scope guards nothing: a check on the tenant's row would make all of a tenant's chargers
    /// meet there, since DynamoDB lets transactions conflict over a row that they only check. What must not happen
    /// in a deleted or suspended tenant says so by itself ([Gate#insistOnActive]).
    ///
    /// @param tenant what the charger's address says its tenant is
    /// @return a door that throws [TenantNotFound] if there is none, or it was deleted
    public Door broker(String tenant, String requestId) {
        return lookups -> unguarded(
                DomainPrefix.inPath(tenant).orElseThrow(TenantNotFound::new),
                new Actor(BROKER, Optional.empty(), requestId),
                lookups);
    }

    /// The way in of the mail service, with what became of a mail. Evidence: only the topic that Amazon SES tells
    /// may invoke the function that goes through here (`template.yaml`), and the tags of a mail are what this
    /// service gave it. Whether that mail is still an invite's latest is for the use case to make a condition of
    /// its change.
    ///
    /// One batch read. Its scope guards nothing: what it marks is there or is not.
    ///
    /// @return a door that throws [TenantNotFound] if there is none, or it was deleted
    public Door mailEvent(DomainPrefix prefix, String requestId) {
        return lookups -> unguarded(prefix, new Actor(MAIL_SERVICE, Optional.empty(), requestId), lookups);
    }

    private TenantScope unguarded(DomainPrefix prefix, Actor actor, Lookup<?>... lookups) {
        TenantScope candidate = new TenantScope(prefix, actor, now(), Role.VIEWER, List.of(), Rows.NONE);
        Rows rows = readWithTenant(candidate, lookups);
        if (!Gate.isOpen(rows.at(Keys.tenant(candidate)))) {
            throw new TenantNotFound();
        }
        return new TenantScope(prefix, actor, now(), Role.VIEWER, List.of(), rows);
    }

    /// The way in of Stripe, into the tenant that a customer of its stands for. Evidence: Stripe signed the event
    /// that names the customer, and only the tenant's own request put the customer on record. One round trip, and
    /// one more to open the door.
    ///
    /// Its scope guards changes by the tenant being open.
    ///
    /// @param customerId from an event whose signature was verified
    /// @param alongside  a row outside the tenant to read in the same batch
    /// @return empty if no tenant has this customer
    public Optional<Billed> billed(String customerId, Actor stripe, Key alongside) {
        Key customerKey = Keys.stripeCustomer(customerId);
        Rows found = table.read(List.of(customerKey, alongside));
        Row customer = found.at(customerKey);
        if (customer.isEmpty()) {
            return Optional.empty();
        }
        DomainPrefix prefix = new DomainPrefix(customer.text(TENANT));
        return Optional.of(new Billed(prefix, found.at(alongside), lookups -> operator(prefix, stripe, lookups)));
    }

    /// The founder's way into a tenant that is not there yet. Evidence: none needed, because the rows that found a
    /// tenant are only written where no row is.
    ///
    /// @param id the number that it is to have
    public TenantScope founder(Caller caller, DomainPrefix prefix, TenantId id) {
        return new TenantScope(prefix, Optional.of(id), caller.actor(), now(), Role.ADMIN, List.of(), Rows.NONE, false);
    }

    /// The way of a person into all the tenants they belong to. Evidence: the verified token; their membership
    /// rows, each written in the same transaction as the member's own row; and that row, read again here.
    ///
    /// Two round trips for a page of up to 50 tenants, and one more for each 50 on it: the memberships, then their
    /// tenants and members, 100 rows at a time (docs/adr/0033). Deleted tenants are left out, so a page can be
    /// shorter than its limit although there is more.
    public Page<TenantScope> ownTenants(Caller caller, PageRequest page) {
        Page<DomainPrefix> memberships = table.query(
                Keys.memberships(caller.id()), page, row -> new DomainPrefix(row.text(TENANT)), DomainPrefix::value);
        List<TenantScope> candidates = memberships.items().stream()
                .map(prefix -> new TenantScope(prefix, caller.actor(), now(), Role.VIEWER, List.of(), Rows.NONE))
                .toList();
        List<Key> keys = new ArrayList<>();
        for (TenantScope candidate : candidates) {
            keys.add(Keys.tenant(candidate));
            keys.add(Keys.member(candidate, caller.id()));
        }
        Rows rows = table.read(keys);
        List<TenantScope> scopes = new ArrayList<>();
        for (TenantScope candidate : candidates) {
            Row member = rows.at(Keys.member(candidate, caller.id()));
            if (Gate.isOpen(rows.at(Keys.tenant(candidate))) && !member.isEmpty()) {
                scopes.add(new TenantScope(
                        candidate.tenant(), caller.actor(), now(), Gate.roleOf(member), List.of(), rows));
            }
        }
        return new Page<>(
                scopes, scopes.stream().map(scope -> scope.tenant().value()).toList(), memberships.next());
    }

    /// The way of the operator into a tenant, however it is. Evidence: only whoever may invoke the operator's
    /// function comes here (`template.yaml` lets nobody).
    ///
    /// Its scope guards nothing: what an operator does to a tenant that is deleted, or to one as it was read, its
    /// changes say by themselves.
    ///
    /// @throws TenantNotFound if the tenant is unknown
    public TenantScope command(DomainPrefix prefix, String requestId, Lookup<?>... lookups) {
        Actor actor = operator(requestId);
        TenantScope candidate = new TenantScope(prefix, actor, now(), Role.ADMIN, List.of(), Rows.NONE);
        Rows rows = readWithTenant(candidate, lookups);
        if (rows.at(Keys.tenant(candidate)).isEmpty()) {
            throw new TenantNotFound();
        }
        return new TenantScope(prefix, actor, now(), Role.ADMIN, List.of(), rows);
    }

    /// The way of the operator into one tenant after the other, by domain prefix. Two round trips for a page of up
    /// to 100, and one more for each further 100.
    ///
    /// @return those that are there, deleted ones among them
    public Page<TenantScope> commands(PageRequest page, String requestId) {
        Page<DomainPrefix> listed =
                table.query(Keys.listed(), page, row -> new DomainPrefix(row.text(TENANT)), DomainPrefix::value);
        return scopes(listed, requestId);
    }

    /// The way of the operator into the tenants that were deleted at an instant or before, the first one first. Two
    /// round trips.
    ///
    /// @param limit how many at most, up to 100
    public List<TenantScope> deletedUntil(Instant latest, int limit, String requestId) {
        List<DomainPrefix> deleted = table.query(Keys.deletedUntil(latest), limit).stream()
                .map(row -> new DomainPrefix(row.text(TENANT)))
                .toList();
        return scopes(
                        new Page<>(
                                deleted,
                                deleted.stream().map(DomainPrefix::value).toList(),
                                Optional.empty()),
                        requestId)
                .items();
    }

    private Page<TenantScope> scopes(Page<DomainPrefix> tenants, String requestId) {
        Actor actor = operator(requestId);
        List<TenantScope> candidates = tenants.items().stream()
                .map(prefix -> new TenantScope(prefix, actor, now(), Role.ADMIN, List.of(), Rows.NONE))
                .toList();
        Rows rows = table.read(candidates.stream().map(Keys::tenant).toList());
        List<TenantScope> scopes = candidates.stream()
                .filter(candidate -> !rows.at(Keys.tenant(candidate)).isEmpty())
                .map(candidate ->
                        new TenantScope(candidate.tenant(), actor, candidate.now(), Role.ADMIN, List.of(), rows))
                .toList();
        return new Page<>(
                scopes, scopes.stream().map(scope -> scope.tenant().value()).toList(), tenants.next());
    }

    /// The operator's way into a tenant that is not there yet. Evidence: as for [#founder].
    ///
    /// @param id the number that it is to have
    public TenantScope founding(DomainPrefix prefix, TenantId id, String requestId) {
        return new TenantScope(
                prefix, Optional.of(id), operator(requestId), now(), Role.ADMIN, List.of(), Rows.NONE, false);
    }

    /// The operator's way into a tenant that works or is suspended. Evidence: as for [#command].
    ///
    /// Its scope guards changes by the tenant being open.
    ///
    /// @return a door that throws [TenantNotFound] if there is none, or it was deleted
    public Door operator(DomainPrefix prefix, String requestId) {
        return lookups -> operator(prefix, operator(requestId), lookups);
    }

    private static Actor operator(String requestId) {
        return new Actor(OPERATOR, Optional.empty(), requestId);
    }

    /// The way of the operator's own tools (demo data, repairs). Evidence: they run with the table's credentials.
    ///
    /// @throws TenantNotFound if the tenant is unknown or deleted
    public TenantScope operator(DomainPrefix prefix, Actor actor, Lookup<?>... lookups) {
        TenantScope candidate = new TenantScope(prefix, actor, now(), Role.ADMIN, List.of(), Rows.NONE);
        Rows rows = readWithTenant(candidate, lookups);
        if (!Gate.isOpen(rows.at(Keys.tenant(candidate)))) {
            throw new TenantNotFound();
        }
        return new TenantScope(prefix, actor, now(), Role.ADMIN, List.of(Gate.stillOpen(candidate)), rows);
    }

    /// The broker's way in with usage. Evidence: what comes through the queue was sent by somebody with the right
    /// to, and the tenants are there and not deleted. One round trip for each 100 tenants.
    ///
    /// It guards nothing: a condition on the tenant's row would have all of a busy tenant's deliveries in
    /// each other's way (docs/adr/0017).
    ///
    /// @return which of them there are
    public UsageTenants usage(Collection<DomainPrefix> tenants) {
        Map<DomainPrefix, Key> keys = new LinkedHashMap<>();
        for (DomainPrefix tenant : tenants) {
            keys.put(tenant, Keys.tenant(new TenantScope(tenant, SYSTEM, now(), Role.VIEWER, List.of(), Rows.NONE)));
        }
        Rows rows = table.read(keys.values());
        Set<DomainPrefix> open = new HashSet<>();
        Set<DomainPrefix> deleted = new HashSet<>();
        keys.forEach((tenant, key) -> {
            Row row = rows.at(key);
            if (Gate.isOpen(row)) {
                open.add(tenant);
            } else if (!row.isEmpty()) {
                deleted.add(tenant);
            }
        });
        return new UsageTenants(open, deleted);
    }

    /// Whose usage comes through the queue.
    ///
    /// @param open    tenants that are there
    /// @param deleted those that were deleted
    public record UsageTenants(Set<DomainPrefix> open, Set<DomainPrefix> deleted) {}

    /// The schedule's way in, to fold usage that is waiting. Evidence: there is a batch, and whoever puts one has
    /// found the tenant. A tenant that was deleted meanwhile is folded like any other, until it is purged: then its
    /// scope says so. One round trip.
    ///
    /// Its scope guards changes in a deleted tenant by it not being purged. In others it guards nothing: a
    /// condition on the tenant's row would be in the way of its people.
    public Door schedule(DomainPrefix tenant) {
        return lookups -> {
            TenantScope candidate = new TenantScope(tenant, SYSTEM, now(), Role.VIEWER, List.of(), Rows.NONE);
            Rows rows = readWithTenant(candidate, lookups);
            List<Check> guards =
                    Gate.isOpen(rows.at(Keys.tenant(candidate))) ? List.of() : List.of(Gate.notPurged(candidate));
            return new TenantScope(tenant, SYSTEM, now(), Role.VIEWER, guards, rows);
        };
    }

    /// The way in of the repair that an operator orders. Evidence: as for [#command].
    ///
    /// @throws TenantNotFound if the tenant is unknown or deleted
    public TenantScope repair(DomainPrefix prefix) {
        return operator(prefix, operator("repair"));
    }

    // Asked after the rows were read: what a change rests on is never younger than its time.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Rows readWithTenant(TenantScope candidate, Lookup<?>... lookups) {
        List<Key> keys = new ArrayList<>();
        keys.add(Keys.tenant(candidate));
        for (Lookup<?> lookup : lookups) {
            keys.add(lookup.key(candidate));
        }
        return table.read(keys);
    }
}
