package dev.tenantry.http;

import dev.tenantry.http.Idempotency.Answered;
import dev.tenantry.http.Routes.Route;
import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.NotFound;
import dev.tenantry.refusal.Refusal.PayloadTooLarge;
import dev.tenantry.refusal.Refusal.PreconditionFailed;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.refusal.Refusal.UnsupportedContentEncoding;
import dev.tenantry.refusal.Refusal.UnsupportedMediaType;
import dev.tenantry.storage.Change;
import dev.tenantry.storage.Conflict;
import dev.tenantry.storage.Deadline;
import dev.tenantry.tenancy.Caller;
import dev.tenantry.tenancy.TenantScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A function with a route table. For each request: the caller from the verified claims, the endpoint, then the change
/// it decided on together with the answer to keep. A change that meets another one runs again from the door, with fresh
/// eyes.
public abstract class ApiFunction extends HttpFunction {

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
        Caller caller = VerifiedCaller.of(event, context.settings().userIdClaim());
        entry.userId = caller.id().value();
        Idempotency idempotency = context.idempotency(event, caller, route.key());
        Reading reading = new Reading();
        Instant received = context.clock().instant();
        List<TenantScope> scopes = new ArrayList<>();
        try {
            Reply reply = context.backoff().retry(tries -> {
                entry.attempts = tries;
                Request request = new Request(event, route, caller, context.doors(), reading, idempotency, received);
                try {
                    return attempt(request);
                } finally {
                    request.scope().ifPresent(scopes::add);
                }
            });
            // The change is made: from here on nothing runs again.
            reply.note().ifPresent(note -> {
                entry.outcome = note.outcome();
                entry.counts = note.counts();
            });
            afterCommit(reply, idempotency, entry);
            return reply.response();
        } catch (Answered answered) {
            return idempotency.replay(answered);
        } finally {
            if (!scopes.isEmpty()) {
                follow(scopes.getLast(), caller, event.requestId());
            }
        }
    }

    /// Takes over what the token says of the caller, whatever the request came to, and never at its cost: the next
    /// one will say it again.
    private void follow(TenantScope scope, Caller caller, String requestId) {
        if (Deadline.hasPassed()) {
            return;
        }
        try {
            context.table().commit(context.follow().run(scope, caller));
        } catch (Conflict | Unavailable e) {
            // Another request of theirs was faster, they are gone, or the table is busy.
        } catch (RuntimeException e) {
            // What it is has nothing to do with what they asked for, which is done or refused by now.
            log.fault(requestId, e);
        }
    }

    private Reply attempt(Request request) {
        request.idempotency().startOver();
        try {
            if (request.isAdmitted()) {
                request.idempotency().look();
            }
            Reply reply = request.route().endpoint().answer(request);
            requireSound(request);
            if (reply.change().isPresent()) {
                commit(reply, reply.change().get(), request);
            }
            return reply;
        } catch (Answered answered) {
            // A request that says more than the first one did is not the same.
            requireSound(request);
            throw answered;
        } catch (Unavailable e) {
            throw e;
        } catch (InvalidRequest | PayloadTooLarge | UnsupportedContentEncoding | UnsupportedMediaType e) {
            if (!request.isAdmitted()) {
                // Whether someone may ask comes before whether they ask well: strangers learn nothing from our checks.
                request.admit();
            }
            throw e instanceof InvalidRequest invalid ? invalid.and(request.faults()) : e;
        } catch (Refusal e) {
            if (request.isAdmitted()) {
                requireSound(request);
                // Perhaps it is the first request with this key, done a moment ago, that stands in this one's way.
                request.idempotency().look();
            }
            throw e;
        }
    }

    private void commit(Reply reply, Change change, Request request) {
        if (request.preconditionIsUnmet()) {
            throw new PreconditionFailed();
        }
        if (reply.afterCommit().isPresent()) {
            request.idempotency().lock(change);
        } else {
            request.idempotency().keep(change, reply.response());
        }
        context.table().commit(change);
    }

    private static void afterCommit(Reply reply, Idempotency idempotency, RequestLog.Entry entry) {
        if (reply.afterCommit().isEmpty()) {
            return;
        }
        Change note;
        try {
            note = reply.afterCommit().get().run();
        } catch (RuntimeException e) {
            idempotency.release();
            throw e;
        }
        try {
            idempotency.settle(note, reply.response());
        } catch (Conflict | Unavailable e) {
            // What counts has happened, so that is the answer. A lock left behind runs out by itself.
            entry.reason = "the change was made, but its idempotency record or note was not written";
        }
    }

    private static void requireSound(Request request) {
        List<Fault> faults = request.faults();
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
    }

    /// The table, and for a function that changes things a change that cannot happen.
    @Override
    protected final void connect() {
        context.table().connect();
        if (changesThings()) {
            context.table().prime();
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

    /// Every endpoint once.
    @Override
    public final List<String> primingEvents() {
        List<String> events = new ArrayList<>();
        for (String key : routes.keys()) {
            events.add(PrimingEvent.to(key, context.settings().userIdClaim(), primingBody(key)));
        }
        return events;
    }

    /// A body that an endpoint takes.
    protected String primingBody(String routeKey) {
        return "{}";
    }
}
