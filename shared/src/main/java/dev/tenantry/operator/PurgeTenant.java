package dev.tenantry.operator;

import dev.tenantry.audit.AuditStore;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.invites.InviteStore;
import dev.tenantry.refusal.Refusal.TenantNotFound;
import dev.tenantry.storage.Backoff;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Decision;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.tenancy.TenantState;
import dev.tenantry.tenants.TenantStore;
import dev.tenantry.users.MemberStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// Removes what is left of a deleted tenant, for good: every row in its partition, and every row elsewhere that leads
/// to it. What stays is the claim to its prefix.
///
/// It goes in steps of one change each, and whoever stops it in between goes on where it stopped by running it again:
/// what is gone is not found any more, and the rows that lead to others go together with them.
public final class PurgeTenant {

    /// How long a tenant must have been deleted: longer than any function that came in before may go on writing
    /// (`template.yaml`; `AgreementTest` insists).
    public static final Duration QUIET = Duration.ofMinutes(1);

    /// Rows of one change; DynamoDB takes 100.
    private static final int MOST_ROWS = 95;

    private static final int TRIES = 10;

    /// Tenants that are due and looked for at once.
    private static final int DUE_AT_ONCE = 25;

    /// The kind of rows in other partitions.
    private static final String ELSEWHERE = "elsewhere";

    private final TenantDoors doors;
    private final TenantStore tenants;
    private final Table table;
    private final Summaries summaries;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    PurgeTenant(
            TenantDoors doors,
            TenantStore tenants,
            Table table,
            Summaries summaries,
            Clock clock,
            RandomGenerator random) {
        this.doors = doors;
        this.tenants = tenants;
        this.table = table;
        this.summaries = summaries;
        this.clock = clock;
        this.random = random;
    }

    /// How far a purge came.
    ///
    /// @param rows       that were removed, or would be, by their kind as docs/model.md names it
    /// @param isComplete nothing is left but the claim; if not, there was no time, and running it again goes on
    public record Purge(DomainPrefix tenant, Map<String, Integer> rows, boolean isComplete) {}

    /// Counts what a purge would remove, and removes nothing. One round trip for each 95 rows.
    ///
    /// @throws TenantNotFound if the tenant is unknown
    /// @throws NotPossible    if it is not deleted
    public Purge look(DomainPrefix prefix, String requestId, BooleanSupplier timeIsLeft) {
        TenantScope scope = deleted(prefix, requestId);
        Run run = new Run(scope);
        if (scope.state() == TenantState.PURGED) {
            return run.ended(true);
        }
        Optional<String> after = Optional.empty();
        do {
            if (!timeIsLeft.getAsBoolean()) {
                return run.ended(false);
            }
            Page<Row> page = rows(scope, after);
            for (Row row : page.items()) {
                run.count(Keys.kind(row));
                run.elsewhere(row).forEach(_ -> run.count(ELSEWHERE));
            }
            after = page.next();
        } while (after.isPresent());
        return run.ended(true);
    }

    /// Purges a tenant. A change of some 90 rows takes two round trips.
    ///
    /// @param timeIsLeft asked before each change
    /// @throws TenantNotFound if the tenant is unknown
    /// @throws NotPossible    if it is not deleted, or was so just now
    public Purge run(DomainPrefix prefix, String requestId, BooleanSupplier timeIsLeft) {
        TenantScope scope = deleted(prefix, requestId);
        if (scope.state() == TenantState.PURGED) {
            return new Run(scope).ended(true);
        }
        Instant quiet = tenants.deletedAt(scope).orElseThrow().plus(QUIET);
        if (scope.now().isBefore(quiet)) {
            throw new NotPossible(
                    "deleted_just_now",
                    prefix + " was deleted a moment ago, and what came in before may still be written. Purge it from "
                            + quiet + " on.");
        }
        if (scope.state() == TenantState.DELETED) {
            begin(prefix, requestId);
        }
        Run run = new Run(doors.command(prefix, requestId));
        while (timeIsLeft.getAsBoolean()) {
            if (!run.step()) {
                boolean isComplete = run.removeQuarantined(timeIsLeft);
                if (isComplete) {
                    run.end();
                }
                return run.ended(isComplete);
            }
        }
        return run.ended(false);
    }

    /// Purges the tenants whose retention is over, the one that was deleted first before the others.
    ///
    /// @param timeIsLeft asked before each change
    /// @return how it went; what there was no time for, and what failed, comes the next time
    public Due runDue(String requestId, BooleanSupplier timeIsLeft) {
        List<Purge> purges = new ArrayList<>();
        Map<DomainPrefix, RuntimeException> failures = new LinkedHashMap<>();
        boolean isMore = true;
        while (isMore && timeIsLeft.getAsBoolean()) {
            isMore = false;
            for (TenantScope scope : doors.deletedUntil(
                    summaries.latestDue(clock.instant()), Math.min(100, DUE_AT_ONCE + failures.size()), requestId)) {
                if (failures.containsKey(scope.tenant()) || !timeIsLeft.getAsBoolean()) {
                    continue;
                }
                try {
                    purges.add(run(scope.tenant(), requestId, timeIsLeft));
                    isMore = true;
                } catch (NotPossible e) {
                    // It was restored meanwhile.
                } catch (RuntimeException e) {
                    // Whatever it is, it is this tenant's: the others must not wait for it. The run tells of it.
                    failures.put(scope.tenant(), e);
                }
            }
        }
        return new Due(purges, failures);
    }

    /// Counts what [#runDue] would remove of the tenants that it would begin with, 25 at most, and removes nothing.
    public Due lookDue(String requestId, BooleanSupplier timeIsLeft) {
        List<Purge> purges = new ArrayList<>();
        for (TenantScope scope : doors.deletedUntil(summaries.latestDue(clock.instant()), DUE_AT_ONCE, requestId)) {
            try {
                purges.add(look(scope.tenant(), requestId, timeIsLeft));
            } catch (NotPossible e) {
                // It was restored meanwhile.
            }
        }
        return new Due(purges, Map.of());
    }

    /// How it went with the tenants whose retention was over.
    ///
    /// @param failures those that stay as they are until the next time, and why
    public record Due(List<Purge> purges, Map<DomainPrefix, RuntimeException> failures) {}

    private TenantScope deleted(DomainPrefix prefix, String requestId) {
        TenantScope scope = doors.command(prefix, requestId);
        if (scope.state() == TenantState.ACTIVE || scope.state() == TenantState.SUSPENDED) {
            throw new NotPossible("tenant_not_deleted", prefix + " is not deleted. Delete it first.");
        }
        return scope;
    }

    private void begin(DomainPrefix prefix, String requestId) {
        Backoff.forWork(random, TRIES).commit(table, _ -> {
            TenantScope scope = deleted(prefix, requestId);
            Change change = Change.empty();
            if (scope.state() == TenantState.DELETED) {
                tenants.beginPurge(
                        change,
                        scope,
                        tenants.tenant(scope),
                        tenants.deletedAt(scope).orElseThrow());
            }
            return new Decision<>(scope, change);
        });
    }

    private Page<Row> rows(TenantScope scope, Optional<String> after) {
        return table.queryMegabyte(
                Keys.everything(scope), new PageRequest(MOST_ROWS, after), row -> row, Keys::position);
    }

    /// One purge.
    private final class Run {

        private final TenantScope scope;
        private final Map<String, Integer> removed = new TreeMap<>();

        Run(TenantScope scope) {
            this.scope = scope;
        }

        void count(String kind) {
            removed.merge(kind, 1, Integer::sum);
        }

        Purge ended(boolean isComplete) {
            return new Purge(scope.tenant(), removed, isComplete);
        }

        /// Removes as many rows as one change takes, with the rows elsewhere that lead to them.
        ///
        /// @return false if there are none
        boolean step() {
            return Backoff.forWork(random, TRIES).retry(_ -> {
                Change change = Change.empty();
                List<String> kinds = new ArrayList<>();
                for (Row row : rows(scope, Optional.empty()).items()) {
                    if (Keys.of(row).equals(Keys.tenant(scope))) {
                        // The claim, and by what it goes on: it goes last.
                        continue;
                    }
                    Set<Key> keys = elsewhere(row);
                    keys.removeIf(change::writes);
                    if (!kinds.isEmpty() && kinds.size() + keys.size() + 1 > MOST_ROWS) {
                        break;
                    }
                    keys.forEach(key -> change.with(Delete.ifThere(key)));
                    keys.forEach(_ -> kinds.add(ELSEWHERE));
                    change.with(Delete.ifThere(Keys.of(row)));
                    kinds.add(Keys.kind(row));
                }
                table.commit(change);
                kinds.forEach(this::count);
                return !kinds.isEmpty();
            });
        }

        /// The rows in other partitions that a row of the tenant's leads to, and that lead back.
        Set<Key> elsewhere(Row row) {
            Set<Key> keys = new LinkedHashSet<>();
            switch (Keys.kind(row)) {
                case "MEMBER" -> keys.addAll(MemberStore.elsewhere(scope, row));
                case "INVITE", "CLOSED_INVITE" -> keys.addAll(InviteStore.elsewhere(scope, row));
                case "CUSTOMER" -> keys.add(TenantStore.elsewhere(row));
                // Whoever was removed was told of.
                case "AUDIT" ->
                    AuditStore.removedUsers(row).forEach(user -> keys.add(Keys.formerMembership(scope, user)));
                default -> {}
            }
            return keys;
        }

        /// What of the tenant's usage could not be read and was put aside. Mostly there is none, of anybody's.
        ///
        /// @return whether there was time for all
        boolean removeQuarantined(BooleanSupplier timeIsLeft) {
            Optional<String> tenant = Optional.of(scope.tenant().value());
            for (Row row :
                    Page.all(page -> table.queryMegabyte(Keys.quarantinedBatches(), page, it -> it, Keys::position))) {
                if (row.optionalText(TenantDoors.TENANT).equals(tenant)) {
                    if (!timeIsLeft.getAsBoolean()) {
                        return false;
                    }
                    Change change = Change.empty().with(Delete.ifThere(Keys.of(row)));
                    Backoff.forWork(random, TRIES).run(_ -> table.commit(change));
                    count(ELSEWHERE);
                }
            }
            return true;
        }

        void end() {
            Backoff.forWork(random, TRIES).commit(table, _ -> {
                TenantScope now = doors.command(scope.tenant(), scope.actor().requestId());
                Change change = Change.empty();
                if (now.state() == TenantState.PURGED) {
                    // Somebody else has come to the end as well.
                    return new Decision<>(now, change);
                }
                tenants.endPurge(
                        change, now, tenants.tenant(now), tenants.deletedAt(now).orElseThrow());
                tenants.founder(now)
                        .ifPresent(founder -> tenants.forgetIfNone(change, founder, table.read(Keys.founded(founder))));
                return new Decision<>(now, change);
            });
            count("TENANT");
        }
    }
}
