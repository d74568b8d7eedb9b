package dev.tenantry.local.aws.fault;

import dev.tenantry.local.aws.http.Response;
import java.time.Duration;
import java.util.function.Supplier;

/// How a stand-in fails.
public enum Fault {
    /// It answers with an error of its own.
    ERROR,
    /// It says that there are too many requests.
    THROTTLE,
    /// It takes longer than anyone would wait, and then gives up.
    SLOW,
    /// It drops the connection without an answer.
    RESET,
    /// It answers as it should, two seconds late.
    LATE;

    private static final Duration TOO_LONG = Duration.ofSeconds(30);
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    /// Fails.
    ///
    /// @param error   what an error of this service looks like
    /// @param tooMany how this service says that there are too many requests
    /// @param answer  what it answers when nothing fails
    public Response happen(Response error, Response tooMany, Supplier<Response> answer) {
        return switch (this) {
            case ERROR -> error;
            case THROTTLE -> tooMany;
            case RESET -> Response.none();
            case SLOW -> {
                sleep(TOO_LONG);
                yield Response.none();
            }
            case LATE -> {
                sleep(A_WHILE);
                yield answer.get();
            }
        };
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
