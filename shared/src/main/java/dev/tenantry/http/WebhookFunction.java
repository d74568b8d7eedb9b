package dev.tenantry.http;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.refusal.Refusal.NotFound;
import dev.tenantry.refusal.Refusal.PayloadTooLarge;
import dev.tenantry.storage.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A function that another service tells of its events. No token says who calls: a signature in the message does. What
/// the message leads to is decided, committed and, if it meets another change, decided again, as in an [ApiFunction].
///
/// @param <M> what a genuine message says
public abstract class WebhookFunction<M> extends HttpFunction {

    /// What messages say and lead to.
    public interface Receiver<M> {

        /// Reads a message. Nothing may be asked of the table for one that is not genuine.
        ///
        /// @param body     as it came
        /// @param received when it came: whatever is waited for, everything together shall be over in time
        /// @throws InvalidRequest if it is not genuine, or nothing that can be read
        M read(byte[] body, Headers headers, Instant received);

        /// What a message is about, for the log: ids by their field's name, and nothing else.
        Map<String, String> ids(M message);

        /// A message like those that come, signed with the secret that the stand-in for priming hands out.
        SignedMessage priming(Instant now);

        /// Decides what it leads to.
        Decision<Receipt> act(M message, String requestId, Instant received);
    }

    /// A message as it is sent.
    ///
    /// @param header    that has the signature
    public record SignedMessage(String body, String header, String signature) {}

    /// A message's headers.
    @FunctionalInterface
    public interface Headers {
        Optional<String> get(String lowerCaseName);
    }

    /// What came of a message, for the log.
    ///
    /// @param tenant whom it concerned, where that is known
    /// @param counts metrics to count it under
    public record Receipt(String outcome, Optional<DomainPrefix> tenant, List<String> counts) {

        public Receipt {
            counts = List.copyOf(counts);
        }
    }

    private final ApiContext context;
    private final String routeKey;
    private final Receiver<M> receiver;

    /// @param routeKey the one route, such as `POST /stripe/webhook`
    protected WebhookFunction(ApiContext context, String routeKey, Receiver<M> receiver) {
        super(context.settings());
        this.context = context;
        this.routeKey = routeKey;
        this.receiver = receiver;
    }

    /// The one route, such as `POST /stripe/webhook`.
    public final String routeKey() {
        return routeKey;
    }

    @Override
    final Response answer(HttpEvent event, RequestLog.Entry entry) {
        if (!event.routeKey().equals(routeKey)) {
            throw new NotFound();
        }
        entry.route = routeKey;
        Instant received = context.clock().instant();
        byte[] body = event.body().orElseGet(() -> new byte[0]);
        // Before anything is computed over it.
        if (body.length > Body.MAX_BYTES) {
            throw new PayloadTooLarge(Body.MAX_BYTES);
        }
        M message = receiver.read(body, event::header, received);
        entry.ids = receiver.ids(message);
        Receipt receipt = act(message, event.requestId(), received, entry);
        entry.tenant = receipt.tenant().map(DomainPrefix::value).orElse(null);
        entry.outcome = receipt.outcome();
        entry.counts = receipt.counts();
        return new Response(200, Map.of("Content-Type", Response.JSON), Optional.of("{\"received\":true}"));
    }

    private Receipt act(M message, String requestId, Instant received, RequestLog.Entry entry) {
        return context.backoff().commit(context.table(), tries -> {
            entry.attempts = tries;
            return receiver.act(message, requestId, received);
        });
    }

    @Override
    protected final void connect() {
        context.table().connect();
        context.table().prime();
    }

    /// One message that is genuine as long as nobody but a stand-in is asked.
    @Override
    public final List<String> primingEvents() {
        return List.of(
                PrimingEvent.signed(routeKey, receiver.priming(context.clock().instant())));
    }
}
