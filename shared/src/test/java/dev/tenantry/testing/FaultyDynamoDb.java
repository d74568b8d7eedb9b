package dev.tenantry.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// A DynamoDB client that fails when it is told to, since DynamoDB Local never throttles and never loses an answer.
public final class FaultyDynamoDb {

    /// What happens to one call instead.
    @FunctionalInterface
    public interface Fault {

        /// Another transaction is in the way.
        Fault CONFLICT = (request, _) -> {
            int writes = ((TransactWriteItemsRequest) request).transactItems().size();
            List<CancellationReason> reasons = new ArrayList<>(Collections.nCopies(writes - 1, reason("None")));
            reasons.add(reason("TransactionConflict"));
            throw TransactionCanceledException.builder()
                    .cancellationReasons(reasons)
                    .build();
        };

        /// The table is asked too much.
        Fault THROTTLED = (_, _) -> {
            throw ProvisionedThroughputExceededException.builder()
                    .statusCode(400)
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode("ProvisionedThroughputExceededException")
                            .build())
                    .build();
        };

        /// Nothing happens, for DynamoDB cannot be reached.
        Fault OUT_OF_REACH = (_, _) -> {
            throw SdkClientException.create("out of reach");
        };

        /// It happens, and nobody hears of it.
        Fault LOST_ANSWER = (_, call) -> {
            call.happen();
            throw SdkClientException.create("the answer was lost");
        };

        /// @param call the call itself, for a fault that lets it happen
        SdkResponse instead(SdkRequest request, Call call);
    }

    /// The call that a fault stands in front of.
    @FunctionalInterface
    public interface Call {
        SdkResponse happen();
    }

    private final DynamoDbClient real;
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final AtomicInteger calls = new AtomicInteger();
    private String operation = "";

    public FaultyDynamoDb(DynamoDbClient real) {
        this.real = real;
    }

    /// Lets the next calls of an operation, such as `batchGetItem`, meet these faults in turn.
    public synchronized void next(String operationName, Fault... inTurn) {
        operation = operationName;
        faults.addAll(List.of(inTurn));
    }

    /// Lets no call meet a fault any more.
    public synchronized void calm() {
        faults.clear();
    }

    /// How many calls were made so far.
    public int calls() {
        return calls.get();
    }

    public DynamoDbClient client() {
        return (DynamoDbClient) Proxy.newProxyInstance(
                FaultyDynamoDb.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, this::call);
    }

    private @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (arguments != null && arguments.length == 1 && arguments[0] instanceof SdkRequest request) {
            calls.incrementAndGet();
            Fault fault = take(method.getName());
            if (fault != null) {
                return fault.instead(request, () -> (SdkResponse) real(method, arguments));
            }
            return real(method, arguments);
        }
        // The variants that take a builder come back here as calls with a request.
        return method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, arguments) : real(method, arguments);
    }

    private static CancellationReason reason(String code) {
        return CancellationReason.builder().code(code).build();
    }

    private synchronized @Nullable Fault take(String method) {
        return method.equals(operation) ? faults.poll() : null;
    }

    private Object real(Method method, Object @Nullable [] arguments) {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
