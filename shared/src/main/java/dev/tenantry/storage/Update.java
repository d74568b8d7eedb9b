package dev.tenantry.storage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// Changes the attributes it names and leaves the others as they are.
public final class Update extends Write {

    private Update(Key key) {
        super(key);
    }

    /// Starts an update of the row with this key, which need not exist unless [#exists] says so.
    public static Update of(Key key) {
        return new Update(key);
    }

    public Update exists() {
        expression.exists();
        return this;
    }

    public Update is(String attribute, String expected) {
        expression.is(attribute, expected);
        return this;
    }

    public Update is(String attribute, long expected) {
        expression.is(attribute, expected);
        return this;
    }

    public Update isAtLeast(String attribute, long minimum) {
        expression.isAtLeast(attribute, minimum);
        return this;
    }

    public Update isAtMost(String attribute, long maximum) {
        expression.isAtMost(attribute, maximum);
        return this;
    }

    /// That there is no row yet, or its number is no more than that.
    public Update isNewOrAtMost(String attribute, long maximum) {
        expression.isNewOrAtMost(attribute, maximum);
        return this;
    }

    /// That a number is what was read, or that there still is none if 0 was read for it.
    public Update isVersion(String attribute, long read) {
        expression.isVersion(attribute, read);
        return this;
    }

    public Update isAbsent(String attribute) {
        expression.isAbsent(attribute);
        return this;
    }

    public Update set(String attribute, String value) {
        expression.set(attribute, value);
        return this;
    }

    public Update set(String attribute, long value) {
        expression.set(attribute, value);
        return this;
    }

    public Update set(String attribute, boolean value) {
        expression.set(attribute, value);
        return this;
    }

    public Update set(String attribute, Instant value) {
        expression.set(attribute, value);
        return this;
    }

    public Update set(String attribute, byte[] value) {
        expression.set(attribute, value);
        return this;
    }

    public Update set(String attribute, List<Row> rows) {
        expression.set(attribute, rows);
        return this;
    }

    public Update setBytes(String attribute, List<byte[]> values) {
        expression.set(attribute, values);
        return this;
    }

    /// Puts packed bytes at the end of a list; an absent one counts as empty.
    public Update append(String attribute, byte[] value) {
        expression.append(attribute, value);
        return this;
    }

    /// Sets a nested map of plain values, as [Row#values] reads it.
    public Update set(String attribute, Map<String, Object> values) {
        expression.set(attribute, values);
        return this;
    }

    /// Sets what [Row#replacing] found, if all of it still is as it was read.
    public Update replace(Row read, Map<String, Object> values) {
        values.forEach((attribute, value) -> {
            expression.is(attribute, read.required(attribute));
            expression.set(attribute, value);
        });
        return this;
    }

    public Update remove(String attribute) {
        expression.remove(attribute);
        return this;
    }

    /// Adds to a number; an absent one counts as 0.
    public Update add(String attribute, long delta) {
        expression.add(attribute, delta);
        return this;
    }

    /// Holds only while a mark, which moves on with every change of what the row tells, is where it was when the
    /// row was read; and moves it on.
    ///
    /// @param mark a number, which may be absent
    public Update moves(String mark, Row read) {
        return (read.has(mark) ? is(mark, read.number(mark)) : isAbsent(mark)).add(mark, 1);
    }

    /// What to say instead of a [Conflict] if the conditions do not hold.
    public Update orElse(Supplier<? extends RuntimeException> refusal) {
        otherwise(refusal);
        return this;
    }

    @Override
    TransactWriteItem item(String table) {
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(key.attributes())
                        .updateExpression(expression.update())
                        .conditionExpression(expression.condition())
                        .expressionAttributeNames(expression.names())
                        .expressionAttributeValues(expression.values()))
                .build();
    }
}
