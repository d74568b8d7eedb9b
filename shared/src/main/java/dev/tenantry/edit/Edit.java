package dev.tenantry.edit;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What somebody wants of a value that there need not be: keep what there is, clear it, or set another one.
///
/// @param <T> what can be set
public sealed interface Edit<T> {

    /// Whatever there is stays, be it none.
    record Keep<T>() implements Edit<T> {}

    /// There is none from then on.
    record Clear<T>() implements Edit<T> {}

    /// It is this one from then on.
    record Set<T>(T value) implements Edit<T> {}

    /// What there is from then on.
    default Optional<T> applyTo(Optional<T> current) {
        return this instanceof Keep ? current : newValue();
    }

    /// Whether there is any from then on. It says so before a value that costs something to make is made.
    default boolean leavesAny(Optional<?> current) {
        return this instanceof Keep ? current.isPresent() : this instanceof Set;
    }

    /// The value that is set, if one is. A new thing has nothing to keep: for it, this is all there is.
    default Optional<T> newValue() {
        return this instanceof Set<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /// The same edit of what is made of the value.
    default <R> Edit<R> map(Function<T, R> mapper) {
        if (this instanceof Set<T>(T value)) {
            return new Set<>(mapper.apply(value));
        }
        return this instanceof Keep ? new Keep<>() : new Clear<>();
    }

    /// The same edit, but for a value that stands for none: that one clears.
    default Edit<T> clearingIf(Predicate<T> isNone) {
        return this instanceof Set<T>(T value) && isNone.test(value) ? new Clear<>() : this;
    }
}
