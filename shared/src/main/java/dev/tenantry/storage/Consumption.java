package dev.tenantry.storage;

import dev.tenantry.refusal.Refusal.Unavailable;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// What one request used of the table: round trips and capacity units. Belongs to the thread that serves the request,
/// and to those that it has work for it and binds to the same.
public final class Consumption {

    /// Bound for the duration of a request; storage calls outside of one are not counted.
    public static final ScopedValue<Consumption> CURRENT = ScopedValue.newInstance();

    private final long deadlineNanos;
    private final boolean bounded;
    private int calls;
    private double capacityUnits;

    private Consumption(boolean bounded, long nanos) {
        this.bounded = bounded;
        this.deadlineNanos = System.nanoTime() + nanos;
    }

    /// Of work whose end its own code sees to.
    public Consumption() {
        this(false, 0);
    }

    /// Of a request that somebody waits for: it starts no call to the table after this time, however many went
    /// before, so that it can still answer within its function's time.
    public static Consumption within(Duration time) {
        return new Consumption(true, time.toNanos());
    }

    /// @throws Unavailable if the request's time is up
    static void countCall() {
        if (CURRENT.isBound()) {
            Consumption consumption = CURRENT.get();
            if (consumption.bounded && System.nanoTime() - consumption.deadlineNanos > 0) {
                throw new Unavailable("out of time");
            }
            consumption.add(1, 0);
        }
    }

    static void count(ConsumedCapacity consumed) {
        if (CURRENT.isBound()) {
            CURRENT.get().add(0, consumed.capacityUnits());
        }
    }

    private synchronized void add(int moreCalls, double moreUnits) {
        calls += moreCalls;
        capacityUnits += moreUnits;
    }

    /// Requests sent to DynamoDB, the SDK's own retries not counted.
    public synchronized int calls() {
        return calls;
    }

    /// Read and write units together, as DynamoDB reported them.
    public synchronized double capacityUnits() {
        return capacityUnits;
    }
}
