package dev.tenantry.local.aws.dynamodb;

import dev.tenantry.local.aws.CannotStart;
import dev.tenantry.local.aws.template.TableDefinition;
import dev.tenantry.local.aws.template.TableDefinition.Index;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ListTablesRequest;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.Projection;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.dynamodb.services.local.server.DynamoDBRequestHandler;

/// Makes the template's tables in DynamoDB Local, and keeps those that are there from an earlier run.
final class Tables {

    /// With a shared database neither matters.
    private static final String ACCESS_KEY = "local";

    private static final String REGION = "us-east-1";

    private Tables() {}

    static void ensure(DynamoDBRequestHandler dynamoDb, List<TableDefinition> tables) {
        List<String> existing = dynamoDb.listTables(
                        ACCESS_KEY, REGION, ListTablesRequest.builder().build())
                .tableNames();
        for (TableDefinition table : tables) {
            if (existing.contains(table.name())) {
                checkUnchanged(dynamoDb, table);
                giveStream(dynamoDb, table);
            } else {
                create(dynamoDb, table);
            }
        }
    }

    private static void create(DynamoDBRequestHandler dynamoDb, TableDefinition table) {
        dynamoDb.createTable(ACCESS_KEY, REGION, request(table));
        table.timeToLiveAttribute()
                .ifPresent(attribute -> dynamoDb.updateTimeToLive(
                        ACCESS_KEY,
                        REGION,
                        UpdateTimeToLiveRequest.builder()
                                .tableName(table.name())
                                .timeToLiveSpecification(
                                        it -> it.attributeName(attribute).enabled(true))
                                .build()));
    }

    private static CreateTableRequest request(TableDefinition table) {
        CreateTableRequest.Builder request = CreateTableRequest.builder()
                .tableName(table.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(table.attributeTypes().entrySet().stream()
                        .map(attribute -> AttributeDefinition.builder()
                                .attributeName(attribute.getKey())
                                .attributeType(attribute.getValue())
                                .build())
                        .toList())
                .keySchema(keys(table.keys()));
        table.streamView()
                .ifPresent(view -> request.streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(view)));
        // An empty list of indexes is refused; none at all is fine.
        List<GlobalSecondaryIndex> global = table.indexes().stream()
                .filter(Index::global)
                .map(index -> GlobalSecondaryIndex.builder()
                        .indexName(index.name())
                        .keySchema(keys(index.keys()))
                        .projection(projection(index))
                        .build())
                .toList();
        if (!global.isEmpty()) {
            request.globalSecondaryIndexes(global);
        }
        List<LocalSecondaryIndex> local = table.indexes().stream()
                .filter(index -> !index.global())
                .map(index -> LocalSecondaryIndex.builder()
                        .indexName(index.name())
                        .keySchema(keys(index.keys()))
                        .projection(projection(index))
                        .build())
                .toList();
        if (!local.isEmpty()) {
            request.localSecondaryIndexes(local);
        }
        return request.build();
    }

    /// A table of a run before it had a stream gets one now: it tells of what happens from now on.
    private static void giveStream(DynamoDBRequestHandler dynamoDb, TableDefinition table) {
        boolean hasOne = dynamoDb.describeTable(
                                ACCESS_KEY,
                                REGION,
                                DescribeTableRequest.builder()
                                        .tableName(table.name())
                                        .build())
                        .table()
                        .latestStreamArn()
                != null;
        if (!hasOne) {
            table.streamView()
                    .ifPresent(view -> dynamoDb.updateTable(
                            ACCESS_KEY,
                            REGION,
                            UpdateTableRequest.builder()
                                    .tableName(table.name())
                                    .streamSpecification(
                                            stream -> stream.streamEnabled(true).streamViewType(view))
                                    .build()));
        }
    }

    private static void checkUnchanged(DynamoDBRequestHandler dynamoDb, TableDefinition table) {
        TableDescription existing = dynamoDb.describeTable(
                        ACCESS_KEY,
                        REGION,
                        DescribeTableRequest.builder().tableName(table.name()).build())
                .table();
        if (!existing.keySchema().equals(keys(table.keys()))
                || !indexNames(existing).equals(indexNames(table))) {
            throw new CannotStart(List.of("DATA_DIR holds a table " + table.name()
                    + " with other keys or indexes than template.yaml. Choose another directory, or delete"
                    + " this one: the tenants that were made here are lost then."));
        }
    }

    private static Set<String> indexNames(TableDescription table) {
        return Stream.concat(
                        table.globalSecondaryIndexes().stream().map(index -> index.indexName()),
                        table.localSecondaryIndexes().stream().map(index -> index.indexName()))
                .collect(Collectors.toSet());
    }

    private static Set<String> indexNames(TableDefinition table) {
        return table.indexes().stream().map(Index::name).collect(Collectors.toSet());
    }

    private static List<KeySchemaElement> keys(List<TableDefinition.Key> keys) {
        return keys.stream()
                .map(key -> KeySchemaElement.builder()
                        .attributeName(key.attribute())
                        .keyType(key.type())
                        .build())
                .toList();
    }

    private static Projection projection(Index index) {
        Projection.Builder projection = Projection.builder().projectionType(index.projection());
        if (!index.included().isEmpty()) {
            projection.nonKeyAttributes(index.included());
        }
        return projection.build();
    }
}
