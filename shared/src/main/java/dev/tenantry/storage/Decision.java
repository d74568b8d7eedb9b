package dev.tenantry.storage;

import java.util.function.Function;

/// What a use case decided: its answer, and the change that makes the answer true. Nothing is written until somebody
/// commits it, which leaves room to write the answer itself in the same transaction
/// ([`Idempotency-Key`][dev.tenantry.idempotency]).
///
/// @param change empty if all is as wanted already
public record Decision<T>(T result, Change change) {

    public <R> Decision<R> map(Function<T, R> mapper) {
        return new Decision<>(mapper.apply(result), change);
    }
}
