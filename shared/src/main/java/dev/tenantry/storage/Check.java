package dev.tenantry.storage;

import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// A condition on a row that the change leaves as it is.
public final class Check extends Write {

    private Key covering;

    private Check(Key key) {
        super(key);
        this.covering = key;
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

    /// That a number is what was read, or that there still is none if 0 was read for it.
    public Check isVersion(String attribute, long read) {
        expression.isVersion(attribute, read);
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

    /// As a guard, it need not be made by a change that writes that row: what would break it writes there as well,
    /// and meets the condition that the row's own part has.
    public Check coveredBy(Key row) {
        covering = row;
        return this;
    }

    /// Whether parts of a change say at least as much.
    boolean isCovered(Set<Key> written) {
        return written.contains(key) || written.contains(covering);
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
