package dev.tenantry.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A JSON object that a request record is read from. It gathers what is wrong instead of stopping at the first fault:
/// name the fields, then [#complete].
public final class Fields {

    private final JsonNode object;
    private final String pointer;
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    Fields(JsonNode object, String pointer) {
        this.object = object;
        this.pointer = pointer;
    }

    /// A text field that must be there.
    ///
    /// @param type the value's type, which throws [InvalidValue] for a text that is none
    public <T> Supplier<T> required(String name, Function<String, T> type) {
        JsonNode value = take(name);
        if (value == null || value.isNull()) {
            fault(name, "is required");
            return Fields::faulty;
        }
        return text(name, value, type);
    }

    /// A text field that keeps its value where it is absent; null is no value.
    public <T> Supplier<Optional<T>> optional(String name, Function<String, T> type) {
        JsonNode value = take(name);
        if (value == null) {
            return Optional::empty;
        }
        if (value.isNull()) {
            fault(name, "must not be null");
            return Fields::faulty;
        }
        Supplier<T> text = text(name, value, type);
        return () -> Optional.of(text.get());
    }

    /// A text field that keeps its value where it is absent, and that null clears: empty inside.
    public <T> Supplier<Optional<Optional<T>>> nullable(String name, Function<String, T> type) {
        JsonNode value = take(name);
        if (value == null) {
            return Optional::empty;
        }
        if (value.isNull()) {
            return () -> Optional.of(Optional.empty());
        }
        Supplier<T> text = text(name, value, type);
        return () -> Optional.of(Optional.of(text.get()));
    }

    public boolean has(String name) {
        return object.has(name);
    }

    /// Fields that only the service writes: accepted, so that what was read can be sent back, and ignored.
    public void readOnly(Collection<String> names) {
        known.addAll(names);
    }

    /// Says that something is wrong with a field.
    public void fault(String name, String message) {
        faults.add(new Fault(pointer + "/" + escaped(name), message));
    }

    /// The record, if nothing is wrong.
    ///
    /// @throws InvalidRequest naming every fault, unknown fields among them
    public <T> T complete(Supplier<T> result) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                fault(name, "is no field of this request");
            }
        });
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
        return result.get();
    }

    private @Nullable JsonNode take(String name) {
        known.add(name);
        return object.get(name);
    }

    private <T> Supplier<T> text(String name, JsonNode value, Function<String, T> type) {
        if (!value.isTextual()) {
            fault(name, "must be a string");
            return Fields::faulty;
        }
        try {
            T result = type.apply(value.textValue());
            return () -> result;
        } catch (InvalidValue e) {
            fault(name, String.valueOf(e.getMessage()));
            return Fields::faulty;
        }
    }

    private static <T> T faulty() {
        throw new IllegalStateException("a faulty field has no value; ask complete first");
    }

    /// RFC 6901 §3.
    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
