package dev.tenantry.http;

import dev.tenantry.idempotency.IdempotencyRecord;
import dev.tenantry.idempotency.IdempotencyRecordStore;
import dev.tenantry.idempotency.IdempotencyRecordStore.Lock;
import dev.tenantry.idempotency.IdempotencyRecordStore.Slot;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.IdempotencyInProgress;
import dev.tenantry.refusal.Refusal.IdempotencyKeyReused;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Lookup;
import dev.tenantry.storage.Table;
import dev.tenantry.tenancy.Caller;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sees to it that a request with an `Idempotency-Key` has one effect and one answer, however often it comes
/// (docs/adr/0006 and 0012). A request without a key has nothing to be looked up, kept or locked.
final class Idempotency {

    private static final String HEADER = "idempotency-key";
    private static final int MAX_KEY_LENGTH = 255;

    private final IdempotencyRecordStore records;
    private final Table table;
    private final HttpEvent event;
    private final Optional<Slot> slot;
    private final String operation;
    private Optional<Lock> lock = Optional.empty();
    private @Nullable String bodyDigest;

    /// @param routeKey the route that the request came by
    Idempotency(IdempotencyRecordStore records, Table table, HttpEvent event, Caller caller, String routeKey) {
        this.records = records;
        this.table = table;
        this.event = event;
        Optional<String> tenant = Optional.ofNullable(event.parameters().get("tenant"));
        Optional<String> header = header(event, new ArrayList<>());
        this.slot = header.map(value -> IdempotencyRecordStore.slot(tenant, caller.id(), routeKey, value));
        this.operation = header.map(value -> IdempotencyRecordStore.name(tenant, caller.id(), routeKey, value))
                .orElseGet(event::requestId);
    }

    /// The idempotency key of a request that has one, which only a `POST` can; empty as well if it can be none.
    ///
    /// @param faults takes what is wrong with the header
    static Optional<String> header(HttpEvent event, List<Fault> faults) {
        if (!event.method().equals("POST")) {
            return Optional.empty();
        }
        Optional<String> header = event.header(HEADER);
        if (header.isPresent() && !isKey(header.get())) {
            faults.add(new Fault("Idempotency-Key", "must be 1 to 255 printable ASCII characters, such as a UUID"));
            return Optional.empty();
        }
        return header;
    }

    /// Ends an attempt: this request was answered before, or is being answered.
    static final class Answered extends RuntimeException {

        private final transient IdempotencyRecord record;

        private Answered(IdempotencyRecord record) {
            super(null, null, false, false);
            this.record = record;
        }
    }

    /// Begins an attempt: nothing of an earlier one is kept.
    void startOver() {
        lock = Optional.empty();
    }

    /// What the request is about to do, by a name: the same for every attempt and, with an idempotency key, for
    /// every repetition.
    String operation() {
        return operation;
    }

    /// The record, to be read along at the door.
    Optional<Lookup<IdempotencyRecord>> lookup() {
        return slot.map(records::lookup);
    }

    /// @throws Answered if there is a record
    void see(Optional<IdempotencyRecord> found) {
        if (found.isPresent()) {
            throw new Answered(found.get());
        }
    }

    /// Looks for a record, in a round trip of its own.
    ///
    /// @throws Answered if there is one
    void look() {
        if (slot.isPresent()) {
            see(records.find(slot.get()));
        }
    }

    /// The answer that was given before.
    ///
    /// @throws IdempotencyKeyReused  if it was given to another request
    /// @throws IdempotencyInProgress if it is still to be given
    Response replay(Answered answered) {
        if (!answered.record.bodyDigest().equals(bodyDigest())) {
            throw new IdempotencyKeyReused();
        }
        return switch (answered.record) {
            case IdempotencyRecord.Completed completed -> replay(completed);
            case IdempotencyRecord.InProgress _ -> throw new IdempotencyInProgress();
        };
    }

    /// Adds the completed record to a change.
    void keep(Change change, Response response) {
        if (slot.isPresent()) {
            records.keep(change, slot.get(), completed(response));
        }
    }

    /// Adds to a change that what must follow it is under way.
    void lock(Change change) {
        lock = slot.map(place -> records.lock(change, place, bodyDigest()));
    }

    /// Completes the record of a locked request, with a note of how it went.
    ///
    /// @throws Conflict if the lock was lost
    void settle(Change note, Response response) {
        complete(note, response);
        try {
            table.commit(note);
        } catch (Conflict e) {
            // The world has moved on since, and the note with it; the answer is still the one that was given.
            Change answerOnly = Change.empty();
            complete(answerOnly, response);
            table.commit(answerOnly);
        }
    }

    /// Gives up the lock, so that the request can run anew at once.
    void release() {
        if (lock.isEmpty()) {
            return;
        }
        try {
            Change change = Change.empty();
            records.release(change, lock.get());
            table.commit(change);
        } catch (Conflict | Unavailable e) {
            // It runs out by itself; why the request failed is the better answer.
        }
    }

    private void complete(Change change, Response response) {
        if (lock.isPresent()) {
            records.complete(change, lock.get(), completed(response));
        }
    }

    private IdempotencyRecord.Completed completed(Response response) {
        return new IdempotencyRecord.Completed(
                bodyDigest(),
                response.status(),
                Optional.ofNullable(response.headers().get("Location")),
                Optional.ofNullable(response.headers().get("ETag")),
                response.body());
    }

    /// Of what the body says, not of how it says it: a client that builds its request again may write it in another
    /// way.
    private String bodyDigest() {
        if (bodyDigest == null) {
            bodyDigest = IdempotencyRecordStore.digest(event.header(HEADER).orElseThrow(), Body.said(event));
        }
        return bodyDigest;
    }

    private static Response replay(IdempotencyRecord.Completed answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        answer.body().ifPresent(_ -> headers.put("Content-Type", Response.JSON));
        answer.location().ifPresent(location -> headers.put("Location", location));
        answer.etag().ifPresent(etag -> headers.put("ETag", etag));
        headers.put("Idempotent-Replayed", "true");
        return new Response(answer.status(), headers, answer.body());
    }

    private static boolean isKey(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_KEY_LENGTH
                && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
