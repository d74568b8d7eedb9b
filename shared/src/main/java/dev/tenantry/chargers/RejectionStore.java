package dev.tenantry.chargers;

import dev.tenantry.identity.ChargePointIdentity;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Page;
import dev.tenantry.storage.PageRequest;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.storage.Update;
import dev.tenantry.tenancy.TenantScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.inject.Inject;

/// The one row of a tenant that says which of its chargers were turned away lately: 28 KB at most, a line of text for
/// each. The row also says when it may be written again, so that it is written once a second whoever and however many
/// want to (docs/adr/0028).
public final class RejectionStore {

    /// How often a row is written in the long run.
    static final Duration INTERVAL = Duration.ofSeconds(1);

    /// How often it may be written at once after it was left alone: whoever looks for the reason of a handful of
    /// refusals finds them all.
    static final int BURST = 10;

    private static final String LINES = "lines";
    private static final String VERSION = "version";
    /// In milliseconds since the epoch: until when the writes so far use up what is allowed.
    private static final String ALLOWANCE_USED_UNTIL = "allowanceUsedUntil";
    /// In seconds since the epoch, as TTL wants it. Rows go late, so every reader compares with the clock.
    private static final String EXPIRES_AT = "expiresAt";

    private static final int RADIX = 36;

    private static final Pattern POSITION = Pattern.compile("[0-9]{16} .{1,150}");

    private static final Lookup<Stored> RECENT = Lookup.of(Keys::rejections, RejectionStore::read);

    @Inject
    RejectionStore() {}

    /// What the row says.
    ///
    /// @param version 0 if there is none
    record Stored(RecentRejections recent, Instant allowanceUsedUntil, long version) {

        static final Stored NONE = new Stored(RecentRejections.NONE, Instant.EPOCH, 0);

        /// Whether the row may be written now.
        boolean isDue(Instant now) {
            return !allowanceUsedUntil.isAfter(now.plus(INTERVAL.multipliedBy(BURST - 1)));
        }
    }

    /// The row to read along at the door.
    public static Lookup<?> recent() {
        return RECENT;
    }

    /// How many chargers were turned away lately, if the row was read along.
    public long count(TenantScope scope) {
        return recent(scope).latest().size();
    }

    /// Which chargers were turned away lately, newest first, if the row was read along. No round trip.
    Page<RecentRejection> list(TenantScope scope, PageRequest page) {
        String after = page.after().orElse("");
        if (!after.isEmpty() && !POSITION.matcher(after).matches()) {
            throw PageRequest.badCursor();
        }
        List<RecentRejection> further = new ArrayList<>();
        for (RecentRejection rejection : recent(scope).latest()) {
            if (rejection.position().compareTo(after) > 0) {
                further.add(rejection);
            }
        }
        return Table.cut(further, page.limit(), RecentRejection::position);
    }

    /// What the row says, if it was read along.
    Stored stored(TenantScope scope) {
        return scope.found(RECENT).orElse(Stored.NONE);
    }

    /// Adds to a change what the row is to say, if it still says what it was read as.
    void write(Change change, TenantScope scope, Stored from, RecentRejections to) {
        Instant now = scope.now();
        Instant paidFrom = from.allowanceUsedUntil().isAfter(now) ? from.allowanceUsedUntil() : now;
        change.with(Update.of(Keys.rejections(scope))
                .isVersion(VERSION, from.version())
                .set(VERSION, from.version() + 1)
                .set(LINES, lines(to))
                .set(ALLOWANCE_USED_UNTIL, paidFrom.plus(INTERVAL).toEpochMilli())
                .set(EXPIRES_AT, now.plus(RecentRejections.KEPT).getEpochSecond()));
    }

    private RecentRejections recent(TenantScope scope) {
        return stored(scope).recent().at(scope.now());
    }

    /// A line for each: no field of one can hold a tab or an end of line. Short, since the row is read and written
    /// as a whole.
    private static String lines(RecentRejections rejections) {
        StringBuilder lines = new StringBuilder();
        for (RecentRejection rejection : rejections.latest()) {
            long first = rejection.firstAt().toEpochMilli();
            lines.append(rejection.identity().value())
                    .append('\t')
                    .append(rejection.reason().text())
                    .append('\t')
                    .append(rejection.sourceIp())
                    .append('\t')
                    .append(Long.toString(rejection.count(), RADIX))
                    .append('\t')
                    .append(Long.toString(first, RADIX))
                    .append('\t')
                    .append(Long.toString(rejection.lastAt().toEpochMilli() - first, RADIX))
                    .append('\n');
        }
        return lines.toString();
    }

    /// What a row says, newest first.
    public static List<RecentRejection> rejections(Row row) {
        return read(row).recent().latest();
    }

    private static Stored read(Row row) {
        List<RecentRejection> latest = new ArrayList<>();
        String lines = row.text(LINES);
        for (int start = 0, end; (end = lines.indexOf('\n', start)) >= 0; start = end + 1) {
            String[] fields = lines.substring(start, end).split("\t", -1);
            Optional<Reason> reason = Reason.of(fields[1]);
            // Of another version of this service, while one takes the place of the other.
            if (reason.isPresent()) {
                Instant first = Instant.ofEpochMilli(Long.parseLong(fields[4], RADIX));
                latest.add(new RecentRejection(
                        new ChargePointIdentity(fields[0]),
                        reason.get(),
                        fields[2],
                        Long.parseLong(fields[3], RADIX),
                        first,
                        first.plusMillis(Long.parseLong(fields[5], RADIX))));
            }
        }
        return new Stored(
                new RecentRejections(latest),
                Instant.ofEpochMilli(row.number(ALLOWANCE_USED_UNTIL)),
                row.number(VERSION));
    }
}
