package dev.tenantry.testing;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/// One DynamoDB Local in this JVM, and new tables in it.
public final class DynamoDbLocal {

    private static final DynamoDbClient CLIENT = DynamoDBEmbedded.create().dynamoDbClient();
    private static final AtomicInteger TABLES = new AtomicInteger();

    private DynamoDbLocal() {}

    public static DynamoDbClient client() {
        return CLIENT;
    }

    /// Creates a table with the key of `template.yaml`.
    ///
    /// @return its name
    public static String newTable(DynamoDbClient client) {
        String name = "Tenantry" + TABLES.incrementAndGet();
        client.createTable(create -> create.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attribute("PK"), attribute("SK"))
                .keySchema(key("PK", KeyType.HASH), key("SK", KeyType.RANGE)));
        return name;
    }

    private static AttributeDefinition attribute(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
