package dev.tenantry.storage;

import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;

/// What one request used of the table: round trips and capacity units. Belongs to the thread that serves the request.
public final class Usage {

    /// Bound for the duration of a request; storage calls outside of one are not counted.
    public static final ScopedValue<Usage> CURRENT = ScopedValue.newInstance();

    private int calls;
    private double capacityUnits;

    static void countCall() {
        if (CURRENT.isBound()) {
            CURRENT.get().calls++;
        }
    }

    static void count(ConsumedCapacity consumed) {
        if (CURRENT.isBound()) {
            CURRENT.get().capacityUnits += consumed.capacityUnits();
        }
    }

    /// Requests sent to DynamoDB, the SDK's own retries not counted.
    public int calls() {
        return calls;
    }

    /// Read and write units together, as DynamoDB reported them.
    public double capacityUnits() {
        return capacityUnits;
    }
}
