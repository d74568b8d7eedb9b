package dev.tenantry.idempotency;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import javax.inject.Inject;

/// The rows of answers kept for an `Idempotency-Key`. An answer is kept in the transaction that makes it true, so there is
/// never one without the other: not after a crash, and not between two requests with the same key at once.
public final class KeptAnswerStore {

    /// How long an answer is kept.
    public static final Duration RETENTION = Duration.ofHours(24);

    private static final String BODY_DIGEST = "bodyDigest";
    private static final String STATUS = "status";
    private static final String LOCATION = "location";
    private static final String ETAG = "etag";
    private static final String BODY = "body";

    /// In seconds since the epoch, as TTL wants it (DynamoDB Developer Guide, "Using time to live"). Rows go late, so every
    /// reader compares it with the clock.
    private static final String EXPIRES_AT = "expiresAt";

    private final Table table;
    private final Clock clock;

    @Inject
    KeptAnswerStore(Table table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /// The key of an answer. Whoever asks is part of it, so nobody can be given somebody else's.
    ///
    /// @param tenant the path's word for the tenant; empty outside of one
    public static Key key(Optional<String> tenant, UserId user, String route, String idempotencyKey) {
        String[] parts = {tenant.orElse(""), user.value(), route, idempotencyKey};
        StringBuilder name = new StringBuilder();
        for (String part : parts) {
            // With its length in front, no part can pass for two.
            name.append(part.length()).append(':').append(part);
        }
        return Keys.keptAnswer(digest(name.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /// What a request's body says, in 64 hexadecimal digits.
    public static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The answer kept under a key. One round trip.
    public Optional<KeptAnswer> find(Key key) {
        return in(table.read(key));
    }

    /// The answer that a row holds; empty if there is no row or it has run out.
    public Optional<KeptAnswer> in(Row row) {
        if (row.isEmpty() || row.number(EXPIRES_AT) <= clock.instant().getEpochSecond()) {
            return Optional.empty();
        }
        return Optional.of(new KeptAnswer(
                row.text(BODY_DIGEST),
                (int) row.number(STATUS),
                row.optionalText(LOCATION),
                row.optionalText(ETAG),
                row.optionalText(BODY)));
    }

    /// Adds to a change that its answer is kept. If one is kept there meanwhile, the change meets a conflict.
    public void keep(Change change, Key key, KeptAnswer answer) {
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
}
