package dev.tenantry.usage;

import dev.tenantry.identity.DomainPrefix;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.People;
import dev.tenantry.testing.TestClock;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/// What a sample costs, from the queue to its window: how fast, and in how many capacity units by DynamoDB's rules,
/// since DynamoDB Local does not tell the truth about transactions. Not a test: see docs/performance.md for how to run
/// it.
public final class UsageBenchmark {

    private static final int DELIVERY = 1000;

    private UsageBenchmark() {}

    /// @param arguments how many tenants, how many chargers each has, how many minutes; every charger sends once a
    ///                  minute
    public static void main(String[] arguments) {
        int tenants = Integer.parseInt(arguments[0]);
        int chargers = Integer.parseInt(arguments[1]);
        int minutes = Integer.parseInt(arguments[2]);
        Meter ingesting = new Meter();
        Meter folding = new Meter();
        Map<String, Integer> sizes = new HashMap<>();
        TestClock clock = new TestClock();
        Random random = new Random(1);
        String table = DynamoDbLocal.newTable(DynamoDbLocal.client());
        Core founding = Core.over(DynamoDbLocal.client(), table, clock);
        for (int i = 0; i < tenants; i++) {
            founding.tenant("fleet-" + i, People.named("ada"));
        }
        Core ingest = Core.over(ingesting.over(DynamoDbLocal.client(), sizes), table, clock);
        Core aggregation = Core.over(folding.over(DynamoDbLocal.client(), sizes), table, clock);
        long samples = 0;
        for (int minute = 0; minute < minutes; minute++) {
            List<Sample> sent = new ArrayList<>();
            for (int i = 0; i < tenants * chargers; i++) {
                int moved = random.nextInt(200);
                sent.add(new Sample(
                        "fleet-" + i + "-" + minute,
                        new DomainPrefix("fleet-" + i % tenants),
                        clock.instant().minusMillis(random.nextInt(60_000)),
                        new Counters(
                                random.nextInt(4),
                                random.nextInt(4),
                                random.nextInt(900),
                                random.nextInt(500),
                                moved == 0 ? 1 : 0,
                                moved == 1 ? 1 : 0,
                                0)));
            }
            samples += sent.size();
            for (int i = 0; i < sent.size(); i += DELIVERY) {
                List<Sample> delivery = sent.subList(i, Math.min(i + DELIVERY, sent.size()));
                ingesting.time(() -> ingest.ingest(delivery));
            }
            clock.advance(Duration.ofMinutes(1));
            if (minute % 5 == 4) {
                folding.time(() -> aggregation.aggregateUsage().run(() -> true));
            }
        }
        System.out.printf(Locale.ROOT, "%d samples of %d tenants with %d chargers%n", samples, tenants, chargers);
        ingesting.print("ingest", samples);
        folding.print("aggregation", samples);
        // DynamoDB Local's threads would go on for ever.
        System.exit(0);
    }

    /// Counts time and capacity (DynamoDB Developer Guide, "Read and write operations").
    private static final class Meter {

        private long nanos;
        private long writeUnits;
        private long readUnits;
        private long calls;

        void time(Runnable work) {
            long start = System.nanoTime();
            work.run();
            nanos += System.nanoTime() - start;
        }

        void print(String what, long samples) {
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %8.0f samples/s; per 1000 samples: %8.1f WCU %7.1f RCU %6.1f calls%n",
                    what,
                    samples / (nanos / 1e9),
                    writeUnits * 1000.0 / samples,
                    readUnits * 1000.0 / samples,
                    calls * 1000.0 / samples);
        }

        DynamoDbClient over(DynamoDbClient real, Map<String, Integer> sizes) {
            return (DynamoDbClient) Proxy.newProxyInstance(
                    UsageBenchmark.class.getClassLoader(),
                    new Class<?>[] {DynamoDbClient.class},
                    (proxy, method, given) -> call(real, sizes, proxy, method, given));
        }

        private @Nullable Object call(
                DynamoDbClient real, Map<String, Integer> sizes, Object proxy, Method method, Object @Nullable [] given)
                throws Throwable {
            boolean isRequest =
                    given != null && given.length == 1 && given[0] instanceof software.amazon.awssdk.core.SdkRequest;
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
                    count(given[0], answer, sizes);
                }
            }
            return answer;
        }

        private void count(Object request, @Nullable Object answer, Map<String, Integer> sizes) {
            calls++;
            if (request instanceof TransactWriteItemsRequest write) {
                for (TransactWriteItem item : write.transactItems()) {
                    writeUnits += 2L * units(written(item, sizes), 1024);
                }
            } else if (request instanceof BatchGetItemRequest read) {
                read.requestItems()
                        .values()
                        .forEach(keys ->
                                keys.keys().forEach(key -> readUnits += units(sizes.getOrDefault(name(key), 0), 4096)));
            } else if (answer instanceof QueryResponse found) {
                int size = 0;
                for (Map<String, AttributeValue> item : found.items()) {
                    size += size(item);
                }
                readUnits += units(size, 4096);
            }
        }

        private static int written(TransactWriteItem item, Map<String, Integer> sizes) {
            if (item.put() != null) {
                int size = size(item.put().item());
                sizes.put(name(item.put().item()), size);
                return size;
            }
            if (item.delete() != null) {
                Integer size = sizes.remove(name(item.delete().key()));
                return size == null ? 0 : size;
            }
            // An update here sets everything that the row has.
            int size = size(item.update().key()) + size(item.update().expressionAttributeValues());
            for (String attribute : item.update().expressionAttributeNames().values()) {
                size += attribute.length();
            }
            Integer before = sizes.put(name(item.update().key()), size);
            return before == null ? size : Math.max(before, size);
        }

        private static String name(Map<String, AttributeValue> item) {
            return item.getOrDefault("PK", AttributeValue.fromS("")).s() + "/"
                    + item.getOrDefault("SK", AttributeValue.fromS("")).s();
        }

        private static int size(Map<String, AttributeValue> item) {
            int size = 0;
            for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
                AttributeValue value = attribute.getValue();
                size += attribute.getKey().length();
                size += switch (value.type()) {
                    case S -> value.s().length();
                    case N -> value.n().length() / 2 + 2;
                    case B -> value.b().asByteArrayUnsafe().length;
                    default -> 1;
                };
            }
            return size;
        }

        private static int units(int bytes, int unit) {
            return Math.max(1, (bytes + unit - 1) / unit);
        }
    }
}
