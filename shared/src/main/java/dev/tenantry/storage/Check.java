package dev.tenantry.storage;

import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// A condition on a row that the change leaves as it is.
public final class Check extends Write {

    private Check(Key key) {
        super(key);
    }

    public static Check that(Key key) {
        return new Check(key);
    }

    public Check exists() {
        expression.exists();
        return this;
    }

    public Check is(String attribute, String expected) {
        expression.is(attribute, expected);
        return this;
    }

    public Check isAbsent(String attribute) {
        expression.isAbsent(attribute);
        return this;
    }

    @Override
    TransactWriteItem item(String table) {
        return TransactWriteItem.builder()
                .conditionCheck(check -> check.tableName(table)
                        .key(key.attributes())
                        .conditionExpression(expression.condition())
                        .expressionAttributeNames(expression.names())
                        .expressionAttributeValues(expression.values()))
                .build();
    }
}
