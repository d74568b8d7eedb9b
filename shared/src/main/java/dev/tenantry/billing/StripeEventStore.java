package dev.tenantry.billing;

import dev.tenantry.storage.Change;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Keys;
import dev.tenantry.storage.Put;
import dev.tenantry.storage.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.inject.Inject;

/// The rows of Stripe's events that were acted upon. Each is written together with its effect.
public final class StripeEventStore {

    /// How long an event is known: longer than Stripe keeps it to be sent again, which is 30 days (Stripe API
    /// reference, "Events"). An older one would ask Stripe afresh like every other, and change nothing.
    static final Duration RETENTION = Duration.ofDays(35);

    /// In seconds since the epoch, as TTL wants it. Rows go late, so every reader compares it with the clock.
    private static final String EXPIRES_AT = "expiresAt";

    private final Clock clock;

    @Inject
    StripeEventStore(Clock clock) {
        this.clock = clock;
    }

    static Key key(StripeEvent event) {
        return Keys.stripeEvent(event.id());
    }

    /// Whether a row says that its event was acted upon.
    boolean isDone(Row row) {
        return !row.isEmpty() && row.number(EXPIRES_AT) > clock.instant().getEpochSecond();
    }

    /// Adds to a change that it is the event's effect. If it was acted upon meanwhile, the change meets a conflict.
    void done(Change change, StripeEvent event) {
        Instant now = clock.instant();
        Row row = Row.with()
                .number(EXPIRES_AT, now.plus(RETENTION).getEpochSecond())
                .row();
        change.with(Put.newOrExpired(key(event), row, EXPIRES_AT, now.getEpochSecond()));
    }
}
