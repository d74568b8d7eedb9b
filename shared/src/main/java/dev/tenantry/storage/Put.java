package dev.tenantry.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Writes a whole row. There is no unconditional one: a put says what must have been there before.
public final class Put extends Write {

    private final Row row;
    private boolean showsWhatIsThere;

    private Put(Key key, Row row) {
        super(key);
        this.row = row;
    }

    /// A row where none is. If there is one, the change meets a [Conflict], unless [#orElse] says better.
    public static Put newRow(Key key, Row row) {
        Put put = new Put(key, row);
        put.expression.isNew();
        return put;
    }

    /// A row where none is, or only one that has run out.
    ///
    /// @param expiry attribute that says in seconds since the epoch when a row runs out
    /// @param now    in seconds since the epoch
    public static Put newOrExpired(Key key, Row row, String expiry, long now) {
        Put put = new Put(key, row);
        put.expression.isNewOrAtMost(expiry, now);
        return put;
    }

    /// A row where none is, or only one that says this.
    public static Put newOrWith(Key key, Row row, String attribute, String value) {
        Put put = new Put(key, row);
        put.expression.isNewOrWith(attribute, value);
        return put;
    }

    /// What to say instead of a [Conflict] if the condition does not hold.
    public Put orElse(Supplier<? extends RuntimeException> refusal) {
        otherwise(refusal);
        return this;
    }

    /// Where the condition does not hold, the row that is there comes along: it costs nothing
    /// (`ReturnValuesOnConditionCheckFailure`). Only [Table#attempt] hands it on.
    public Put showsWhatIsThere() {
        showsWhatIsThere = true;
        return this;
    }

    @Override
    TransactWriteItem item(String table) {
        Map<String, AttributeValue> attributes = new LinkedHashMap<>(key.attributes());
        attributes.putAll(row.attributes());
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(attributes)
                        .conditionExpression(expression.condition())
                        .returnValuesOnConditionCheckFailure(
                                showsWhatIsThere ? ReturnValuesOnConditionCheckFailure.ALL_OLD : null)
                        .expressionAttributeNames(expression.names())
                        .expressionAttributeValues(expression.values()))
                .build();
    }
}
