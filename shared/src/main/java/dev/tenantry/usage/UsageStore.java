package dev.tenantry.usage;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Check;
import dev.tenantry.storage.Conflict;
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
import dev.tenantry.tenancy.TenantDoors;
import dev.tenantry.tenancy.TenantScope;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.inject.Inject;

/// The rows of usage: reports seen, batches in their shards, and each tenant's summary, days and connection events.
public final class UsageStore {

    /// Hexadecimal digits of what tells contents of reports apart: no two of a tenant's that have the same name
    /// come to the same by chance.
    static final int CONTENT_DIGITS = 32;

    /// How many shards batches lie in: one takes 500 events a second (docs/performance.md), and each is read by
    /// every run, be there something or not. More can be added; to take one away, empty it first.
    static final int SHARDS = 16;

    /// When DynamoDB may delete the row: the table's TTL attribute, in seconds since the epoch.
    private static final String EXPIRES_AT = "expiresAt";

    private static final String VERSION = "version";
    /// Of a batch that chargers share: what each of their events adds, and the latest one's name.
    private static final String DELTAS = "deltas";

    private static final String MARK = "mark";
    private static final String DELTA = "delta";
    /// What a report says, in sixteen bytes.
    private static final String CONTENT = "content";
    private static final String DAY = "day";
    private static final String OPENING = "opening";
    private static final String USAGE = "usage";
    private static final String CONNECTION_EVENTS = "connectionEvents";
    private static final String FINAL_THROUGH = "finalThrough";
    private static final String BASE = "base";
    private static final String DAYS = "days";
    private static final String MONTHS = "months";
    private static final String FOLDED_AT = "foldedAt";

    /// Longer than a report is taken for, so that no redelivery meets a row that is gone.
    private static final Duration SEEN_LIFETIME = Duration.ofDays(36);

    /// Longer than [FoldUsage#SETTLED_DAYS], after which nothing is put in at its place any more.
    private static final Duration CONNECTION_EVENTS_LIFETIME = Duration.ofDays(100);

    /// Later than any sample: in 2106.
    static final int LAST_DAY = 50_000;

    private static final Lookup<UsageSummary> SUMMARY = Lookup.of(Keys::usageSummary, UsageStore::readSummary);

    private final Table table;

    @Inject
    UsageStore(Table table) {
        this.table = table;
    }

    /// The shard that a tenant's batches lie in; where there are more than one, the first of them.
    static int shard(DomainPrefix tenant) {
        return Math.floorMod(tenant.value().hashCode(), SHARDS);
    }

    /// A tenant's summary, to read along at the door; none if there never was usage.
    public static Lookup<UsageSummary> summary() {
        return SUMMARY;
    }

    /// A day, to read along at the door.
    static Lookup<UsageDay> day(long day) {
        return Lookup.of(scope -> Keys.usageDay(scope, day), UsageStore::readDay);
    }

    /// A minute's connection events, to read along at the door.
    static Lookup<ConnectionEvents> connectionEvents(long minute) {
        return Lookup.of(scope -> Keys.connectionEvents(scope, minute), UsageStore::readConnectionEvents);
    }

    /// The days from one to another, both included, that have usage. One round trip for each megabyte of rows, some
    /// 350 full days.
    public List<UsageDay> days(TenantScope scope, long from, long to) {
        int most = Math.toIntExact(to - from + 1);
        return table.query(Keys.usageDays(scope, from, to), most).stream()
                .map(UsageStore::readDay)
                .toList();
    }

    /// All days that have usage, each unpacked when it is its turn: years of them are some megabytes as rows and
    /// ten times that unpacked. One round trip for each megabyte.
    Stream<UsageDay> everyDay(TenantScope scope) {
        return table.query(Keys.usageDays(scope, 0, LAST_DAY), LAST_DAY).stream()
                .map(UsageStore::readDay);
    }

    /// A tenant's summary as it is now. One round trip.
    UsageSummary summaryNow(TenantScope scope) {
        Row row = table.read(Keys.usageSummary(scope));
        return row.isEmpty() ? UsageSummary.NONE : readSummary(row);
    }

    /// How many more chargers are online by what waits in the tenant's shard. Two round trips for each megabyte.
    ///
    /// @throws Conflict if that changes meanwhile: the pages of a shard are not of one moment
    /// @throws IllegalStateException if something waits there that can't be read: it may be the tenant's
    long onlineWaiting(TenantScope scope) {
        List<UsageBatch> waiting = waiting(scope);
        if (!waiting.equals(waiting(scope))) {
            throw new Conflict();
        }
        long online = 0;
        for (UsageBatch batch : waiting) {
            for (long delta : batch.delta().connectionEvents().values()) {
                online = Counters.sum(online, delta);
            }
        }
        return online;
    }

    private List<UsageBatch> waiting(TenantScope scope) {
        List<UsageBatch> waiting = new ArrayList<>();
        for (ShardRow row : Page.all(page -> shard(shard(scope.tenant()), page))) {
            switch (row) {
                case UsageBatch batch -> {
                    if (batch.tenant().equals(scope.tenant())) {
                        waiting.add(batch);
                    }
                }
                case ShardRow.Unreadable unreadable ->
                    throw new IllegalStateException(
                            "a batch that waits can't be read: " + unreadable.shard() + "#" + unreadable.position());
            }
        }
        return waiting;
    }

    /// Adds to a change that nothing was folded since a summary was read.
    void insistOn(Change change, TenantScope scope, UsageSummary summary) {
        change.with(Check.that(Keys.usageSummary(scope)).isVersion(VERSION, summary.version()));
    }

    /// How many chargers were online at the end of the last final day that comes before one. One round trip.
    public long onlineBefore(TenantScope scope, long day) {
        List<Row> latest = day == 0 ? List.of() : table.query(Keys.usageDaysBefore(scope, day), 1);
        if (latest.isEmpty()) {
            return 0;
        }
        UsageDay last = readDay(latest.getFirst());
        return Counters.sum(last.opening().orElse(0), last.sum());
    }

    /// Marks reports as seen and puts the batch that they come to, all or nothing, in one round trip.
    ///
    /// @return of the reports whose names were seen before, what those say that were; and then nothing was written.
    ///         None if it is done
    /// @throws dev.tenantry.storage.Conflict               if another delivery of one of them is being written
    /// @throws dev.tenantry.refusal.Refusal.Unavailable if the storage is; whether it was written nobody knows then
    Map<Report, String> put(List<Report> reports, UsageBatch batch, Instant now) {
        Change change = Change.empty();
        List<Key> seen = new ArrayList<>(reports.size());
        for (Report report : reports) {
            Key key = Keys.seenReport(report.digest());
            seen.add(key);
            change.with(Put.newRow(
                            key,
                            Row.with()
                                    .bytes(CONTENT, HexFormat.of().parseHex(report.content()))
                                    .number(
                                            EXPIRES_AT,
                                            later(report, now)
                                                    .plus(SEEN_LIFETIME)
                                                    .getEpochSecond())
                                    .row())
                    .showsWhatIsThere());
        }
        change.with(put(batch));
        Map<Key, Row> unmet = table.attempt(change);
        Map<Report, String> again = new LinkedHashMap<>();
        for (int i = 0; i < reports.size(); i++) {
            Row row = unmet.get(seen.get(i));
            if (row != null) {
                again.put(reports.get(i), HexFormat.of().formatHex(row.bytes(CONTENT)));
            }
        }
        if (again.isEmpty() && !unmet.isEmpty()) {
            throw new IllegalStateException("two batches drew the same position");
        }
        return again;
    }

    /// The latest time that a report is about, and not before now.
    private static Instant later(Report report, Instant now) {
        Instant latest = now;
        for (Sample sample : report.samples()) {
            latest = sample.at().isAfter(latest) ? sample.at() : latest;
        }
        return latest;
    }

    /// The batch that some of a tenant's chargers share.
    ///
    /// @param minute from which they do
    static Lookup<SharedBatch> shared(int part, long minute) {
        return Lookup.of(
                scope -> Keys.batch(
                        shard(scope.tenant()),
                        UsageBatch.position(
                                minute * UsageTime.MINUTE_MILLIS, scope.tenant().value() + "-" + part)),
                row -> new SharedBatch(
                        row.number(MARK),
                        row.manyBytes(DELTAS).stream()
                                .mapToInt(delta -> delta.length)
                                .sum(),
                        together(row)));
    }

    /// Adds to a change what an event adds to a batch that chargers share, whatever else came in meanwhile.
    void append(Change change, Key key, DomainPrefix tenant, UsageDelta delta, long mark) {
        change.with(Update.of(key)
                .set(TenantDoors.TENANT, tenant.value())
                .set(MARK, mark)
                .append(DELTAS, delta.packed()));
    }

    /// Adds to a change that a batch which chargers share begins anew with an event, if nothing came in since it
    /// was read.
    void begin(Change change, Key key, DomainPrefix tenant, SharedBatch read, UsageDelta delta, long mark) {
        change.with(Update.of(key)
                .is(MARK, read.mark())
                .set(TenantDoors.TENANT, tenant.value())
                .set(MARK, mark)
                .setBytes(DELTAS, List.of(delta.packed())));
    }

    /// A batch's part in a change.
    static Put put(UsageBatch batch) {
        return Put.newRow(
                Keys.batch(batch.shard(), batch.position()),
                Row.with()
                        .text(TenantDoors.TENANT, batch.tenant().value())
                        .bytes(DELTA, batch.delta().packed())
                        .row());
    }

    /// What lies in a shard, oldest first. One round trip for each megabyte of rows.
    Page<ShardRow> shard(int shard, PageRequest page) {
        return table.query(Keys.batches(shard), page, row -> readBatch(shard, row), ShardRow::position);
    }

    /// Those of the batches that are still there as they were, in one round trip. One to which something was added
    /// is another one: the next run finds it.
    List<UsageBatch> stillThere(Collection<UsageBatch> batches) {
        List<Key> keys = new ArrayList<>();
        batches.forEach(batch -> keys.add(key(batch)));
        Rows rows = table.read(keys);
        return batches.stream()
                .filter(batch -> {
                    Row row = rows.at(key(batch));
                    return !row.isEmpty() && batch.mark().equals(mark(row));
                })
                .toList();
    }

    private static OptionalLong mark(Row row) {
        return row.has(MARK) ? OptionalLong.of(row.number(MARK)) : OptionalLong.empty();
    }

    private static UsageDelta together(Row row) {
        return UsageDelta.together(
                row.manyBytes(DELTAS).stream().map(UsageDelta::unpacked).toList());
    }

    /// Adds to a change that a batch is gone, if it is still there: what it held is counted by the same change.
    void remove(Change change, UsageBatch batch) {
        Delete delete = Delete.of(key(batch));
        batch.mark().ifPresent(mark -> delete.is(MARK, mark));
        change.with(delete);
    }

    /// Adds to a change that a batch is gone, counted or not.
    void drop(Change change, ShardRow batch) {
        change.with(Delete.ifThere(key(batch)));
    }

    /// Adds to a change that what can't be read lies as it is where no aggregation meets it again, if it is still
    /// there.
    void quarantine(Change change, ShardRow.Unreadable unreadable) {
        Delete delete = Delete.of(key(unreadable));
        unreadable.mark().ifPresent(mark -> delete.is(MARK, mark));
        change.with(delete);
        change.with(Put.newRow(
                Keys.quarantinedBatch(unreadable.shard(), unreadable.position()),
                unreadable.row().withoutKey()));
    }

    /// Adds to a change what a tenant's summary says, if nobody changed it since it was read.
    void write(Change change, TenantScope scope, UsageSummary summary) {
        VarInt.Writer days = new VarInt.Writer();
        long last = 0;
        for (SortedMap.Entry<Long, Long> day : summary.days().entrySet()) {
            days.unsigned(day.getKey() - last);
            last = day.getKey();
            days.signed(day.getValue());
        }
        VarInt.Writer months = new VarInt.Writer();
        for (SortedMap.Entry<YearMonth, UsageSummary.Month> month :
                summary.months().entrySet()) {
            months.unsigned(month.getKey().getYear());
            months.unsigned(month.getKey().getMonthValue());
            months.unsigned(month.getValue().messages());
            months.unsigned(month.getValue().bytes());
        }
        Update update = unchanged(Keys.usageSummary(scope), summary.version())
                .set(FINAL_THROUGH, summary.finalThrough())
                .set(BASE, summary.base())
                .set(DAYS, days.bytes())
                .set(MONTHS, months.bytes());
        summary.foldedAt().ifPresent(at -> update.set(FOLDED_AT, at));
        change.with(update);
    }

    /// Adds to a change what is known of a day, if nobody changed it since it was read.
    ///
    /// @return how many bytes that is, about
    int write(Change change, TenantScope scope, UsageDay day) {
        byte[] usage = day.packed();
        Update update = unchanged(Keys.usageDay(scope, day.day()), day.version())
                .set(DAY, day.day())
                .set(USAGE, usage);
        day.opening().ifPresent(opening -> update.set(OPENING, opening));
        change.with(update);
        return usage.length;
    }

    /// Adds to a change what is known of a minute, if nobody changed it since it was read.
    ///
    /// @param minute since the epoch
    /// @return how many bytes that is, about
    int write(Change change, TenantScope scope, long minute, ConnectionEvents connectionEvents) {
        byte[] packed = connectionEvents.packed();
        Instant expiresAt =
                Instant.ofEpochMilli(minute * UsageTime.MINUTE_MILLIS).plus(CONNECTION_EVENTS_LIFETIME);
        change.with(unchanged(Keys.connectionEvents(scope, minute), connectionEvents.version())
                .set(CONNECTION_EVENTS, packed)
                .set(EXPIRES_AT, expiresAt.getEpochSecond()));
        return packed.length;
    }

    private static Update unchanged(Key key, long version) {
        return Update.of(key).isVersion(VERSION, version).set(VERSION, version + 1);
    }

    private static Key key(ShardRow row) {
        return Keys.batch(row.shard(), row.position());
    }

    private static ShardRow readBatch(int shard, Row row) {
        String position = Keys.positionInShard(row);
        try {
            return new UsageBatch(
                    shard,
                    position,
                    new DomainPrefix(row.text(TenantDoors.TENANT)),
                    row.has(DELTAS) ? together(row) : UsageDelta.unpacked(row.bytes(DELTA)),
                    mark(row));
        } catch (RuntimeException e) {
            // Nothing but the row has a part in it, so it is the row, and will be at every other try.
            return new ShardRow.Unreadable(shard, position, row, legible(row), e);
        }
    }

    private static OptionalLong legible(Row row) {
        try {
            return mark(row);
        } catch (RuntimeException e) {
            return OptionalLong.empty();
        }
    }

    /// The day that a row holds.
    public static UsageDay day(Row row) {
        return readDay(row);
    }

    private static UsageDay readDay(Row row) {
        return UsageDay.unpacked(
                row.number(DAY),
                row.number(VERSION),
                row.has(OPENING) ? OptionalLong.of(row.number(OPENING)) : OptionalLong.empty(),
                row.bytes(USAGE));
    }

    static ConnectionEvents readConnectionEvents(Row row) {
        return ConnectionEvents.unpacked(row.number(VERSION), row.bytes(CONNECTION_EVENTS));
    }

    private static UsageSummary readSummary(Row row) {
        SortedMap<Long, Long> days = new TreeMap<>();
        VarInt.Reader in = new VarInt.Reader(row.bytes(DAYS));
        long last = 0;
        while (in.hasMore()) {
            last += in.unsigned();
            days.put(last, in.signed());
        }
        SortedMap<YearMonth, UsageSummary.Month> months = new TreeMap<>();
        in = new VarInt.Reader(row.bytes(MONTHS));
        while (in.hasMore()) {
            YearMonth month = YearMonth.of((int) in.unsigned(), (int) in.unsigned());
            months.put(month, new UsageSummary.Month(in.unsigned(), in.unsigned()));
        }
        return new UsageSummary(
                row.number(VERSION),
                row.number(FINAL_THROUGH),
                row.number(BASE),
                days,
                months,
                row.optionalInstant(FOLDED_AT));
    }
}
