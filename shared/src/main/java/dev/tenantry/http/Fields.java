package dev.tenantry.http;

import dev.tenantry.edit.Edit;
import dev.tenantry.refusal.InvalidValue;
import dev.tenantry.refusal.Refusal.Fault;
import dev.tenantry.refusal.Refusal.InvalidRequest;
import dev.tenantry.runtime.JsonTree;
import dev.tenantry.text.JsonPointer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A JSON object that a request record is read from. It gathers what is wrong instead of stopping at the first fault:
/// name the fields, then [#complete].
public final class Fields {

    /// As [JsonTree] has it.
    private final Map<?, ?> object;
    private final String pointer;
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    /// Reads JSON that came as an event, an object.
    ///
    /// @throws InvalidRequest naming all its faults
    public static <T> T read(byte[] json, Function<Fields, T> reader) {
        return Body.of(json).object(reader);
    }

    Fields(Map<?, ?> object, String pointer) {
        this.object = object;
        this.pointer = pointer;
    }

    /// A text field that must be there.
    ///
    /// @param type the value's type, which throws [InvalidValue] for a text that is none
    public <T> Supplier<T> required(String name, Function<String, T> type) {
        Object value = take(name);
        if (value == null || value == JsonTree.NULL) {
            return wrong(name, "is required");
        }
        return text(name, value, type);
    }

    /// A text field that keeps its value where it is absent; null is no value.
    public <T> Supplier<Optional<T>> optional(String name, Function<String, T> type) {
        return unlessAbsent(name, value -> text(name, value, type));
    }

    /// A text field that keeps its value where it is absent, and that null clears.
    public <T> Supplier<Edit<T>> nullable(String name, Function<String, T> type) {
        return edit(name, value -> text(name, value, type));
    }

    /// An integer that must be there, written like [#optionalInteger].
    public <T> Supplier<T> requiredInteger(String name, LongFunction<T> type) {
        Object value = take(name);
        if (value == null || value == JsonTree.NULL) {
            return wrong(name, "is required");
        }
        return integer(name, value, type);
    }

    /// A text field that can be said in one of two ways, under a name each. Absent, it keeps its value, and null
    /// clears it. To say it in both ways is a fault of both, whatever they say.
    public <T> Supplier<Edit<T>> nullableEither(
            String one, Function<String, T> type, String other, Function<String, T> otherType) {
        Supplier<Edit<T>> said = nullable(one, type);
        Supplier<Edit<T>> saidOtherwise = nullable(other, otherType);
        if (has(one) && has(other)) {
            fault(one, "must not be there beside " + other + ": send one of them");
            fault(other, "must not be there beside " + one + ": send one of them");
        }
        return has(other) ? saidOtherwise : said;
    }

    /// An integer that keeps its value where it is absent; null is no value. It must be written as one: `300`, not
    /// `3e2`, `300.0` or `"300"`.
    ///
    /// @param type the value's type, which throws [InvalidValue] for an integer that is none
    public <T> Supplier<Optional<T>> optionalInteger(String name, LongFunction<T> type) {
        return unlessAbsent(name, value -> integer(name, value, type));
    }

    /// An integer that keeps its value where it is absent, and that null clears.
    public <T> Supplier<Edit<T>> nullableInteger(String name, LongFunction<T> type) {
        return edit(name, value -> integer(name, value, type));
    }

    /// A boolean that keeps its value where it is absent; null is no value.
    public Supplier<Optional<Boolean>> optionalFlag(String name) {
        return unlessAbsent(name, value -> flag(name, value));
    }

    /// An object of texts that keeps its value where it is absent; null is no value. Whatever is wrong with one of
    /// its entries is said of that entry.
    ///
    /// @param maxEntries with more of them, nothing is said of single ones
    /// @param entry      checks a name and its text, and throws [InvalidValue] for what is none
    /// @param type       the value's type, which throws [InvalidValue] for what is none as a whole
    public <T> Supplier<Optional<T>> optionalTexts(
            String name, int maxEntries, BiConsumer<String, String> entry, Function<Map<String, String>, T> type) {
        return unlessAbsent(name, value -> texts(name, value, maxEntries, entry, type));
    }

    /// An object within this one; what is wrong in it is for its own [#complete] to say.
    ///
    /// @return empty if it is absent, or no object, which is said of this one then
    public Optional<Fields> object(String name) {
        Object value = take(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Map<?, ?> object)) {
            fault(name, "must be a JSON object");
            return Optional.empty();
        }
        return Optional.of(new Fields(object, pointer + JsonPointer.to(name)));
    }

    /// Where in the body this object stands (RFC 6901); empty if it is all of it.
    public String pointer() {
        return pointer;
    }

    public boolean has(String name) {
        return object.containsKey(name);
    }

    /// Fields that only the service writes: accepted, so that what was read can be sent back, and ignored.
    public void readOnly(Collection<String> names) {
        known.addAll(names);
    }

    /// Says that something is wrong with a field.
    public void fault(String name, String message) {
        faults.add(new Fault(pointer + JsonPointer.to(name), message));
    }

    private void fault(String name, String entry, String message) {
        faults.add(new Fault(pointer + JsonPointer.to(name) + JsonPointer.to(entry), message));
    }

    /// The record, if nothing is wrong.
    ///
    /// @throws InvalidRequest naming every fault, unknown fields among them
    public <T> T complete(Supplier<T> result) {
        for (Object name : object.keySet()) {
            if (!known.contains(name)) {
                fault((String) name, "is not a field of this request");
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidRequest(faults);
        }
        return result.get();
    }

    private @Nullable Object take(String name) {
        known.add(name);
        return object.get(name);
    }

    private <T> Supplier<Optional<T>> unlessAbsent(String name, Reader<T> reader) {
        Object value = take(name);
        if (value != null && value == JsonTree.NULL) {
            return wrong(name, "must not be null");
        }
        Supplier<Edit<T>> edit = edit(name, reader);
        return () -> edit.get().newValue();
    }

    private <T> Supplier<Edit<T>> edit(String name, Reader<T> reader) {
        Object value = take(name);
        if (value == null) {
            return Edit.Keep::new;
        }
        if (value == JsonTree.NULL) {
            return Edit.Clear::new;
        }
        Supplier<T> read = reader.read(value);
        return () -> new Edit.Set<>(read.get());
    }

    private <T> Supplier<T> text(String name, Object value, Function<String, T> type) {
        if (!(value instanceof String text)) {
            return wrong(name, "must be a string");
        }
        return checked(name, () -> type.apply(text));
    }

    private <T> Supplier<T> integer(String name, Object value, LongFunction<T> type) {
        if (value instanceof Long number) {
            return checked(name, () -> type.apply(number));
        }
        if (value instanceof BigInteger number) {
            // What no long holds is out of every range, and the nearest long is as far out: the type's own words fit.
            return checked(name, () -> type.apply(number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE));
        }
        return wrong(
                name,
                value instanceof Double
                        ? "must be an integer without a fraction or an exponent"
                        : "must be an integer");
    }

    private Supplier<Boolean> flag(String name, Object value) {
        return value instanceof Boolean flag ? () -> flag : wrong(name, "must be true or false");
    }

    private <T> Supplier<T> texts(
            String name,
            Object value,
            int maxEntries,
            BiConsumer<String, String> entry,
            Function<Map<String, String>, T> type) {
        if (!(value instanceof Map<?, ?> entries)) {
            return wrong(name, "must be an object whose values are strings");
        }
        if (entries.size() > maxEntries) {
            return wrong(name, "must have at most " + maxEntries + " entries, not " + entries.size());
        }
        Map<String, String> texts = new LinkedHashMap<>();
        entries.forEach((key, said) -> {
            String called = (String) key;
            if (!(said instanceof String text)) {
                fault(name, called, "must be a string");
                return;
            }
            try {
                entry.accept(called, text);
                texts.put(called, text);
            } catch (InvalidValue e) {
                fault(name, called, String.valueOf(e.getMessage()));
            }
        });
        if (texts.size() < entries.size()) {
            return Fields::faulty;
        }
        return checked(name, () -> type.apply(texts));
    }

    private <T> Supplier<T> checked(String name, Supplier<T> type) {
        try {
            T result = type.get();
            return () -> result;
        } catch (InvalidValue e) {
            return wrong(name, String.valueOf(e.getMessage()));
        }
    }

    private <T> Supplier<T> wrong(String name, String message) {
        fault(name, message);
        return Fields::faulty;
    }

    private static <T> T faulty() {
        throw new IllegalStateException("a faulty field has no value; ask complete first");
    }

    /// Reads a value that is there, and takes note of its faults.
    private interface Reader<T> {
        Supplier<T> read(Object value);
    }
}
