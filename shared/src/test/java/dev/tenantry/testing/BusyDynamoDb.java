package dev.tenantry.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// A DynamoDB client that tells at which rows transactions were cancelled, and lets them meet as they do in AWS:
/// there a transaction takes time, and an item in one that is "part of another ongoing TransactWriteItems request" is
/// a conflict, checked or written (Developer Guide, "Transaction conflict handling in DynamoDB"). DynamoDB Local makes
/// one transaction after the other.
public final class BusyDynamoDb {

    private final DynamoDbClient real;
    private final long writeMillis;
    private final long readMillis;
    private final Map<String, Object> ongoing = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> cancelled = new ConcurrentHashMap<>();

    /// @param writeMillis how long a transaction is under way; 0 to let DynamoDB Local do as it does
    /// @param readMillis  how long anything else is
    public BusyDynamoDb(DynamoDbClient real, long writeMillis, long readMillis) {
        this.real = real;
        this.writeMillis = writeMillis;
        this.readMillis = readMillis;
    }

    /// The client.
    public DynamoDbClient client() {
        return (DynamoDbClient) Proxy.newProxyInstance(
                BusyDynamoDb.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, this::call);
    }

    /// How often transactions were cancelled, by kind of row and reason.
    public Map<String, Long> cancelled() {
        Map<String, Long> counts = new TreeMap<>();
        cancelled.forEach((where, count) -> counts.put(where, count.get()));
        return counts;
    }

    private @Nullable Object call(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        boolean isRequest = given != null && given.length == 1 && given[0] instanceof SdkRequest;
        if (!isRequest && method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, given);
        }
        if (given != null && given[0] instanceof TransactWriteItemsRequest write) {
            return write(write);
        }
        Thread.sleep(readMillis);
        try {
            return method.invoke(real, given);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object write(TransactWriteItemsRequest request) throws InterruptedException {
        try {
            return writeMillis == 0 ? real.transactWriteItems(request) : writeAmongOthers(request);
        } catch (TransactionCanceledException e) {
            count(request.transactItems(), e.cancellationReasons());
            throw e;
        }
    }

    /// The first half of the time is there to find out whether another transaction has one of the rows.
    private Object writeAmongOthers(TransactWriteItemsRequest request) throws InterruptedException {
        Object self = new Object();
        List<String> held = new ArrayList<>();
        List<CancellationReason> reasons = new ArrayList<>();
        try {
            for (TransactWriteItem item : request.transactItems()) {
                String key = key(item).toString();
                boolean isFree = ongoing.putIfAbsent(key, self) == null;
                if (isFree) {
                    held.add(key);
                }
                reasons.add(CancellationReason.builder()
                        .code(isFree ? "None" : "TransactionConflict")
                        .build());
            }
            Thread.sleep(writeMillis / 2);
            if (held.size() < reasons.size()) {
                throw TransactionCanceledException.builder()
                        .cancellationReasons(reasons)
                        .build();
            }
            Thread.sleep(writeMillis - writeMillis / 2);
            return real.transactWriteItems(request);
        } finally {
            held.forEach(ongoing::remove);
        }
    }

    private void count(List<TransactWriteItem> items, List<CancellationReason> reasons) {
        for (int i = 0; i < reasons.size(); i++) {
            String code = reasons.get(i).code();
            if (code != null && !code.equals("None")) {
                String how = items.get(i).conditionCheck() == null ? "written" : "checked";
                cancelled
                        .computeIfAbsent(kind(key(items.get(i))) + " " + how + ": " + code, _ -> new AtomicLong())
                        .incrementAndGet();
            }
        }
    }

    private static Map<String, AttributeValue> key(TransactWriteItem item) {
        Map<String, AttributeValue> row = item.put() != null
                ? item.put().item()
                : item.update() != null
                        ? item.update().key()
                        : item.delete() != null
                                ? item.delete().key()
                                : item.conditionCheck().key();
        return new TreeMap<>(Map.of("PK", row.get("PK"), "SK", row.get("SK")));
    }

    /// The sort key, without what makes it one row's.
    private static String kind(Map<String, AttributeValue> key) {
        String sort = Objects.requireNonNull(key.get("SK")).s();
        int end = sort.indexOf('#');
        return end < 0 ? sort : sort.substring(0, end + 1);
    }
}
