package dev.tenantry.storage;

import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Removes a row that must be there.
public final class Delete extends Write {

    private Delete(Key key) {
        super(key);
        expression.exists();
    }

    public static Delete of(Key key) {
        return new Delete(key);
    }

    public Delete is(String attribute, String expected) {
        expression.is(attribute, expected);
        return this;
    }

    public Delete is(String attribute, long expected) {
        expression.is(attribute, expected);
        return this;
    }

    @Override
    TransactWriteItem item(String table) {
        return TransactWriteItem.builder()
                .delete(delete -> delete.tableName(table)
                        .key(key.attributes())
                        .conditionExpression(expression.condition())
                        .expressionAttributeNames(expression.names())
                        .expressionAttributeValues(expression.values()))
                .build();
    }
}
