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

    public Check is(String attribute, long expected) {
        expression.is(attribute, expected);
        return this;
    }

    public Check isAbsent(String attribute) {
        expression.isAbsent(attribute);
        return this;
    }

    /// That there is no row, or one that says something else, or one whose time is up.
    ///
    /// @param attribute what the row must not say as long as it counts
    /// @param until     attribute that holds the first moment at which the row no longer counts
    /// @param now       in the unit of that attribute
    public Check isAbsentOrOtherOrOver(String attribute, long unwanted, String until, long now) {
        expression.isNewOrOtherOrAtMost(attribute, unwanted, until, now);
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
