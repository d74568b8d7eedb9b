package dev.tenantry.usage;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// A DynamoDB client through which a process dies, or loses an answer, before or after any call, by chance. It stays dead until
/// it is started again: whatever is still running in it finds no storage either.
final class MortalDynamoDb {

    /// The process is no more: nothing catches this.
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final DynamoDbClient real;
    private final RandomGenerator chance;
    private final int oneIn;
    private final AtomicBoolean dead = new AtomicBoolean();

    final AtomicInteger kills = new AtomicInteger();
    final AtomicInteger lostRequests = new AtomicInteger();
    final AtomicInteger lostAnswers = new AtomicInteger();
    final AtomicInteger conflicts = new AtomicInteger();

    /// @param oneIn how many calls there are to one fault, on average
    MortalDynamoDb(DynamoDbClient real, RandomGenerator chance, int oneIn) {
        this.real = real;
        this.chance = chance;
        this.oneIn = oneIn;
    }

    void start() {
        dead.set(false);
    }

    DynamoDbClient client() {
        return (DynamoDbClient) Proxy.newProxyInstance(
                MortalDynamoDb.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, this::call);
    }

    private @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments == null || arguments.length != 1 || !(arguments[0] instanceof SdkRequest request)) {
            return method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments) : real(method, arguments);
        }
        if (dead.get()) {
            throw new Killed();
        }
        int fate;
        synchronized (chance) {
            fate = chance.nextInt(oneIn * 5);
        }
        return switch (fate) {
            case 0 -> throw killed();
            case 1 -> {
                real(method, arguments);
                throw killed();
            }
            case 2 -> {
                lostRequests.incrementAndGet();
                throw SdkClientException.create("the request was lost");
            }
            case 3 -> {
                real(method, arguments);
                lostAnswers.incrementAndGet();
                throw SdkClientException.create("the answer was lost");
            }
            case 4 -> {
                if (!(request instanceof TransactWriteItemsRequest write)) {
                    yield real(method, arguments);
                }
                conflicts.incrementAndGet();
                throw TransactionCanceledException.builder()
                        .cancellationReasons(write.transactItems().stream()
                                .map(_ -> CancellationReason.builder().code("TransactionConflict").build())
                                .toList())
                        .build();
            }
            default -> real(method, arguments);
        };
    }

    private Killed killed() {
        kills.incrementAndGet();
        dead.set(true);
        return new Killed();
    }

    private Object real(Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
