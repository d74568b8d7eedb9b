package dev.tenantry.local.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Tells the service of what happens in an account, as Stripe does: behind the back of whoever did it, in order, and
/// again for a while where the answer was not 200.
final class Deliveries implements AutoCloseable {

    /// Stripe tries for three days; a developer will not wait for that.
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(10));

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stripe-events").factory());

    private final Webhooks webhooks;
    private final URI endpoint;

    Deliveries(Webhooks webhooks, URI endpoint) {
        this.webhooks = webhooks;
        this.endpoint = endpoint;
    }

    void add(ObjectNode event) {
        try {
            thread.execute(() -> attempt(event, 0));
        } catch (RejectedExecutionException e) {
            // It is closing: what happens now nobody is told of.
        }
    }

    private void attempt(ObjectNode event, int failures) {
        if (webhooks.deliver(event, endpoint) == 200 || failures == PAUSES.size() || thread.isShutdown()) {
            return;
        }
        // Others go first meanwhile.
        var _ = thread.schedule(
                () -> attempt(event, failures + 1), PAUSES.get(failures).toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
