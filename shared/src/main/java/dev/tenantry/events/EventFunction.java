package dev.tenantry.events;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.runtime.JsonText;
import dev.tenantry.runtime.LambdaFunction;
import dev.tenantry.storage.Consumption;
import dev.tenantry.storage.Deadline;
import dev.tenantry.storage.Decision;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// A Lambda function that AWS (a queue, a schedule) or the broker invokes without HTTP: an event in, an answer out, a
/// log line for each.
///
/// What fails is a *function error*: the invocation throws, so that a synchronous invoker sees `FunctionError` and a
/// queue delivers again. It throws one of three things, none with a stack trace: [MalformedEvent], which names the
/// event's faults, [RefusedEvent], which says what is in the way, or [EventFailed], which names nothing but the request
/// id to look for in the log.
public abstract class EventFunction extends LambdaFunction {

    /// Bound while an event is handled.
    private static final ScopedValue<Context> INVOCATION = ScopedValue.newInstance();

    private final EventContext context;

    protected EventFunction(EventContext context) {
        super(context.settings());
        this.context = context;
    }

    /// Handles one event.
    ///
    /// @param in        the event's JSON
    /// @param out       takes the answer, one JSON value; an event source that reads no answer needs none
    /// @param requestId the invocation's id, which its log line and its audit entries carry
    /// @throws MalformedEvent if the event is none that this function knows
    /// @throws RefusedEvent   if it can't be acted upon as things are
    protected abstract void handle(InputStream in, JsonGenerator out, String requestId, EventEntry entry)
            throws IOException;

    /// How long the event that this thread handles may still take: for a function that stops by itself before its
    /// time is up.
    protected static Duration timeLeft() {
        return INVOCATION.isBound() ? Duration.ofMillis(INVOCATION.get().getRemainingTimeInMillis()) : Duration.ZERO;
    }

    /// How long after an event came calls to the table may still start for it, so that its invoker is answered
    /// within the function's own time; a test of the template insists. Empty where the function's own code sees to
    /// its end.
    public Optional<Duration> timeForStorage() {
        return Optional.empty();
    }

    @Override
    protected final void handle(InputStream in, OutputStream out, Context invocation) throws IOException {
        long start = System.nanoTime();
        Consumption consumption = new Consumption();
        EventLog.Entry entry = new EventLog.Entry();
        String requestId = invocation.getAwsRequestId();
        boolean error = true;
        try {
            ScopedValue.Carrier bound =
                    ScopedValue.where(Consumption.CURRENT, consumption).where(INVOCATION, invocation);
            Optional<Duration> time = timeForStorage();
            (time.isPresent() ? bound.where(Deadline.CURRENT, Deadline.in(time.get())) : bound).call(() -> {
                answer(in, out, requestId, entry);
                return requestId;
            });
            error = false;
        } catch (MalformedEvent e) {
            // The sender's fault, not ours.
            error = false;
            entry.code = "malformed_event";
            entry.count("malformedEvents", 1);
            throw e;
        } catch (RefusedEvent e) {
            // Nobody's fault.
            error = false;
            entry.code = e.code();
            entry.count("refusedEvents", 1);
            throw e;
        } catch (Unavailable e) {
            entry.code = "unavailable";
            entry.reason = e.reason();
            throw new EventFailed("The service is temporarily unavailable. Send the event again. Request " + requestId);
        } catch (Throwable e) {
            // Errors too, of too deep a stack or a class that is not there: without a line nobody would look for them.
            log.fault(requestId, e);
            entry.code = "internal_error";
            throw new EventFailed("The event could not be handled. Request " + requestId);
        } finally {
            EventLog.event(log, entry, error, requestId, System.nanoTime() - start, consumption);
        }
    }

    /// Makes what was decided happen. A change that meets another one is decided again, with fresh eyes, for some
    /// seconds.
    ///
    /// @param decide reads and decides; may run several times and changes nothing by itself
    /// @throws Unavailable if the storage is, or if the change keeps meeting others
    protected final <T> T make(EventEntry entry, Supplier<Decision<T>> decide) {
        return context.backoff().commit(context.table(), tries -> {
            ((EventLog.Entry) entry).attempts = tries;
            return decide.get();
        });
    }

    @Override
    protected void connect() {
        context.table().connect();
    }

    /// Asks for a change that cannot happen.
    protected final void connectForChanges() {
        context.table().prime();
    }

    private void answer(InputStream in, OutputStream out, String requestId, EventEntry entry) throws IOException {
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(out)) {
            handle(in, json, requestId, entry);
        }
    }
}
