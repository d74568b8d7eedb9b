package dev.tenantry.local.aws.lambda;

import java.util.Map;
import java.util.function.Function;

/// How a handler takes its environment variables: all handlers share this process, whose own variables are none of
/// theirs. So each is constructed with an object that is read from the function's.
///
/// @param type   what a handler's public constructor takes
/// @param reader makes one of the variables; an [IllegalStateException] says what is wrong with them
public record EnvironmentReader<T>(Class<T> type, Function<Map<String, String>, T> reader) {

    T read(Map<String, String> variables) {
        return reader.apply(variables);
    }
}
