package dev.tenantry.local.aws.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantry.local.aws.dynamodb.DynamoDbLocal;
import dev.tenantry.local.aws.http.Json;
import dev.tenantry.local.aws.lambda.Invocation;
import dev.tenantry.local.aws.template.StreamSource;
import dev.tenantry.local.aws.template.TableDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// What an event source mapping does with a stream, on the stream of DynamoDB Local.
@Timeout(60)
class StreamPollerTest {

    private static final String FILTER =
            "{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"Keys\":{\"SK\":{\"S\":[{\"prefix\":\"GOOD#\"}]}}}}";

    private final DynamoDbLocal dynamoDb = DynamoDbLocal.start(
            Optional.empty(),
            List.of(new TableDefinition(
                    "Things",
                    Map.of("PK", "S", "SK", "S"),
                    List.of(new TableDefinition.Key("PK", "HASH"), new TableDefinition.Key("SK", "RANGE")),
                    List.of(),
                    Optional.empty(),
                    Optional.of("NEW_IMAGE"))));
    private final DynamoDbClient client = DynamoDbClient.builder()
            .endpointOverride(dynamoDb.uri())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    private final List<JsonNode> invocations = new CopyOnWriteArrayList<>();
    private final List<JsonNode> failures = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        client.close();
        dynamoDb.close();
    }

    @Test
    void invokesWithNewRowsThatAFilterWants() {
        put("GOOD#1");
        put("BAD#1");
        put("GOOD#1");
        put("GOOD#2");
        client.deleteItem(delete -> delete.tableName("Things").key(key("GOOD#2")));
        try (StreamPoller _ = poll(10, 0, _ -> new Invocation.Returned(""))) {
            await(() -> sortKeys(invocations).size() >= 2);
            put("GOOD#3");
            await(() -> sortKeys(invocations).size() >= 3);
        }
        assertThat(sortKeys(invocations)).containsExactly("GOOD#1", "GOOD#2", "GOOD#3");
        JsonNode first = invocations.getFirst().path("Records").path(0);
        assertThat(first.at("/dynamodb/NewImage/list/L/0/M/flag/BOOL").asBoolean())
                .isTrue();
        assertThat(first.at("/dynamodb/StreamViewType").asText()).isEqualTo("NEW_IMAGE");
        assertThat(first.path("eventSource").asText()).isEqualTo("aws:dynamodb");
    }

    @Test
    void followsWhatATransactionWrites() {
        client.transactWriteItems(write ->
                write.transactItems(List.of(transactPut("GOOD#1"), transactPut("GOOD#2"), transactPut("BAD#1"))));
        try (StreamPoller _ = poll(10, 0, _ -> new Invocation.Returned(""))) {
            await(() -> sortKeys(invocations).size() >= 2);
        }
        assertThat(sortKeys(invocations)).containsExactlyInAnyOrder("GOOD#1", "GOOD#2");
    }

    @Test
    void bringsBackWhatFailedAndWhatIsBehindIt() {
        for (int i = 1; i <= 4; i++) {
            put("GOOD#" + i);
        }
        try (StreamPoller _ = poll(
                4,
                10,
                event -> new Invocation.Returned(
                        invocations.size() == 1
                                ? "{\"batchItemFailures\":[{\"itemIdentifier\":\"" + number(event, 3)
                                        + "\"},{\"itemIdentifier\":\"" + number(event, 2) + "\"}]}"
                                : "{\"batchItemFailures\":[]}"))) {
            await(() -> sortKeys(invocations).size() >= 6);
        }
        assertThat(sortKeys(invocations)).containsExactly("GOOD#1", "GOOD#2", "GOOD#3", "GOOD#4", "GOOD#3", "GOOD#4");
        assertThat(failures).isEmpty();
    }

    @Test
    void dividesABatchUntilWhatFailsIsAloneAndGivesThatUp() {
        for (int i = 1; i <= 5; i++) {
            put("GOOD#" + i);
        }
        List<String> passed = new CopyOnWriteArrayList<>();
        try (StreamPoller _ = poll(5, 1, event -> {
            List<String> keys = sortKeys(List.of(event));
            if (keys.contains("GOOD#3")) {
                return new Invocation.Failed("{}");
            }
            passed.addAll(keys);
            return new Invocation.Returned("");
        })) {
            await(() -> passed.size() >= 4 && !failures.isEmpty());
            put("GOOD#6");
            await(() -> passed.contains("GOOD#6"));
        }
        assertThat(passed).containsExactly("GOOD#1", "GOOD#2", "GOOD#4", "GOOD#5", "GOOD#6");
        assertThat(failures).singleElement().satisfies(message -> {
            assertThat(message.at("/DDBStreamBatchInfo/batchSize").asInt()).isEqualTo(1);
            assertThat(message.at("/requestContext/approximateInvokeCount").asInt())
                    .isEqualTo(2);
            assertThat(Json.text(message)).doesNotContain("GOOD#3");
        });
    }

    @Test
    void givesUpWhatIsBehindAFailureOnlyWithTheMessage() {
        put("GOOD#1");
        put("GOOD#2");
        try (StreamPoller _ = poll(
                2,
                2,
                event -> new Invocation.Returned(
                        "{\"batchItemFailures\":[{\"itemIdentifier\":\"" + number(event, 0) + "\"}]}"))) {
            await(() -> !failures.isEmpty());
        }
        assertThat(invocations).hasSize(3);
        assertThat(failures.getFirst().at("/DDBStreamBatchInfo/batchSize").asInt())
                .isEqualTo(2);
    }

    private StreamPoller poll(int batchSize, int retries, Function<JsonNode, Invocation> function) {
        StreamSource source = new StreamSource(
                "F", "Things", batchSize, true, true, retries, List.of(FILTER), Optional.of("Failures"));
        return StreamPoller.start(
                dynamoDb.uri(),
                source,
                event -> {
                    JsonNode json = Json.parse(event).orElseThrow();
                    invocations.add(json);
                    return function.apply(json);
                },
                message -> failures.add(Json.parse(message).orElseThrow()));
    }

    private static String number(JsonNode event, int position) {
        return event.path("Records")
                .path(position)
                .at("/dynamodb/SequenceNumber")
                .asText();
    }

    private static List<String> sortKeys(List<JsonNode> events) {
        List<String> keys = new ArrayList<>();
        for (JsonNode event : events) {
            event.path("Records")
                    .forEach(each -> keys.add(each.at("/dynamodb/NewImage/SK/S").asText()));
        }
        return keys;
    }

    private void put(String sortKey) {
        client.putItem(put -> put.tableName("Things").item(item(sortKey)));
    }

    private static TransactWriteItem transactPut(String sortKey) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName("Things").item(item(sortKey)))
                .build();
    }

    private static Map<String, AttributeValue> key(String sortKey) {
        return Map.of("PK", AttributeValue.fromS("P"), "SK", AttributeValue.fromS(sortKey));
    }

    private static Map<String, AttributeValue> item(String sortKey) {
        return Map.of(
                "PK",
                AttributeValue.fromS("P"),
                "SK",
                AttributeValue.fromS(sortKey),
                "nothing",
                AttributeValue.fromL(List.of()),
                "empty",
                AttributeValue.fromM(Map.of()),
                "list",
                AttributeValue.fromL(List.of(AttributeValue.fromM(Map.of("flag", AttributeValue.fromBool(true))))));
    }

    /// The test's timeout ends what never comes true.
    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(Duration.ofMillis(20));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
