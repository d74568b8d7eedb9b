package dev.tenantry.chargers;

import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.profiles.PasswordHash;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Correction;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.KeyRange;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Rows;
import dev.tenantry.storage.Table;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.TenantScope;
import dev.tenantry.usage.ConnectionUsage;
import dev.tenantry.usage.ConnectionUsage.SharedUsage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// The rows of a tenant's chargers, and how many there are. The counts are spread over a fixed number of rows, so that
/// chargers that come and go at the same time seldom meet at one (docs/adr/0013).
public final class ChargerStore {

    /// How many rows the counts of a tenant are spread over. Fixed for ever: a charger is counted where its
    /// identity says.
    static final int COUNT_ROWS = 16;

    private static final String ID = "id";
    private static final String IDENTITY = "identity";
    private static final String PROFILE_ID = "profileId";
    private static final String DISPLAY_NAME = "displayName";
    private static final String BLOCKED = "blocked";
    private static final String PASSWORD_HASH = "passwordHash";

    /// Absent, like the time of the latest event, as long as nothing was heard of a connection.
    private static final String CONNECTIONS = "connections";

    private static final String LAST_SEEN_AT = "lastSeenAt";

    /// What its certificate may name, and the connection for which it showed what only it has.
    private static final String PROVEN_SERIAL_NUMBER = "provenSerialNumber";

    private static final String SERIAL_CHANGE_TOLD_AT = "serialChangeToldAt";
    private static final String PROVEN_CONNECTION_ID = "provenConnectionId";
    private static final String CREATED_AT = "createdAt";
    private static final String UPDATED_AT = "updatedAt";
    private static final String EDITION = "edition";
    private static final String VERSION = "version";

    private static final String TOTAL = "total";
    private static final String PROVISIONED = "provisioned";
    private static final String ONLINE = "online";

    /// Moves on with every change of a count, so that a repair knows that there was none.
    private static final String CHANGES = "changes";

    private static final List<Lookup<ChargerCounts>> COUNTS = countLookups();

    private final Table table;
    private final ConnectionUsage usage;

    @Inject
    ChargerStore(Table table, ConnectionUsage usage) {
        this.table = table;
        this.usage = usage;
    }

    /// Where the usage of a charger that comes or goes is written, to read along at the door.
    SharedUsage usageOf(ChargePointIdentity identity) {
        return usage.shared(countRow(identity));
    }

    /// Whether a charger can have that number.
    static boolean isId(long id) {
        return id >= 1 && id <= Integer.MAX_VALUE;
    }

    /// A number for a new charger. If it is somebody's, adding the charger meets a conflict.
    static long drawId(RandomGenerator random) {
        return random.nextInt(Integer.MAX_VALUE) + 1L;
    }

    /// Who has that number, to read along at the door.
    static Lookup<ChargePointIdentity> named(long id) {
        return Lookup.of(scope -> Keys.chargerId(scope, id), row -> new ChargePointIdentity(row.text(IDENTITY)));
    }

    /// A charger to read along at the door.
    static Lookup<Charger> charger(ChargePointIdentity identity) {
        return Lookup.of(scope -> Keys.charger(scope, identity), ChargerStore::read);
    }

    /// The counts to read along at the door.
    public static List<? extends Lookup<?>> counts() {
        return COUNTS;
    }

    /// How many chargers there are, if the counts were read along.
    public ChargerCounts counts(TenantScope scope) {
        ChargerCounts sum = ChargerCounts.NONE;
        for (Lookup<ChargerCounts> part : COUNTS) {
            sum = sum.plus(scope.found(part).orElse(ChargerCounts.NONE));
        }
        return sum;
    }

    /// How many chargers there are. One round trip.
    ChargerCounts count(TenantScope scope) {
        List<Key> keys = countKeys(scope);
        return sum(keys, table.read(keys));
    }

    private static ChargerCounts sum(List<Key> keys, Rows rows) {
        ChargerCounts sum = ChargerCounts.NONE;
        for (Key key : keys) {
            sum = sum.plus(rows.at(key).isEmpty() ? ChargerCounts.NONE : readCounts(rows.at(key)));
        }
        return sum;
    }

    /// Those of some chargers that there are. One round trip.
    Map<ChargePointIdentity, Charger> read(TenantScope scope, List<ChargePointIdentity> identities) {
        Map<ChargePointIdentity, Charger> chargers = new HashMap<>();
        Rows rows = table.read(identities.stream()
                .map(identity -> Keys.charger(scope, identity))
                .toList());
        for (ChargePointIdentity identity : identities) {
            Row row = rows.at(Keys.charger(scope, identity));
            if (!row.isEmpty()) {
                chargers.put(identity, read(row));
            }
        }
        return chargers;
    }

    /// Whether that charger is registered by now. One round trip.
    boolean isRegistered(TenantScope scope, ChargePointIdentity identity) {
        return !table.read(Keys.charger(scope, identity)).isEmpty();
    }

    /// The chargers of a tenant by identity, as if it were written in lower case; a position is an identity. One
    /// round trip for each megabyte of rows.
    Page<Charger> list(TenantScope scope, PageRequest page) {
        return table.query(
                Keys.chargers(scope),
                page,
                ChargerStore::read,
                charger -> charger.identity().folded());
    }

    /// Those chargers of a tenant that are wanted, in the same order. One round trip: a page ends early where its
    /// rows would be more than a megabyte, and so may have few of them, or none, although others follow.
    Page<Charger> list(TenantScope scope, ChargerFilter filter, PageRequest page) {
        KeyRange range =
                filter.identity().map(prefix -> Keys.chargers(scope, prefix)).orElseGet(() -> Keys.chargers(scope));
        Function<Charger, String> position = charger -> charger.identity().folded();
        return filter.readsRows()
                ? table.queryMegabyteFor(range, page, ChargerStore::read, filter::takes, position)
                : table.queryMegabyte(range, page, ChargerStore::read, position);
    }

    /// Adds new chargers to a change. If one is there already, or its id is somebody's, the change meets a
    /// conflict.
    ///
    /// @param chargers no two of the same identity
    void add(Change change, TenantScope scope, List<Charger> chargers) {
        add(change, scope, Optional.empty(), chargers);
    }

    /// Adds new chargers to a change, and to the tenant's usage who of them is online.
    ///
    /// @param shared where the usage of all of them is written, if that was read along
    void add(Change change, TenantScope scope, Optional<SharedUsage> shared, List<Charger> chargers) {
        // Some of them may be counted in the same row, which one change writes once.
        Map<Key, ChargerCounts> counts = new LinkedHashMap<>();
        for (Charger charger : chargers) {
            put(change, scope, charger);
            tell(change, scope, shared, charger, Connections.NONE, charger.connections());
            counts.merge(countKey(scope, charger), ChargerCounts.of(charger), ChargerCounts::plus);
        }
        counts.forEach((key, more) -> count(change, key, more));
    }

    /// Adds to a change that a charger is no more, if it still is what it was read as. Its connection ends now.
    void remove(Change change, TenantScope scope, Charger charger) {
        change.with(Delete.of(Keys.charger(scope, charger.identity())).is(VERSION, charger.version()));
        change.with(Delete.of(Keys.chargerId(scope, charger.id())));
        Connections over = charger.connections().over(scope.now().toEpochMilli());
        tell(change, scope, Optional.empty(), charger, charger.connections(), over);
        count(change, countKey(scope, charger), ChargerCounts.NONE.minus(ChargerCounts.of(charger)));
    }

    private static void put(Change change, TenantScope scope, Charger charger) {
        Row.Builder row = Row.with()
                .number(ID, charger.id())
                .text(IDENTITY, charger.identity().value())
                .number(PROFILE_ID, charger.profileId())
                .text(DISPLAY_NAME, charger.displayName().map(ChargerName::value))
                .flag(BLOCKED, charger.blocked())
                .text(PASSWORD_HASH, charger.passwordHash().map(PasswordHash::text))
                .text(PROVEN_SERIAL_NUMBER, charger.proof().serialNumber())
                .text(PROVEN_CONNECTION_ID, charger.proof().connection().map(ConnectionId::value))
                .instant(CREATED_AT, charger.createdAt())
                .instant(UPDATED_AT, charger.updatedAt())
                .number(EDITION, charger.edition())
                .number(VERSION, charger.version());
        if (charger.presence().isPresent()) {
            Presence presence = charger.presence().get();
            row.bytes(CONNECTIONS, presence.connections().packed()).instant(LAST_SEEN_AT, presence.lastSeenAt());
        }
        charger.nameplate().values().forEach((field, value) -> row.text(field.text(), value));
        change.with(Put.newRow(Keys.charger(scope, charger.identity()), row.row()));
        change.with(Put.newRow(
                Keys.chargerId(scope, charger.id()),
                Row.with().text(IDENTITY, charger.identity().value()).row()));
    }

    /// Adds to a change that a charger is what `to` says, if it still is what `from` says.
    void update(Change change, TenantScope scope, Charger from, Charger to) {
        update(change, scope, Optional.empty(), from, to);
    }

    /// Adds to a change that a charger is what `to` says, if it still is what `from` says, and to the tenant's
    /// usage who is online by that.
    ///
    /// @param shared where its usage is written, if that was read along
    void update(Change change, TenantScope scope, Optional<SharedUsage> shared, Charger from, Charger to) {
        tell(change, scope, shared, from, from.connections(), to.connections());
        Update update = Update.of(Keys.charger(scope, from.identity()))
                .is(VERSION, from.version())
                .set(VERSION, from.version() + 1)
                .set(UPDATED_AT, to.updatedAt());
        if (to.presence().isPresent()) {
            Presence presence = to.presence().get();
            update.set(CONNECTIONS, presence.connections().packed()).set(LAST_SEEN_AT, presence.lastSeenAt());
        }
        if (!to.proof().equals(from.proof())) {
            set(update, PROVEN_SERIAL_NUMBER, to.proof().serialNumber());
            set(update, PROVEN_CONNECTION_ID, to.proof().connection().map(ConnectionId::value));
            to.proof().changeToldAt().ifPresent(at -> update.set(SERIAL_CHANGE_TOLD_AT, at));
        }
        if (!to.nameplate().equals(from.nameplate())) {
            for (Field field : Field.values()) {
                set(update, field.text(), to.nameplate().value(field));
            }
        }
        if (to.edition() != from.edition()) {
            update.set(EDITION, to.edition()).set(PROFILE_ID, to.profileId()).set(BLOCKED, to.blocked());
            set(update, DISPLAY_NAME, to.displayName().map(ChargerName::value));
            set(update, PASSWORD_HASH, to.passwordHash().map(PasswordHash::text));
        }
        change.with(update);
        count(change, countKey(scope, from), ChargerCounts.of(to).minus(ChargerCounts.of(from)));
    }

    private void tell(
            Change change,
            TenantScope scope,
            Optional<SharedUsage> shared,
            Charger charger,
            Connections before,
            Connections after) {
        if (!after.equals(before)) {
            // Of a version of a charger there is one change only.
            boolean isNew = before.equals(Connections.NONE);
            String event = scope.tenant() + "/" + charger.id() + "/" + charger.version() + (isNew ? "/first" : "");
            usage.add(change, scope, shared, after.since(before), event);
        }
    }

    private static void set(Update update, String attribute, Optional<String> value) {
        if (value.isPresent()) {
            update.set(attribute, value.get());
        } else {
            update.remove(attribute);
        }
    }

    /// A charger that counts for what it counted before touches no count.
    private static void count(Change change, Key key, ChargerCounts more) {
        if (!more.equals(ChargerCounts.NONE)) {
            change.with(Update.of(key)
                    .add(TOTAL, more.total())
                    .add(PROVISIONED, more.provisioned())
                    .add(ONLINE, more.online())
                    .add(CHANGES, 1));
        }
    }

    /// Counts anew what each row of counts counts. Each is corrected by a change of its own, so that rows at rest
    /// need not wait for one that is never. One round trip, and one for each megabyte of rows.
    public List<Correction> recount(TenantScope scope) {
        List<Key> keys = countKeys(scope);
        Rows rows = table.read(keys);
        List<ChargerCounts> counted = new ArrayList<>(Collections.nCopies(COUNT_ROWS, ChargerCounts.NONE));
        for (Charger charger : Page.all(page -> list(scope, page))) {
            int row = countRow(charger.identity());
            counted.set(row, counted.get(row).plus(ChargerCounts.of(charger)));
        }
        List<Correction> corrections = new ArrayList<>();
        for (int i = 0; i < COUNT_ROWS; i++) {
            Key key = keys.get(i);
            Row row = rows.at(key);
            ChargerCounts right = counted.get(i);
            corrections.addAll(Correction.of(
                    scope,
                    "chargers, part " + i,
                    row.isEmpty() ? ChargerCounts.NONE : readCounts(row),
                    right,
                    change -> change.with(Update.of(key)
                            .moves(CHANGES, row)
                            .set(TOTAL, right.total())
                            .set(PROVISIONED, right.provisioned())
                            .set(ONLINE, right.online()))));
        }
        return corrections;
    }

    /// How many are online, as the counts say.
    ///
    /// @param online  of all of them
    /// @param unmoved adds to a change that nobody has come or gone since
    public record Online(long online, Consumer<Change> unmoved) {}

    /// How many are online by the counts. One round trip.
    public Online online(TenantScope scope) {
        List<Key> keys = countKeys(scope);
        Rows rows = table.read(keys);
        return new Online(
                sum(keys, rows).online(),
                change -> keys.forEach(key -> {
                    Row row = rows.at(key);
                    Check check = Check.that(key);
                    change.with(row.has(CHANGES) ? check.is(CHANGES, row.number(CHANGES)) : check.isAbsent(CHANGES));
                }));
    }

    /// Counts how many chargers have each profile. One round trip for each megabyte of rows.
    public Map<Long, Long> countByProfile(TenantScope scope) {
        Map<Long, Long> counted = new HashMap<>();
        for (Charger charger : Page.all(page -> list(scope, page))) {
            counted.merge(charger.profileId(), 1L, Long::sum);
        }
        return counted;
    }

    private static Key countKey(TenantScope scope, Charger charger) {
        return Keys.chargerCounts(scope, countRow(charger.identity()));
    }

    private static List<Key> countKeys(TenantScope scope) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < COUNT_ROWS; i++) {
            keys.add(Keys.chargerCounts(scope, i));
        }
        return keys;
    }

    private static ChargerCounts readCounts(Row row) {
        return new ChargerCounts(row.number(TOTAL), row.number(PROVISIONED), row.number(ONLINE));
    }

    /// The row that a charger is counted in. The hash is the one that Java's specification lays down for text.
    static int countRow(ChargePointIdentity identity) {
        int hash = identity.folded().hashCode();
        // Identities differ in their last characters, which alone would decide about the low bits.
        return ((hash ^ hash >>> 16) * 0x9E3779B1) >>> 28;
    }

    private static List<Lookup<ChargerCounts>> countLookups() {
        List<Lookup<ChargerCounts>> lookups = new ArrayList<>();
        for (int i = 0; i < COUNT_ROWS; i++) {
            int row = i;
            lookups.add(Lookup.of(scope -> Keys.chargerCounts(scope, row), ChargerStore::readCounts));
        }
        return List.copyOf(lookups);
    }

    private static Charger read(Row row) {
        Map<Field, String> nameplate = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            Optional<String> value = row.optionalText(field.text());
            if (value.isPresent()) {
                nameplate.put(field, value.get());
            }
        }
        return new Charger(
                row.number(ID),
                new ChargePointIdentity(row.text(IDENTITY)),
                row.number(PROFILE_ID),
                row.optionalText(DISPLAY_NAME).map(ChargerName::new),
                row.flag(BLOCKED),
                row.optionalText(PASSWORD_HASH).map(PasswordHash::stored),
                new Nameplate(nameplate),
                new Proof(
                        row.optionalText(PROVEN_CONNECTION_ID).map(ConnectionId::new),
                        row.optionalText(PROVEN_SERIAL_NUMBER),
                        row.optionalInstant(SERIAL_CHANGE_TOLD_AT)),
                readPresence(row),
                row.instant(CREATED_AT),
                row.instant(UPDATED_AT),
                row.number(EDITION),
                row.number(VERSION));
    }

    private static Optional<Presence> readPresence(Row row) {
        return row.has(CONNECTIONS)
                ? Optional.of(new Presence(Connections.unpacked(row.bytes(CONNECTIONS)), row.instant(LAST_SEEN_AT)))
                : Optional.empty();
    }
}
