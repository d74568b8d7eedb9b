package dev.tenantry.operator;

import dev.tenantry.audit.AuditAction;
import dev.tenantry.audit.AuditStore;
import dev.tenantry.audit.Event;
import dev.tenantry.identity.Digest;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.EmailIdentity;
import dev.tenantry.identity.UserId;
import dev.tenantry.invites.Invite;
import dev.tenantry.invites.InviteStore;
import dev.tenantry.invites.RevokeInvite;
import dev.tenantry.operator.ErasureStore.Known;
import dev.tenantry.operator.ErasureStore.Pass;
import dev.tenantry.refusal.Refusal.InviteAlreadyUsed;
import dev.tenantry.refusal.Refusal.InviteNotFound;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.KeyRange;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.storage.Update;
import dev.tenantry.storage.Write;
import dev.tenantry.tenancy.Role;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.users.Headcount;
import dev.tenantry.users.Member;
import dev.tenantry.users.MemberStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;

/// Erases a person: takes them out of every tenant, revokes what invites they sent or were sent, and writes
/// [UserId#ERASED] wherever a tenant's rows name them, as far back as its audit trail goes. What somebody did stays
/// told; that it was they does not.
///
/// It goes tenant by tenant, and in each in this order: they are removed, after which nothing is done by them; their
/// invites are revoked; what tells that they were there goes; then their names, row by row. Whoever stops it in between
/// goes on where it stopped by running it again: whom it is about, and how far it has come, is stored until all is done
/// ([ErasureStore]). Where they come to a tenant again meanwhile, it begins there anew. Each erasure keeps and removes
/// rows of its own alone; one that was begun for the same person otherwise, by an address or by user id, is told of.
public final class ErasePerson {

    /// Rows of one change; DynamoDB takes 100.
    private static final int MOST_ROWS = 90;

    private static final int TRIES = 10;

    private final TenantDoors doors;
    private final MemberStore members;
    private final InviteStore invites;
    private final RevokeInvite revoke;
    private final ErasureStore erasures;
    private final AuditStore audit;
    private final Table table;
    private final RandomGenerator random;

    @Inject
    ErasePerson(
            TenantDoors doors,
            MemberStore members,
            InviteStore invites,
            RevokeInvite revoke,
            ErasureStore erasures,
            AuditStore audit,
            Table table,
            RandomGenerator random) {
        this.doors = doors;
        this.members = members;
        this.invites = invites;
        this.revoke = revoke;
        this.erasures = erasures;
        this.audit = audit;
        this.table = table;
        this.random = random;
    }

    /// What was erased, or would be.
    ///
    /// @param people      the user ids that the person has or had
    /// @param tenants     where something was found, and how much of what: `members` (removed), `invites` (revoked)
    ///                    and `rows` (in which they are not named any more)
    /// @param lastAdminOf tenants that would be left without an admin, with their states: nothing can be erased as
    ///                    long as there are any. Empty unless it is a dry run
    /// @param others      other erasures of the same person that are not complete: the user id for which each was
    ///                    begun, or [#BY_EMAIL]. To be run again as they were
    /// @param isComplete  nothing names them any more; if not, there was no time, or they came to a tenant
    ///                    meanwhile, and running it again goes on; or there are others. A dry run is not if an
    ///                    erasure is under way
    public record Erasure(
            Set<UserId> people,
            Map<DomainPrefix, Map<String, Integer>> tenants,
            Set<String> lastAdminOf,
            Set<String> others,
            boolean isComplete) {}

    /// Stands for an erasure that was begun for an address, which nothing tells in the clear.
    public static final String BY_EMAIL = "email";

    /// Two round trips for each 1,000 rows or megabyte of each tenant that they are or were in, and one more for
    /// each 90 rows that are changed.
    ///
    /// @param user       who is meant, by user id, together with the addresses that they have
    /// @param email      who is meant, by address, together with whoever has it
    /// @param isDryRun   only looks
    /// @param timeIsLeft asked before each step
    /// @throws NotPossible if a tenant would be left without an admin
    public Erasure run(
            Optional<UserId> user,
            Optional<EmailIdentity> email,
            boolean isDryRun,
            String requestId,
            BooleanSupplier timeIsLeft) {
        Run run = new Run(user, email, isDryRun, requestId, timeIsLeft);
        run.search();
        Set<String> left = run.lastAdminOf();
        if (!left.isEmpty() && !isDryRun) {
            throw new NotPossible(
                    "last_admin",
                    "Without them there would be no admin in " + String.join(", ", left)
                            + ". Have another one made there, or delete and purge the tenant, then repeat this.");
        }
        run.remember();
        boolean isComplete = run.eraseInTenants() && (isDryRun ? !run.isUnderWay : run.end());
        return new Erasure(run.people, run.found, left, run.others, isComplete && run.others.isEmpty());
    }

    /// A row by which the person is found.
    private record Trace(Row row) {

        /// To which it leads, if to any.
        Optional<DomainPrefix> tenant() {
            return row.optionalText(TenantDoors.TENANT).map(DomainPrefix::new);
        }

        /// That an address is a member's.
        boolean isMember() {
            return Keys.kind(row).equals("MEMBER");
        }

        /// It is an erasure's own and tells of nobody's doing.
        boolean isOfErasure() {
            return ErasureStore.isOfErasure(row);
        }

        /// How many tenants a person has created.
        boolean isCount() {
            return Keys.kind(row).equals("FOUNDED");
        }
    }

    /// One erasure.
    private final class Run {

        private final Key erasure;

        /// What it is begun for: a user id or [#BY_EMAIL].
        private final String by;

        /// The address that was given, if it was one.
        private final Optional<EmailIdentity> meant;

        private final boolean isDryRun;
        private final String requestId;
        private final BooleanSupplier timeIsLeft;
        private final Set<UserId> people = new LinkedHashSet<>();
        private final Set<EmailIdentity> addresses = new LinkedHashSet<>();

        /// Those of the addresses that somebody else has in some tenant by now, and that are not meant.
        private final Set<EmailIdentity> somebodyElses = new LinkedHashSet<>();

        private final Set<DomainPrefix> tenants = new LinkedHashSet<>();
        private final Map<DomainPrefix, Map<String, Integer>> found = new LinkedHashMap<>();
        private final Set<String> others = new TreeSet<>();
        private boolean isUnderWay;

        Run(
                Optional<UserId> user,
                Optional<EmailIdentity> email,
                boolean isDryRun,
                String requestId,
                BooleanSupplier timeIsLeft) {
            this.erasure = user.map(Keys::erasure).orElseGet(() -> Keys.erasure(email.orElseThrow()));
            this.by = user.map(UserId::value).orElse(BY_EMAIL);
            this.meant = email;
            this.isDryRun = isDryRun;
            this.requestId = requestId;
            this.timeIsLeft = timeIsLeft;
            user.ifPresent(people::add);
            email.ifPresent(addresses::add);
        }

        /// Finds who has the address that is meant, and which addresses whoever is meant has. Who else has one
        /// of those by now is somebody else, and so is whoever that address was invited for.
        void search() {
            Row begun = table.read(erasure);
            isUnderWay = !begun.isEmpty();
            adopt(begun);
            meant.ifPresent(address -> people.addAll(peopleAt(address)));
            for (UserId person : List.copyOf(people)) {
                addresses.addAll(addressesOf(person));
            }
            for (EmailIdentity address : addresses) {
                List<Trace> traces = at(address);
                if (isSomebodyElses(address, traces)) {
                    somebodyElses.add(address);
                } else {
                    tenantsIn(traces);
                }
            }
        }

        private void adopt(Row begun) {
            if (!begun.isEmpty()) {
                Known known = ErasureStore.known(begun);
                people.addAll(known.people());
                addresses.addAll(known.addresses());
            }
        }

        private List<EmailIdentity> addressesOf(UserId person) {
            List<EmailIdentity> theirs = new ArrayList<>();
            List<Trace> traces = of(person);
            noteOthers(traces);
            for (DomainPrefix tenant : tenantsIn(traces)) {
                found(tenant, MemberStore.member(person))
                        .flatMap(Member::address)
                        .ifPresent(theirs::add);
            }
            return theirs;
        }

        private Set<UserId> peopleAt(EmailIdentity address) {
            Set<UserId> theirs = new LinkedHashSet<>();
            List<Trace> traces = at(address);
            noteOthers(traces);
            for (DomainPrefix tenant : tenantsIn(traces)) {
                found(tenant, MemberStore.withEmail(address)).ifPresent(theirs::add);
            }
            return theirs;
        }

        private void noteOthers(List<Trace> traces) {
            traces.forEach(trace -> ErasureStore.other(erasure, trace.row()).ifPresent(others::add));
        }

        private boolean isSomebodyElses(EmailIdentity address, List<Trace> traces) {
            return !meant.equals(Optional.of(address))
                    && traces.stream()
                            .filter(Trace::isMember)
                            .flatMap(trace -> trace.tenant().stream())
                            .flatMap(tenant -> found(tenant, MemberStore.withEmail(address)).stream())
                            .anyMatch(holder -> !people.contains(holder));
        }

        /// The tenants that the rows of a person or an address lead to.
        private Set<DomainPrefix> tenantsIn(List<Trace> traces) {
            Set<DomainPrefix> theirs = new LinkedHashSet<>();
            traces.forEach(trace -> trace.tenant().ifPresent(theirs::add));
            tenants.addAll(theirs);
            return theirs;
        }

        private List<Trace> of(UserId person) {
            return traces(Keys.everything(person));
        }

        /// What erasures of others that have the address keep there is left out.
        private List<Trace> at(EmailIdentity address) {
            boolean isOurs = meant.equals(Optional.of(address));
            return traces(Keys.everything(address)).stream()
                    .filter(trace -> isOurs || !trace.isOfErasure())
                    .toList();
        }

        private List<Trace> traces(KeyRange range) {
            List<Trace> traces = new ArrayList<>();
            Page.all(page -> table.queryMegabyte(range, page, row -> row, Keys::position))
                    .forEach(row -> traces.add(new Trace(row)));
            return traces;
        }

        /// Empty if nothing is there to be erased, or soon not any more: a purge is at work, or was.
        private Optional<TenantScope> scope(DomainPrefix tenant, List<? extends Lookup<?>> lookups) {
            try {
                return Optional.of(doors.command(tenant, requestId, lookups.toArray(Lookup<?>[]::new)))
                        .filter(scope -> !scope.isBeyondRestoration());
            } catch (TenantNotFound e) {
                return Optional.empty();
            }
        }

        private Optional<TenantScope> scope(DomainPrefix tenant) {
            return scope(tenant, List.of());
        }

        /// What a row of a tenant says, if anything of the tenant is there to be erased.
        private <T> Optional<T> found(DomainPrefix tenant, Lookup<T> row) {
            return scope(tenant, List.of(row)).flatMap(scope -> scope.found(row));
        }

        /// The tenants that would be left without an admin, each with its state.
        Set<String> lastAdminOf() {
            Set<String> left = new TreeSet<>();
            for (DomainPrefix tenant : tenants) {
                List<Lookup<?>> lookups = new ArrayList<>();
                people.forEach(person -> lookups.add(MemberStore.member(person)));
                lookups.add(MemberStore.headcount());
                // Rows that are read together are not of one moment: an admin may be read before another run
                // removes them, and the count after it. So it counts what is found twice.
                scope(tenant, lookups)
                        .filter(this::isLeftWithoutAdmin)
                        .flatMap(_ -> scope(tenant, lookups))
                        .filter(this::isLeftWithoutAdmin)
                        .ifPresent(
                                scope -> left.add(tenant + " (" + scope.state().text() + ")"));
            }
            return left;
        }

        private boolean isLeftWithoutAdmin(TenantScope scope) {
            long admins = people.stream()
                    .flatMap(person -> scope.found(MemberStore.member(person)).stream())
                    .filter(member -> member.role() == Role.ADMIN)
                    .count();
            long all =
                    scope.found(MemberStore.headcount()).orElse(Headcount.ZERO).admins();
            return admins > 0 && all <= admins;
        }

        /// Stores whom it is about, together with whom it was said to be about before.
        void remember() {
            if (isDryRun || tenants.isEmpty()) {
                return;
            }
            insist(this::remember);
        }

        /// Whoever adds it to a change has nobody forget meanwhile whom this is about.
        private void remember(Change change) {
            Row begun = table.read(erasure);
            adopt(begun);
            erasures.remember(change, erasure, begun, known(), by);
        }

        private Known known() {
            return new Known(Set.copyOf(people), Set.copyOf(addresses));
        }

        /// @return whether there was time for all
        boolean eraseInTenants() {
            for (DomainPrefix tenant : tenants) {
                if (scope(tenant).isPresent() && !eraseIn(tenant)) {
                    return false;
                }
            }
            return true;
        }

        private boolean eraseIn(DomainPrefix tenant) {
            if (!isDryRun) {
                // So that it is found when nothing else leads here any more.
                insist(change -> scope(tenant).ifPresent(scope -> {
                    remember(change);
                    erasures.intend(change, erasure, scope);
                }));
            }
            return removeFrom(tenant) && revokeIn(tenant) && forgetIn(tenant);
        }

        private boolean removeFrom(DomainPrefix tenant) {
            for (UserId person : List.copyOf(people)) {
                if (found(tenant, MemberStore.member(person)).isPresent()) {
                    if (!timeIsLeft.getAsBoolean()) {
                        return false;
                    }
                    if (removeMember(tenant, person)) {
                        count(tenant, "members", 1);
                    }
                }
            }
            return true;
        }

        private boolean removeMember(DomainPrefix tenant, UserId person) {
            try {
                return Backoff.forWork(random, TRIES).commit(table, _ -> {
                    Change change = Change.empty();
                    Optional<TenantScope> scope = scope(tenant, List.of(MemberStore.member(person)));
                    Optional<Member> member = scope.flatMap(it -> it.found(MemberStore.member(person)));
                    if (member.isPresent() && !isDryRun) {
                        // They may have come with another address since they were looked for.
                        member.flatMap(Member::address).ifPresent(addresses::add);
                        remember(change);
                        members.remove(change, scope.get(), member.get());
                        audit.record(
                                change,
                                scope.get(),
                                AuditAction.USER_REMOVED,
                                Event.removed(
                                        UserId.ERASED.value(),
                                        Map.of("role", member.get().role().text())));
                    }
                    return new Decision<>(member.isPresent(), change);
                });
            } catch (LastAdmin e) {
                if (scope(tenant).isEmpty()) {
                    // A purge has begun, and the count of admins was gone first.
                    return false;
                }
                throw new NotPossible("last_admin", "They have become the last admin of " + tenant + " meanwhile.");
            }
        }

        private boolean revokeIn(DomainPrefix tenant) {
            Optional<TenantScope> scope = scope(tenant);
            if (scope.isEmpty()) {
                return true;
            }
            for (Invite invite : Page.all(page -> invites.list(scope.get(), page))) {
                if (people.contains(invite.invitedBy())
                        || isTheirs(invite.receiver().identity())) {
                    if (!timeIsLeft.getAsBoolean()) {
                        return false;
                    }
                    if (revoke(tenant, invite.id())) {
                        count(tenant, "invites", 1);
                    }
                }
            }
            return true;
        }

        private boolean isTheirs(EmailIdentity address) {
            return addresses.contains(address) && !somebodyElses.contains(address);
        }

        private boolean revoke(DomainPrefix tenant, long invite) {
            if (isDryRun) {
                return true;
            }
            try {
                Backoff.forWork(random, TRIES)
                        .commit(
                                table,
                                _ -> revoke.run(
                                        lookups -> doors.command(tenant, requestId, lookups), Long.toString(invite)));
                return true;
            } catch (InviteNotFound | InviteAlreadyUsed e) {
                // It was closed meanwhile, and names nobody any more.
                return false;
            }
        }

        /// Takes their names out of whatever tells of them.
        ///
        /// @return whether there was time for all, and nobody else is at it
        private boolean forgetIn(DomainPrefix tenant) {
            Optional<TenantScope> scope = scope(tenant);
            if (scope.isEmpty()) {
                return true;
            }
            Optional<Pass> pass = isDryRun ? Optional.empty() : Optional.of(pass(tenant));
            Optional<String> after = pass.flatMap(Pass::seenTo);
            do {
                if (!timeIsLeft.getAsBoolean()) {
                    return false;
                }
                after = forget(scope.get(), after);
                if (pass.isPresent() && !note(scope.get(), pass.get(), after)) {
                    return false;
                }
            } while (after.isPresent());
            return true;
        }

        /// The pass that is under way. If something tells that they were there since it began, or if it was
        /// begun for others, one begins anew.
        private Pass pass(DomainPrefix tenant) {
            return Backoff.forWork(random, TRIES).commit(table, _ -> {
                Change change = Change.empty();
                // First, since another run may have found somebody more, for whom the pass that is under way is.
                remember(change);
                Lookup<Optional<Pass>> underWay = ErasureStore.pass(erasure, whom());
                List<Lookup<?>> lookups = new ArrayList<>(List.of(underWay));
                people.forEach(person -> lookups.add(MemberStore.former(person)));
                TenantScope scope = doors.command(tenant, requestId, lookups.toArray(Lookup<?>[]::new));
                List<UserId> former = people.stream()
                        .filter(person ->
                                scope.found(MemberStore.former(person)).isPresent())
                        .toList();
                Optional<Pass> there = scope.found(underWay).flatMap(it -> it);
                if (there.isPresent() && former.isEmpty()) {
                    return new Decision<>(there.get(), Change.empty());
                }
                Pass begun = new Pass(Long.toHexString(random.nextLong()), Optional.empty());
                erasures.begin(change, erasure, scope, whom(), begun);
                former.forEach(person -> MemberStore.forgetFormer(change, scope, person));
                return new Decision<>(begun, change);
            });
        }

        private String whom() {
            return Digest.of(Stream.concat(
                            people.stream().map(UserId::value),
                            addresses.stream().map(EmailIdentity::digest))
                    .sorted()
                    .collect(Collectors.joining(" ")));
        }

        /// @param seenTo empty if all was
        /// @return false if another pass has begun
        private boolean note(TenantScope scope, Pass pass, Optional<String> seenTo) {
            Change change = Change.empty();
            seenTo.ifPresentOrElse(
                    last -> erasures.note(change, erasure, scope, pass, last),
                    () -> erasures.end(change, erasure, scope, pass));
            return isMade(change);
        }

        /// Sees to it that a page of a tenant's rows does not name them.
        ///
        /// @return where the page ends; empty if it is the last
        private Optional<String> forget(TenantScope scope, Optional<String> after) {
            NamesInRows names = new NamesInRows(people, addresses);
            return Backoff.forWork(random, TRIES).retry(_ -> {
                Page<Row> page = table.queryMegabyte(
                        Keys.everything(scope), new PageRequest(PageRequest.MOST, after), row -> row, Keys::position);
                List<Update> updates = page.items().stream()
                        .flatMap(row -> names.removal(row).stream())
                        .toList();
                if (isDryRun) {
                    count(scope.tenant(), "rows", updates.size());
                } else {
                    inChanges(updates, done -> count(scope.tenant(), "rows", done));
                }
                return page.next();
            });
        }

        /// @param done is told how many after each change
        private void inChanges(List<? extends Write> writes, IntConsumer done) {
            for (int from = 0; from < writes.size(); from += MOST_ROWS) {
                List<? extends Write> some = writes.subList(from, Math.min(from + MOST_ROWS, writes.size()));
                Change change = Change.empty();
                some.forEach(change::with);
                table.commit(change);
                done.accept(some.size());
            }
        }

        /// Removes what led to them and what the erasure has kept, if nothing leads to them in a tenant any
        /// more; if something does, all of it stays, and the next run finds it. So it does if another run of
        /// the same erasure has begun something meanwhile.
        ///
        /// @return whether it is gone; if not, something does, or there was no time
        boolean end() {
            if (!timeIsLeft.getAsBoolean()) {
                return false;
            }
            // First, so that whatever begins from here on is noticed by it.
            Row begun = table.read(erasure);
            List<Trace> traces = new ArrayList<>();
            people.forEach(person -> traces.addAll(of(person)));
            addresses.stream().filter(this::isTheirs).forEach(address -> traces.addAll(at(address)));
            Change counts = Change.empty();
            List<Delete> gone = new ArrayList<>();
            for (Trace trace : traces) {
                if (trace.isOfErasure() && !ErasureStore.isTenantOf(erasure, trace.row())) {
                    // Other erasures' own, or what this one removes last.
                    continue;
                }
                if (trace.tenant().flatMap(this::scope).isPresent()) {
                    return false;
                }
                if (trace.isCount()) {
                    TenantStore.forgetCount(counts, trace.row());
                } else {
                    gone.add(Delete.ifThere(Keys.of(trace.row())));
                }
            }
            Backoff.forWork(random, TRIES).run(_ -> inChanges(gone, _ -> {}));
            Change last = Change.empty();
            ErasureStore.forget(last, erasure, begun);
            return isMade(counts) && isMade(last);
        }

        /// @return false if it met another change: whoever made that goes on
        private boolean isMade(Change change) {
            try {
                table.commit(change);
                return true;
            } catch (Conflict e) {
                return false;
            }
        }

        private void count(DomainPrefix tenant, String what, int more) {
            found.computeIfAbsent(tenant, _ -> new TreeMap<>()).merge(what, more, Integer::sum);
        }

        private void insist(Consumer<Change> decide) {
            Backoff.forWork(random, TRIES).commit(table, _ -> {
                Change change = Change.empty();
                decide.accept(change);
                return new Decision<>(true, change);
            });
        }
    }
}
