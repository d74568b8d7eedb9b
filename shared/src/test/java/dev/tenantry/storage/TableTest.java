package dev.tenantry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantry.refusal.Refusal.DomainPrefixTaken;
import dev.tenantry.refusal.Refusal.LastAdmin;
import dev.tenantry.refusal.Refusal.Unavailable;
import dev.tenantry.testing.Core;
import dev.tenantry.testing.DynamoDbLocal;
import dev.tenantry.testing.FaultyDynamoDb;
import dev.tenantry.testing.FaultyDynamoDb.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class TableTest {

    private static final Fault SERVER_ERROR = (_, _) -> {
        throw DynamoDbException.builder().statusCode(500).build();
    };

    private static final Fault UNREAD = (request, _) -> BatchGetItemResponse.builder()
            .responses(Map.of())
            .unprocessedKeys(((BatchGetItemRequest) request).requestItems())
            .build();

    private final FaultyDynamoDb faulty = new FaultyDynamoDb(DynamoDbLocal.client());
    private final Table table =
            new Table(faulty.client(), DynamoDbLocal.newTable(DynamoDbLocal.client()), new Random(1));

    @Test
    void readsAHundredRowsInOneRoundTripAndEachFurtherHundredInOneMore() {
        List<Key> keys = IntStream.range(0, 150).mapToObj(TableTest::key).toList();
        keys.subList(0, 120).forEach(this::put);
        int before = faulty.calls();

        Rows rows = table.read(keys);

        assertThat(faulty.calls() - before).isEqualTo(2);
        assertThat(keys).filteredOn(key -> !rows.at(key).isEmpty()).hasSize(120);
    }

    @Test
    void asksAgainForKeysThatWereHandedBackUnread() {
        put(key(1));
        put(key(2));
        faulty.next("batchGetItem", UNREAD);

        Rows rows = table.read(List.of(key(1), key(2)));

        assertThat(rows.at(key(1)).isEmpty()).isFalse();
        assertThat(rows.at(key(2)).isEmpty()).isFalse();
    }

    @Test
    void neverTakesAnUnreadRowForAMissingOne() {
        put(key(1));
        faulty.next("batchGetItem", UNREAD, UNREAD, UNREAD);

        assertThatThrownBy(() -> table.read(List.of(key(1)))).isInstanceOf(Unavailable.class);
    }

    /// Whoever reads a number to decide on money, or whether somebody belongs here, must not be told of the past.
    @Test
    void readsNothingThatCouldBeOld() {
        List<Boolean> consistent = new ArrayList<>();
        Fault seen = (request, call) -> {
            consistent.add(
                    switch (request) {
                        case GetItemRequest get -> get.consistentRead();
                        case QueryRequest query -> query.consistentRead();
                        case BatchGetItemRequest batch ->
                            batch.requestItems().values().stream()
                                    .allMatch(keys -> Boolean.TRUE.equals(keys.consistentRead()));
                        default -> throw new AssertionError("an unknown way to read");
                    });
            return call.happen();
        };
        faulty.next("getItem", seen);
        table.read(key(1));
        faulty.next("batchGetItem", UNREAD, seen);
        table.read(List.of(key(1), key(2)));
        KeyRange range = new KeyRange("TEST", "ROW#", "ROW$", false, TableTest::keyAt);
        faulty.next("query", seen, seen, seen, seen);
        table.query(range, 5);
        table.query(range, new PageRequest(5, Optional.empty()), row -> row, _ -> "");
        table.queryMegabyte(range, new PageRequest(5, Optional.empty()), row -> row, _ -> "");
        table.queryMegabyteOfMany(range, new PageRequest(5, Optional.empty()), List::of, _ -> "");

        assertThat(consistent).containsExactly(true, true, true, true, true, true);
    }

    @Test
    void isUnavailableWhenThrottledOrOutOfReach() {
        faulty.next("getItem", Fault.THROTTLED, Fault.OUT_OF_REACH, SERVER_ERROR);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> table.read(key(1))).isInstanceOf(Unavailable.class);
        }
        assertThat(table.read(key(1)).isEmpty()).isTrue();
    }

    @Test
    void doesNotHideThatItIsSetUpWrong() {
        Table missing = new Table(DynamoDbLocal.client(), "NoSuchTable", new Random(1));

        assertThatThrownBy(() -> missing.read(key(1))).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void saysWhatAFailedConditionMeans() {
        put(key(1));

        assertThatThrownBy(() -> table.commit(
                        Change.empty().with(Put.newRow(key(1), row()).orElse(() -> new DomainPrefixTaken("acme")))))
                .isInstanceOf(DomainPrefixTaken.class);
        assertThatThrownBy(() -> put(key(1))).isInstanceOf(Conflict.class);
    }

    @Test
    void trustsNoRefusalThatRestsOnStaleRows() {
        put(key(1));
        put(key(2));

        assertThatThrownBy(() -> table.commit(Change.empty()
                        .with(Put.newRow(key(1), row()).orElse(LastAdmin::new))
                        .with(Update.of(key(2)).is("name", "not this").set("name", "x"))))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void changesAllOrNothing() {
        put(key(1));

        assertThatThrownBy(() -> table.commit(
                        Change.empty().with(Put.newRow(key(2), row())).with(Put.newRow(key(1), row()))))
                .isInstanceOf(Conflict.class);
        assertThat(table.read(key(2)).isEmpty()).isTrue();
    }

    @Test
    void meetsAConflictWhenAnotherTransactionIsInTheWay() {
        faulty.next("transactWriteItems", cancelled("TransactionConflict"), cancelled("ThrottlingError"));

        assertThatThrownBy(() -> put(key(1))).isInstanceOf(Conflict.class);
        assertThatThrownBy(() -> put(key(1))).isInstanceOf(Unavailable.class);
    }

    @Test
    void countsRoundTripsAndCapacity() {
        Consumption consumption = Core.usage(() -> {
            put(key(1));
            return table.read(List.of(key(1)));
        });

        assertThat(consumption.calls()).isEqualTo(2);
        // A transactional write of a small row is 2 units, a strongly consistent read of it 1.
        assertThat(consumption.capacityUnits()).isEqualTo(3.0);
    }

    @Test
    void findsTheEndOfAListExactly() {
        List<Integer> items = List.of(1, 2, 3);

        assertThat(Table.cut(items, 3, String::valueOf).next()).isEmpty();
        assertThat(Table.cut(items, 2, String::valueOf)).isEqualTo(Page.of(List.of(1, 2), String::valueOf, true));
    }

    @Test
    void refusesTwoWritesToOneRow() {
        Change change = Change.empty().with(Put.newRow(key(1), row()));

        assertThatThrownBy(() -> change.with(Delete.of(key(1)))).isInstanceOf(IllegalArgumentException.class);
    }

    private void put(Key key) {
        table.commit(Change.empty().with(Put.newRow(key, row())));
    }

    private static Fault cancelled(String code) {
        return (_, _) -> {
            throw TransactionCanceledException.builder()
                    .cancellationReasons(CancellationReason.builder().code(code).build())
                    .build();
        };
    }

    private static Row row() {
        return Row.with().text("name", "value").row();
    }

    private static Key keyAt(String position) {
        return new Key("TEST", "ROW#" + position);
    }

    private static Key key(int number) {
        return new Key("TEST", "ROW#" + number);
    }
}
