package dev.tenantry.audit;

import dev.tenantry.identity.TenantId;
import dev.tenantry.identity.UserId;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.KeyRange;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.Actor;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// The rows of the audit trail. One row holds the entries of one change, so that a change of 90 roles is still one
/// transaction; it is written twice, by time and by action, so that either list costs what it lists.
public final class AuditStore {

    private static final String ID = "id";
    private static final String TENANT_ID = "tenantId";
    private static final String ACTION = "action";
    private static final String ACTOR_ID = "actorId";
    private static final String ACTOR_IP = "actorIp";
    private static final String REQUEST_ID = "requestId";
    private static final String CREATED_AT = "createdAt";
    private static final String EVENTS = "events";
    private static final String TARGET_TYPE = "targetType";
    private static final String TARGET_ID = "targetId";
    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    private final Table table;
    private final RandomGenerator random;

    @Inject
    AuditStore(Table table, RandomGenerator random) {
        this.table = table;
        this.random = random;
    }

    /// Adds an entry to the change that it tells of.
    public void record(Change change, TenantScope scope, AuditAction action, Event event) {
        record(change, scope, action, List.of(event));
    }

    /// The same for what somebody else did than the one who came through the door.
    public void record(Change change, TenantScope scope, Actor actor, AuditAction action, Event event) {
        record(change, scope, actor, action, List.of(event));
    }

    /// Adds entries to the change that they tell of. Nothing happened, nothing is told.
    ///
    /// @param events at most 128
    public void record(Change change, TenantScope scope, AuditAction action, List<Event> events) {
        record(change, scope, scope.actor(), action, events);
    }

    private void record(Change change, TenantScope scope, Actor actor, AuditAction action, List<Event> events) {
        if (events.isEmpty()) {
            return;
        }
        if (events.size() > AuditIds.MAX_ENTRIES) {
            throw new IllegalArgumentException("too many audit entries in one change");
        }
        long id = AuditIds.draw(scope.now(), random);
        while (change.writes(Keys.audit(scope, id))) {
            id = AuditIds.beside(id);
        }
        List<Row> nested = new ArrayList<>();
        for (Event event : events) {
            nested.add(Row.with()
                    .text(TARGET_ID, event.targetId())
                    .values(BEFORE, event.before())
                    .values(AFTER, event.after())
                    .row());
        }
        Row row = Row.with()
                .number(ID, id)
                .number(TENANT_ID, scope.id().value())
                .text(ACTION, action.text())
                .text(TARGET_TYPE, action.targetType())
                .text(ACTOR_ID, actor.id())
                .text(ACTOR_IP, actor.ip())
                .text(REQUEST_ID, actor.requestId())
                .instant(CREATED_AT, scope.now())
                .rows(EVENTS, nested)
                .row();
        change.with(Put.newRow(Keys.audit(scope, id), row));
        change.with(Put.newRow(Keys.auditByAction(scope, action.text(), id), row));
    }

    /// The entries of a span of time, newest first; a position is an entry's id. One round trip: entries can be
    /// large, and a page ends where they are a megabyte.
    ///
    /// @param from inclusive; empty for the beginning
    /// @param to   exclusive; empty for no end
    /// @param actorId who acted; no list is kept by it, so a page may have few entries, or none, although the list
    ///                goes on
    public Page<AuditEntry> list(
            TenantScope scope,
            Optional<Instant> from,
            Optional<Instant> to,
            Optional<AuditAction> action,
            Optional<String> actorId,
            PageRequest page) {
        long first = from.map(AuditIds::firstAt).orElse(0L);
        // An entry of the row at which the last page ended can still be to come: the row's key is its lowest id.
        long before = Math.min(
                to.map(AuditIds::firstAt).orElse(AuditIds.end()),
                page.after().map(AuditStore::id).orElse(AuditIds.end()));
        if (first >= before) {
            return new Page<>(List.of(), List.of(), Optional.empty());
        }
        KeyRange range = action.map(wanted -> Keys.auditByAction(scope, wanted.text(), first, before - 1))
                .orElseGet(() -> Keys.audit(scope, first, before - 1));
        Function<Row, List<AuditEntry>> reader = row ->
                entries(row).stream().filter(entry -> entry.id() < before).toList();
        Function<AuditEntry, String> position = entry -> Long.toString(entry.id());
        return actorId.map(wanted -> table.queryMegabyteOfManyFor(
                        range, page, reader, entry -> entry.actorId().equals(wanted), position))
                .orElseGet(() -> table.queryMegabyteOfMany(range, page, reader, position));
    }

    /// What the world may know of the entries that a row holds, in their order. Nothing else of the row is even
    /// read: no value before or after, no address.
    ///
    /// @return nothing for a row of another kind, and for the second of the two rows that hold the same entries
    /// @throws RuntimeException if the row is not as [#record] writes it
    public static List<ChangeEvent> changeEvents(Row row) {
        if (!Keys.isAudit(row)) {
            return List.of();
        }
        List<ChangeEvent> changes = new ArrayList<>();
        for (Row event : row.rows(EVENTS)) {
            changes.add(new ChangeEvent(
                    row.number(ID) + changes.size(),
                    Keys.tenantOf(row),
                    new TenantId(Math.toIntExact(row.number(TENANT_ID))),
                    row.text(ACTION),
                    row.text(TARGET_TYPE),
                    event.text(TARGET_ID),
                    row.text(ACTOR_ID),
                    row.text(REQUEST_ID),
                    row.instant(CREATED_AT)));
        }
        return changes;
    }

    /// Where an update has a row name somebody else as the one who acted, their address goes as well.
    ///
    /// @param changed the attributes that it changes
    public static void forgetAddress(Update update, Set<String> changed) {
        if (changed.contains(ACTOR_ID)) {
            update.remove(ACTOR_IP);
        }
    }

    /// The people whom a row tells to have been removed.
    public static Set<UserId> removedUsers(Row row) {
        Set<UserId> users = new LinkedHashSet<>();
        if (row.text(ACTION).equals(AuditAction.USER_REMOVED.text())) {
            for (Row event : row.rows(EVENTS)) {
                UserId.of(event.text(TARGET_ID)).filter(UserId::isPerson).ifPresent(users::add);
            }
        }
        return users;
    }

    private static long id(String position) {
        return PageRequest.id(position);
    }

    private static List<AuditEntry> entries(Row row) {
        List<Row> events = row.rows(EVENTS);
        List<AuditEntry> entries = new ArrayList<>(events.size());
        for (int i = events.size() - 1; i >= 0; i--) {
            Row event = events.get(i);
            entries.add(new AuditEntry(
                    row.number(ID) + i,
                    row.text(ACTION),
                    row.text(ACTOR_ID),
                    row.optionalText(ACTOR_IP),
                    row.text(TARGET_TYPE),
                    event.text(TARGET_ID),
                    event.values(BEFORE),
                    event.values(AFTER),
                    row.text(REQUEST_ID),
                    row.instant(CREATED_AT)));
        }
        return entries;
    }
}
