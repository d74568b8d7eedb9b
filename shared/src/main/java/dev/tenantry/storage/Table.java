package dev.tenantry.storage;

import dev.tenantry.refusal.Refusal.Unavailable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/// The one DynamoDB table. Every read is strongly consistent, every write is a transaction with conditions, every call
/// is counted in [Consumption] and bounded in time by the client it is given.
///
/// Where DynamoDB throttles or is out of reach, each method throws [Unavailable].
public final class Table {

    /// Most keys that DynamoDB takes in one batch (BatchGetItem, API reference).
    private static final int BATCH_LIMIT = 100;

    /// Keys that DynamoDB hands back unread are asked for again, after a pause that grows: they come in an answer
    /// that is no error, so the SDK does not wait by itself (BatchGetItem, API reference, advises to back off).
    private static final int BATCH_TRIES = 3;

    /// More rows than a megabyte holds: a query that asks for so many ends where DynamoDB ends it.
    private static final int ALL_OF_A_MEGABYTE = 1_000_000;

    private static final String IN_RANGE =
            Key.PARTITION + " = :partition AND " + Key.SORT + " BETWEEN :first AND :last";

    private final DynamoDbClient dynamoDb;
    private final String name;
    private final RandomGenerator random;

    public Table(DynamoDbClient dynamoDb, String name, RandomGenerator random) {
        this.dynamoDb = dynamoDb;
        this.name = name;
        this.random = random;
    }

    /// Reads rows by key, up to 100 in one round trip, each further 100 in one more.
    ///
    /// @return a row for every key, empty where there is none
    public Rows read(Collection<Key> keys) {
        // Loops instead of streams: this runs at every cold start, and streams alone are 30 classes.
        List<Key> distinct = new ArrayList<>(new LinkedHashSet<>(keys));
        Map<Key, Row> rows = new HashMap<>();
        for (int start = 0; start < distinct.size(); start += BATCH_LIMIT) {
            readBatch(distinct.subList(start, Math.min(start + BATCH_LIMIT, distinct.size())), rows);
        }
        for (Key key : distinct) {
            rows.putIfAbsent(key, Row.EMPTY);
        }
        return new Rows(rows);
    }

    /// Reads one row.
    ///
    /// @return the row, empty if there is none
    public Row read(Key key) {
        var response = call(() -> dynamoDb.getItem(get -> get.tableName(name)
                .key(key.attributes())
                .consistentRead(true)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)));
        Consumption.count(response.consumedCapacity());
        return response.hasItem() ? Row.of(response.item()) : Row.EMPTY;
    }

    private void readBatch(List<Key> keys, Map<Key, Row> rows) {
        List<Map<String, AttributeValue>> asked = new ArrayList<>(keys.size());
        for (Key key : keys) {
            asked.add(key.attributes());
        }
        Map<String, KeysAndAttributes> wanted = Map.of(
                name,
                KeysAndAttributes.builder().keys(asked).consistentRead(true).build());
        for (int tries = 1; !wanted.isEmpty(); tries++) {
            if (tries > BATCH_TRIES) {
                throw new Unavailable("keys left unread");
            }
            if (tries > 1) {
                Backoff.pause(tries - 1, random);
            }
            Map<String, KeysAndAttributes> remaining = wanted;
            BatchGetItemResponse response = call(() -> dynamoDb.batchGetItem(
                    batch -> batch.requestItems(remaining).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)));
            response.consumedCapacity().forEach(Consumption::count);
            for (Map<String, AttributeValue> item : response.responses().getOrDefault(name, List.of())) {
                rows.put(Key.of(item), Row.of(item));
            }
            wanted = response.unprocessedKeys();
        }
    }

    /// Reads one page of a range: one round trip for each megabyte of rows.
    ///
    /// @param reader   what a row holds
    /// @param position the position that an item has in the range
    public <T> Page<T> query(KeyRange range, PageRequest page, Function<Row, T> reader, Function<T, String> position) {
        List<T> items = query(range, page.limit() + 1, page.after().map(range::keyAt)).stream()
                .map(reader)
                .toList();
        return cut(items, page.limit(), position);
    }

    /// Reads one page of a range in one round trip: for rows that can be large. The page ends early where its rows
    /// would be more than the megabyte that DynamoDB answers at once (Query, API reference).
    ///
    /// @param reader   what a row holds
    /// @param position the position that an item has in the range
    public <T> Page<T> queryMegabyte(
            KeyRange range, PageRequest page, Function<Row, T> reader, Function<T, String> position) {
        return queryMegabyte(range, page, page.after().map(range::keyAt), row -> List.of(reader.apply(row)), position);
    }

    /// Like [#queryMegabyte], of a range that begins where the page does and that may hold more than one thing to a
    /// row.
    ///
    /// @param reader the things that a row holds and that belong to the list, at least one
    public <T> Page<T> queryMegabyteOfMany(
            KeyRange range, PageRequest page, Function<Row, List<T>> reader, Function<T, String> position) {
        return queryMegabyte(range, page, Optional.empty(), reader, position);
    }

    /// Reads one page of those things in a range that are wanted, in one round trip, which looks at a megabyte of
    /// rows whatever it finds. So a page may have few things, or none, although the list goes on.
    ///
    /// @param reader   what a row holds
    /// @param isWanted whether that belongs to the list
    public <T> Page<T> queryMegabyteFor(
            KeyRange range,
            PageRequest page,
            Function<Row, T> reader,
            Predicate<T> isWanted,
            Function<T, String> position) {
        return queryMegabyteFor(
                range, page, page.after().map(range::keyAt), row -> List.of(reader.apply(row)), isWanted, position);
    }

    /// Like [#queryMegabyteFor], of a range that begins where the page does and that may hold more than one thing
    /// to a row.
    ///
    /// @param reader   the things that a row holds
    /// @param isWanted whether one of them belongs to the list
    public <T> Page<T> queryMegabyteOfManyFor(
            KeyRange range,
            PageRequest page,
            Function<Row, List<T>> reader,
            Predicate<T> isWanted,
            Function<T, String> position) {
        return queryMegabyteFor(range, page, Optional.empty(), reader, isWanted, position);
    }

    private <T> Page<T> queryMegabyteFor(
            KeyRange range,
            PageRequest page,
            Optional<Key> after,
            Function<Row, List<T>> reader,
            Predicate<T> isWanted,
            Function<T, String> position) {
        QueryResponse response =
                ask(range, ALL_OF_A_MEGABYTE, after.map(Key::attributes).orElse(Map.of()));
        List<T> wanted = new ArrayList<>();
        Optional<T> last = Optional.empty();
        int looked = 0;
        for (Map<String, AttributeValue> item : response.items()) {
            for (T thing : reader.apply(Row.of(item))) {
                if (isWanted.test(thing)) {
                    if (wanted.size() == page.limit()) {
                        return found(wanted, position, Optional.of(wanted.getLast()), looked);
                    }
                    wanted.add(thing);
                }
                last = Optional.of(thing);
                looked++;
            }
        }
        return found(wanted, position, response.hasLastEvaluatedKey() ? last : Optional.empty(), looked);
    }

    private static <T> Page<T> found(List<T> wanted, Function<T, String> position, Optional<T> last, int looked) {
        return new Page<>(wanted, wanted.stream().map(position).toList(), last.map(position), looked);
    }

    private <T> Page<T> queryMegabyte(
            KeyRange range,
            PageRequest page,
            Optional<Key> after,
            Function<Row, List<T>> reader,
            Function<T, String> position) {
        QueryResponse response =
                ask(range, page.limit() + 1, after.map(Key::attributes).orElse(Map.of()));
        List<T> items = new ArrayList<>();
        response.items().forEach(item -> items.addAll(reader.apply(Row.of(item))));
        return items.size() <= page.limit() && response.hasLastEvaluatedKey()
                ? Page.of(items, position, true)
                : cut(items, page.limit(), position);
    }

    /// Reads the first rows of a range: one round trip for each megabyte of rows.
    public List<Row> query(KeyRange range, int limit) {
        return query(range, limit, Optional.empty());
    }

    /// The page that the first `limit` of the items make, with the position to go on from if there are more.
    public static <T> Page<T> cut(List<T> items, int limit, Function<T, String> position) {
        return Page.of(items.subList(0, Math.min(limit, items.size())), position, items.size() > limit);
    }

    private List<Row> query(KeyRange range, int limit, Optional<Key> after) {
        List<Row> rows = new ArrayList<>();
        Map<String, AttributeValue> start = after.map(Key::attributes).orElse(Map.of());
        do {
            QueryResponse response = ask(range, limit - rows.size(), start);
            response.items().forEach(item -> rows.add(Row.of(item)));
            start = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : Map.of();
        } while (!start.isEmpty() && rows.size() < limit);
        return rows;
    }

    private QueryResponse ask(KeyRange range, int limit, Map<String, AttributeValue> after) {
        QueryRequest.Builder query = QueryRequest.builder()
                .tableName(name)
                .consistentRead(true)
                .keyConditionExpression(IN_RANGE)
                .expressionAttributeValues(Map.of(
                        ":partition", AttributeValue.fromS(range.partition),
                        ":first", AttributeValue.fromS(range.first),
                        ":last", AttributeValue.fromS(range.last)))
                .scanIndexForward(!range.descending)
                .limit(limit)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
        if (!after.isEmpty()) {
            query.exclusiveStartKey(after);
        }
        QueryResponse response = call(() -> dynamoDb.query(query.build()));
        Consumption.count(response.consumedCapacity());
        return response;
    }

    /// Makes a change happen, in one round trip. An empty one is nothing to do.
    ///
    /// The SDK sends one client request token with all its attempts, so an attempt whose answer was lost is not
    /// made twice (TransactWriteItems, "Idempotency").
    ///
    /// @throws Conflict         if a condition that says no better does not hold, or another change is in the way
    /// @throws RuntimeException what the first part whose condition does not hold says
    public void commit(Change change) {
        if (change.isEmpty()) {
            return;
        }
        List<Write> parts = change.parts();
        try {
            write(parts);
        } catch (TransactionCanceledException e) {
            throw meaning(e.cancellationReasons(), parts);
        }
    }

    /// Makes a change happen like [#commit], but tells which conditions do not hold instead of what that means.
    ///
    /// @return the rows whose conditions do not hold, and then nothing was written; none if it happened. A row is
    ///         empty unless its part [shows what is there][Put#showsWhatIsThere]
    /// @throws Conflict if another change is in the way
    public Map<Key, Row> attempt(Change change) {
        List<Write> parts = change.parts();
        try {
            write(parts);
            return Map.of();
        } catch (TransactionCanceledException e) {
            Map<Key, Row> unmet = new HashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                CancellationReason reason = e.cancellationReasons().get(i);
                if ("ConditionalCheckFailed".equals(reason.code())) {
                    unmet.put(parts.get(i).key, reason.hasItem() ? Row.of(reason.item()) : Row.EMPTY);
                }
            }
            if (unmet.isEmpty()) {
                throw meaning(e.cancellationReasons(), parts);
            }
            return unmet;
        }
    }

    private void write(List<Write> parts) {
        List<TransactWriteItem> items = new ArrayList<>(parts.size());
        for (Write part : parts) {
            items.add(part.item(name));
        }
        TransactWriteItemsResponse response = call(() -> dynamoDb.transactWriteItems(
                write -> write.transactItems(items).returnConsumedCapacity(ReturnConsumedCapacity.TOTAL)));
        response.consumedCapacity().forEach(Consumption::count);
    }

    /// Reads a row that is never there: afterwards the way to DynamoDB is known and open.
    public void connect() {
        var _ = read(List.of(Keys.nowhere()));
    }

    /// Asks for a change that cannot happen: a transaction whose condition cannot hold, so that it is refused
    /// whole.
    public void prime() {
        try {
            commit(Change.empty().with(Check.that(Keys.nowhere()).exists()));
            throw new IllegalStateException("a row that is never there was found");
        } catch (Conflict e) {
            // As it must be.
        }
    }

    private static RuntimeException meaning(List<CancellationReason> reasons, List<Write> parts) {
        Optional<RuntimeException> refusal = Optional.empty();
        for (int i = 0; i < reasons.size(); i++) {
            switch (Optional.ofNullable(reasons.get(i).code()).orElse("None")) {
                case "None" -> {}
                case "ConditionalCheckFailed" -> {
                    RuntimeException failure = parts.get(i).failure();
                    if (failure instanceof Conflict) {
                        // Decided on stale rows: whatever else was found wrong may be wrong no more.
                        return failure;
                    }
                    refusal = refusal.or(() -> Optional.of(failure));
                }
                case "TransactionConflict" -> {
                    return new Conflict();
                }
                case "ThrottlingError", "ProvisionedThroughputExceeded" -> {
                    return new Unavailable(reasons.get(i).code());
                }
                default ->
                    throw new IllegalStateException(
                            "a transaction was cancelled: " + reasons.get(i).code());
            }
        }
        return refusal.orElseThrow(() -> new IllegalStateException("a transaction was cancelled without a reason"));
    }

    private static <T> T call(Supplier<T> request) {
        Deadline.check();
        Consumption.countCall();
        try {
            return request.get();
        } catch (AwsServiceException e) {
            if (e.isThrottlingException() || e.statusCode() >= 500) {
                throw new Unavailable(e.toString());
            }
            throw e;
        } catch (SdkClientException e) {
            // Out of reach or out of time; the SDK has tried again by itself.
            throw new Unavailable(e.toString());
        }
    }
}
