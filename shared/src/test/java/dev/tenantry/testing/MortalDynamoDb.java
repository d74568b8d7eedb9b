package dev.tenantry.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// A DynamoDB client through which a process dies, or loses an answer, before or after any call: which calls that
/// happens to is chance; writes meet each kind of mishap in turn. It stays dead until it is started again: whatever is
/// still running in it finds no storage either.
public final class MortalDynamoDb {

    /// The process is no more: nothing catches this.
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /// What happens to a call instead.
    public enum Mishap {
        DEAD_BEFORE,
        DEAD_AFTER,
        REQUEST_LOST,
        ANSWER_LOST,
        CONFLICT
    }

    /// Writes are few, and there is more to go wrong with them.
    private static final int ONE_WRITE_IN = 4;

    private static final int ONE_READ_IN = 60;

    private final DynamoDbClient real;
    private final RandomGenerator chance;
    private final AtomicBoolean dead = new AtomicBoolean();
    private final Map<Mishap, Integer> writes = new EnumMap<>(Mishap.class);

    private final String name;
    private int next;

    /// @param first which kind of mishap the first write meets: two that begin elsewhere have met all of them
    ///              sooner
    public MortalDynamoDb(DynamoDbClient real, RandomGenerator chance, String name, int first) {
        this.real = real;
        this.chance = chance;
        this.name = name;
        this.next = first % Mishap.values().length;
    }

    public String name() {
        return name;
    }

    /// How many writes it happened to.
    public synchronized int met(Mishap mishap) {
        return writes.getOrDefault(mishap, 0);
    }

    public void start() {
        dead.set(false);
    }

    public DynamoDbClient client() {
        return (DynamoDbClient) Proxy.newProxyInstance(
                MortalDynamoDb.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, this::call);
    }

    private @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments == null || arguments.length != 1 || !(arguments[0] instanceof SdkRequest request)) {
            return method.isDefault()
                    ? InvocationHandler.invokeDefault(proxy, method, arguments)
                    : real(method, arguments);
        }
        if (dead.get()) {
            throw new Killed();
        }
        boolean isWrite = request instanceof TransactWriteItemsRequest;
        return switch (draw(isWrite)) {
            case null -> real(method, arguments);
            case DEAD_BEFORE -> throw killed();
            case DEAD_AFTER -> {
                real(method, arguments);
                throw killed();
            }
            case REQUEST_LOST -> throw SdkClientException.create("the request was lost");
            case ANSWER_LOST -> {
                real(method, arguments);
                throw SdkClientException.create("the answer was lost");
            }
            case CONFLICT -> {
                if (!(request instanceof TransactWriteItemsRequest write)) {
                    yield real(method, arguments);
                }
                throw TransactionCanceledException.builder()
                        .cancellationReasons(write.transactItems().stream()
                                .map(_ -> CancellationReason.builder()
                                        .code("TransactionConflict")
                                        .build())
                                .toList())
                        .build();
            }
        };
    }

    private synchronized @Nullable Mishap draw(boolean isWrite) {
        if (chance.nextInt(isWrite ? ONE_WRITE_IN : ONE_READ_IN) > 0) {
            return null;
        }
        Mishap[] all = Mishap.values();
        if (!isWrite) {
            return all[chance.nextInt(all.length)];
        }
        Mishap mishap = all[next];
        next = (next + 1) % all.length;
        writes.merge(mishap, 1, Integer::sum);
        return mishap;
    }

    private Killed killed() {
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
