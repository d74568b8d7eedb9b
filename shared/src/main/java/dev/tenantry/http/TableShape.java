package dev.tenantry.http;

import java.util.List;

/// How a thing looks in an answer that can also be a table: as JSON, an object.
public interface TableShape<T> extends Shape<T> {

    /// The object's fields, in the order of the table's columns. It has no others.
    List<String> columns();
}
