package dev.tenantry.storage;

import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Removes a row that must be there, unless it says otherwise.
public final class Delete extends Write {

    private Delete(Key key) {
        super(key);
    }

    public static Delete of(Key key) {
        Delete delete = new Delete(key);
        delete.expression.exists();
        return delete;
    }

    /// A row that may be gone already: for what is to be gone whatever happens beside it.
    public static Delete ifThere(Key key) {
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

    /// That a number is what was read, or that there still is none if 0 was read for it.
    public Delete isVersion(String attribute, long read) {
        expression.isVersion(attribute, read);
        return this;
    }

    public Delete isAbsent(String attribute) {
        expression.isAbsent(attribute);
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
