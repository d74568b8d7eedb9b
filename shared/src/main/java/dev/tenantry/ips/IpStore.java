package dev.tenantry.ips;

import dev.tenantry.addresses.Allowlist;
import dev.tenantry.addresses.IpBlock;
import dev.tenantry.ips.IpRegister.Line;
import dev.tenantry.storage.Change;
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
import dev.tenantry.tenancy.TenantScope;
import java.util.List;
import javax.inject.Inject;

/// The rows of a tenant's allowlist: one for each entry, and the register, which every change goes through. A change
/// happens only to the register that it was decided on, so that limit, duplicates and lock-out hold for whatever else
/// happens at the same time.
public final class IpStore {

    /// Most entries that have run out and go with one change: together with what the change is about and the answer
    /// kept for it they stay well within the 100 rows of a DynamoDB transaction. The next change takes the next
    /// ones.
    static final int MAX_SWEPT = 50;

    /// More than a register ever has lines: the entries that count, and as many again that have run out.
    private static final int ALL = 1000;

    private static final String ID = "id";
    private static final String BLOCK = "block";
    private static final String SCOPE = "scope";
    private static final String DESCRIPTION = "description";
    /// Not the table's TTL attribute: entries go together with their line in the register, or not at all.
    private static final String VALID_UNTIL = "validUntil";

    private static final String CREATED_BY = "createdBy";
    private static final String CREATED_AT = "createdAt";
    /// Of the register, and of each entry.
    private static final String VERSION = "version";

    private static final String LAST_ID = "lastId";
    private static final String LINES = "lines";

    private static final Lookup<IpRegister> REGISTER = Lookup.of(Keys::allowlist, IpStore::readRegister);

    private final Table table;

    @Inject
    IpStore(Table table) {
        this.table = table;
    }

    /// The register to read along at the door.
    public static Lookup<?> register() {
        return REGISTER;
    }

    /// An entry to read along at the door.
    static Lookup<IpEntry> entry(long id) {
        return Lookup.of(scope -> Keys.ip(scope, id), IpStore::readEntry);
    }

    /// Who may pass in that scope, if the register was read along.
    public Allowlist allowlist(TenantScope scope, IpScope wanted) {
        return register(scope).allowlist(wanted, scope.now());
    }

    /// What the register holds, if it was read along.
    IpRegister register(TenantScope scope) {
        return scope.found(REGISTER).orElse(IpRegister.NONE);
    }

    /// The entries that count by id; a position is an id. One round trip: the rest of the list is read, so that a
    /// page is full although some entries have run out, and it is never more than a few hundred rows.
    public Page<IpEntry> list(TenantScope scope, PageRequest page) {
        List<IpEntry> live = table
                .query(Keys.ips(scope), new PageRequest(ALL, page.after()), IpStore::readEntry, IpStore::position)
                .items()
                .stream()
                .filter(entry -> Allowlist.isLive(entry.expiresAt(), scope.now()))
                .toList();
        return Table.cut(live, page.limit(), IpStore::position);
    }

    /// Adds a new entry to a change, if the register still is what it was read as.
    void add(Change change, TenantScope scope, IpRegister from, IpEntry entry) {
        change.with(Put.newRow(
                Keys.ip(scope, entry.id()),
                Row.with()
                        .number(ID, entry.id())
                        .text(BLOCK, entry.block().value())
                        .text(DESCRIPTION, entry.description().map(IpDescription::value))
                        .text(SCOPE, entry.scope().text())
                        .instant(VALID_UNTIL, entry.expiresAt())
                        .text(CREATED_BY, entry.createdBy())
                        .instant(CREATED_AT, entry.createdAt())
                        .number(VERSION, entry.version())
                        .row()));
        write(change, scope, from, from.with(entry));
    }

    /// Adds to a change that an entry is another, if it and the register still are what they were read as: the two
    /// are read in one batch, which is no snapshot.
    void update(Change change, TenantScope scope, IpRegister register, IpEntry from, IpEntry to) {
        Update update = Update.of(Keys.ip(scope, to.id())).exists().isVersion(VERSION, from.version());
        to.description()
                .map(IpDescription::value)
                .ifPresentOrElse(text -> update.set(DESCRIPTION, text), () -> update.remove(DESCRIPTION));
        to.expiresAt().ifPresentOrElse(until -> update.set(VALID_UNTIL, until), () -> update.remove(VALID_UNTIL));
        change.with(update.set(VERSION, to.version()));
        write(change, scope, register, register.edited(to));
    }

    /// Adds to a change that an entry is no more, if it and the register still are what they were read as.
    void remove(Change change, TenantScope scope, IpRegister from, IpEntry entry) {
        change.with(Delete.of(Keys.ip(scope, entry.id())).isVersion(VERSION, entry.version()));
        write(change, scope, from, from.without(entry.id()));
    }

    private static void write(Change change, TenantScope scope, IpRegister from, IpRegister changed) {
        IpRegister to = changed.swept(scope.now(), MAX_SWEPT);
        for (Line line : changed.lines()) {
            if (!to.lines().contains(line)) {
                change.with(Delete.of(Keys.ip(scope, line.id())));
            }
        }
        change.with(Update.of(Keys.allowlist(scope))
                .isVersion(VERSION, from.version())
                .set(VERSION, to.version())
                .set(LAST_ID, to.lastId())
                .set(LINES, to.lines().stream().map(IpStore::row).toList()));
        // Not for entries of the other scope, even if one that ran out is swept with them: the operator may have opened
        // the API to all.
        Allowlist api = to.allowlist(IpScope.API, scope.now());
        if (!from.allowlist(IpScope.API, scope.now()).values().equals(api.values())) {
            Gate.admit(change, scope, api);
        }
    }

    private static String position(IpEntry entry) {
        return Long.toString(entry.id());
    }

    private static IpEntry readEntry(Row row) {
        return new IpEntry(
                row.number(ID),
                IpBlock.stored(row.text(BLOCK)),
                row.optionalText(DESCRIPTION).map(IpDescription::new),
                IpScope.of(row.text(SCOPE)),
                row.optionalInstant(VALID_UNTIL),
                row.text(CREATED_BY),
                row.instant(CREATED_AT),
                // Entries of the first days have none.
                row.has(VERSION) ? row.number(VERSION) : 0);
    }

    private static IpRegister readRegister(Row row) {
        return new IpRegister(
                row.number(VERSION),
                row.number(LAST_ID),
                row.rows(LINES).stream().map(IpStore::readLine).toList());
    }

    private static Line readLine(Row row) {
        return new Line(
                row.number(ID),
                IpBlock.stored(row.text(BLOCK)),
                IpScope.of(row.text(SCOPE)),
                row.optionalInstant(VALID_UNTIL));
    }

    private static Row row(Line line) {
        return Row.with()
                .number(ID, line.id())
                .text(BLOCK, line.block().value())
                .text(SCOPE, line.scope().text())
                .instant(VALID_UNTIL, line.expiresAt())
                .row();
    }
}
