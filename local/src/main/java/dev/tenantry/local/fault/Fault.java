package dev.tenantry.local.fault;

import dev.tenantry.local.http.Response;
import java.time.Duration;

/// How a stand-in fails.
public enum Fault {
    /// It answers with an error of its own.
    ERROR,
    /// It says that there are too many requests.
    THROTTLE,
    /// It takes longer than anyone would wait, and then gives up.
    SLOW,
    /// It drops the connection without an answer.
    RESET;

    private static final Duration TOO_LONG = Duration.ofSeconds(30);

    /// Fails.
    ///
    /// @param error   what an error of this service looks like
    /// @param tooMany how this service says that there are too many requests
    public Response happen(Response error, Response tooMany) {
        return switch (this) {
            case ERROR -> error;
            case THROTTLE -> tooMany;
            case RESET -> Response.none();
            case SLOW -> {
                try {
                    Thread.sleep(TOO_LONG);
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                }
                yield Response.none();
            }
        };
    }
}
