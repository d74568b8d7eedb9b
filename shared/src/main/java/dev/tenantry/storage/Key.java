package dev.tenantry.storage;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// The primary key of one row. Made only by [Keys].
public final class Key {

    static final String PARTITION = "PK";
    static final String SORT = "SK";

    final String partition;
    private final String sort;

    Key(String partition, String sort) {
        this.partition = partition;
        this.sort = sort;
    }

    static Key of(Map<String, AttributeValue> attributes) {
        return new Key(text(attributes, PARTITION), text(attributes, SORT));
    }

    private static String text(Map<String, AttributeValue> attributes, String name) {
        return Objects.requireNonNull(attributes.get(name), "every row has its key")
                .s();
    }

    Map<String, AttributeValue> attributes() {
        return Map.of(PARTITION, AttributeValue.fromS(partition), SORT, AttributeValue.fromS(sort));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && key.partition.equals(partition) && key.sort.equals(sort);
    }

    @Override
    public int hashCode() {
        return Objects.hash(partition, sort);
    }

    @Override
    public String toString() {
        return partition + "/" + sort;
    }
}
