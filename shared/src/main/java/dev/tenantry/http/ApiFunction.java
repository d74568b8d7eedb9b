package dev.tenantry.http;

import dev.tenantry.http.Reply.AfterCommit;
import dev.tenantry.http.Routes.Route;
import dev.tenantry.idempotency.IdempotencyRecord;
import dev.tenantry.idempotency.IdempotencyRecordStore;
import dev.tenantry.idempotency.IdempotencyRecordStore.Lock;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.identity.UserId;
import dev.tenantry.refusal.Refusal;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.IdempotencyInProgress;
import dev.tenantry.refusal.Refusal.IdempotencyKeyReused;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.NotFound;
import dev.tenantry.refusal.Refusal.PayloadTooLarge;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.refusal.Refusal.UnsupportedMediaType;
import dev.tenantry.refusal.Refusal.UnusableIdentity;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.runtime.Patience;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Key;
import dev.tenantry.storage.Row;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.text.OneLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A function with a route table. For each request: the caller from the verified claims, the endpoint, then the change
/// it decided on together with the answer to keep. A change that meets another one runs again from the door, with fresh
/// eyes.
public abstract class ApiFunction extends HttpFunction {

    private static final int LONGEST_NAME = 100;

    private final ApiContext context;
    private final Routes routes;

    protected ApiFunction(ApiContext context, Routes routes) {
        super(context.settings());
        this.context = context;
        this.routes = routes;
    }

    /// The function's endpoints.
    public final Routes routes() {
        return routes;
    }

    @Override
    final Response answer(HttpEvent event, RequestLog.Entry entry) {
        entry.route = event.routeKey();
        // Only what can be a tenant: a path may say anything, a token or an address among it.
        entry.tenant = Optional.ofNullable(event.parameters().get("tenant"))
                .flatMap(DomainPrefix::inPath)
                .map(DomainPrefix::value)
                .orElse(null);
        Route route = routes.find(event.routeKey()).orElseThrow(NotFound::new);
        Caller caller = caller(event);
        entry.userId = caller.id().value();
        try {
            Done done = untilDone(event, route, caller, entry);
            // The change is made: from here on nothing runs again.
            entry.outcome = done.reply().outcome().orElse(null);
            if (done.reply().afterCommit().isPresent()) {
                run(done.reply().afterCommit().get(), done, event, entry);
            }
            return done.reply().response();
        } catch (RecordFound found) {
            return found.answerTo(event);
        }
    }

    private Done untilDone(HttpEvent event, Route route, Caller caller, RequestLog.Entry entry) {
        Patience patience = context.patience();
        Reading reading = new Reading();
        Instant received = context.clock().instant();
        for (int attempt = 1; ; attempt++) {
            entry.attempts = attempt;
            try {
                return attempt(event, route, caller, reading, received);
            } catch (Conflict e) {
                patience.pause(attempt);
            }
        }
    }

    /// A request whose change is made.
    ///
    /// @param lock on the place where the answer will be kept, if something must follow first
    private record Done(Reply reply, Optional<Lock> lock) {}

    private void run(AfterCommit afterCommit, Done done, HttpEvent event, RequestLog.Entry entry) {
        Change note;
        try {
            note = afterCommit.run();
        } catch (RuntimeException e) {
            done.lock().ifPresent(this::release);
            throw e;
        }
        try {
            settle(note, done, event);
        } catch (Conflict | Unavailable e) {
            // What counts has happened, so that is the answer. A lock left behind runs out by itself.
            entry.reason = "done, but not written down";
        }
    }

    private void settle(Change note, Done done, HttpEvent event) {
        keepAnswer(note, done, event);
        try {
            context.table().commit(note);
        } catch (Conflict e) {
            // The world has moved on since, and the note with it; the answer is still the one that was given.
            Change answerOnly = Change.empty();
            keepAnswer(answerOnly, done, event);
            context.table().commit(answerOnly);
        }
    }

    private void keepAnswer(Change change, Done done, HttpEvent event) {
        done.lock()
                .ifPresent(lock -> context.answers()
                        .settle(change, lock, kept(event, done.reply().response())));
    }

    private void release(Lock lock) {
        try {
            Change change = Change.empty();
            context.answers().release(change, lock);
            context.table().commit(change);
        } catch (Conflict | Unavailable e) {
            // It runs out by itself; why the afterCommit failed is the better answer.
        }
    }

    private Done attempt(HttpEvent event, Route route, Caller caller, Reading reading, Instant received) {
        Request request = new Request(event, route, caller, context.doors(), reading, this::giveRecord, received);
        try {
            Optional<Key> record = request.recordKey();
            if (request.isAdmitted()) {
                record.ifPresent(this::lookForRecord);
            }
            Reply reply = route.endpoint().answer(request);
            requireSoundHeaders(request);
            Optional<Lock> lock = Optional.empty();
            if (reply.change().isPresent()) {
                if (request.preconditionIsUnmet()) {
                    throw new PreconditionFailed();
                }
                Change change = reply.change().get();
                if (reply.afterCommit().isPresent()) {
                    lock = record.map(key -> context.answers().lock(change, key, bodyDigest(event)));
                } else {
                    record.ifPresent(key -> context.answers().keep(change, key, kept(event, reply.response())));
                }
                context.table().commit(change);
            }
            return new Done(reply, lock);
        } catch (Conflict | Unavailable | RecordFound e) {
            throw e;
        } catch (InvalidRequest | PayloadTooLarge | UnsupportedMediaType e) {
            if (!request.isAdmitted()) {
                // Whether someone may ask comes before whether they ask well: strangers learn nothing from our checks.
                request.admit();
            }
            throw e instanceof InvalidRequest invalid ? invalid.and(request.headerFaults()) : e;
        } catch (Refusal e) {
            if (request.isAdmitted()) {
                requireSoundHeaders(request);
                // Perhaps it is the first request with this key, done a moment ago, that stands in this one's way.
                request.recordKey().ifPresent(this::lookForRecord);
            }
            throw e;
        }
    }

    private static void requireSoundHeaders(Request request) {
        List<Fault> faults = request.headerFaults();
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
    }

    private void lookForRecord(Key key) {
        context.answers().find(key).ifPresent(answer -> {
            throw new RecordFound(answer);
        });
    }

    private void giveRecord(Row row) {
        context.answers().in(row).ifPresent(answer -> {
            throw new RecordFound(answer);
        });
    }

    private static IdempotencyRecord.Completed kept(HttpEvent event, Response response) {
        return new IdempotencyRecord.Completed(
                bodyDigest(event),
                response.status(),
                Optional.ofNullable(response.headers().get("Location")),
                Optional.ofNullable(response.headers().get("ETag")),
                response.body());
    }

    private static String bodyDigest(HttpEvent event) {
        return IdempotencyRecordStore.digest(
                event.header("idempotency-key").orElseThrow(), event.body().orElseGet(() -> new byte[0]));
    }

    private static Caller caller(HttpEvent event) {
        Map<String, String> claims = event.claims();
        UserId id = Optional.ofNullable(claims.get("sub"))
                .flatMap(UserId::of)
                .orElseThrow(() -> new UnusableIdentity("sub"));
        return new Caller(
                id,
                Optional.ofNullable(claims.get("email")).filter(email -> !email.isBlank()),
                "true".equals(claims.get("email_verified")),
                name(claims.get("given_name")),
                name(claims.get("family_name")),
                event.sourceIp(),
                event.requestId());
    }

    /// What people call themselves at the identity provider is not ours to refuse, and not ours to keep whatever
    /// its length.
    private static String name(@Nullable String claim) {
        return claim == null ? "" : OneLine.salvaged(claim, LONGEST_NAME);
    }

    /// A function that changes things also primes a change that cannot happen: no endpoint gets that far for
    /// nobody.
    @Override
    protected final void prime() {
        super.prime();
        if (changesThings()) {
            context.primeChange();
        }
    }

    /// Whether there is anything to commit: everything but a `GET` may have, and few of those.
    protected boolean changesThings() {
        for (String key : routes.keys()) {
            if (!key.startsWith("GET ")) {
                return true;
            }
        }
        return false;
    }

    /// Every endpoint once, asked by nobody: reads find nothing, and a body without any field is refused before
    /// anything is written.
    @Override
    final List<String> primingEvents() {
        List<String> events = new ArrayList<>();
        for (String key : routes.keys()) {
            String method = key.substring(0, key.indexOf(' '));
            events.add(JsonText.of(json -> {
                json.writeStartObject();
                json.writeStringField("version", "2.0");
                json.writeStringField("routeKey", key);
                json.writeStringField("rawPath", key.substring(key.indexOf(' ') + 1));
                json.writeObjectFieldStart("pathParameters");
                json.writeStringField("tenant", "priming");
                json.writeStringField("userId", "00000000-0000-0000-0000-000000000000");
                json.writeStringField("inviteId", "0");
                json.writeStringField("ipId", "1");
                json.writeStringField("profileId", "1");
                json.writeEndObject();
                json.writeObjectFieldStart("requestContext");
                json.writeStringField("requestId", "priming");
                json.writeObjectFieldStart("http");
                json.writeStringField("method", method);
                json.writeStringField("sourceIp", "192.0.2.1");
                json.writeEndObject();
                json.writeObjectFieldStart("authorizer");
                json.writeObjectFieldStart("jwt");
                json.writeObjectFieldStart("claims");
                json.writeStringField("sub", "00000000-0000-0000-0000-000000000000");
                json.writeEndObject();
                json.writeEndObject();
                json.writeEndObject();
                json.writeEndObject();
                json.writeStringField("body", "{}");
                json.writeEndObject();
            }));
        }
        return events;
    }

    /// Ends an attempt: this request was answered before.
    private static final class RecordFound extends RuntimeException {

        private final transient IdempotencyRecord answer;

        RecordFound(IdempotencyRecord answer) {
            super(null, null, false, false);
            this.answer = answer;
        }

        Response answerTo(HttpEvent event) {
            if (!answer.bodyDigest().equals(bodyDigest(event))) {
                throw new IdempotencyKeyReused();
            }
            return switch (answer) {
                case IdempotencyRecord.Completed given -> repeated(given);
                case IdempotencyRecord.InProgress _ -> throw new IdempotencyInProgress();
            };
        }

        private static Response repeated(IdempotencyRecord.Completed answer) {
            Map<String, String> headers = new LinkedHashMap<>();
            answer.body().ifPresent(_ -> headers.put("Content-Type", Response.JSON));
            answer.location().ifPresent(location -> headers.put("Location", location));
            answer.etag().ifPresent(etag -> headers.put("ETag", etag));
            headers.put("Idempotent-Replayed", "true");
            return new Response(answer.status(), headers, answer.body());
        }
    }
}
