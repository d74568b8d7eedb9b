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
import java.util.HexFormat;
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

    /// Where the answer to a request is kept, and what it is sealed with.
    public static final class Slot {

        private final Key key;
        private final Seal seal;

        private Slot(Key key, Seal seal) {
            this.key = key;
            this.seal = seal;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Slot slot && slot.key.equals(key);
        }

        @Override
        public int hashCode() {
            return key.hashCode();
        }
    }

    /// What somebody holds who does what must follow a change before its answer can be kept.
    public record Lock(Slot slot, String id) {}

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

    /// Where an answer is kept. Whoever asks is part of it, so nobody can be given somebody else's.
    ///
    /// @param tenant the path's word for the tenant; empty outside of one
    public static Slot slot(Optional<String> tenant, UserId user, String route, String idempotencyKey) {
        String whole = whole(tenant, user, route, idempotencyKey);
        // The table has the digest of the whole, which tells nothing of this one.
        return new Slot(
                Keys.idempotencyRecord(Digest.of(whole)),
                new Seal(HexFormat.of().parseHex(Digest.of("seal:" + whole))));
    }

    /// A collision-free name of (tenant, user, route, key), in 64 hexadecimal digits.
    public static String name(Optional<String> tenant, UserId user, String route, String idempotencyKey) {
        return Digest.of(whole(tenant, user, route, idempotencyKey));
    }

    private static String whole(Optional<String> tenant, UserId user, String route, String idempotencyKey) {
        String[] parts = {tenant.orElse(""), user.value(), route, idempotencyKey};
        StringBuilder name = new StringBuilder();
        for (String part : parts) {
            // With its length in front, no part can pass for two.
            name.append(part.length()).append(':').append(part);
        }
        return name.toString();
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

    /// The record in a slot. One round trip.
    public Optional<IdempotencyRecord> find(Slot slot) {
        return in(slot, table.read(slot.key));
    }

    /// The record in a slot, to read along at a door of whichever tenant.
    public Lookup<IdempotencyRecord> lookup(Slot slot) {
        return Lookup.maybe(_ -> slot.key, row -> in(slot, row));
    }

    /// The record that a row holds; empty if there is no row or it has run out.
    private Optional<IdempotencyRecord> in(Slot slot, Row row) {
        if (row.isEmpty() || row.number(EXPIRES_AT) <= clock.instant().getEpochSecond()) {
            return Optional.empty();
        }
        if (row.has(LOCK)) {
            return Optional.of(new IdempotencyRecord.InProgress(row.text(BODY_DIGEST)));
        }
        return Optional.of(new IdempotencyRecord.Completed(
                row.text(BODY_DIGEST),
                (int) row.number(STATUS),
                opened(slot, row, LOCATION),
                row.optionalText(ETAG),
                opened(slot, row, BODY)));
    }

    /// Adds the completed record to a change. If there is one meanwhile, the change meets a conflict.
    public void keep(Change change, Slot slot, IdempotencyRecord.Completed answer) {
        Instant now = clock.instant();
        Row.Builder row = Row.with()
                .text(BODY_DIGEST, answer.bodyDigest())
                .number(STATUS, answer.status())
                .text(ETAG, answer.etag())
                .number(EXPIRES_AT, now.plus(RETENTION).getEpochSecond());
        answer.location().ifPresent(location -> row.bytes(LOCATION, slot.seal.seal(location, random)));
        answer.body().ifPresent(body -> row.bytes(BODY, slot.seal.seal(body, random)));
        change.with(Put.newOrExpired(slot.key, row.row(), EXPIRES_AT, now.getEpochSecond()));
    }

    private static Optional<String> opened(Slot slot, Row row, String attribute) {
        return row.has(attribute) ? Optional.of(slot.seal.open(row.bytes(attribute))) : Optional.empty();
    }

    /// Adds to a change that what must follow it is under way, until it is completed or released, or its time is
    /// up: whoever does it may have died. If there is an answer or another lock meanwhile, the change meets a
    /// conflict.
    public Lock lock(Change change, Slot slot, String bodyDigest) {
        Instant now = clock.instant();
        Lock lock = new Lock(slot, Long.toHexString(random.nextLong()));
        Row row = Row.with()
                .text(BODY_DIGEST, bodyDigest)
                .text(LOCK, lock.id())
                .number(EXPIRES_AT, now.plus(LEASE).getEpochSecond())
                .row();
        change.with(Put.newOrExpired(slot.key, row, EXPIRES_AT, now.getEpochSecond()));
        return lock;
    }

    /// Adds to a change that the answer of a locked request is kept. If the lock was lost meanwhile, the change
    /// meets a conflict.
    public void complete(Change change, Lock lock, IdempotencyRecord.Completed answer) {
        Update update = Update.of(lock.slot().key)
                .is(LOCK, lock.id())
                .remove(LOCK)
                .set(STATUS, answer.status())
                .set(EXPIRES_AT, clock.instant().plus(RETENTION).getEpochSecond());
        answer.location()
                .ifPresent(location -> update.set(LOCATION, lock.slot().seal.seal(location, random)));
        answer.etag().ifPresent(etag -> update.set(ETAG, etag));
        answer.body().ifPresent(body -> update.set(BODY, lock.slot().seal.seal(body, random)));
        change.with(update);
    }

    /// Adds to a change that a lock is given up, so that the request can run anew at once.
    public void release(Change change, Lock lock) {
        change.with(Delete.of(lock.slot().key).is(LOCK, lock.id()));
    }
}
