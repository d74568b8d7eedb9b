package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantry.local.aws.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What happened in an account, as Stripe tells of it (Stripe API reference, "Events"). Not thread-safe:
/// [StripeAccount] has the lock.
final class StripeEvents {

    /// The version of the API whose shapes everything here has, and that events say they have: the one of the SDK.
    static final String API_VERSION = "2026-07-29.dahlia";

    /// Which request something happened by.
    ///
    /// @param idempotencyKey null if it had none
    record Cause(String requestId, @Nullable String idempotencyKey) {

        /// By nobody's request: time, a bank, or a page of Stripe's own.
        static final Cause NONE = new Cause("", null);
    }

    private final StripeObjects objects;
    private final StripeAnswers answers;
    private Consumer<ObjectNode> listener = event -> {};
    private Cause cause = Cause.NONE;
    private boolean silent;

    StripeEvents(StripeObjects objects, StripeAnswers answers) {
        this.objects = objects;
        this.answers = answers;
    }

    /// Has everything that happens from now on told to somebody.
    void tell(Consumer<ObjectNode> newListener) {
        listener = newListener;
    }

    /// Says by what the next things happen.
    void because(Cause newCause) {
        cause = newCause;
    }

    /// Something was made, or is over.
    ObjectNode happened(String type, ObjectNode object) {
        return record(type, object, Optional.empty());
    }

    /// Something was changed; nothing happened if it is as it was.
    void changed(String type, ObjectNode before, ObjectNode after) {
        ObjectNode previous = difference(before, after);
        if (!previous.isEmpty()) {
            record(type, after, Optional.of(previous));
        }
    }

    private ObjectNode record(String type, ObjectNode object, Optional<ObjectNode> previous) {
        ObjectNode event = make(type, object, previous);
        if (!silent) {
            objects.put(event);
            listener.accept(event.deepCopy());
        }
        return event;
    }

    /// Does something of which no event tells.
    <T> T unheard(Supplier<T> action) {
        boolean before = silent;
        silent = true;
        try {
            return action.get();
        } finally {
            silent = before;
        }
    }

    /// An event that is on record and that nobody is told of.
    ObjectNode withheld(String type, ObjectNode object, Optional<ObjectNode> previous) {
        ObjectNode event = make(type, object, previous);
        objects.put(event);
        return event;
    }

    private ObjectNode make(String type, ObjectNode object, Optional<ObjectNode> previous) {
        ObjectNode event = Json.object()
                .put("id", StripeObjects.id("evt"))
                .put("object", "event")
                .put("api_version", API_VERSION)
                .put("created", objects.now());
        ObjectNode data = event.putObject("data");
        data.set("object", answers.show(object, Form.parse("")));
        previous.ifPresent(values -> data.set("previous_attributes", values));
        event.put("livemode", false).put("pending_webhooks", 1);
        event.putObject("request")
                .put("id", cause.requestId().isEmpty() ? null : cause.requestId())
                .put("idempotency_key", cause.idempotencyKey());
        return event.put("type", type);
    }

    /// What the attributes were that are others now.
    static ObjectNode difference(ObjectNode before, ObjectNode after) {
        ObjectNode previous = Json.object();
        before.properties().forEach(was -> {
            JsonNode is = after.get(was.getKey());
            if (was.getValue() instanceof ObjectNode nested
                    && is instanceof ObjectNode isNested
                    && !nested.path("object").isTextual()) {
                ObjectNode inner = difference(nested, isNested);
                if (!inner.isEmpty()) {
                    previous.set(was.getKey(), inner);
                }
            } else if (!isSame(was.getValue(), is)) {
                previous.set(was.getKey(), was.getValue().deepCopy());
            }
        });
        after.fieldNames().forEachRemaining(name -> {
            if (!before.has(name)) {
                previous.putNull(name);
            }
        });
        return previous;
    }

    /// Numbers are what they are, however large a type they are kept in.
    private static boolean isSame(JsonNode one, @Nullable JsonNode other) {
        return one.equals(other)
                || other != null && one.isNumber() && other.isNumber() && one.asLong() == other.asLong();
    }

    ObjectNode list(Form form) {
        form.only(with("type", "types"));
        Optional<String> type = form.text("type");
        List<String> types = form.list("types");
        return StripeAnswers.page(
                "/v1/events",
                objects.newestFirst("event").stream()
                        .filter(event -> type.isEmpty()
                                || type.get().equals(event.path("type").asText()))
                        .filter(event -> types.isEmpty()
                                || types.contains(event.path("type").asText()))
                        .toList(),
                form);
    }

    private static List<String> with(String... own) {
        return StripeObjects.with(StripeAnswers.PAGE, own);
    }
}
