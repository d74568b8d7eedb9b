package dev.tenantry.storage;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Part of a list.
///
/// @param next position after which the list goes on; empty at its end
public record Page<T>(List<T> items, Optional<String> next) {

    public Page {
        items = List.copyOf(items);
    }

    public <R> Page<R> map(Function<T, R> mapper) {
        return new Page<>(items.stream().map(mapper).toList(), next);
    }
}
