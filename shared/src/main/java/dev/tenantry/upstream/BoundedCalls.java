package dev.tenantry.upstream;

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
public final class BoundedCalls {

    private final Clock clock;

    @Inject
    public BoundedCalls(Clock clock) {
        this.clock = clock;
    }

    /// @param upstream whom the call asks
    /// @throws UpstreamUnavailable if there is no answer by the deadline
    public <T> T within(Instant deadline, Upstream upstream, Callable<T> call) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            throw upstream.unavailable("no time left to ask");
        }
        FutureTask<T> asking = new FutureTask<>(call);
        // A virtual thread lets go of its socket when it is interrupted.
        Thread.ofVirtual().name(upstream.name()).start(asking);
        try {
            return asking.get(left.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException e) {
            asking.cancel(true);
            throw upstream.unavailable("no answer in time");
        } catch (InterruptedException e) {
            asking.cancel(true);
            Thread.currentThread().interrupt();
            throw upstream.unavailable("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(upstream.name() + " could not be asked", e.getCause());
        }
    }
}
