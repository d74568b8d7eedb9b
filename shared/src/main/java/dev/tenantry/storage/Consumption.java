package dev.tenantry.storage;

import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// What one request used of the table: round trips and capacity units. Belongs to the thread that serves the request,
/// and to those that it shares its work with.
public final class Consumption {

    /// Bound for the duration of a request; storage calls outside of one are not counted.
    public static final ScopedValue<Consumption> CURRENT = ScopedValue.newInstance();

    private int calls;
    private double capacityUnits;

    /// The same work, counted as this thread's own whichever thread does it.
    static <T> Supplier<T> sharedWith(Supplier<T> work) {
        if (!CURRENT.isBound()) {
            return work;
        }
        Consumption consumption = CURRENT.get();
        return () -> ScopedValue.where(CURRENT, consumption).call(work::get);
    }

    static void countCall() {
        if (CURRENT.isBound()) {
            CURRENT.get().add(1, 0);
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
