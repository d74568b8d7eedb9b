package dev.tenantry.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Optional;

/// How a thing looks in an answer.
@FunctionalInterface
public interface Shape<T> {

    /// Writes the thing as one JSON value.
    void write(JsonGenerator json, T thing) throws IOException;

    /// The version that the thing's entity tag tells (RFC 9110 §8.8.3); empty if it has none.
    default Optional<Long> version(T thing) {
        return Optional.empty();
    }
}
