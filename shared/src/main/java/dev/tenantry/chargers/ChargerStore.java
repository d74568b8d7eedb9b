package dev.tenantry.chargers;

import dev.tenantry.chargers.Nameplate.Field;
import dev.tenantry.chargers.Presence.Ended;
import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.profiles.PasswordHash;
import dev.tenantry.storage.Change;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /// Absent, like whatever else is said of presence, as long as the charger has never connected.
    private static final String CONNECTION_ID = "connectionId";
    /// In milliseconds since the epoch, like the `at` of an end.
    private static final String CONNECTED_AT = "connectedAt";

    private static final String ONLINE = "online";
    private static final String ENDED = "ended";
    private static final String AT = "at";
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

    /// Moves on with every change of a count, so that a repair knows that there was none.
    private static final String CHANGES = "changes";

    private static final List<Lookup<ChargerCounts>> COUNTS = countLookups();

    private final Table table;

    @Inject
    ChargerStore(Table table) {
        this.table = table;
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
        Rows rows = table.read(countKeys(scope));
        ChargerCounts sum = ChargerCounts.NONE;
        for (Key key : countKeys(scope)) {
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
        // Some of them may be counted in the same row, which one change writes once.
        Map<Key, ChargerCounts> counts = new LinkedHashMap<>();
        for (Charger charger : chargers) {
            put(change, scope, charger);
            counts.merge(countKey(scope, charger), ChargerCounts.of(charger), ChargerCounts::plus);
        }
        counts.forEach((key, more) -> count(change, key, more));
    }

    /// Adds to a change that a charger is no more, if it still is what it was read as.
    void remove(Change change, TenantScope scope, Charger charger) {
        change.with(Delete.of(Keys.charger(scope, charger.identity())).is(VERSION, charger.version()));
        change.with(Delete.of(Keys.chargerId(scope, charger.id())));
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
            row.text(CONNECTION_ID, presence.connection().value())
                    .number(CONNECTED_AT, presence.connectedAt().toEpochMilli())
                    .flag(ONLINE, presence.online())
                    .rows(ENDED, ended(presence))
                    .instant(LAST_SEEN_AT, presence.lastSeenAt());
        }
        charger.nameplate().values().forEach((field, value) -> row.text(field.text(), value));
        change.with(Put.newRow(Keys.charger(scope, charger.identity()), row.row()));
        change.with(Put.newRow(
                Keys.chargerId(scope, charger.id()),
                Row.with().text(IDENTITY, charger.identity().value()).row()));
    }

    /// Adds to a change that a charger is what `to` says, if it still is what `from` says.
    void update(Change change, TenantScope scope, Charger from, Charger to) {
        Update update = Update.of(Keys.charger(scope, from.identity()))
                .is(VERSION, from.version())
                .set(VERSION, from.version() + 1)
                .set(UPDATED_AT, to.updatedAt());
        if (to.presence().isPresent()) {
            Presence presence = to.presence().get();
            update.set(CONNECTION_ID, presence.connection().value())
                    .set(CONNECTED_AT, presence.connectedAt().toEpochMilli())
                    .set(ONLINE, presence.online())
                    .set(ENDED, ended(presence))
                    .set(LAST_SEEN_AT, presence.lastSeenAt());
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

    private static List<Row> ended(Presence presence) {
        List<Row> rows = new ArrayList<>();
        for (Ended end : presence.ended()) {
            rows.add(Row.with()
                    .text(CONNECTION_ID, end.connection().value())
                    .number(AT, end.at().toEpochMilli())
                    .row());
        }
        return rows;
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
                // Rows that are older than these two attributes lack them until they are next edited.
                row.has(BLOCKED) && row.flag(BLOCKED),
                row.optionalText(PASSWORD_HASH).map(PasswordHash::stored),
                new Nameplate(nameplate),
                new Proof(
                        row.optionalText(PROVEN_CONNECTION_ID).map(ConnectionId::new),
                        row.optionalText(PROVEN_SERIAL_NUMBER),
                        row.optionalInstant(SERIAL_CHANGE_TOLD_AT)),
                row.has(CONNECTION_ID) ? Optional.of(readPresence(row)) : Optional.empty(),
                row.instant(CREATED_AT),
                row.instant(UPDATED_AT),
                row.has(EDITION) ? row.number(EDITION) : 1,
                row.number(VERSION));
    }

    private static Presence readPresence(Row row) {
        List<Ended> ended = new ArrayList<>();
        for (Row end : row.rows(ENDED)) {
            ended.add(new Ended(new ConnectionId(end.text(CONNECTION_ID)), Instant.ofEpochMilli(end.number(AT))));
        }
        return new Presence(
                new ConnectionId(row.text(CONNECTION_ID)),
                Instant.ofEpochMilli(row.number(CONNECTED_AT)),
                row.flag(ONLINE),
                ended,
                row.instant(LAST_SEEN_AT));
    }
}
