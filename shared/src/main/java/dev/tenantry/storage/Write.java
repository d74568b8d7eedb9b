package dev.tenantry.storage;

import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/// One row's part in a [Change], and what it means if its condition does not hold.
public abstract sealed class Write permits Put, Update, Delete, Check {

    final Key key;
    final Expression expression = new Expression();
    private Supplier<? extends RuntimeException> otherwise = Conflict::new;

    Write(Key key) {
        this.key = key;
    }

    abstract TransactWriteItem item(String table);

    final RuntimeException failure() {
        return otherwise.get();
    }

    final void otherwise(Supplier<? extends RuntimeException> refusal) {
        this.otherwise = refusal;
    }
}
