package dev.tenantry.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// A DynamoDB client that counts time and capacity by DynamoDB's rules (Developer Guide, "Read and write operations"),
/// since DynamoDB Local does not tell the truth about transactions. What is written is weighed in the table itself.
public final class CapacityMeter {

    /// What each table's rows weigh, by key; meters of one table share it.
    public static final class Sizes {

        private final Map<String, Integer> sizes = new HashMap<>();
    }

    private final DynamoDbClient real;
    private final Sizes sizes;
    private long nanos;
    private long writeUnits;
    private long readUnits;
    private long calls;

    public CapacityMeter(DynamoDbClient real, Sizes sizes) {
        this.real = real;
        this.sizes = sizes;
    }

    /// The client that counts.
    public DynamoDbClient client() {
        return (DynamoDbClient) Proxy.newProxyInstance(
                CapacityMeter.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, this::call);
    }

    public void time(Runnable work) {
        long start = System.nanoTime();
        long weighed = weighing;
        work.run();
        nanos += System.nanoTime() - start - (weighing - weighed);
    }

    public double seconds() {
        return nanos / 1e9;
    }

    public long writeUnits() {
        return writeUnits;
    }

    public long readUnits() {
        return readUnits;
    }

    public long calls() {
        return calls;
    }

    /// Time that only counting takes.
    private long weighing;

    private @Nullable Object call(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        boolean isRequest = given != null && given.length == 1 && given[0] instanceof SdkRequest;
        if (!isRequest && method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, given);
        }
        Object answer;
        try {
            answer = method.invoke(real, given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (given != null) {
            synchronized (sizes) {
                long start = System.nanoTime();
                count(given[0], answer);
                weighing += System.nanoTime() - start;
            }
        }
        return answer;
    }

    private void count(Object request, @Nullable Object answer) {
        calls++;
        if (request instanceof TransactWriteItemsRequest write) {
            for (TransactWriteItem item : write.transactItems()) {
                writeUnits += 2L * units(written(item), 1024);
            }
        } else if (request instanceof BatchGetItemRequest read) {
            read.requestItems()
                    .values()
                    .forEach(keys -> keys.keys()
                            .forEach(key -> readUnits += units(sizes.sizes.getOrDefault(name(key), 0), 4096)));
        } else if (answer instanceof QueryResponse found) {
            int size = 0;
            for (Map<String, AttributeValue> item : found.items()) {
                size += size(item);
            }
            readUnits += units(size, 4096);
        } else if (answer instanceof GetItemResponse) {
            readUnits++;
        }
    }

    /// The larger of the row before and after.
    private int written(TransactWriteItem item) {
        if (item.put() != null) {
            int size = size(item.put().item());
            String name = name(item.put().item());
            // What was seen is never written again.
            if (!name.startsWith("REPORT#")) {
                sizes.sizes.put(name, size);
            }
            return size;
        }
        if (item.delete() != null) {
            Integer size = sizes.sizes.remove(name(item.delete().key()));
            return size == null ? 0 : size;
        }
        if (item.update() == null) {
            return sizes.sizes.getOrDefault(name(item.conditionCheck().key()), 0);
        }
        int size = size(real.getItem(get -> get.tableName(item.update().tableName())
                        .key(item.update().key())
                        .consistentRead(true))
                .item());
        Integer before = sizes.sizes.put(name(item.update().key()), size);
        return before == null ? size : Math.max(before, size);
    }

    private static String name(Map<String, AttributeValue> item) {
        return item.getOrDefault("PK", AttributeValue.fromS("")).s() + "/"
                + item.getOrDefault("SK", AttributeValue.fromS("")).s();
    }

    private static int size(Map<String, AttributeValue> item) {
        int size = 0;
        for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
            size += attribute.getKey().length() + size(attribute.getValue());
        }
        return size;
    }

    private static int size(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s().length();
            case N -> value.n().length() / 2 + 2;
            case B -> value.b().asByteArrayUnsafe().length;
            case L -> 3 + sum(value.l());
            case M -> 3 + size(value.m()) + value.m().size();
            default -> 1;
        };
    }

    private static int sum(List<AttributeValue> values) {
        int sum = 0;
        for (AttributeValue value : values) {
            sum += 1 + size(value);
        }
        return sum;
    }

    private static int units(int bytes, int unit) {
        return Math.max(1, (bytes + unit - 1) / unit);
    }
}
