package dev.tenantry.idempotency;

import dev.tenantry.identity.Digest;
import dev.tenantry.identity.UserId;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Delete;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.storage.Update;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.inject.Inject;

/// The idempotency records: the answer to a request with an `Idempotency-Key`, written in the transaction that makes
/// it true, so there is never one without the other: not after a crash, and not between two requests with the same key
/// at once.
public final class IdempotencyRecordStore {

    /// How long a record is kept.
    public static final Duration RETENTION = Duration.ofHours(24);

    /// How long a lock stands: longer than any function may run, so that nobody works on after it was lost.
    public static final Duration LEASE = Duration.ofMinutes(1);

    /// What somebody holds who does what must follow a change before its answer can be kept.
    public record Lock(Key key, String id) {}

    private static final String BODY_DIGEST = "bodyDigest";

    /// Only there while a lock stands.
    private static final String LOCK = "lock";

    private static final String STATUS = "status";
    private static final String LOCATION = "location";
    private static final String ETAG = "etag";
    private static final String BODY = "body";

    /// In seconds since the epoch, as TTL wants it (DynamoDB Developer Guide, "Using time to live"). Rows go late,
    /// so every reader compares it with the clock.
    private static final String EXPIRES_AT = "expiresAt";

    private final Table table;
    private final Clock clock;
    private final RandomGenerator random;

    @Inject
    IdempotencyRecordStore(Table table, Clock clock, RandomGenerator random) {
        this.table = table;
        this.clock = clock;
        this.random = random;
    }

    /// The key of an answer. Whoever asks is part of it, so nobody can be given somebody else's.
    ///
    /// @param tenant the path's word for the tenant; empty outside of one
    public static Key key(Optional<String> tenant, UserId user, String route, String idempotencyKey) {
        return Keys.idempotencyRecord(name(tenant, user, route, idempotencyKey));
    }

    /// A collision-free name of (tenant, user, route, key), in 64 hexadecimal digits.
    public static String name(Optional<String> tenant, UserId user, String route, String idempotencyKey) {
        String[] parts = {tenant.orElse(""), user.value(), route, idempotencyKey};
        StringBuilder name = new StringBuilder();
        for (String part : parts) {
            // With its length in front, no part can pass for two.
            name.append(part.length()).append(':').append(part);
        }
        return Digest.of(name.toString());
    }

    /// What a request's body says, in 64 hexadecimal digits. The idempotency key goes into it, which nothing in the
    /// table tells: a body can hold a password, and whoever had a digest of the body alone could try passwords as
    /// fast as a computer can (docs/adr/0011).
    public static String digest(String idempotencyKey, byte[] body) {
        byte[] name = (idempotencyKey.length() + ":" + idempotencyKey).getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(name, name.length + body.length);
        System.arraycopy(body, 0, both, name.length, body.length);
        return Digest.of(both);
    }

    /// The record of a key. One round trip.
    public Optional<IdempotencyRecord> find(Key key) {
        return in(table.read(key));
    }

    /// The record of a key, to read along at a door of whichever tenant.
    public Lookup<IdempotencyRecord> lookup(Key key) {
        return Lookup.maybe(_ -> key, this::in);
    }

    /// The record that a row holds; empty if there is no row or it has run out.
    private Optional<IdempotencyRecord> in(Row row) {
        if (row.isEmpty() || row.number(EXPIRES_AT) <= clock.instant().getEpochSecond()) {
            return Optional.empty();
        }
        if (row.has(LOCK)) {
            return Optional.of(new IdempotencyRecord.InProgress(row.text(BODY_DIGEST)));
        }
        return Optional.of(new IdempotencyRecord.Completed(
                row.text(BODY_DIGEST),
                (int) row.number(STATUS),
                row.optionalText(LOCATION),
                row.optionalText(ETAG),
                row.optionalText(BODY)));
    }

    /// Adds the completed record to a change. If there is one meanwhile, the change meets a conflict.
    public void keep(Change change, Key key, IdempotencyRecord.Completed answer) {
        Instant now = clock.instant();
        Row row = Row.with()
                .text(BODY_DIGEST, answer.bodyDigest())
                .number(STATUS, answer.status())
                .text(LOCATION, answer.location())
                .text(ETAG, answer.etag())
                .text(BODY, answer.body())
                .number(EXPIRES_AT, now.plus(RETENTION).getEpochSecond())
                .row();
        change.with(Put.newOrExpired(key, row, EXPIRES_AT, now.getEpochSecond()));
    }

    /// Adds to a change that what must follow it is under way, until it is completed or released, or its time is
    /// up: whoever does it may have died. If there is an answer or another lock meanwhile, the change meets a
    /// conflict.
    public Lock lock(Change change, Key key, String bodyDigest) {
        Instant now = clock.instant();
        Lock lock = new Lock(key, Long.toHexString(random.nextLong()));
        Row row = Row.with()
                .text(BODY_DIGEST, bodyDigest)
                .text(LOCK, lock.id())
                .number(EXPIRES_AT, now.plus(LEASE).getEpochSecond())
                .row();
        change.with(Put.newOrExpired(key, row, EXPIRES_AT, now.getEpochSecond()));
        return lock;
    }

    /// Adds to a change that the answer of a locked request is kept. If the lock was lost meanwhile, the change
    /// meets a conflict.
    public void complete(Change change, Lock lock, IdempotencyRecord.Completed answer) {
        Update update = Update.of(lock.key())
                .is(LOCK, lock.id())
                .remove(LOCK)
                .set(STATUS, answer.status())
                .set(EXPIRES_AT, clock.instant().plus(RETENTION).getEpochSecond());
        answer.location().ifPresent(location -> update.set(LOCATION, location));
        answer.etag().ifPresent(etag -> update.set(ETAG, etag));
        answer.body().ifPresent(body -> update.set(BODY, body));
        change.with(update);
    }

    /// Adds to a change that a lock is given up, so that the request can run anew at once.
    public void release(Change change, Lock lock) {
        change.with(Delete.of(lock.key()).is(LOCK, lock.id()));
    }
}
