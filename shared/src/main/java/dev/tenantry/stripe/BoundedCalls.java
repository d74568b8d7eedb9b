package dev.tenantry.stripe;

import dev.tenantry.refusal.Refusal.UpstreamUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.inject.Inject;

/// Gives up at a deadline whatever the network does: a timeout of an SDK's bounds each wait for a byte, and an answer
/// has many.
final class BoundedCalls {

    private final Clock clock;

    @Inject
    BoundedCalls(Clock clock) {
        this.clock = clock;
    }

    /// @param service whom the call asks, for the operator's log
    /// @throws UpstreamUnavailable if there is no answer by the deadline
    <T> T within(Instant deadline, String service, Callable<T> call) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            throw unavailable(service, "no time left to ask");
        }
        FutureTask<T> asking = new FutureTask<>(call);
        // A virtual thread lets go of its socket when it is interrupted.
        Thread.ofVirtual().name(service).start(asking);
        try {
            return asking.get(left.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException e) {
            asking.cancel(true);
            throw unavailable(service, "no answer in time");
        } catch (InterruptedException e) {
            asking.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable(service, "interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(service + " could not be asked", e.getCause());
        }
    }

    static UpstreamUnavailable unavailable(String service, String reason) {
        return unavailable(service, reason, false);
    }

    /// @param lasting until an operator has changed something
    static UpstreamUnavailable unavailable(String service, String reason, boolean lasting) {
        return new UpstreamUnavailable("payment service", service + ": " + reason.strip(), lasting);
    }
}
