package dev.tenantry.http;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an endpoint made of its request's body. It outlives the attempts at the request, so that whatever a value of it
/// has to do at some cost (hash a password, say) is done once and not with every attempt.
final class Reading {

    private @Nullable Object result;

    /// @param read always the same, since a request has one endpoint and an endpoint one way to read its body
    @SuppressWarnings("unchecked")
    <T> T once(Supplier<T> read) {
        if (result == null) {
            result = read.get();
        }
        return (T) result;
    }
}
